#include "cohort/clinic.hpp"

#include <cmath>

#include "base/expects.hpp"
#include "cohort/life_parts.hpp"
#include "pkpd/portable.hpp"

namespace evenkeel::cohort {
namespace {

constexpr int intake_day = -3;
constexpr int days_a_month = 30;
constexpr double request_minute = 16.5 * 60;
constexpr double use_hour = 21.0;
constexpr int dispensing_days = 28;
constexpr int shortest_dispensing_days = 7;
constexpr double slot_minutes = 15.0;
constexpr double slots = 16.0;
constexpr double first_slot = 9.0 * 60;

constexpr pkpd::Variable slot_luck = luck("time of day");
constexpr pkpd::Variable request_luck = luck("request");
constexpr pkpd::Variable sooner_luck = luck("asks for sooner");
constexpr pkpd::Variable granted_luck = luck("request granted");
constexpr pkpd::Variable dispensing_luck = luck("dispensing");

}  // namespace

bool is_weekend(int day) {
  return (day + 7 * Draws::day_zero) % 7 >= 5;
}

int workday_from(int day) {
  while (is_weekend(day)) ++day;
  return day;
}

Clinic::Clinic(const World& world, std::uint32_t arm, std::uint32_t patient)
    : world_(world),
      arm_(std::get<Supervised>(world.study().arms[arm].regimen)),
      protocol_(world.protocol(arm_)),
      behaviour_(world.behaviour_of(patient)),
      draws_(world.study().seed, patient),
      out_(begun(world, arm, patient)),
      onset_(onset_of(behaviour_, draws_)),
      condition_(world.study().nature, behaviour_, draws_, onset_),
      body_(body_of(world, patient)),
      chronicle_(world.library(), world.predictor(), world.people().structure().model(),
                 "v" + std::to_string(patient)),
      noting_(world.library().rules, behaviour_, sign_onset(behaviour_, onset_, world.study()), out_),
      start_minute_(first_slot + slot_minutes * std::floor(slots * draws_.even(slot_luck))) {}

Instant Clinic::moment(int day, double minutes) const {
  return world_.study().first_day.start() + (day * units::day + minutes * units::min);
}

void Clinic::live() {
  out_.phq9_start = condition_.start();
  const int end = 7 * world_.study().weeks;
  condition_.pass_to(intake_day);
  intake(intake_day);
  for (int today = intake_day + 1; today < end; ++today) {
    condition_.pass_to(today);
    pass(today);
    evening(today);
  }
  out_.tolerance = condition_.tolerance();
  out_.phq9_end = condition_.phq9();
  if (out_.first_at_level[0] != never)
    out_.watched_days = static_cast<std::uint32_t>(end - out_.first_at_level[0]);
}

void Clinic::pass(int today) {
  if (review_on_ != never && today >= review_on_) review(today);
  if (schedule_.gap_from == never && schedule_.last != never && schedule_.next != today &&
      today == schedule_.last + schedule_.due_after) {
    schedule_.gap_from = today;
    condition_.put_off(today);
  }
  if (schedule_.next == today) {
    if (!missed(today)) visit(today);
  } else if (today > 0) {
    withdrawal_contact(today);
    if (!is_weekend(today)) contact(today);
  }
  if (today > 0 && !is_weekend(today)) request(today);
}

void Clinic::evening(int today) {
  if (today < 0) return;
  if (const double mg = condition_.outside_mg(today); mg > 0.0) use_outside(today, mg);
  const bool dispensed = behaviour_.supply == Supply::prescriber || behaviour_.supply == Supply::home;
  if (dispensed && condition_.driven() && (next_dispensing_ == never || today >= next_dispensing_)) {
    if (draws_.happens(dispensing_luck, today, condition_.left())) dispensed_.push_back(today);
    // Who uses more comes back sooner.
    const double grown =
        pkpd::portable_power(1.0 + behaviour_.drives.outside_growth.value, condition_.weeks_driven());
    next_dispensing_ = today + std::max(shortest_dispensing_days, static_cast<int>(dispensing_days / grown));
  }
  note_harm(today);
}

void Clinic::use_outside(int today, double mg) {
  const double start_h = 24.0 * today + use_hour;
  const Exposed seen = body_.take(start_h, outside_length_h, mg * behaviour_.drives.outside_share.value);
  condition_.used(mg);
  add_exposure(seen, out_);
  ++out_.uses;
  out_.outside_mg += mg;
  last_exposure_h_ = start_h;
}

void Clinic::note_harm(int today) {
  if (out_.harm == never && harmed(condition_, world_.study())) out_.harm = today;
}

void Clinic::look(int today, double minute) {
  noting_.take(chronicle_.look(moment(today, minute)), today);
  if (arm_.acts) expect_review(today);
}

// The patient asks for a session sooner, or for a stronger one. The clinic grants the first as often as it
// agrees on a higher dose.
void Clinic::request(int today) {
  const Drives& drives = behaviour_.drives;
  if (!condition_.driven() || schedule_.next == never) return;
  const double chance = condition_.left() * drives.requests.value / days_a_month * 7.0 / 5.0;
  if (!draws_.happens(request_luck, today, chance)) return;
  const bool sooner = draws_.even(sooner_luck, today) < 0.5;
  write(today, request_minute,
        care::Contact{true, sooner ? care::Topic::asked_sooner : care::Topic::asked_stronger, ""});
  if (sooner && !induction() && draws_.happens(granted_luck, today, drives.dose_push.value)) {
    const int halfway = workday_from(today + std::max(1, (schedule_.next - today) / 2));
    if (halfway > schedule_.last + 1) schedule_.next = std::min(schedule_.next, halfway);
  }
  look(today, request_minute + 5.0);
}

bool Clinic::induction() const {
  return schedule_.done < protocol_.course.induction_sessions.value;
}

// Days to the next session once so many were given.
int Clinic::gap_after(int sessions) const {
  const care::CourseRules& course = protocol_.course;
  if (sessions < course.induction_sessions.value) return 7 / course.induction_per_week_most.value;
  double days = 7.0;
  for (const care::MaintenanceStep& step : course.maintenance) {
    if (sessions - course.induction_sessions.value + 1 >= step.from_session.value)
      days = step.interval.value.in(units::day);
  }
  return std::max(7, static_cast<int>(std::floor(schedule_.stretch * days + 0.5)));
}

Asked Clinic::asked(int today) const {
  return {world_.study().nature, behaviour_, draws_, condition_, today, world_.study().dependence_harm};
}

bool Clinic::does(std::string_view what) const {
  return std::ranges::find(arm_.left_out, what) == arm_.left_out.end();
}

void Clinic::write(int today, double minute, care::Body body) {
  chronicle_.write(moment(today, minute), "nurse", std::move(body));
}

void Clinic::ask(int today, double minute, std::string_view instrument, care::Moment at) {
  write(today, minute, answered(asked(today), instrument, at));
}

}  // namespace evenkeel::cohort
