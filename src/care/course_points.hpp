// What course_status() tells, as values: what is due, how far apart, reviews, decisions, reasons to end.
// Values; safe to use from any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/instant.hpp"
#include "base/provenance.hpp"
#include "care/protocol_rules.hpp"

namespace evenkeel::care {

enum class DueState : std::uint8_t { done, due, overdue, never };
[[nodiscard]] std::string_view due_words(DueState state);

struct Due {
  std::string what;
  DueState state = DueState::done;
  std::optional<Instant> last;
  std::optional<Instant> next;  // when it is, or was, due
  Provenance source;
};

// A review that the protocol asks for after a number of sessions.
struct ReviewPoint {
  int after_session = 0;
  std::optional<Instant> reached;  // when that session began
  std::optional<Instant> done;
  std::string by;  // the clinician
  Provenance source;
  [[nodiscard]] bool open() const { return reached && !done; }
};

// Too little gain by the end of induction: a clinician decides whether to go on.
struct DecisionPoint {
  std::optional<double> gain;  // as a share of the baseline
  double least = 0.0;
  bool reached = false;
  std::optional<Instant> decided;
  std::string by;
  Provenance source;
  [[nodiscard]] bool open() const { return reached && !decided; }
};

// A reason of the protocol to end the course, as the record shows it.
struct StopReason {
  std::string id;
  std::string words;
  Consequence consequence = Consequence::decide;
  Instant at;
  std::string event;
  std::optional<Instant> decided;  // a review of the plan after it
  Provenance source;
};

// How far apart sessions are by now, by the protocol: its bounds, its step of maintenance, or the taper.
struct Spacing {
  std::string words;  // "maintenance, from session 3"
  Duration least;
  Instant not_before;  // the next session
  Provenance source;
};

enum class Signature : std::uint8_t { not_needed, given, missing };

}  // namespace evenkeel::care
