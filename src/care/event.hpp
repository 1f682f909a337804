// What can stand in a patient's record. A record is a list of events that only grows; a mistake is
// corrected by a further event. docs/record-format.md explains each field; the names are frozen.
//
// Values as the clinic wrote them: doses exact and as ketamine base, each number with its unit in
// its type or its name. The reader (exchange/) checks ranges; Record checks how events fit together.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/decimal.hpp"
#include "base/instant.hpp"
#include "base/quantity.hpp"
#include "care/sign_event.hpp"
#include "care/visit_event.hpp"

namespace evenkeel::care {

enum class Drug : std::uint8_t { racemic_ketamine = 1, esketamine = 2 };
[[nodiscard]] std::string_view drug_text(Drug drug);

enum class Sex : std::uint8_t { female = 1, male = 2, other = 3 };

// A dose or rate of the drug's base. The decimal is what was written; calculations use the quantity.
struct DoseMg {
  Decimal mg;
  [[nodiscard]] DrugMass mass() const { return mg.to_double() * units::mg; }
};

struct PatientFacts {
  std::optional<Date> born;
  std::optional<Sex> sex;
  std::optional<double> height_cm;
  std::optional<BodyMass> weight;
};

// How the drug is given in a session. There is no path for anything taken at home.
enum class Route : std::uint8_t { intravenous = 1, intranasal = 2 };
[[nodiscard]] std::string_view route_words(Route route);

enum class WeightBasis : std::uint8_t { actual = 1, ideal = 2 };

struct Endpoint {
  std::string instrument;
  std::string target;  // "response" or "remission", as the instrument defines them
};

enum class ChangeReason : std::uint8_t {
  insufficient_response = 1,
  tolerability = 2,
  spacing = 3,
  taper = 4,
  safety = 5,
  administrative = 6,
};

// A protocol filled in for the patient. What a change may alter is optional in PlanChanged.
struct PlanApproved {
  std::string protocol;
  std::string protocol_version;
  Drug drug = Drug::racemic_ketamine;
  std::string indication;
  std::vector<std::string> prior_treatments;
  Endpoint endpoint;
  Decimal dose_mg_per_kg;
  Duration infusion_length;
  WeightBasis weight_basis = WeightBasis::actual;
  int planned_sessions = 0;
  Duration interval;  // between session starts
  Date stop_date;
  std::string responsible_clinician;
  Date next_review;
  std::string consent_version;
  std::optional<Decimal> fixed_dose_mg;  // base, whatever the weight; dose_mg_per_kg is then 0 and unused
  std::string other_care;                // what else the patient is treated with; or empty
  std::optional<ChangeReason> change_reason;  // why it replaces the plan before it
  std::string change_note;
};

struct PlanChanged {
  ChangeReason reason = ChangeReason::administrative;
  std::string note;
  std::optional<Decimal> dose_mg_per_kg;
  std::optional<Decimal> fixed_dose_mg;
  std::optional<Duration> infusion_length;
  std::optional<int> planned_sessions;
  std::optional<Duration> interval;
  std::optional<Date> stop_date;
  std::optional<Date> next_review;
};

// The infusion begins: `dose` over `length`. By the nose: the first spray, and `length` until the last.
struct SessionStarted {
  std::string session;
  Drug drug = Drug::racemic_ketamine;
  Route route = Route::intravenous;
  DoseMg dose;
  Duration length;
  BodyMass weight;  // of the day
};

struct RateChanged {
  std::string session;
  Decimal rate_mg_per_h;  // 0 is a pause
  std::string reason;
};

enum class Completion : std::uint8_t { completed = 1, stopped = 2 };

// The infusion ends.
struct SessionEnded {
  std::string session;
  DoseMg given;
  Completion completion = Completion::completed;
  std::string reason;               // required when stopped
  bool more_than_drawn_up = false;  // meant so: without it, more than was drawn up is taken for a slip
};

struct SessionDischarged {
  std::string session;
  bool escort = false;
  std::optional<int> moaas;  // 5 alert .. 0
  std::optional<Date> next_contact;
};

struct VitalSigns {
  std::string session;  // or empty
  std::optional<int> systolic_mmHg;
  std::optional<int> diastolic_mmHg;
  std::optional<int> heart_rate_per_min;
  std::optional<int> spo2_percent;
  std::optional<int> respiratory_rate_per_min;
  std::optional<int> moaas;
};

// When an evaluation was answered, as seen from the dose. Craving matters at non-dose times.
enum class Moment : std::uint8_t {
  baseline = 1,
  before_dose = 2,
  during_dose = 3,
  after_dose = 4,
  between_doses = 5
};

// An instrument answered: its answers by item, or, from elsewhere, only its total.
struct Evaluation {
  std::string instrument;
  Moment moment = Moment::between_doses;
  std::map<std::string, int> answers;
  std::optional<int> total;
};

enum class Analyte : std::uint8_t { ketamine = 1, esketamine = 2, norketamine = 3, esnorketamine = 4 };
enum class Site : std::uint8_t { arterial = 1, venous = 2 };
[[nodiscard]] std::string_view analyte_text(Analyte analyte);
[[nodiscard]] std::string_view site_text(Site site);

struct Assay {
  Analyte analyte = Analyte::ketamine;
  Site site = Site::venous;
  std::optional<Concentration> value;        // absent: below the lower limit
  std::optional<Concentration> lower_limit;  // may be unknown where there is a value
};

enum class Symptom : std::uint8_t {
  urinary_frequency = 1,
  urinary_urgency = 2,
  nocturia = 3,
  painful_urination = 4,
  bladder_pain = 5,
  blood_in_urine = 6,
  abdominal_pain = 7,
  other = 8,
  fever = 9,
  flank_pain = 10,
  urinary_retention = 11,
  // What a dose is known to bring, asked about at the chair.
  nausea = 12,
  vomiting = 13,
  dizziness = 14,
  headache = 15,
  anxiety = 16,
};
[[nodiscard]] std::string_view symptom_words(Symptom symptom);
[[nodiscard]] bool is_bladder(Symptom symptom);
// Beside bladder symptoms these want the same day: they may be a kidney in danger.
[[nodiscard]] bool is_kidney_alarm(Symptom symptom);

enum class Severity : std::uint8_t { none = 0, mild = 1, moderate = 2, severe = 3 };
[[nodiscard]] std::string_view severity_words(Severity severity);

// `none` is an answer too: it was asked, and the symptom is absent.
struct SymptomReport {
  Symptom symptom = Symptom::other;
  Severity severity = Severity::none;
  std::string note;  // required for Symptom::other
};

enum class Topic : std::uint8_t {
  asked_sooner = 1,
  asked_stronger = 2,
  side_effect = 3,
  scheduling = 4,
  follow_up = 5,
  other = 6,
};

[[nodiscard]] std::string_view topic_words(Topic topic);

struct Contact {
  bool from_patient = true;
  Topic topic = Topic::other;
  std::string note;
};

enum class LookedIn : std::uint8_t {
  dispensing_history = 1,
  patient_report = 2,
  outside_record = 3,
  toxicology = 4
};
[[nodiscard]] std::string_view looked_in_words(LookedIn where);

// What a supply from outside the plan is, as a rule minds it.
enum class SupplyKind : std::uint8_t { ketamine = 1, opioid = 2, sedative = 3, stimulant = 4, other = 5 };
[[nodiscard]] std::string_view supply_words(SupplyKind kind);

// Ketamine from outside the plan: where it was looked for, and what was found. An empty list says
// that it was looked for and nothing was found. Other controlled drugs that the look brought up say so.
struct OtherSource {
  struct Found {
    std::string substance;
    std::string route;
    std::string supplier;
    std::optional<Date> dispensed;
    SupplyKind kind = SupplyKind::ketamine;
    std::optional<int> days_supply = {};  // how long it was meant to last
    bool for_home = false;                // to be taken at home, by nobody watched
  };
  LookedIn looked_in = LookedIn::dispensing_history;
  std::vector<Found> found;
};

enum class Decision : std::uint8_t { no_concern = 1, watch = 2, act = 3, plan_reviewed = 4 };

[[nodiscard]] std::string_view decision_words(Decision decision);

// A named clinician has looked: at the plan (no rules named), at findings (by rule), or at an answer that
// asks for somebody today (by its event).
struct Review {
  std::string clinician;
  std::vector<std::string> rules;
  Decision decision = Decision::plan_reviewed;
  std::string reason;
  // What was looked at: of the rules named, only findings that rest on nothing else. Where none is named, all
  // that the rules had found by then.
  std::vector<std::string> events = {};
};

struct EnteredInError {
  std::string event;
  std::string reason;
};

using Body = std::variant<PatientFacts, PlanApproved, PlanChanged, PlanSigned, ConsentRecorded, Screening,
                          SessionCheckedIn, PreCheck, SessionDecision, SignSeen, SessionReady, SessionStarted,
                          RateChanged, SessionEnded, SessionDischarged, SessionCancelled, SessionStopped,
                          VitalSigns, Evaluation, Assay, SymptomReport, Contact, OtherSource, Toxicology,
                          MedicineChanged, LabResult, UrineTest, AppointmentMissed, CircumstanceNoted,
                          HarmSeen, Review, EnteredInError>;

// recorded_by of what a patient answered on a device of their own.
inline constexpr std::string_view patient_alone = "patient";

struct Event {
  std::string id;
  std::string patient;
  Instant at;           // when it happened
  Instant recorded_at;  // when it was written down; never falls along a record
  std::string recorded_by;
  Body body;
};

// The event's kind as records write it: "session_started", ...
[[nodiscard]] std::string_view kind_text(const Body& body);

}  // namespace evenkeel::care
