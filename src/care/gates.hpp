// What stands between a patient and the start of a session: the protocol's gates, each answered from the
// record at `now`. Nothing unknown passes: what is missing or too old is named.
//
// A gate that does not pass asks for a decision or bars the start, as the protocol says. A recorded
// decision lets a `decide` go on, for what was known when it was made: a later value needs a new one.
// Ages: an age of exactly `not_older_than` is in time. A gate without an age wants it since the check-in.
// Pure; the results refer to nothing in the record.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "care/event.hpp"
#include "care/instrument.hpp"
#include "care/protocol.hpp"

namespace evenkeel::care {

struct GateQuestion {
  std::span<const Event> valid;  // Record::valid
  const Protocol& protocol;
  std::span<const Instrument> instruments;
  std::string session;
  Instant now;
};

enum class GateOutcome : std::uint8_t { passed = 1, failed = 2, missing = 3, stale = 4, not_applicable = 5 };
[[nodiscard]] std::string_view outcome_words(GateOutcome outcome);

// A decision that was recorded about this result, for what it rests on.
struct GateDecision {
  std::string event;
  Instant at;
  bool go_on = false;
  std::string clinician;
  std::string reason;
};

// One answer. A gate has one, but blood pressure has one for each rule besides (by the rule's id), and
// eligibility one for each criterion that is in the way (by the criterion's id).
struct GateResult {
  std::string id;  // what a decision is about
  GateKind kind = GateKind::identity;
  GateOutcome outcome = GateOutcome::missing;
  Consequence consequence = Consequence::block;  // of not passing: advise, decide or block
  std::string text;                              // what was seen, when, how old; what is asked for
  std::vector<std::string> basis;                // the events, due items or faults that it rests on
  std::optional<GateDecision> decision;
  Provenance source;

  [[nodiscard]] bool passes() const {
    return outcome == GateOutcome::passed || outcome == GateOutcome::not_applicable;
  }
  // It passes, is only shown, or a clinician has decided to go on.
  [[nodiscard]] bool lets_start() const {
    if (passes() || consequence == Consequence::advise) return true;
    return consequence == Consequence::decide && decision && decision->go_on;
  }
};

// In the protocol's order. Rules before the start follow the blood pressure's gate.
[[nodiscard]] std::vector<GateResult> gates(const GateQuestion& question);

struct StartAnswer {
  enum class Kind : std::uint8_t { clear = 1, needs_decision = 2, blocked = 3 };
  Kind kind = Kind::blocked;
  std::vector<GateResult> open;  // what is in the way; empty when clear
};
[[nodiscard]] StartAnswer may_start(std::span<const GateResult> results);

// What the suicide screen of a protocol says of the evaluations from `since` to `now`. An urgent answer to
// any of the gate's instruments stands until that instrument is answered anew.
struct ScreenAnswer {
  GateOutcome outcome = GateOutcome::missing;
  std::string text;
  std::vector<std::string> basis;
};
[[nodiscard]] ScreenAnswer suicide_screen(const GateQuestion& question, Instant since);

}  // namespace evenkeel::care
