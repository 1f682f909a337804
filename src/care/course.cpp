#include "care/course.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace evenkeel::care {
namespace {

using units::day;
using units::kg;
using units::mg;

template <class T>
void apply(std::optional<T> change, T& field) {
  if (change) field = *change;
}

void apply_change(PlanInForce& in_force, const PlanChanged& change, const Event& event) {
  PlanApproved& plan = in_force.plan;
  apply(change.dose_mg_per_kg, plan.dose_mg_per_kg);
  apply(change.infusion_length, plan.infusion_length);
  apply(change.planned_sessions, plan.planned_sessions);
  apply(change.interval, plan.interval);
  apply(change.stop_date, plan.stop_date);
  apply(change.next_review, plan.next_review);
  if (change.dose_mg_per_kg) {
    in_force.doses.push_back({event.id, event.at, change.dose_mg_per_kg->to_double() * (mg / kg),
                              change.reason == ChangeReason::insufficient_response});
  }
}

// A thing done `last` and wanted every `every` from `since` on: due from a day before, overdue a quarter of
// the time after (both proposals of this software).
Due due_item(std::string what, std::optional<Instant> last, Instant since, const Sourced<Duration>& every,
             Instant now) {
  const Instant next = (last ? *last : since) + every.value;
  Due item{std::move(what), DueState::done, last, next, every.from};
  if (!last) {
    item.state = DueState::never;
    item.next = since;
  } else if (now > next + 0.25 * every.value) {
    item.state = DueState::overdue;
  } else if (now >= next - 1.0 * day) {
    item.state = DueState::due;
  }
  return item;
}

std::optional<Instant> latest_of(std::span<const Event> valid, auto&& wanted) {
  std::optional<Instant> latest;
  for (const Event& event : valid) {
    if (wanted(event.body) && (!latest || event.at > *latest)) latest = event.at;
  }
  return latest;
}

std::optional<Instant> last_done(const CalendarItem& item, const CourseQuestion& q) {
  return latest_of(q.valid, [&](const Body& body) {
    switch (item.kind) {
      case CalendarItem::Kind::instrument: {
        const auto* evaluation = std::get_if<Evaluation>(&body);
        if (evaluation == nullptr || evaluation->instrument != item.id) return false;
        const auto instrument = std::ranges::find(q.instruments, item.id, &Instrument::id);
        return instrument != q.instruments.end() && score(*instrument, *evaluation).total.has_value();
      }
      case CalendarItem::Kind::bladder_check: {
        const auto* report = std::get_if<SymptomReport>(&body);
        return report != nullptr && is_bladder(report->symptom);
      }
      case CalendarItem::Kind::other_source_check: {
        const auto* check = std::get_if<OtherSource>(&body);
        return check != nullptr && check->looked_in == LookedIn::dispensing_history;
      }
      case CalendarItem::Kind::plan_review: {
        const auto* review = std::get_if<Review>(&body);
        return review != nullptr && review->decision == Decision::plan_reviewed;
      }
      case CalendarItem::Kind::screening: {
        const auto* screening = std::get_if<Screening>(&body);
        return screening != nullptr && screening->criterion == item.id;
      }
      case CalendarItem::Kind::consent: {
        const auto* consent = std::get_if<ConsentRecorded>(&body);
        return consent != nullptr && consent->given;
      }
    }
    return false;
  });
}

std::string calendar_words(const CalendarItem& item, std::span<const Instrument> instruments) {
  switch (item.kind) {
    case CalendarItem::Kind::bladder_check:
      return "bladder symptoms";
    case CalendarItem::Kind::other_source_check:
      return "check for another source";
    case CalendarItem::Kind::plan_review:
      return "plan review by the clinician";
    case CalendarItem::Kind::consent:
      return "consent renewed";
    case CalendarItem::Kind::screening:
    case CalendarItem::Kind::instrument:
      break;
  }
  const auto found = std::ranges::find(instruments, item.id, &Instrument::id);
  return found == instruments.end() ? item.id : found->short_title;
}

Phase phase_of(const CourseQuestion& q, const std::optional<PlanInForce>& plan, int done) {
  if (plan && Date::of(q.now) > plan->plan.stop_date) return Phase::ended;
  if (q.sessions.empty()) return Phase::before_treatment;
  return done < q.protocol.course.induction_sessions.value ? Phase::induction : Phase::maintenance;
}

Due next_session(const PlanInForce& plan, std::span<const Session> sessions, Instant now) {
  const Instant due = sessions.empty() ? plan.approved : sessions.back().start + plan.plan.interval;
  Due item{"session", DueState::done, {}, due, {"", Label::derived, "last session plus the plan's interval"}};
  if (!sessions.empty()) item.last = sessions.back().start;
  if (now > due + 1.0 * day)
    item.state = DueState::overdue;
  else if (now >= due - 1.0 * day)
    item.state = DueState::due;
  return item;
}

Response response_of(const CourseQuestion& q, std::span<const TimedScore> all) {
  Response found{q.protocol.course.outcome_instrument, {}, {}, {}, false, false};
  const auto instrument = std::ranges::find(q.instruments, found.instrument, &Instrument::id);
  if (instrument == q.instruments.end()) return found;
  for (const TimedScore& timed : all) {
    if (timed.instrument != found.instrument || !timed.score.total) continue;
    if (q.sessions.empty() || timed.at <= q.sessions.front().start)
      found.baseline = timed;
    else
      found.latest = timed;
  }
  if (!found.baseline || !found.latest) return found;
  const double before = *found.baseline->score.total;
  if (before > 0.0) {
    found.fall = (before - *found.latest->score.total) / before;
    found.response = instrument->response && *found.fall >= instrument->response->value;
  }
  found.remission =
      instrument->remission_below && *found.latest->score.total < instrument->remission_below->value;
  return found;
}

void note_reviews(const CourseQuestion& q, CourseStatus& status) {
  for (const auto& after : q.protocol.course.review_after_sessions) {
    if (status.sessions_done < after.value) continue;
    const Instant reached = q.sessions[static_cast<std::size_t>(after.value) - 1].start;
    const auto reviewed = latest_of(q.valid, [](const Body& body) {
      const auto* review = std::get_if<Review>(&body);
      return review != nullptr && review->decision == Decision::plan_reviewed;
    });
    if (reviewed && *reviewed >= reached) continue;
    status.notes.push_back(fmt::format("the review after session {} is not recorded", after.value));
  }
}

// What was given is what the plan and its protocol are about.
void note_drugs(const CourseQuestion& q, CourseStatus& status) {
  for (const Session& session : q.sessions) {
    const auto plan = plan_at(q.valid, session.start);
    if (!plan || plan->plan.drug == session.drug) continue;
    status.notes.push_back(fmt::format("session {} gave {}, but the plan is for {}", session.id,
                                       drug_text(session.drug), drug_text(plan->plan.drug)));
  }
  if (status.plan && status.plan->plan.drug != q.protocol.drug) {
    status.notes.push_back(fmt::format("the plan is for {}, but protocol {} is for {}",
                                       drug_text(status.plan->plan.drug), q.protocol.id,
                                       drug_text(q.protocol.drug)));
  }
}

void note_plan(const CourseQuestion& q, CourseStatus& status) {
  if (!status.plan) {
    status.notes.push_back(q.sessions.empty() ? "no plan is approved"
                                              : "infusions were given, but no plan is approved");
    return;
  }
  const PlanApproved& plan = status.plan->plan;
  if (Date::of(q.now) > plan.next_review) {
    status.notes.push_back(fmt::format("the plan's review was due on {}", plan.next_review.to_string()));
  }
  if (!q.sessions.empty() && Date::of(q.sessions.back().start) > plan.stop_date) {
    status.notes.push_back(fmt::format("session {} was given after the plan's stop date, {}",
                                       q.sessions.back().id, plan.stop_date.to_string()));
  }
  if (status.sessions_in_plan > plan.planned_sessions) {
    status.notes.push_back(fmt::format("{} sessions were given; the plan has {}", status.sessions_in_plan,
                                       plan.planned_sessions));
  }
}

void note_response(const CourseQuestion& q, CourseStatus& status) {
  const Response& response = status.response;
  if (!response.baseline) {
    status.notes.push_back("no score of the outcome before the first infusion: response cannot be judged");
    return;
  }
  if (status.sessions_done < q.protocol.course.induction_sessions.value || !response.fall) return;
  if (*response.fall < q.protocol.course.least_gain.value) {
    const std::string outcome = *response.fall < 0.0
                                    ? fmt::format("worse by {:.0f} %", -100.0 * *response.fall)
                                    : fmt::format("{:.0f} % gain", 100.0 * *response.fall);
    status.notes.push_back(
        fmt::format("decision point: {} by the end of induction, below {:.0f} % gain; go on, change or stop?",
                    outcome, 100.0 * q.protocol.course.least_gain.value));
  }
}

}  // namespace

std::string_view due_words(DueState state) {
  switch (state) {
    case DueState::done:
      return "up to date";
    case DueState::due:
      return "due";
    case DueState::overdue:
      return "overdue";
    case DueState::never:
      return "never done";
  }
  return "";
}

std::optional<PlanInForce> plan_at(std::span<const Event> valid, Instant when) {
  std::vector<const Event*> by_time;
  for (const Event& event : valid) {
    if (event.at <= when) by_time.push_back(&event);
  }
  std::ranges::stable_sort(by_time, {}, [](const Event* event) { return event->at; });
  std::optional<PlanInForce> in_force;
  for (const Event* event : by_time) {
    if (const auto* plan = std::get_if<PlanApproved>(&event->body)) {
      // A new plan does not forget the doses of the one before it.
      auto doses = in_force ? std::move(in_force->doses) : std::vector<DosePoint>{};
      doses.push_back({event->id, event->at, plan->dose_mg_per_kg.to_double() * (mg / kg), false});
      in_force = PlanInForce{*plan, event->id, event->at, std::move(doses)};
    } else if (const auto* change = std::get_if<PlanChanged>(&event->body); change != nullptr && in_force) {
      apply_change(*in_force, *change, *event);
    }
  }
  return in_force;
}

std::vector<TimedScore> scores(std::span<const Event> valid, std::span<const Instrument> instruments) {
  std::vector<TimedScore> found;
  for (const Event& event : valid) {
    const auto* evaluation = std::get_if<Evaluation>(&event.body);
    if (evaluation == nullptr) continue;
    const auto instrument = std::ranges::find(instruments, evaluation->instrument, &Instrument::id);
    if (instrument == instruments.end()) continue;
    found.push_back(
        {event.id, event.at, evaluation->moment, instrument->id, score(*instrument, *evaluation)});
  }
  std::ranges::stable_sort(found, {}, &TimedScore::at);
  return found;
}

CourseStatus course_status(const CourseQuestion& q) {
  CourseStatus status;
  status.plan = plan_at(q.valid, q.now);
  status.sessions_done =
      static_cast<int>(std::ranges::count_if(q.sessions, [](const Session& s) { return !s.running; }));
  status.sessions_in_plan = static_cast<int>(std::ranges::count_if(q.sessions, [&](const Session& s) {
    return !s.running && status.plan && s.start >= status.plan->approved;
  }));
  status.phase = phase_of(q, status.plan, status.sessions_done);
  status.response = response_of(q, scores(q.valid, q.instruments));
  if (status.plan && status.phase != Phase::ended &&
      status.sessions_in_plan < status.plan->plan.planned_sessions) {
    status.next_session = next_session(*status.plan, q.sessions, q.now);
  }
  const Instant since = status.plan ? status.plan->approved : q.now;
  for (const CalendarItem& item : q.protocol.calendar) {
    if (std::ranges::find(item.phases, status.phase) == item.phases.end()) continue;
    status.due.push_back(
        due_item(calendar_words(item, q.instruments), last_done(item, q), since, item.every, q.now));
  }
  note_drugs(q, status);
  note_plan(q, status);
  note_reviews(q, status);
  note_response(q, status);
  return status;
}

Facts latest_facts(std::span<const Event> valid) {
  Facts facts;
  std::vector<const Event*> by_time;
  for (const Event& event : valid) by_time.push_back(&event);
  std::ranges::stable_sort(by_time, {}, [](const Event* event) { return event->at; });
  const auto weigh = [&](BodyMass weight, Instant at) {
    facts.weight = weight;
    facts.weighed = at;
  };
  for (const Event* event : by_time) {
    if (const auto* start = std::get_if<SessionStarted>(&event->body)) weigh(start->weight, event->at);
    const auto* stated = std::get_if<PatientFacts>(&event->body);
    if (stated == nullptr) continue;
    if (stated->born) facts.born = stated->born;
    if (stated->sex) facts.sex = stated->sex;
    if (stated->height_cm) facts.height_cm = stated->height_cm;
    if (stated->weight) weigh(*stated->weight, event->at);
  }
  return facts;
}

}  // namespace evenkeel::care
