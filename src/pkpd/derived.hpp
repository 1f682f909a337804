// What is read off a system or a course besides its concentrations. From exact solutions; times are
// bisected to the last digit. For an effect site see effect_site.hpp: its system serves here as any other.
// Values; safe to use from any thread.
#pragma once

#include <cstddef>
#include <optional>

#include "base/quantity.hpp"
#include "base/result.hpp"
#include "pkpd/system.hpp"
#include "pkpd/trajectory.hpp"

namespace evenkeel::pkpd {

// How long the concentration of `output` takes to halve after it was held at one level for `held` (>= 0)
// by an input into its own compartment, starting empty. None where it has not halved in 1e7 h.
//   held:  dA_o/dt = K_oo A_o + k_oc A_c  for the others, A_c constant;  then no input
// Source of the notion: Hughes, Glass, Jacobs, Anesthesiology 1992;76:334.
[[nodiscard]] std::optional<Duration> context_sensitive_half_time(const LinearSystem& system,
                                                                  std::size_t output, Duration held);

// What an endless infusion at `rate` into the system's input compartment leads to.
// Errors (invalid_input): there is no steady state.
[[nodiscard]] Result<Concentration> steady_concentration(const LinearSystem& system, std::size_t output,
                                                         InfusionRate rate);

// A dose every `interval` at steady state against the first such dose, each over one interval.
struct Accumulation {
  double area = 0.0;    // of the areas under the curve
  double peak = 0.0;    // of the highest concentrations
  double trough = 0.0;  // of the concentrations just before the next dose
};
// The dose enters the input compartment over `length` (zero: at once; it may exceed the interval, > 0).
// Errors (invalid_input): there is no steady state, or the dose does not come to the output.
[[nodiscard]] Result<Accumulation> accumulation(const LinearSystem& system, std::size_t output,
                                                Duration length, Duration interval);

// When the concentration is highest after a bolus into the input compartment. None where it still rises
// after 1e7 h, or where the dose does not come to the output.
[[nodiscard]] std::optional<Duration> time_to_peak(const LinearSystem& system, std::size_t output);

// From when on the concentration stays below `level` (> 0) until `to`: `from` when it is below all the
// time; none when it is not below at `to`.
[[nodiscard]] std::optional<Duration> below_for_good(const Trajectory& course, Concentration level,
                                                     Duration from, Duration to, std::size_t output = 0);

}  // namespace evenkeel::pkpd
