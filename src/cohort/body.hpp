// What ketamine does in one virtual patient's blood: exactly, however often and from wherever it comes.
//
// The patient's own parameters are drawn from the model's spread. In the closed form of pkpd/modal.hpp each
// mode decays by itself, so three numbers hold all that earlier doses left, and nothing is ever stepped.
// A value; one thread at a time.
#pragma once

#include <array>
#include <cstdint>

#include "base/result.hpp"
#include "pkpd/modal.hpp"
#include "pkpd/population.hpp"

namespace evenkeel::cohort {

struct Exposed {
  double peak_ng_mL = 0.0;
  double area_mg_h_L = 0.0;  // of this dose, to the end of time
  double hours_above = 0.0;  // 100 ng/mL, since this dose began and above what earlier ones count already
};

class Body {
 public:
  static constexpr double level_ng_mL = 100.0;

  // Errors: those of Population::subject and Structure::system; invalid_input where the model has no closed
  // form.
  [[nodiscard]] static Result<Body> make(const pkpd::Population& people, std::uint32_t patient);

  // `mg` into the blood, evenly over `length_h` (> 0), from `start_h` on, which is no earlier than the end of
  // the dose before. With no mg nothing happens.
  Exposed take(double start_h, double length_h, double mg);

  // At a moment no earlier than the start of the last dose.
  [[nodiscard]] double concentration_ng_mL(double at_h) const;

 private:
  using Modes = std::array<double, pkpd::largest_modal>;

  Body() = default;
  [[nodiscard]] double read(const Modes& modes) const;
  [[nodiscard]] Modes later(const Modes& from, double hours, double mg_per_h) const;
  template <class Above>
  [[nodiscard]] static double last_true(double from, double to, Above above);
  [[nodiscard]] double falls_below(const Modes& from) const;

  std::size_t modes_ = 0;
  Modes decay_{};      // 1/h
  Modes share_{};      // of a unit into the blood that goes into the mode
  Modes ng_per_mL_{};  // read from a unit in the mode
  double area_per_mg_ = 0.0;
  Modes before_{};  // at the start of the last dose
  double start_h_ = 0.0;
  double mg_per_h_ = 0.0;
  Modes left_{};  // at its end, `since_h_`
  double since_h_ = 0.0;
  double counted_until_h_ = 0.0;  // hours above the level are counted to here
};

}  // namespace evenkeel::cohort
