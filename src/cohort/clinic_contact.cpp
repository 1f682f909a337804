// Between sessions: evaluations of the calendar, and the days after a dose that was put off.

#include <cmath>

#include "cohort/clinic.hpp"
#include "pkpd/portable.hpp"

namespace evenkeel::cohort {
namespace {

using care::Moment;

constexpr double contact_minute = 10.0 * 60;
constexpr double check_minute = 9.0 * 60;
constexpr int withdrawal_days[] = {1, 3, 5, 7};
constexpr int eased_days = 3;               // after the session that ends such a gap
constexpr int week_after_days = 6;          // a session is on a Friday, the contact on the Thursday
constexpr double window_h = 72.0;           // in which any ketamine is found in urine
constexpr double urine_limit_ng_mL = 10.0;  // of the blood level at which it is found later as well
constexpr double usual_alt = 24.0, alt_limit = 45.0, alt_log_sd = 0.25;

constexpr pkpd::Variable alt_luck = luck("alt");

}  // namespace

// In maintenance what is asked every two weeks or less often is asked up to a week early where it then falls
// a week after a session: the benefit is read at the same time after each.
bool Clinic::due(const Task& task, int today) const {
  const double every = induction() ? task.induction : task.maintenance;
  if (!(every > 0.0)) return false;
  const bool week_after =
      !induction() && every >= 14.0 && today == workday_from(schedule_.last + week_after_days);
  return today - task.last >= every - 0.5 - (week_after ? 7.0 : 0.0);
}

// Everything that is due, one after the other; what is left out or missed waits for its next turn.
void Clinic::contact(int today) {
  double minute = contact_minute;
  bool any = false;
  for (Task& task : tasks_) {
    if (!due(task, today)) continue;
    task.last = today;
    const bool evaluation = task.kind == Task::Kind::instrument || task.kind == Task::Kind::bladder;
    if (!does(task.id) ||
        (evaluation && draws_.happens(luck("missed " + task.id), today, arm_.missed_evaluations))) {
      continue;
    }
    perform(task, today, minute);
    minute += 8.0;
    any = true;
  }
  if (!any) return;
  // Who answers is asked whether something else stands behind it.
  if (condition_.ill_in_body() && (illness_noted_ == never || today - illness_noted_ > 28)) {
    write(today, minute, care::CircumstanceNoted{care::Circumstance::physical_illness, ""});
    illness_noted_ = today;
  }
  look(today, minute + 5.0);
}

void Clinic::withdrawal_contact(int today) {
  if (!does("withdrawal-check")) return;
  const int into = today - schedule_.gap_from;
  const bool in_gap = schedule_.gap_from != never &&
                      std::ranges::find(withdrawal_days, into) != std::ranges::end(withdrawal_days);
  const bool after_gap = schedule_.ended_gap && today == schedule_.last + eased_days;
  if (!in_gap && !after_gap) return;
  if (draws_.happens(luck("missed withdrawal-check"), today, arm_.missed_evaluations)) return;
  ask(today, check_minute, "withdrawal-check", Moment::between_doses);
  look(today, check_minute + 5.0);
}

void Clinic::perform(Task& task, int today, double minute) {
  const Moment when = schedule_.last == never ? Moment::baseline : Moment::between_doses;
  switch (task.kind) {
    case Task::Kind::instrument:
      return ask(today, minute, task.id, when);
    case Task::Kind::bladder:
      return ask_bladder(today, minute);
    case Task::Kind::other_source:
      return look_for_sources(today, minute);
    case Task::Kind::toxicology:
      return test_urine(today, minute);
    case Task::Kind::liver: {
      const double value =
          std::floor(usual_alt * pkpd::portable_exp(alt_log_sd * draws_.normal(alt_luck, today)) + 0.5);
      write(today, minute, care::LabResult{care::Lab::alt, value, alt_limit, "U/L"});
      return write(today, minute + 1.0, care::Screening{"liver-tests", care::Screened::clear, ""});
    }
    case Task::Kind::consent:
      return write(today, minute, care::ConsentRecorded{"1", true, "dr-virtual"});
    case Task::Kind::plan_review:
      return plan_review(today, minute);
  }
}

// All six symptoms; who has one gives urine, and an infection is treated.
void Clinic::ask_bladder(int today, double minute) {
  for (const care::SymptomReport& report : bladder_report(condition_)) write(today, minute += 1.0, report);
  if (condition_.bladder() == Bladder::well || !arm_.acts || schedule_.last == never) return;
  const bool infection = condition_.bladder() == Bladder::infection;
  write(today, minute + 1.0, care::UrineTest{infection, false});
  if (infection) condition_.cured();
}

void Clinic::look_for_sources(int today, double minute) {
  care::OtherSource seen;
  for (const int dispensed : dispensed_) {
    care::OtherSource::Found found;
    found.substance = "ketamine";
    found.route = "oral";
    found.supplier = "another prescriber";
    found.dispensed = Date::of(moment(dispensed, 0.0));
    found.days_supply = 28;
    found.for_home = true;
    seen.found.push_back(std::move(found));
  }
  dispensed_.clear();
  write(today, minute, std::move(seen));
}

void Clinic::test_urine(int today, double minute) {
  const double now_h = 24.0 * today + minute / 60.0;
  const bool lately = now_h - last_exposure_h_ <= window_h;
  const bool found =
      lately || (last_exposure_h_ > 0.0 && body_.concentration_ng_mL(now_h) >= urine_limit_ng_mL);
  const Concentration limit = urine_limit_ng_mL * (units::ng / units::mL);
  write(today, minute,
        care::Toxicology{care::Specimen::urine,
                         true,
                         {{care::Substance::ketamine, found, limit, ""},
                          {care::Substance::norketamine, found, limit, ""}}});
}

}  // namespace evenkeel::cohort
