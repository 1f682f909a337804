// What must be known before a dose is proposed, how old it may be, and what contradicts itself. Where
// anything is missing, stale or contradictory there is no advice: the list says what was seen, when, and what
// is needed. All is listed, not the first alone.
//
// Pure; `now` is an argument. Safe to use from any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "care/course.hpp"
#include "care/protocol.hpp"
#include "plan/site.hpp"

namespace evenkeel::plan {

// `held`: known, and it speaks against any dose until somebody has looked.
enum class GapKind : std::uint8_t { missing = 1, stale = 2, contradictory = 3, held = 4 };

struct Gap {
  GapKind kind = GapKind::missing;
  std::string what;    // "weight"
  std::string seen;    // "82 kg on 2026-03-02T09:00:00Z, 9.0 d before"; empty where nothing was
  std::string needed;  // "one of the last 7 d"

  // "weight is stale: 82 kg ...; needed: one of the last 7 d"
  [[nodiscard]] std::string sentence() const;
};

// The weight that doses per kg are counted with.
struct KnownWeight {
  Decimal kg;
  Instant at;
  care::WeightBasis basis = care::WeightBasis::actual;
};

struct KnownPressure {
  int systolic_mmHg = 0;
  int diastolic_mmHg = 0;
  Instant at;
};

// The item of the outcome instrument that asks about suicide.
struct SuicideItem {
  std::string instrument;
  int answer = 0;
  int urgent_from = 1;  // as the instrument says
  Instant at;
  bool reviewed = false;  // a clinician has looked since
};

struct OpenFinding {
  std::string rule;
  int level = 0;
  Instant since;
};

// What the record says of the patient, as plain values.
struct PatientState {
  std::optional<KnownWeight> weight = {};
  std::optional<KnownPressure> pressure = {};  // the latest before the session
  std::optional<SuicideItem> suicide_item = {};
  care::Phase phase = care::Phase::before_treatment;
  std::optional<care::PlanInForce> plan = {};
  care::Response response = {};
  std::vector<GivenDose> history = {};  // every dose, in any order
  bool session_running = false;
  std::optional<std::vector<OpenFinding>> findings = {};  // unreviewed ones; none: not looked for, and said
  std::vector<std::string> contradictions = {};           // what the record contradicts, in words
};

enum class Purpose : std::uint8_t { planning = 1, giving = 2 };

struct FreshQuestion {
  const PatientState& patient;
  const care::Protocol& protocol;
  const Site& site;
  care::Drug drug = care::Drug::racemic_ketamine;
  Purpose purpose = Purpose::planning;
  Instant now;
  Instant start;  // of the session that is planned
};

[[nodiscard]] std::vector<Gap> gaps(const FreshQuestion& question);

// How old the outcome may be in this phase: the protocol's calendar and a quarter of it, from when the course
// calls it overdue. None: the protocol does not ask for it.
[[nodiscard]] std::optional<Duration> outcome_window(const care::Protocol& protocol, care::Phase phase);

}  // namespace evenkeel::plan
