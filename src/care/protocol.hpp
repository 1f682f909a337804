// A treatment protocol, as data: what a plan is made from and what a course is held against.
// Every number carries its source and label; the clinic's clinician signs for using it.
// Files: content/protocols/. Values; safe to use from any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/provenance.hpp"
#include "base/quantity.hpp"
#include "care/event.hpp"

namespace evenkeel::care {

enum class Vital : std::uint8_t { systolic, diastolic, heart_rate, spo2, respiratory_rate, moaas };
inline constexpr Vital all_vitals[] = {Vital::systolic, Vital::diastolic,        Vital::heart_rate,
                                       Vital::spo2,     Vital::respiratory_rate, Vital::moaas};
[[nodiscard]] std::string_view vital_words(Vital vital);  // "systolic blood pressure"
[[nodiscard]] std::string_view vital_unit(Vital vital);   // "mmHg"
[[nodiscard]] std::optional<int> vital_value(const VitalSigns& signs, Vital vital);

// Says what to do when a vital sign crosses `value`: below it, or above it.
struct VitalRule {
  Vital vital = Vital::systolic;
  bool when_above = true;
  Sourced<int> value;
  std::string action;

  [[nodiscard]] bool broken_by(int seen) const {
    return when_above ? seen > value.value : seen < value.value;
  }
};

enum class Phase : std::uint8_t { before_treatment, induction, maintenance, ended };
[[nodiscard]] std::string_view phase_words(Phase phase);

// Something to be looked at again and again: an instrument by its id, or a task by its name.
struct CalendarItem {
  enum class Kind : std::uint8_t { instrument, bladder_check, other_source_check, plan_review };
  Kind kind = Kind::instrument;
  std::string instrument;
  std::vector<Phase> phases;
  Sourced<Duration> every;
};

struct LevelResponse {
  int level = 0;
  std::string name;    // "watch"
  std::string who;     // who must look
  std::string action;  // what to do
  std::optional<Sourced<Duration>> within;
};

struct Protocol {
  std::string id;
  std::string version;
  std::string status;
  std::string title;
  Drug drug = Drug::racemic_ketamine;
  Sourced<DosePerBody> dose;
  Sourced<Duration> infusion_length;
  Sourced<RatePerBody> step_up_monitoring_above;
  Sourced<DosePerBody> second_signature_above;

  Sourced<int> induction_sessions;
  Sourced<int> induction_per_week_most;
  std::vector<Sourced<int>> review_after_sessions;
  Sourced<Duration> maintenance_prompt_below;  // an interval shorter than this prompts a review...
  Sourced<Duration> maintenance_prompt_after;  // ...from this time of the course on
  std::string outcome_instrument;
  Sourced<Fraction> least_gain;  // less than this by the end of induction: decide whether to go on

  Sourced<Duration> vitals_every;
  std::vector<Sourced<Duration>> vitals_after_end;
  Sourced<Duration> vitals_late_after;  // grace before a reading counts as late
  std::vector<VitalRule> before_start;
  std::vector<VitalRule> stop_rules;
  Sourced<Duration> observe_after_end;
  Sourced<int> discharge_moaas;

  std::vector<CalendarItem> calendar;
  std::vector<LevelResponse> levels;  // 0 to 4, in order
  std::vector<std::pair<std::string, std::string>> sources;
};

}  // namespace evenkeel::care
