#include "individual/likelihood.hpp"

#include <fmt/format.h>

#include <cmath>
#include <limits>
#include <numbers>

#include "base/expects.hpp"
#include "pkpd/normal.hpp"

namespace evenkeel::individual {
namespace {

const double half_log_two_pi = 0.5 * std::log(2.0 * std::numbers::pi);
constexpr double infinite = std::numeric_limits<double>::infinity();

// phi(x) / Phi(x) for x < -5, by Laplace's continued fraction of Phi(x) / phi(x) = 1/(t + 1/(t + 2/(t +
// ...))), t = -x: here Phi itself would underflow in the end.
double far_ratio(double x) {
  const double t = -x;
  double rest = t;
  for (int k = 60; k >= 1; --k) rest = t + k / rest;
  return rest;
}

// d ln s / df, of factors that do not underflow where f is next to nothing.
double growth_at(const Scatter& scatter, double f, double s) {
  return (scatter.proportional_sd / s) * (scatter.proportional_sd * f / s);
}

// -ln Phi(u) with its slope in f from du/df, which may be beyond any number where Phi is 1.
Term below(double u, double du) {
  const LogNormalTail tail = log_normal_tail(u);
  if (!(tail.ratio > 0.0)) return {-tail.log, 0.0, 0.0};
  return {-tail.log, -tail.ratio * du, (tail.ratio * du) * ((tail.ratio + u) * du)};
}

}  // namespace

double Scatter::sd_at(double f_mg_L) const {
  return log_sd > 0.0 ? log_sd : std::hypot(proportional_sd * f_mg_L, additive_sd_mg_L);
}

LogNormalTail log_normal_tail(double x) {
  const double log_density = -0.5 * x * x - half_log_two_pi;
  if (x < -5.0) {
    const double ratio = far_ratio(x);
    return {log_density - std::log(ratio), ratio};
  }
  const double probability = pkpd::normal_probability(x);
  return {std::log(probability), std::exp(log_density) / probability};
}

Term term(const Assayed& seen, const Scatter& scatter, double f) {
  const double y = seen.value.canonical();
  const double s = scatter.sd_at(f);
  if (scatter.log_sd > 0.0) {
    if (!(f > 0.0 && y > 0.0)) return {infinite, 0.0, 0.0};
    const double off = (std::log(y) - std::log(f)) / s;
    return {0.5 * off * off + std::log(s) + half_log_two_pi + std::log(y), -off / (s * f),
            1.0 / (s * s * f * f)};
  }
  if (!(s > 0.0)) return {infinite, 0.0, 0.0};
  const double off = (y - f) / s;
  const double growth = growth_at(scatter, f, s);
  return {0.5 * off * off + std::log(s) + half_log_two_pi, -off / s + growth * (1.0 - off * off),
          1.0 / (s * s) + 2.0 * growth * growth};
}

Term term(const Below& seen, const Scatter& scatter, double f) {
  const double limit = seen.limit.canonical();
  const double s = scatter.sd_at(f);
  if (scatter.log_sd > 0.0) {
    if (!(f > 0.0)) return {};
    return below((std::log(limit) - std::log(f)) / s, -1.0 / (s * f));
  }
  if (!(s > 0.0)) return f < limit ? Term{} : Term{infinite, 0.0, 0.0};
  const double u = (limit - f) / s;
  return below(u, -1.0 / s - u * growth_at(scatter, f, s));
}

Term term(const EffectSeen& seen, const pkpd::Effect& effect, double f) {
  const EffectAt at = effect_at(effect, f);
  const double off = (seen.value - at.value) / seen.sd;
  return {0.5 * off * off + std::log(seen.sd) + half_log_two_pi, -off / seen.sd * at.slope,
          at.slope * at.slope / (seen.sd * seen.sd)};
}

EffectAt effect_at(const pkpd::Effect& effect, double f) {
  const auto* form = std::get_if<pkpd::SigmoidEmax>(&effect.form);
  expects(form != nullptr, "an effect that readable() accepts");
  const double gamma = form->gamma.value;
  const double scale = form->baseline.value * form->largest.value * (form->falls ? -1.0 : 1.0);
  if (!(f > 0.0)) return {form->baseline.value, 0.0};
  const double share = 1.0 / (1.0 + std::pow(form->c50.value.canonical() / f, gamma));
  return {form->baseline.value + scale * share, scale * gamma * share * (1.0 - share) / f};
}

Result<void> readable(const pkpd::Effect& effect) {
  if (std::holds_alternative<pkpd::SigmoidEmax>(effect.form)) return {};
  return Error{
      ErrorCode::outside_domain, effect.id,
      fmt::format("readings of {} cannot be used: of its relation to the concentration too little was "
                  "published; a sigmoid with its baseline, maximum, C50 and steepness is needed",
                  effect.id)};
}

}  // namespace evenkeel::individual
