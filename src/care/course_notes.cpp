// Sentences about where a course stands: contradictions, open points, what cannot be told.

#include <fmt/format.h>

#include <tuple>

#include "care/course_parts.hpp"
#include "care/plan_check.hpp"

namespace evenkeel::care {
namespace {

using Notes = std::vector<std::string>;

void note_reviews(const CourseStatus& status, Notes& notes) {
  for (const ReviewPoint& point : status.reviews) {
    if (point.open())
      notes.push_back(fmt::format("the review after session {} is not recorded", point.after_session));
  }
}

// What was given is what the plan and its protocol are about.
void note_drugs(const CourseQuestion& q, const CourseStatus& status, Notes& notes) {
  const Plans plans(q.valid);
  for (const Session& session : q.sessions) {
    const PlanInForce* plan = plans.at(session.start);
    if (plan == nullptr || plan->plan.drug == session.drug) continue;
    notes.push_back(fmt::format("session {} gave {}, but the plan is for {}", session.id,
                                drug_text(session.drug), drug_text(plan->plan.drug)));
  }
  if (status.plan && status.plan->plan.drug != q.protocol.drug) {
    notes.push_back(fmt::format("the plan is for {}, but protocol {} is for {}",
                                drug_text(status.plan->plan.drug), q.protocol.id,
                                drug_text(q.protocol.drug)));
  }
}

void note_plan(const CourseQuestion& q, const CourseStatus& status, Notes& notes) {
  if (!status.plan) {
    notes.push_back(q.sessions.empty() ? "no plan is approved"
                                       : "infusions were given, but no plan is approved");
    return;
  }
  const PlanApproved& plan = status.plan->plan;
  if (Date::of(q.now) > plan.next_review) {
    notes.push_back(fmt::format("the plan's review was due on {}", plan.next_review.to_string()));
  }
  if (!q.sessions.empty() && Date::of(q.sessions.back().start) > plan.stop_date) {
    notes.push_back(fmt::format("session {} was given after the plan's stop date, {}", q.sessions.back().id,
                                plan.stop_date.to_string()));
  }
  if (status.sessions_in_plan > plan.planned_sessions) {
    notes.push_back(fmt::format("{} sessions were given; the plan has {}", status.sessions_in_plan,
                                plan.planned_sessions));
  }
}

void note_approval(const CourseQuestion& q, const CourseStatus& status, Notes& notes) {
  if (!status.plan) return;
  if (status.second_signature == Signature::missing)
    notes.push_back("the plan's dose needs a second clinician's signature, and none is recorded");
  const auto names = std::tie(status.plan->plan.protocol, status.plan->plan.protocol_version);
  if (names != std::tie(q.protocol.id, q.protocol.version)) return;
  for (const PlanFault& fault : plan_against_protocol(status.plan->plan, q.protocol, status.plan->approved))
    notes.push_back(fmt::format("the plan: {}", fault.words));
}

void note_spacing(const CourseQuestion& q, const CourseStatus& status, Notes& notes) {
  if (status.phase == Phase::maintenance && status.plan && status.spacing &&
      status.plan->plan.interval < status.spacing->least) {
    notes.push_back(fmt::format("the plan's interval is {:.3g} days; the protocol has {:.3g} by now ({})",
                                status.plan->plan.interval.in(units::day),
                                status.spacing->least.in(units::day), status.spacing->words));
  }
  if (status.phase == Phase::taper && status.sessions_in_taper >= q.protocol.course.taper_sessions.value) {
    notes.push_back(fmt::format("the taper's {} sessions were given: end the course, or a new plan",
                                q.protocol.course.taper_sessions.value));
  }
}

void note_stop_reasons(const CourseStatus& status, Notes& notes) {
  for (const StopReason& reason : status.stop_reasons) {
    if (reason.decided || reason.id == "endpoint-not-met") continue;  // the decision point says it
    notes.push_back(fmt::format("reason to {} the course: {}",
                                reason.consequence == Consequence::stop ? "end" : "decide about",
                                reason.words));
  }
}

void note_response(const CourseStatus& status, Notes& notes) {
  const Response& response = status.response;
  if (!response.baseline) {
    notes.push_back("no score of the outcome before the first infusion: response cannot be judged");
    return;
  }
  const DecisionPoint& point = status.end_of_induction;
  if (!point.reached) return;
  const std::string outcome = *point.gain < 0.0 ? fmt::format("worse by {:.0f} %", -100.0 * *point.gain)
                                                : fmt::format("{:.0f} % gain", 100.0 * *point.gain);
  const std::string next = point.open() ? "go on, change or stop?"
                                        : fmt::format("a plan review by {} on {} decided", point.by,
                                                      Date::of(*point.decided).to_string());
  notes.push_back(fmt::format("decision point: {} by the end of induction, below {:.0f} % gain; {}", outcome,
                              100.0 * point.least, next));
}

}  // namespace

std::vector<std::string> course_notes(const CourseQuestion& q, const CourseStatus& status) {
  Notes notes;
  note_drugs(q, status, notes);
  note_plan(q, status, notes);
  note_approval(q, status, notes);
  note_spacing(q, status, notes);
  note_reviews(status, notes);
  note_response(status, notes);
  note_stop_reasons(status, notes);
  return notes;
}

}  // namespace evenkeel::care
