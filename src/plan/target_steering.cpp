#include "plan/target_steering.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace evenkeel::plan {
namespace {

// A whole number of steps that rounding made a little less is that number.
constexpr double rounding = 1e-12;
// While an effect site is held, an update closes so much of the gap, less where that asked too much of
// plasma.
// An effect site that lacks less than this share of its target is held and no longer loaded: what it may fall
// by within an update, so that one update does not send it back to loading.
constexpr double nearest = 0.005;
constexpr double farthest = 0.1;
constexpr double gap_closed = 0.25;
constexpr double largest_gain = 10.0;

}  // namespace

PumpSteps steps_of(const TargetPump& pump) {
  const double step_mg_h = (pump.strength * pump.step).in(units::mg / units::h);
  const double most = std::floor(pump.largest / pump.step * (1.0 + rounding));
  return {step_mg_h, static_cast<std::int64_t>(most)};
}

TargetSteering::TargetSteering(const TargetSite& site, Duration update, const PumpSteps& pump,
                               std::optional<Concentration> plasma_at_most)
    : pump_(pump),
      plasma_at_most_mg_L_(plasma_at_most ? plasma_at_most->canonical()
                                          : std::numeric_limits<double>::infinity()) {
  const auto read = [&](std::size_t output) {
    const auto& out = site.system.outputs[output];
    return Read{static_cast<Eigen::Index>(out.compartment), out.volume.in(units::L)};
  };
  const double update_h = update.in(units::h);
  const pkpd::Propagator step = pkpd::propagator(site.system, update_h);
  of_amounts_ = step.of_amounts;
  of_one_step_ =
      step.of_input.col(static_cast<Eigen::Index>(site.system.input)) * (site.fraction * pump.mg_h);
  plasma_ = read(site.plasma);
  if (!site.effect_site) return;
  effect_site_ = read(*site.effect_site);
  largest_.emplace(site, *site.effect_site, update);
  const double ke0_per_h = -site.system.rates(effect_site_->compartment, effect_site_->compartment);
  near_ = std::clamp(ke0_per_h * update_h, nearest, farthest);
  gain_ = std::clamp(gap_closed / (ke0_per_h * update_h) - 1.0, 0.0, largest_gain);
}

double TargetSteering::to_plasma(double level_mg_L, const Eigen::VectorXd& decayed) const {
  return (level_mg_L - plasma_.of(decayed)) / plasma_.of(of_one_step_) * pump_.mg_h;
}

TargetSteering::Wanted TargetSteering::wanted(const Eigen::VectorXd& amounts, const Eigen::VectorXd& decayed,
                                              double target_mg_L) const {
  if (!effect_site_) return {to_plasma(target_mg_L, decayed), true};
  const double lacks_mg_L = target_mg_L - effect_site_->of(amounts);
  const bool near = lacks_mg_L <= near_ * target_mg_L;
  double enough_mg_h = (static_cast<double>(pump_.most) + 1.0) * pump_.mg_h;
  if (near) enough_mg_h = to_plasma(target_mg_L + gain_ * lacks_mg_L, decayed);
  if (!(enough_mg_h > 0.0)) return {0.0, true};
  const double largest_mg_h = largest_->under(target_mg_L, amounts, decayed, {pump_.mg_h, enough_mg_h});
  return {std::min(enough_mg_h, largest_mg_h), near && enough_mg_h <= largest_mg_h};
}

Setting TargetSteering::next(const Eigen::VectorXd& amounts, Concentration target) const {
  const Eigen::VectorXd decayed = of_amounts_ * amounts;
  const Wanted rate = wanted(amounts, decayed, target.canonical());
  if (!(rate.mg_h > 0.0)) return {};
  const double allowed = std::floor(to_plasma(plasma_at_most_mg_L_, decayed) / pump_.mg_h * (1.0 + rounding));
  const double steps = std::floor(rate.mg_h / pump_.mg_h * (1.0 + rounding));
  const auto most = static_cast<double>(pump_.most);
  if (steps > allowed && allowed < most)
    return {static_cast<std::int64_t>(std::max(0.0, allowed)), Binding::plasma_at_most};
  if (steps > most) return {pump_.most, Binding::largest_rate};
  if (rate.holding && steps < 1.0) return {0, Binding::rate_step};
  return {static_cast<std::int64_t>(steps), std::nullopt};
}

Eigen::VectorXd TargetSteering::after(const Eigen::VectorXd& amounts, std::int64_t steps) const {
  return of_amounts_ * amounts + static_cast<double>(steps) * of_one_step_;
}

}  // namespace evenkeel::plan
