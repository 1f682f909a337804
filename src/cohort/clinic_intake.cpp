// Before the first session: who the patient is, what is looked at, the plan; and what is asked from then on.

#include <cmath>

#include "cohort/clinic.hpp"

namespace evenkeel::cohort {
namespace {

using care::CalendarItem;
using units::day;
using units::mg;

constexpr double days_a_year = 365.25;
constexpr int planned_sessions = 60;

// Asked by the virtual clinic beyond the protocol's calendar, every four weeks; liver tests every quarter.
constexpr double extra_days = 28.0;
constexpr std::string_view extra_instruments[] = {"dependence-check", "daily-life"};

constexpr pkpd::Variable sex_luck = luck("sex");

bool holds(const CalendarItem& item, care::Phase phase) {
  return std::ranges::find(item.phases, phase) != item.phases.end();
}

}  // namespace

void Clinic::make_tasks(int today) {
  using Kind = Task::Kind;
  const auto add = [&](Kind kind, std::string_view id, double induction, double maintenance) {
    const auto same =
        std::ranges::find_if(tasks_, [&](const Task& task) { return task.kind == kind && task.id == id; });
    Task& task = same == tasks_.end() ? tasks_.emplace_back() : *same;
    task.kind = kind;
    task.id = id;
    if (induction > 0.0) task.induction = induction;
    if (maintenance > 0.0) task.maintenance = maintenance;
    // A day early: the first week's evaluation comes before that week's last session.
    task.last = today - 1;
  };
  const auto add_item = [&](Kind kind, std::string_view id, const CalendarItem& item, double times) {
    const double every = times * item.every.value.in(day);
    add(kind, id, holds(item, care::Phase::induction) ? every : 0.0,
        holds(item, care::Phase::maintenance) ? every : 0.0);
  };
  for (const CalendarItem& item : protocol_.calendar) {
    if (item.kind == CalendarItem::Kind::instrument)
      add_item(Kind::instrument, item.id, item, arm_.evaluation_every);
    if (item.kind == CalendarItem::Kind::bladder_check)
      add_item(Kind::bladder, "bladder", item, arm_.evaluation_every);
    if (item.kind == CalendarItem::Kind::screening && item.id == "liver-tests")
      add_item(Kind::liver, "liver", item, 1.0);
    if (item.kind == CalendarItem::Kind::consent) add_item(Kind::consent, "consent", item, 1.0);
    if (item.kind == CalendarItem::Kind::plan_review) add_item(Kind::plan_review, "plan review", item, 1.0);
  }
  for (const std::string_view id : extra_instruments) {
    if (chronicle_.knows(id) && std::ranges::find(tasks_, id, &Task::id) == tasks_.end()) {
      const double every = extra_days * arm_.evaluation_every;
      add(Kind::instrument, id, every, every);
    }
  }
  const double look = 7.0 * arm_.dispensing_check_weeks;
  add(Kind::other_source, "dispensing", look, look);
  const double test = 7.0 * arm_.toxicology_weeks;
  add(Kind::toxicology, "toxicology", test, test);
}

care::PlanApproved Clinic::plan(int today) const {
  care::PlanApproved made;
  made.protocol = protocol_.id;
  made.protocol_version = protocol_.version;
  made.drug = protocol_.drug;
  made.indication = protocol_.indication;
  made.prior_treatments = {"two antidepressants, each long enough and high enough"};
  made.endpoint = {protocol_.course.outcome_instrument, "response"};
  made.dose_mg_per_kg = *Decimal{schedule_.dose_hundredths}.shifted(2);
  made.infusion_length = protocol_.dosing->infusion_length.value;
  made.planned_sessions = planned_sessions;
  made.interval = schedule_.interval_written * units::h;
  made.stop_date = Date::of(Date::of(moment(today, 0.0)).start() + protocol_.course.longest_course.value);
  made.responsible_clinician = "dr-virtual";
  made.next_review = made.stop_date;
  made.consent_version = "1";
  return made;
}

void Clinic::approve(int today, double minute) {
  care::PlanApproved made = plan(today);
  if (schedule_.last != never) {
    made.change_reason = care::ChangeReason::administrative;
    made.change_note = "the plan before it ends; it is made anew as it was";
  }
  write(today, minute, care::ConsentRecorded{"1", true, "dr-virtual"});
  chronicle_.write(moment(today, minute + 1.0), "dr-virtual", std::move(made));
  schedule_.planned_on = today;
}

void Clinic::intake(int today) {
  care::PatientFacts facts;
  facts.born = Date::of(moment(today, 0.0) + -std::floor(out_.age_years * days_a_year) * day);
  facts.sex = draws_.even(sex_luck) < 0.6 ? care::Sex::female : care::Sex::male;
  facts.weight = std::floor(10.0 * out_.weight_kg + 0.5) / 10.0 * units::kg;
  double minute = 9.0 * 60;
  write(today, minute, std::move(facts));
  for (const care::Criterion& criterion : protocol_.eligibility) {
    if (criterion.kind != care::Criterion::Kind::baseline_check || criterion.required)
      write(today, minute += 1.0, care::Screening{criterion.id, care::Screened::clear, ""});
  }
  schedule_.dose_hundredths =
      static_cast<int>(std::floor(100.0 * protocol_.dosing->standard.value.in(mg / units::kg) + 0.5));
  schedule_.interval_written = 7 * 24 / protocol_.course.induction_per_week_most.value;
  make_tasks(today);
  for (Task& task : tasks_) {
    const bool asked_later = task.kind == Task::Kind::plan_review || task.kind == Task::Kind::consent ||
                             !(task.induction > 0.0 || task.maintenance > 0.0);
    if (!asked_later && does(task.id)) perform(task, today, minute += 1.0);
    if (!asked_later && task.kind == Task::Kind::bladder) minute += 6.0;
    task.last = today - 1;
  }
  if (chronicle_.knows("withdrawal-check") && does("withdrawal-check"))
    ask(today, minute += 3.0, "withdrawal-check", care::Moment::baseline);
  approve(today, minute + 10.0);
}

}  // namespace evenkeel::cohort
