// What a protocol asks of a session: gates before it, rules during it, criteria after it. Data.
// Values; safe to use from any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
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

// What a rule that fires asks for. Before a start: `advise` is shown, `decide` wants a recorded decision,
// `block` lets nobody start. During an infusion: `advise`; `hold` pauses until a decision; `stop` ends it.
enum class Consequence : std::uint8_t { advise = 1, decide = 2, block = 3, hold = 4, stop = 5 };
[[nodiscard]] std::string_view consequence_words(Consequence consequence);

// Says what to do when a vital sign crosses `value`: below it, or above it.
struct VitalRule {
  std::string id;  // unique in the protocol: "spo2-below-92"
  Vital vital = Vital::systolic;
  bool when_above = true;
  Sourced<int> value;
  Consequence consequence = Consequence::advise;
  // Fires only when crossed in two readings in a row at least this far apart.
  std::optional<Sourced<Duration>> lasting;
  std::string action;

  [[nodiscard]] bool broken_by(int seen) const {
    return when_above ? seen > value.value : seen < value.value;
  }
};

// Something seen that is no number: chest pain, the patient asks to stop.
struct SignRule {
  std::string id;
  std::string words;
  Consequence consequence = Consequence::stop;
  std::string action;
  Provenance source;
};

enum class GateKind : std::uint8_t {
  identity = 1,        // told by two people
  weight_today = 2,    // no older than `not_older_than`
  fasting = 3,         // asked
  escort = 4,          // arranged
  equipment = 5,       // at hand, with a person who can use it
  no_change = 6,       // health and medicines as before
  pregnancy = 7,       // excluded, or not applicable
  blood_pressure = 8,  // read no longer ago than `not_older_than`, within the rules before a start
  suicide_screen = 9,  // by `instruments`, and nothing urgent in it
  interval = 10,       // since the last session, by the protocol's limits
  consent = 11,        // to the plan's version, not withdrawn
  plan_in_force = 12,  // approved, signed where it must be, before its stop date, sessions left, review done
  evaluations = 13,    // what the calendar has overdue
  dispensing_check = 14,  // looked for another source, no longer ago than `not_older_than`
  eligibility = 15,       // every criterion of the protocol screened, none absolute present
};
[[nodiscard]] std::string_view gate_id(GateKind kind);     // "weight_today"
[[nodiscard]] std::string_view gate_words(GateKind kind);  // "weight of today"

struct Gate {
  GateKind kind = GateKind::identity;
  Consequence consequence = Consequence::block;  // decide or block
  std::optional<Sourced<Duration>> not_older_than;
  std::vector<std::string> instruments;  // any one of them, for the suicide screen
  Provenance source;
};

struct DischargeRules {
  Sourced<Duration> after_end;                   // of the infusion or the last spray
  std::optional<Sourced<Duration>> after_start;  // the two hours of a nasal session
  Sourced<int> moaas;
  std::string instrument;  // the scored criteria; or empty
  std::optional<Sourced<int>> least_total;
  bool escort = true;
  bool suicide_screen = true;  // asked again since the infusion began, by an instrument of that gate
  Provenance source;
};

}  // namespace evenkeel::care
