#include "cohort/life.hpp"

#include <cmath>

#include "base/expects.hpp"
#include "cohort/clinic.hpp"
#include "cohort/life_parts.hpp"
#include "pkpd/portable.hpp"

namespace evenkeel::cohort {
namespace {

constexpr pkpd::Variable onset_luck = luck("onset");
constexpr pkpd::Variable another_use_luck = luck("another use");

constexpr double first_use_hour = 10.0;
constexpr double hours_between_uses = 1.0;

// The whole uses of a day, and one more by the chance that is left.
int uses_of(const Unsupervised& regimen, const Draws& draws, int day) {
  const double a_day = regimen.uses_per_week / 7.0;
  const double whole = std::floor(a_day);
  return static_cast<int>(whole) + (draws.happens(another_use_luck, day, a_day - whole) ? 1 : 0);
}

}  // namespace

int onset_of(const Behaviour& behaviour, const Draws& draws) {
  const double from = behaviour.drives.onset_from.value;
  const double to = behaviour.drives.onset_to.value;
  return static_cast<int>(std::floor(7.0 * (from + (to - from) * draws.even(onset_luck))));
}

std::int32_t sign_onset(const Behaviour& behaviour, int onset, const Study& study) {
  return behaviour.truth == Truth::sign && onset < 7 * study.weeks ? onset : never;
}

Outcome begun(const World& world, std::uint32_t arm, std::uint32_t patient) {
  const pkpd::Patient who = world.people().patient(patient);
  Outcome out;
  out.arm = arm;
  out.patient = patient;
  out.behaviour = static_cast<std::uint32_t>(world.behaviour_index(patient));
  out.weight_kg = who.weight ? who.weight->in(units::kg) : 0.0;
  out.age_years = who.age_years.value_or(0.0);
  out.first_of_rule.assign(world.library().rules.size(), never);
  out.alarms_of_rule.assign(world.library().rules.size(), 0);
  return out;
}

Body body_of(const World& world, std::uint32_t patient) {
  auto body = Body::make(world.people(), patient);
  expects(body.has_value(), "World::make saw that everybody is in the model's domain");
  return *std::move(body);
}

void add_exposure(const Exposed& seen, Outcome& out) {
  out.peak_ng_mL = std::max(out.peak_ng_mL, seen.peak_ng_mL);
  out.area_mg_h_L += seen.area_mg_h_L;
  out.hours_above_100 += seen.hours_above;
}

bool harmed(const Condition& condition, const Study& study) {
  return condition.dependence() >= study.dependence_harm || condition.bladder() == Bladder::harmed;
}

Outcome live_alone(const World& world, std::uint32_t arm, std::uint32_t patient) {
  const Study& study = world.study();
  const auto& regimen = std::get<Unsupervised>(study.arms[arm].regimen);
  const Behaviour& behaviour = world.behaviour_of(patient);
  const Draws draws(study.seed, patient);
  Condition condition(study.nature, behaviour, draws, 0);
  Body body = body_of(world, patient);
  Outcome out = begun(world, arm, patient);
  out.onset = sign_onset(behaviour, 0, study);
  out.phq9_start = condition.start();
  for (int day = 0; day < 7 * study.weeks; ++day) {
    condition.pass_to(day);
    const double mg = regimen.mg_per_use * pkpd::portable_power(1.0 + regimen.growth_per_week, day / 7.0);
    const int uses = uses_of(regimen, draws, day);
    for (int i = 0; i < uses; ++i) {
      const double start_h = 24.0 * day + first_use_hour + hours_between_uses * i;
      add_exposure(body.take(start_h, outside_length_h, mg * regimen.bioavailability), out);
      condition.used(mg);
      ++out.uses;
      out.outside_mg += mg;
    }
    if (out.harm == never && harmed(condition, study)) out.harm = day;
  }
  out.tolerance = condition.tolerance();
  out.phq9_end = condition.phq9();
  return out;
}

Outcome live(const World& world, std::uint32_t arm, std::uint32_t patient) {
  if (std::holds_alternative<Unsupervised>(world.study().arms[arm].regimen))
    return live_alone(world, arm, patient);
  Clinic clinic(world, arm, patient);
  clinic.live();
  return clinic.outcome();
}

std::vector<care::Event> record_of(const World& world, std::uint32_t arm, std::uint32_t patient) {
  if (std::holds_alternative<Unsupervised>(world.study().arms[arm].regimen)) return {};
  Clinic clinic(world, arm, patient);
  clinic.live();
  return std::move(clinic).record();
}

}  // namespace evenkeel::cohort
