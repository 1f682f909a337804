// Where a patient's course stands: the plan in force, what was done, what is due, and how the
// patient answers. Computed from the record at `now`; nothing is stored.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "care/course_points.hpp"
#include "care/event.hpp"
#include "care/instrument.hpp"
#include "care/protocol.hpp"
#include "care/session.hpp"

namespace evenkeel::care {

struct DosePoint {
  std::string event;
  Instant at;
  DosePerBody dose;
  bool for_response = false;        // a change whose recorded reason is insufficient response
  std::optional<Decimal> fixed_mg;  // a dose in mg whatever the weight; `dose` is then 0
};

// The approved plan with its changes applied.
struct PlanInForce {
  PlanApproved plan;
  std::string event;  // that approved it
  Instant approved;
  std::vector<DosePoint> doses;  // of this plan and those before it, each approved or changed dose in turn
  std::optional<Instant> taper_since;  // when a plan or a change for a taper began
};

// The plan in force at each moment of a record: made once, asked often. Of the doses each holds its own
// alone, for all of them would grow with the square of the record. Refers to nothing in the record.
class Plans {
 public:
  explicit Plans(std::span<const Event> valid);
  // Null when none was approved by then.
  [[nodiscard]] const PlanInForce* at(Instant when) const;

 private:
  struct Since {
    Instant at;
    PlanInForce plan;
  };
  std::vector<Since> by_time_;
};

// The plan in force at `when`, or nothing when none was approved by then.
[[nodiscard]] std::optional<PlanInForce> plan_at(std::span<const Event> valid, Instant when);

// "0.5 mg/kg", or of a fixed dose "56 mg".
[[nodiscard]] std::string plan_dose_words(const PlanApproved& plan);

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
  bool important = false;  // changed by at least what the instrument calls important, for better or worse
};

// What the calendar item asks for, in words: an instrument's or a criterion's own, or the task's.
[[nodiscard]] std::string calendar_words(const CalendarItem& item, const Protocol& protocol,
                                         std::span<const Instrument> instruments);

struct CourseStatus {
  Phase phase = Phase::before_treatment;
  std::optional<PlanInForce> plan;
  int sessions_done = 0;     // in all
  int sessions_in_plan = 0;  // since the plan in force was approved
  std::optional<Due> next_session;
  std::vector<Due> due;  // calendar items that apply in this phase
  Response response;
  std::vector<std::string> notes;  // decision points reached, contradictions, what cannot be told
  std::optional<Spacing> spacing;  // once a session was given
  std::vector<ReviewPoint> reviews;
  DecisionPoint end_of_induction;
  std::vector<StopReason> stop_reasons;
  Signature second_signature = Signature::not_needed;
  int sessions_left = 0;  // of the plan
  int sessions_in_taper = 0;
  std::optional<int> days_to_stop;  // below zero once the stop date is past
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
