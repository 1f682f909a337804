// A session as a state machine: from the door to the way home, and what may follow what.
//
//   not arrived -> checked in -> pre-checks -> ready -> infusing -> observing -> discharged
//                  \______________________________/     \__________________/
//                          -> cancelled                      -> stopped
//
// A machine is of one session. An event that names no session, or another one, is not its business and
// leaves it as it is, so that a whole record can be run through it. Vital signs, signs and decisions are
// told of a session without moving it: they may be written down late, so their own time decides.
// Whether a patient may start or leave is no question of order: gates.hpp and flowsheet.hpp answer it.
// Pure; values; safe to use from any thread.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "base/result.hpp"
#include "care/event.hpp"

namespace evenkeel::care {

// What every session has from its first event on.
struct Visit {
  std::string session;
  std::optional<Instant> checked_in;  // absent in a record from elsewhere that begins with the infusion
  std::string place;
  Instant last;  // the latest event that moved it: no later one lies before
};

struct DoneCheck {
  PreCheck check;
  std::string by;
  Instant at;
};

// From here on at this rate; 0 is a pause.
struct RateStep {
  Instant from;
  InfusionRate rate;
  std::optional<Decimal> mg_per_h;  // as written; absent for the first, which is the dose over its length
  std::string reason;
};

struct Infusion {
  SessionStarted order;
  Instant start;
  std::vector<RateStep> steps;  // by time; the first at the start
};

struct NotArrived {
  std::string session;
};
struct CheckedIn {
  Visit visit;
};
struct PreChecks {
  Visit visit;
  std::vector<DoneCheck> checks;
};
struct Ready {
  Visit visit;
  std::vector<DoneCheck> checks;
  SessionReady drawn_up;
  std::string by;
};
struct Infusing {
  Visit visit;
  Infusion infusion;
};
struct Observing {
  Visit visit;
  Infusion infusion;
  Instant ended;
  SessionEnded end;
};
struct Discharged {
  Visit visit;
  Infusion infusion;
  Instant ended;
  SessionEnded end;
  Instant at;
  SessionDischarged out;
};
struct Stopped {
  Visit visit;
  Infusion infusion;
  Instant ended;  // of the drug
  DoseMg given;   // as recorded at its end, or, while it ran, by the stop itself
  Instant at;
  SessionStopped how;
};
struct Cancelled {
  Visit visit;
  Instant at;
  std::string reason;
};

using SessionState = std::variant<NotArrived, CheckedIn, PreChecks, Ready, Infusing, Observing, Discharged,
                                  Stopped, Cancelled>;

// The state after `event`, or why it cannot be (invalid_input; `where` is the event's field).
[[nodiscard]] Result<SessionState> next(const SessionState& state, const Event& event);

// A session of a record from elsewhere, which has no check-in: it begins with its infusion. next() does
// not let it in; Record does, as long as the session was never checked in.
[[nodiscard]] Result<SessionState> begun_elsewhere(const SessionStarted& start, Instant at);

// The state of `session` among `valid` events (Record::valid), in the order of writing.
[[nodiscard]] SessionState session_state(std::span<const Event> valid, const std::string& session);

[[nodiscard]] const std::string& session_name(const SessionState& state);
[[nodiscard]] std::string state_words(const SessionState& state);  // "still infusing"
[[nodiscard]] bool is_final(const SessionState& state);
[[nodiscard]] bool was_checked_in(const SessionState& state);
[[nodiscard]] const Infusion* infusion_of(const SessionState& state);  // null where no drug has run
[[nodiscard]] std::optional<Instant> infusion_end(const SessionState& state);

// What had run in at `at` by rates and times; nothing before the start. Into a vein only.
[[nodiscard]] DrugMass delivered(const Infusion& infusion, Instant at);
// The rate at `at`.
[[nodiscard]] InfusionRate rate_at(const Infusion& infusion, Instant at);

}  // namespace evenkeel::care
