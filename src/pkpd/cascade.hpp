// Nonlinear states on top of an exact linear system: each is linear in itself, and is driven by the
// concentrations and by the states before it.
//
//   dy_i/dt = gain_i(C, y_1 .. y_i-1) - loss_i(C, y_1 .. y_i-1) y_i
//
// Receptor occupancy, for example: gain = kon C, loss = kon C + koff. Turnover with a Hill stimulus:
// gain = kout (1 + Smax C^g / (EC50^g + C^g)), loss = kout. Such models of tolerance are hypotheses:
// none was estimated in man (tolerance.hpp).
//
// The concentrations are exact at any time, so only the states are stepped: by collocation at the
// eight Radau IIA points, which is stiffly accurate and keeps its order where the states follow a
// decaying concentration (explicit and Rosenbrock methods do not). Each state costs one small linear
// system a step. Choice, error and cost: docs/adr/0011-nonlinear-effects.md. Source of the method:
// Hairer, Wanner, Solving Ordinary Differential Equations II, sections IV.5 and IV.8.
//
// Pure; safe to call from any thread.
#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <functional>
#include <span>

#include "base/quantity.hpp"
#include "base/result.hpp"
#include "pkpd/timeline.hpp"

namespace evenkeel::pkpd {

struct Drive {
  double gain = 0.0;        // of y, per h
  double loss_per_h = 0.0;  // >= 0
};

struct CascadeState {
  double start = 0.0;  // before the first event, and after a reset
  // From the concentrations of all outputs (mg/L) and the states before this one, at one moment.
  std::function<Drive(std::span<const double> concentrations_mg_L, std::span<const double> before)> drive;
};

struct CascadeCurve {
  Eigen::MatrixXd states;  // a row for each time, a column for each state
  std::size_t steps = 0;   // taken, for judging the cost
};

// The states at `times`, which must not fall; the states begin at the first time or event, whichever
// comes first. Each step's estimated error is at most `tolerance` times the largest |y| so far.
// Errors (invalid_input): times that fall or are not finite, a tolerance outside 1e-12 to 1e-2, a
// timeline that goes back or holds a steady state (none is known for a nonlinear state), a drive that
// is not finite or loses less than nothing, a tolerance that cannot be met.
[[nodiscard]] Result<CascadeCurve> solve_cascade(const Timeline& timeline,
                                                 std::span<const CascadeState> states,
                                                 std::span<const Duration> times, double tolerance = 1e-8);

}  // namespace evenkeel::pkpd
