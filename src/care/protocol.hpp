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
#include "care/protocol_rules.hpp"

namespace evenkeel::care {

enum class Phase : std::uint8_t { before_treatment, induction, maintenance, taper, ended };
[[nodiscard]] std::string_view phase_words(Phase phase);

// Who may be treated, and what is looked at before the first session.
struct Criterion {
  enum class Kind : std::uint8_t { absolute = 1, relative = 2, baseline_check = 3 };
  std::string id;
  std::string words;
  Kind kind = Kind::baseline_check;
  bool required = true;  // a baseline check that every patient needs; else "where there is a reason"
  Provenance source;
};

// Something to be looked at again and again: an instrument or a criterion by its id, or a task by its name.
struct CalendarItem {
  enum class Kind : std::uint8_t {
    instrument,
    bladder_check,
    other_source_check,
    plan_review,
    screening,  // a criterion of the protocol: liver tests, ...
    consent,    // renewed
  };
  Kind kind = Kind::instrument;
  std::string id;  // of the instrument or the criterion; else empty
  std::vector<Phase> phases;
  Sourced<Duration> every;
};

// Bounds of this protocol. A dose or rate is by body weight, or, where the dose is fixed, a mass.
struct DoseBounds {
  Sourced<DosePerBody> lowest;
  Sourced<DosePerBody> highest;  // of one session
  Sourced<RatePerBody> highest_rate;
  Sourced<DosePerBody> per_week;
  Sourced<Duration> least_interval;  // between session starts
};

struct Dosing {
  Sourced<DosePerBody> standard;
  Sourced<Duration> infusion_length;
  Sourced<RatePerBody> step_up_monitoring_above;
  Sourced<DosePerBody> second_signature_above;
  DoseBounds bounds;
  Sourced<double> ideal_weight_from_bmi;  // kg/m^2: from here actual and ideal weight are both shown
};

// Doses in mg whatever the weight: the nasal spray.
struct FixedDosing {
  std::vector<Sourced<DrugMass>> doses;  // rising; the first is the standard
  Sourced<DrugMass> second_signature_above;
  Sourced<DrugMass> per_week;
  Sourced<Duration> least_interval;
  Sourced<Duration> giving_length;  // from the first spray to the last
};

// One step of maintenance: from this session of the phase on, at least this long between sessions.
struct MaintenanceStep {
  Sourced<int> from_session;
  Sourced<Duration> interval;
};

struct CourseRules {
  Sourced<int> induction_sessions;
  Sourced<int> induction_per_week_most;
  std::vector<Sourced<int>> review_after_sessions;
  std::vector<MaintenanceStep> maintenance;    // intervals that lengthen
  Sourced<Duration> maintenance_prompt_below;  // an interval shorter than this prompts a review...
  Sourced<Duration> maintenance_prompt_after;  // ...from this time of the course on
  Sourced<int> taper_sessions;                 // of a taper, each interval longer than the one before
  Sourced<double> taper_stretch;               // by this factor
  Sourced<Duration> longest_course;            // a plan's stop date lies within this of its approval
  std::string outcome_instrument;
  Sourced<Fraction> least_gain;     // less than this by the end of induction: decide whether to go on
  std::vector<SignRule> stop_when;  // reasons to end the course: consequence is decide or stop
};

struct SessionRules {
  std::vector<Gate> gates;
  std::vector<VitalRule> before_start;
  Sourced<Duration> vitals_every;
  Sourced<Duration> vitals_late_after;  // grace before a reading counts as late
  std::vector<Sourced<Duration>> vitals_after_end;
  std::vector<VitalRule> during;
  std::vector<SignRule> signs;
  DischargeRules discharge;
};

struct LevelResponse {
  int level = 0;
  std::string name;    // "watch"
  std::string who;     // who must look
  std::string action;  // what to do
  std::optional<Sourced<Duration>> within;
};

// Who wrote it, who looked at it, and from when on it holds. A draft has none.
struct Approval {
  std::string author;
  std::vector<std::string> reviewers;  // at least two, neither the author
  Date effective;
};

struct Protocol {
  std::string id;
  std::string version;
  std::string status;
  std::string title;
  std::string indication;
  std::optional<Approval> approval;
  Drug drug = Drug::racemic_ketamine;
  Route route = Route::intravenous;
  std::vector<Criterion> eligibility;
  std::optional<Dosing> dosing;  // exactly one of the two
  std::optional<FixedDosing> fixed;
  CourseRules course;
  SessionRules session;
  std::vector<CalendarItem> calendar;
  std::vector<LevelResponse> levels;  // 0 to 4, in order
  std::vector<std::pair<std::string, std::string>> sources;
  std::vector<std::string> set_by_site;  // what the site set otherwise, in words; empty as shipped
};

}  // namespace evenkeel::care
