// The parts that course_status() is made of. For course*.cpp.
#pragma once

#include <algorithm>

#include "care/course.hpp"

namespace evenkeel::care {

// The latest time of an event whose body is `wanted`.
std::optional<Instant> latest_of(std::span<const Event> valid, auto&& wanted) {
  std::optional<Instant> latest;
  for (const Event& event : valid) {
    if (wanted(event.body) && (!latest || event.at > *latest)) latest = event.at;
  }
  return latest;
}

// The first review of the plan at or after `since`: the event, or none.
[[nodiscard]] const Event* plan_review_since(std::span<const Event> valid, Instant since);

[[nodiscard]] Response response_of(const CourseQuestion& question);
[[nodiscard]] std::vector<Due> calendar_due(const CourseQuestion& question, const CourseStatus& status);
[[nodiscard]] Due next_session(const CourseQuestion& question, const PlanInForce& plan);
[[nodiscard]] std::optional<Spacing> spacing_of(const CourseQuestion& question, const CourseStatus& status);
[[nodiscard]] std::vector<ReviewPoint> review_points(const CourseQuestion& question, int sessions_done);
[[nodiscard]] DecisionPoint end_of_induction(const CourseQuestion& question, const CourseStatus& status);
[[nodiscard]] std::vector<StopReason> stop_reasons(const CourseQuestion& question,
                                                   const CourseStatus& status);
// Sentences about all of it: what is contradictory, what is open.
[[nodiscard]] std::vector<std::string> course_notes(const CourseQuestion& question,
                                                    const CourseStatus& status);

}  // namespace evenkeel::care
