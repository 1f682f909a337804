// The points at which a clinician looks: reviews, the end of induction, reasons to end the course.

#include "care/course_parts.hpp"

namespace evenkeel::care {
namespace {

bool is_plan_review(const Body& body) {
  const auto* review = std::get_if<Review>(&body);
  return review != nullptr && review->decision == Decision::plan_reviewed;
}

// What the record shows of a reason that it holds in a form of its own. docs/protocol-format.md lists the
// ids.
bool shows(const Body& body, const std::string& reason) {
  if (const auto* consent = std::get_if<ConsentRecorded>(&body))
    return reason == "consent-withdrawn" && !consent->given;
  if (const auto* report = std::get_if<SymptomReport>(&body)) {
    return reason == "blood-in-urine" && report->symptom == Symptom::blood_in_urine &&
           report->severity != Severity::none;
  }
  if (const auto* source = std::get_if<OtherSource>(&body))
    return reason == "source-outside-plan" &&
           std::ranges::find(source->found, SupplyKind::ketamine, &OtherSource::Found::kind) !=
               source->found.end();
  if (const auto* sign = std::get_if<SignSeen>(&body)) return sign->sign == reason;
  const auto* screening = std::get_if<Screening>(&body);
  return screening != nullptr && screening->criterion == reason && screening->outcome == Screened::concern;
}

// Takes the reason back: the same screened clear, consent given again.
bool clears(const Body& body, const std::string& reason) {
  if (const auto* consent = std::get_if<ConsentRecorded>(&body))
    return reason == "consent-withdrawn" && consent->given;
  const auto* screening = std::get_if<Screening>(&body);
  return screening != nullptr && screening->criterion == reason && screening->outcome == Screened::clear;
}

const Event* latest_sight(std::span<const Event> valid, const std::string& reason) {
  const Event* found = nullptr;
  for (const Event& event : valid) {
    if (found != nullptr && event.at < found->at) continue;
    if (shows(event.body, reason) || clears(event.body, reason)) found = &event;
  }
  return found != nullptr && shows(found->body, reason) ? found : nullptr;
}

}  // namespace

const Event* plan_review_since(std::span<const Event> valid, Instant since) {
  const Event* first = nullptr;
  for (const Event& event : valid) {
    if (event.at < since || !is_plan_review(event.body)) continue;
    if (first == nullptr || event.at < first->at) first = &event;
  }
  return first;
}

Response response_of(const CourseQuestion& q) {
  Response found{q.protocol.course.outcome_instrument, {}, {}, {}, false, false, false};
  const auto instrument = std::ranges::find(q.instruments, found.instrument, &Instrument::id);
  if (instrument == q.instruments.end()) return found;
  for (const TimedScore& timed : scores(q.valid, q.instruments)) {
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
  const double moved = before > *found.latest->score.total ? before - *found.latest->score.total
                                                           : *found.latest->score.total - before;
  found.important = instrument->important_change && moved >= instrument->important_change->value;
  found.remission =
      instrument->remission_below && *found.latest->score.total < instrument->remission_below->value;
  return found;
}

std::vector<ReviewPoint> review_points(const CourseQuestion& q, int sessions_done) {
  std::vector<ReviewPoint> points;
  for (const auto& after : q.protocol.course.review_after_sessions) {
    ReviewPoint point;
    point.after_session = after.value;
    point.source = after.from;
    if (sessions_done >= after.value) {
      point.reached = q.sessions[static_cast<std::size_t>(after.value) - 1].start;
      if (const Event* review = plan_review_since(q.valid, *point.reached)) {
        point.done = review->at;
        point.by = std::get<Review>(review->body).clinician;
      }
    }
    points.push_back(std::move(point));
  }
  return points;
}

DecisionPoint end_of_induction(const CourseQuestion& q, const CourseStatus& status) {
  const auto& course = q.protocol.course;
  DecisionPoint point;
  point.gain = status.response.fall;
  point.least = course.least_gain.value;
  point.source = course.least_gain.from;
  point.reached =
      status.sessions_done >= course.induction_sessions.value && point.gain && *point.gain < point.least;
  if (!point.reached) return point;
  // Who decides has both before them: the last session of induction, and the score that showed no gain.
  const Instant last = q.sessions[static_cast<std::size_t>(course.induction_sessions.value) - 1].start;
  if (const Event* review = plan_review_since(q.valid, std::max(last, status.response.latest->at))) {
    point.decided = review->at;
    point.by = std::get<Review>(review->body).clinician;
  }
  return point;
}

std::vector<StopReason> stop_reasons(const CourseQuestion& q, const CourseStatus& status) {
  std::vector<StopReason> seen;
  for (const SignRule& rule : q.protocol.course.stop_when) {
    StopReason reason{rule.id, rule.words, rule.consequence, {}, {}, {}, rule.source};
    if (const Event* event = latest_sight(q.valid, rule.id)) {
      reason.at = event->at;
      reason.event = event->id;
    } else if (rule.id == "endpoint-not-met" && status.end_of_induction.reached) {
      reason.at = status.response.latest->at;
      reason.event = status.response.latest->event;
    } else {
      continue;
    }
    if (const Event* review = plan_review_since(q.valid, reason.at)) reason.decided = review->at;
    seen.push_back(std::move(reason));
  }
  return seen;
}

}  // namespace evenkeel::care
