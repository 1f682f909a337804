// Where a patient's course stands: the plan in force, what was done, what is due, and how the
// patient answers. Computed from the record at `now`; nothing is stored.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "care/event.hpp"
#include "care/instrument.hpp"
#include "care/protocol.hpp"
#include "care/session.hpp"

namespace evenkeel::care {

struct DosePoint {
  std::string event;
  Instant at;
  DosePerBody dose;
  bool for_response = false;  // a change whose recorded reason is insufficient response
};

// The approved plan with its changes applied.
struct PlanInForce {
  PlanApproved plan;
  std::string event;  // that approved it
  Instant approved;
  std::vector<DosePoint> doses;  // of this plan and those before it, each approved or changed dose in turn
};

// The plan in force at `when`, or nothing when none was approved by then.
[[nodiscard]] std::optional<PlanInForce> plan_at(std::span<const Event> valid, Instant when);

struct TimedScore {
  std::string event;
  Instant at;
  Moment moment = Moment::between_doses;
  std::string instrument;
  Score score;
};

// Every evaluation of a known instrument, by time.
[[nodiscard]] std::vector<TimedScore> scores(std::span<const Event> valid,
                                             std::span<const Instrument> instruments);

// How the outcome moved: from the last total before the first infusion to the latest.
struct Response {
  std::string instrument;
  std::optional<TimedScore> baseline;
  std::optional<TimedScore> latest;
  std::optional<double> fall;  // share of the baseline; negative when worse
  bool response = false;
  bool remission = false;
};

enum class DueState : std::uint8_t { done, due, overdue, never };
[[nodiscard]] std::string_view due_words(DueState state);

struct Due {
  std::string what;
  DueState state = DueState::done;
  std::optional<Instant> last;
  std::optional<Instant> next;  // when it is, or was, due
  Provenance source;
};

struct CourseStatus {
  Phase phase = Phase::before_treatment;
  std::optional<PlanInForce> plan;
  int sessions_done = 0;     // in all
  int sessions_in_plan = 0;  // since the plan in force was approved
  std::optional<Due> next_session;
  std::vector<Due> due;  // calendar items that apply in this phase
  Response response;
  std::vector<std::string> notes;  // decision points reached, contradictions, what cannot be told
};

struct CourseQuestion {
  std::span<const Event> valid;
  std::span<const Session> sessions;
  const Protocol& protocol;
  std::span<const Instrument> instruments;
  Instant now;
};
[[nodiscard]] CourseStatus course_status(const CourseQuestion& question);

// The latest recorded weight, height and facts.
struct Facts {
  std::optional<Date> born;
  std::optional<Sex> sex;
  std::optional<double> height_cm;
  std::optional<BodyMass> weight;
  std::optional<Instant> weighed;
};
[[nodiscard]] Facts latest_facts(std::span<const Event> valid);

}  // namespace evenkeel::care
