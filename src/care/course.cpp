#include "care/course.hpp"

#include <algorithm>

#include "care/course_parts.hpp"
#include "care/plan_check.hpp"

namespace evenkeel::care {
namespace {

Phase phase_of(const CourseQuestion& q, const std::optional<PlanInForce>& plan, int done) {
  if (plan && Date::of(q.now) > plan->plan.stop_date) return Phase::ended;
  if (q.sessions.empty()) return Phase::before_treatment;
  if (plan && plan->taper_since) return Phase::taper;
  return done < q.protocol.course.induction_sessions.value ? Phase::induction : Phase::maintenance;
}

int ended_since(std::span<const Session> sessions, std::optional<Instant> since) {
  return static_cast<int>(std::ranges::count_if(
      sessions, [&](const Session& s) { return !s.running && since && s.start >= *since; }));
}

void count_sessions(const CourseQuestion& q, CourseStatus& status) {
  status.sessions_done =
      static_cast<int>(std::ranges::count_if(q.sessions, [](const Session& s) { return !s.running; }));
  if (!status.plan) return;
  status.sessions_in_plan = ended_since(q.sessions, status.plan->approved);
  status.sessions_in_taper = ended_since(q.sessions, status.plan->taper_since);
  status.sessions_left = std::max(0, status.plan->plan.planned_sessions - status.sessions_in_plan);
  status.days_to_stop = static_cast<int>((status.plan->plan.stop_date.day() - Date::of(q.now).day()).count());
}

}  // namespace

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
  count_sessions(q, status);
  status.phase = phase_of(q, status.plan, status.sessions_done);
  status.response = response_of(q);
  if (status.plan && status.phase != Phase::ended && status.sessions_left > 0)
    status.next_session = next_session(q, *status.plan);
  status.due = calendar_due(q, status);
  status.spacing = spacing_of(q, status);
  status.reviews = review_points(q, status.sessions_done);
  status.end_of_induction = end_of_induction(q, status);
  status.stop_reasons = stop_reasons(q, status);
  if (status.plan && needs_second_signature(status.plan->plan, q.protocol)) {
    status.second_signature = is_signed(q.valid, *status.plan, q.now) ? Signature::given : Signature::missing;
  }
  status.notes = course_notes(q, status);
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
