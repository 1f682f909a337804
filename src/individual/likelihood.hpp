// How likely one reading is where the model predicts f: minus the logarithm, its slope in f, and a curvature
// that is never negative (the expected one, as Fisher scoring takes it).
//
//   assay   y = f (1 + e1) + e2:  (y - f)^2 / 2 s^2 + ln s + ln(2 pi)/2,   s^2 = (p f)^2 + a^2
//           y = f exp(e3):        (ln y - ln f)^2 / 2 s^2 + ln s + ln(2 pi)/2 + ln y,   s = sd of e3
//   below   -ln Phi((limit - f)/s), or of the logarithms
//   effect  (v - E(f))^2 / 2 s^2 + ln s + ln(2 pi)/2
//
// Infinite where f makes the reading impossible (a proportional error and f = 0). Pure.
#pragma once

#include "base/result.hpp"
#include "individual/question.hpp"

namespace evenkeel::individual {

struct Scatter {
  double proportional_sd = 0.0;
  double additive_sd_mg_L = 0.0;
  double log_sd = 0.0;  // excludes the other two

  // Of a reading where f is predicted; on the scale of logarithms where log_sd is set.
  [[nodiscard]] double sd_at(double f_mg_L) const;
  bool operator==(const Scatter&) const = default;
};

struct Term {
  double minus_log = 0.0;
  double slope = 0.0;
  double curvature = 0.0;
};

[[nodiscard]] Term term(const Assayed& seen, const Scatter& scatter, double f_mg_L);
[[nodiscard]] Term term(const Below& seen, const Scatter& scatter, double f_mg_L);
// `form` is one that readable() accepts.
[[nodiscard]] Term term(const EffectSeen& seen, const pkpd::Effect& effect, double f_mg_L);

// An effect's value at a concentration, and its slope.
struct EffectAt {
  double value = 0.0;
  double slope = 0.0;
};
[[nodiscard]] EffectAt effect_at(const pkpd::Effect& effect, double f_mg_L);

// Whether readings of this effect can tell anything. Errors (outside_domain): only a relation to C50 was
// published, or a straight line between two points.
[[nodiscard]] Result<void> readable(const pkpd::Effect& effect);

// ln Phi(x) and its derivative phi(x) / Phi(x); any finite x.
struct LogNormalTail {
  double log = 0.0;
  double ratio = 0.0;
};
[[nodiscard]] LogNormalTail log_normal_tail(double x);

}  // namespace evenkeel::individual
