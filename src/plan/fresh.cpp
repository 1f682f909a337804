#include "plan/fresh.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace evenkeel::plan {
namespace {

using Gaps = std::vector<Gap>;

std::string days(Duration age) {
  return age < 2.0 * units::day ? fmt::format("{:.1f} h", age.in(units::h))
                                : fmt::format("{:.1f} d", age.in(units::day));
}

std::string short_days(Duration window) {
  return window < 2.0 * units::day ? fmt::format("{:g} h", window.in(units::h))
                                   : fmt::format("{:g} d", window.in(units::day));
}

std::string when(Instant at, Instant now) {
  return fmt::format("on {}, {} before", at.to_string(), days(now - at));
}

// Adds a gap unless `at` is a moment within `window` before `now`.
void check_age(Gaps& all, const std::string& what, const std::string& seen, Instant at, Instant now,
               Duration window) {
  const std::string said = fmt::format("{} {}", seen, when(at, now));
  if (!(at <= now)) {
    all.push_back({GapKind::contradictory, what, fmt::format("{} {}", seen, at.to_string()),
                   fmt::format("nothing from after {}", now.to_string())});
  } else if (!(now - at <= window)) {
    all.push_back({GapKind::stale, what, said, fmt::format("one of the last {}", short_days(window))});
  }
}

void check_weight(Gaps& all, const FreshQuestion& q) {
  const auto& weight = q.patient.weight;
  const Duration window = q.site.freshness.weight.value;
  const std::string needed = fmt::format("one of the last {}", short_days(window));
  if (!weight) {
    all.push_back({GapKind::missing, "weight", "", needed});
    return;
  }
  const std::string seen = fmt::format("{} kg", short_text(weight->kg));
  if (!(weight->kg > Decimal{} && weight->kg <= Decimal{650})) {
    all.push_back({GapKind::contradictory, "weight", seen, "a body weight above 0, up to 650 kg"});
    return;
  }
  check_age(all, "weight", seen, weight->at, q.now, window);
  if (q.patient.plan && q.patient.plan->plan.weight_basis != weight->basis) {
    all.push_back({GapKind::contradictory, "weight basis", "the plan and the weight have another basis",
                   "the weight on the basis of the plan"});
  }
}

// A weight that moved by more than a tenth within the window is more likely a slip (a proposal).
void check_weight_moved(Gaps& all, const FreshQuestion& q) {
  if (!q.patient.weight) return;
  const double now_kg = q.patient.weight->kg.to_double();
  const auto last = std::ranges::max_element(q.patient.history, {}, &GivenDose::at);
  if (last == q.patient.history.end()) return;
  if (!(q.now - last->at <= 2.0 * q.site.freshness.weight.value)) return;
  const double last_kg = last->weight_kg.to_double();
  if (now_kg >= 0.9 * last_kg && now_kg <= 1.1 * last_kg) return;
  all.push_back({GapKind::contradictory, "weight",
                 fmt::format("{} kg now and {} kg at the session of {}", short_text(q.patient.weight->kg),
                             short_text(last->weight_kg), last->at.to_string()),
                 "a second weighing: it moved by more than a tenth"});
}

void check_pressure(Gaps& all, const FreshQuestion& q) {
  const Freshness& fresh = q.site.freshness;
  const bool giving = q.purpose == Purpose::giving;
  const Duration window = giving ? fresh.pressure_giving.value : fresh.pressure_planning.value;
  const auto& pressure = q.patient.pressure;
  if (!pressure) {
    all.push_back(
        {GapKind::missing, "blood pressure", "", fmt::format("one of the last {}", short_days(window))});
    return;
  }
  const std::string seen = fmt::format("{}/{} mmHg", pressure->systolic_mmHg, pressure->diastolic_mmHg);
  if (!(0 < pressure->diastolic_mmHg && pressure->diastolic_mmHg < pressure->systolic_mmHg &&
        pressure->systolic_mmHg < 350)) {
    all.push_back({GapKind::contradictory, "blood pressure", seen, "a systolic above a diastolic pressure"});
    return;
  }
  check_age(all, "blood pressure", seen, pressure->at, q.now, window);
}

// That a stated fall, which decides on a rise, is the one of the two scores.
bool fall_agrees(const care::Response& response) {
  if (!response.fall) return !response.response;
  if (!response.baseline || !response.latest) return false;
  const auto& before = response.baseline->score.total;
  const auto& after = response.latest->score.total;
  return before && after && *before > 0 &&
         std::fabs(*response.fall - static_cast<double>(*before - *after) / *before) < 1e-9;
}

void check_outcome(Gaps& all, const FreshQuestion& q) {
  const std::string& instrument = q.protocol.course.outcome_instrument;
  const auto window = outcome_window(q.protocol, q.patient.phase);
  if (!window) {
    all.push_back({GapKind::missing, "outcome",
                   fmt::format("protocol {} does not say how often {} is asked {}", q.protocol.id, instrument,
                               care::phase_words(q.patient.phase)),
                   "an interval in the protocol's calendar"});
    return;
  }
  const care::Response& response = q.patient.response;
  const auto& score = response.latest ? response.latest : response.baseline;
  if (!score || !score->score.total) {
    all.push_back({GapKind::missing, fmt::format("outcome ({})", instrument), "",
                   fmt::format("a total of the last {}", short_days(*window))});
    return;
  }
  if (score->instrument != instrument) {
    all.push_back({GapKind::contradictory, "outcome", fmt::format("a score of {}", score->instrument),
                   fmt::format("one of {}, the protocol's outcome", instrument)});
    return;
  }
  if (response.baseline && response.latest && response.latest->at < response.baseline->at) {
    all.push_back({GapKind::contradictory, "outcome", "the latest score is from before the baseline",
                   "a baseline and a later score"});
  }
  if (!fall_agrees(response)) {
    all.push_back({GapKind::contradictory, "outcome", "the fall stated is not that of the two scores",
                   "the fall from the baseline to the latest score"});
  }
  check_age(all, fmt::format("outcome ({})", instrument), fmt::format("a total of {}", *score->score.total),
            score->at, q.now, *window);
}

void check_suicide_item(Gaps& all, const FreshQuestion& q) {
  const auto& item = q.patient.suicide_item;
  const Duration window = q.site.freshness.suicide_item.value;
  if (!item) {
    all.push_back({GapKind::missing, "question about suicide", "",
                   fmt::format("an answer of the last {}", short_days(window))});
    return;
  }
  const std::string seen = fmt::format("{} answered {}", item->instrument, item->answer);
  check_age(all, "question about suicide", seen, item->at, q.now, window);
  if (item->answer >= item->urgent_from && !item->reviewed) {
    all.push_back({GapKind::held, "question about suicide", fmt::format("{} {}", seen, when(item->at, q.now)),
                   "a clinician's look on the same day, recorded as a review"});
  }
}

void check_plan(Gaps& all, const FreshQuestion& q) {
  const auto& in_force = q.patient.plan;
  if (!in_force) {
    all.push_back({GapKind::missing, "plan", "", "a plan that a clinician approved"});
    return;
  }
  const care::PlanApproved& plan = in_force->plan;
  if (!(in_force->approved <= q.now)) {
    all.push_back(
        {GapKind::contradictory, "plan", in_force->approved.to_string(), "a plan that was approved by now"});
  }
  if (plan.drug != q.drug || q.protocol.drug != q.drug) {
    all.push_back(
        {GapKind::contradictory, "drug",
         fmt::format("the question is about {}, the plan for {}, protocol {} for {}", care::drug_text(q.drug),
                     care::drug_text(plan.drug), q.protocol.id, care::drug_text(q.protocol.drug)),
         "one drug"});
  }
  if (plan.protocol != q.protocol.id || plan.protocol_version != q.protocol.version) {
    all.push_back({GapKind::contradictory, "protocol",
                   fmt::format("the plan follows {} {}, the question {} {}", plan.protocol,
                               plan.protocol_version, q.protocol.id, q.protocol.version),
                   "the plan's protocol"});
  }
  if (!(Date::of(q.start) <= plan.stop_date)) {
    all.push_back({GapKind::held, "plan", fmt::format("its stop date is {}", plan.stop_date.to_string()),
                   "a session by then, or a plan that goes on"});
  }
  if (!(Date::of(q.start) <= plan.next_review)) {
    all.push_back({GapKind::stale, "review of the plan",
                   fmt::format("due on {}", plan.next_review.to_string()),
                   "a review by the clinician, with the date of the next"});
  }
}

// Candidates are doses by weight: where plan or protocol fixes the dose there is nothing to choose among.
void check_by_weight(Gaps& all, const FreshQuestion& q) {
  const bool fixed = q.patient.plan && q.patient.plan->plan.fixed_dose_mg;
  if (!fixed && q.protocol.dosing) return;
  all.push_back({GapKind::held, "dose",
                 fixed ? fmt::format("a fixed dose of {} mg: no candidates by weight",
                                     short_text(*q.patient.plan->plan.fixed_dose_mg))
                       : fmt::format("protocol {} has fixed doses: no candidates by weight", q.protocol.id),
                 "a plan and a protocol that dose by body weight"});
}

void check_findings(Gaps& all, const FreshQuestion& q) {
  if (!q.patient.findings) return;
  for (const OpenFinding& finding : *q.patient.findings) {
    if (finding.level < 3) continue;
    all.push_back(
        {GapKind::held, "warning sign",
         fmt::format("{}, level {}, open since {}", finding.rule, finding.level, finding.since.to_string()),
         "a clinician's review of it"});
  }
}

void check_time(Gaps& all, const FreshQuestion& q) {
  if (q.patient.session_running)
    all.push_back({GapKind::held, "session", "an infusion is running", "its end"});
  if (!(q.now <= q.start))
    all.push_back({GapKind::contradictory, "start", q.start.to_string(),
                   fmt::format("a start not before {}", q.now.to_string())});
  if (!is_open(q.site, q.start))
    all.push_back({GapKind::held, "start", q.start.to_string(), "a time within the clinic's hours"});
  for (const GivenDose& given : q.patient.history) {
    if (given.at <= q.now && given.mg >= Decimal{} && given.weight_kg > Decimal{}) continue;
    all.push_back({GapKind::contradictory, "earlier dose",
                   fmt::format("{} mg at {} kg on {}", short_text(given.mg), short_text(given.weight_kg),
                               given.at.to_string()),
                   "a dose of the past, not below zero, with the weight of the day"});
  }
}

std::string_view kind_words(GapKind kind) {
  switch (kind) {
    case GapKind::missing:
      return "is missing";
    case GapKind::stale:
      return "is stale";
    case GapKind::contradictory:
      return "is contradictory";
    case GapKind::held:
      return "holds the dose";
  }
  return "";
}

}  // namespace

std::string Gap::sentence() const {
  return fmt::format("{} {}{}{}; needed: {}", what, kind_words(kind), seen.empty() ? "" : ": ", seen, needed);
}

std::optional<Duration> outcome_window(const care::Protocol& protocol, care::Phase phase) {
  for (const care::CalendarItem& item : protocol.calendar) {
    if (item.kind == care::CalendarItem::Kind::instrument && item.id == protocol.course.outcome_instrument &&
        std::ranges::find(item.phases, phase) != item.phases.end()) {
      return 1.25 * item.every.value;
    }
  }
  return std::nullopt;
}

std::vector<Gap> gaps(const FreshQuestion& question) {
  Gaps all;
  check_weight(all, question);
  check_weight_moved(all, question);
  check_pressure(all, question);
  check_outcome(all, question);
  check_suicide_item(all, question);
  check_plan(all, question);
  check_by_weight(all, question);
  check_findings(all, question);
  check_time(all, question);
  for (const std::string& words : question.patient.contradictions)
    all.push_back({GapKind::contradictory, "record", words, "a correction in the record"});
  return all;
}

}  // namespace evenkeel::plan
