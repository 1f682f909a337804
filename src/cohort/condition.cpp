#include "cohort/condition.hpp"

#include "base/expects.hpp"
#include "pkpd/portable.hpp"

namespace evenkeel::cohort {
namespace {

constexpr double ln_2 = 0.69314718055994530942;
constexpr double mg_per_100_g = 1e5;
constexpr double days_per_quarter = 91.0;

// Shapes that no number of a study sets (life.hpp says them): suppositions of this software.
constexpr double gain_per_session = 0.5;  // of what is missing to the full benefit
constexpr double relapse_days = 14.0;     // until a relapse is full; half of one goes in as many once treated
constexpr double easing_days = 14.0;      // half-life of a craving that is above what still drives it
constexpr int illness_days = 21;
constexpr double illness_points = 3.0;  // of the PHQ-9
constexpr int infection_days = 14;      // where nobody finds it
constexpr int cured_days = 3;
constexpr int irritation_days = 56;

constexpr pkpd::Variable severity_luck = luck("severity");
constexpr pkpd::Variable response_luck = luck("responds");
constexpr pkpd::Variable harm_luck = luck("bladder harm");
constexpr pkpd::Variable relapse_luck = luck("relapse");
constexpr pkpd::Variable illness_luck = luck("body illness");
constexpr pkpd::Variable bladder_luck = luck("bladder symptoms");
constexpr pkpd::Variable infection_luck = luck("infection");
constexpr pkpd::Variable use_luck = luck("outside use");

double kept_a_day(double half_life_days) {
  return pkpd::portable_exp(-ln_2 / half_life_days);
}

bool begins_a_week(int day) {
  return (day + 7 * Draws::day_zero) % 7 == 0;
}

}  // namespace

Condition::Condition(const Nature& nature, const Behaviour& behaviour, const Draws& draws, int onset)
    : nature_(nature),
      behaviour_(behaviour),
      draws_(draws),
      onset_(onset),
      severity_(std::clamp(
          nature.severity_mean.value + nature.severity_sd.value * draws.normal(severity_luck), 0.0, 27.0)),
      responds_(draws.even(response_luck) < nature.responders.value),
      benefit_kept_(kept_a_day(nature.benefit_half_life.value)),
      tolerance_kept_(kept_a_day(behaviour.drives.tolerance_half_life.value)),
      dependence_kept_(kept_a_day(nature.dependence_half_life.value)),
      harm_threshold_(-pkpd::portable_log(draws.even(harm_luck))) {}

void Condition::pass_to(int day) {
  expects(day > day_, "days follow each other");
  day_ = day;
  benefit_ *= benefit_kept_;
  tolerance_ *= tolerance_kept_;
  dependence_ *= dependence_kept_;
  const Drives& drives = behaviour_.drives;
  const double top = driven() ? left_ * drives.craving_top.value : 0.0;
  if (craving_ < top) {
    craving_ = std::min(top, craving_ + drives.craving_rise.value / 7.0);
  } else {
    craving_ = top + (craving_ - top) * kept_a_day(easing_days);
  }
  pass_illness(day);
  pass_bladder(day);
}

void Condition::pass_illness(int day) {
  const Drives& drives = behaviour_.drives;
  const bool may_begin = driven() && begins_a_week(day);
  if (may_begin && draws_.happens(relapse_luck, day, left_ * drives.relapse.value)) relapsing_ = true;
  if (relapsing_)
    relapse_ = std::min(drives.relapse_rise.value, relapse_ + drives.relapse_rise.value / relapse_days);
  else
    relapse_ *= kept_a_day(relapse_days);
  if (may_begin && !ill_in_body() && draws_.happens(illness_luck, day, drives.body_illness.value))
    ill_until_ = day + illness_days;
}

void Condition::pass_bladder(int day) {
  const Drives& drives = behaviour_.drives;
  if (day >= symptoms_until_) symptoms_ = Bladder::well;
  if (!driven() || !begins_a_week(day) || symptoms_ != Bladder::well) return;
  if (!draws_.happens(bladder_luck, day, left_ * drives.bladder_hazard.value)) return;
  const bool infection = draws_.happens(infection_luck, day, drives.infection_share.value);
  symptoms_ = infection ? Bladder::infection : Bladder::irritated;
  symptoms_until_ = day + (infection ? infection_days : irritation_days);
}

void Condition::exposed(double mg) {
  if (driven()) tolerance_ += behaviour_.drives.tolerance.value * (1.0 - tolerance_);
  harm_hazard_ += nature_.cystitis_per_100g.value * mg / mg_per_100_g;
  due_ = 100'000;
}

void Condition::treated(double mg, double share) {
  const double full = responds_ ? nature_.benefit.value * (1.0 - tolerance_) : 0.0;
  benefit_ += gain_per_session * share * std::max(0.0, full - benefit_);
  habit_ += nature_.dissociation_habit.value * (1.0 - habit_);
  exposed(mg);
}

void Condition::used(double mg) {
  dependence_ += nature_.dependence_per_use.value;
  exposed(mg);
}

void Condition::helped(double works) {
  left_ *= 1.0 - works;
  relapsing_ = false;
  cured();
}

void Condition::cured() {
  if (symptoms_ == Bladder::infection) symptoms_until_ = std::min(symptoms_until_, day_ + cured_days);
}

double Condition::outside_mg(int day) const {
  const Drives& drives = behaviour_.drives;
  if (!driven() || behaviour_.supply == Supply::none) return 0.0;
  if (!draws_.happens(use_luck, day, left_ * drives.outside_days.value / 7.0)) return 0.0;
  return drives.outside_mg.value * pkpd::portable_power(1.0 + drives.outside_growth.value, weeks_driven());
}

double Condition::phq9() const {
  const double body = ill_in_body() ? illness_points : 0.0;
  return std::clamp(severity_ * (1.0 - benefit_) + relapse_ + body, 0.0, 27.0);
}

double Condition::neglect() const {
  return std::min(3.0, left_ * behaviour_.drives.neglect.value * 7.0 * weeks_driven() / days_per_quarter);
}

double Condition::lost_contact() const {
  return std::min(7.0, left_ * behaviour_.drives.withdrawn.value * 7.0 * weeks_driven() / days_per_quarter);
}

Bladder Condition::bladder() const {
  return harm_hazard_ >= harm_threshold_ ? Bladder::harmed : symptoms_;
}

// Up to its peak and down again: x e^(1 - x).
double Condition::withdrawal() const {
  if (!driven() || day_ <= due_) return 0.0;
  const double x = (day_ - due_) / behaviour_.drives.withdrawal_after.value;
  return behaviour_.drives.withdrawal.value * x * pkpd::portable_exp(1.0 - x);
}

bool Condition::something_there() const {
  return driven() && behaviour_.truth != Truth::steady;
}

}  // namespace evenkeel::cohort
