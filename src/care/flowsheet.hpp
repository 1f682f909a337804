// A session as the nurse at the chair sees it, from its start on: vital signs due, rules that fired and
// whether they were answered, what has run in, and what is still in the way of going home.
// Pure; the sheet refers to nothing in the record.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "care/event.hpp"
#include "care/gates.hpp"
#include "care/instrument.hpp"
#include "care/procedure.hpp"
#include "care/protocol.hpp"

namespace evenkeel::care {

using FlowQuestion = GateQuestion;  // the same record, protocol, instruments, session and moment

// taken: by the end of its grace. late: after it. missing: not taken, and its time is past.
// overdue: not taken, and to be taken at once. to_come: the next ones.
enum class VitalsState : std::uint8_t { taken = 1, late = 2, missing = 3, overdue = 4, to_come = 5 };
[[nodiscard]] std::string_view vitals_state_words(VitalsState state);

struct VitalsDue {
  std::string what;  // "before the start", "every 10 min", "again at once", "15 min after the end"
  Instant due;
  VitalsState state = VitalsState::to_come;
  std::optional<Instant> taken;
  Provenance source;
};

// How a hold or a stop was answered. A pause that lasts answers the holds before it for the moment; the end,
// or a decision to go on, settles them. A stop: by the end, or a decision to go on. What fires after the end
// is settled by a decision alone.
enum class Answer : std::uint8_t { none = 1, paused = 2, ended = 3, decided = 4, not_asked = 5 };
[[nodiscard]] std::string_view answer_words(Answer answer);

// A rule that fired on a reading, or a sign that was seen.
struct Firing {
  std::string rule;
  std::string event;  // the reading or the sign
  Instant at;
  std::optional<int> value;  // of a vital sign, with its limit
  std::optional<int> limit;
  Consequence consequence = Consequence::advise;
  std::string text;    // "oxygen saturation 90 % at 09:20, below 92"
  std::string action;  // what the protocol asks for
  Answer answer = Answer::not_asked;
  std::string answered_by;  // who and why, where it was decided, also where it was not to go on
  bool after_end = false;   // nothing runs any more: it stands in the way of going home
  Provenance source;

  // A hold or a stop that nobody has answered.
  [[nodiscard]] bool is_open() const { return answer == Answer::none; }
  // One that is not settled: nobody answered it, or the infusion is only paused until a clinician decides.
  [[nodiscard]] bool waits() const { return is_open() || answer == Answer::paused; }
};

enum class Met : std::uint8_t { met = 1, not_met = 2, unknown = 3 };
[[nodiscard]] std::string_view met_words(Met met);

struct DischargeCriterion {
  std::string id;  // "time_after_end", "time_after_start", "moaas", "score", "escort", "suicide_screen",
                   // "open_stop": a stop or a hold waits; "vital_signs": the latest ones still break a rule
  Met met = Met::unknown;
  std::string text;
  Provenance source;
};

struct Flowsheet {
  std::string session;
  std::string state;  // state_words
  SessionStarted order;
  Instant start;
  std::optional<Instant> ended;
  std::vector<VitalsDue> vitals;  // by due time
  std::vector<Firing> firings;    // by time
  bool paused = false;            // it goes on, at no rate
  bool hold_asked = false;        // one waits, also while it is paused; nothing does once the visit is over
  bool stop_asked = false;
  std::optional<DrugMass> so_far;  // by rates and times; once ended, as recorded; by the nose, once ended
  std::optional<DrugMass> left;    // of the order, while it runs
  InfusionRate rate;               // now
  std::string dose_note;           // "the ordered 35 mg are in by the rates: record the end"; what was said
                                   // to be given and cannot be, by the rates or the order; or empty
  std::optional<Instant> observe_until;       // once ended
  std::vector<DischargeCriterion> discharge;  // judged at `now`, or, once the patient has left, at that time
};

// not_found when the session was not started among the events.
[[nodiscard]] Result<Flowsheet> flowsheet(const FlowQuestion& question);

// Every criterion is met.
[[nodiscard]] bool may_discharge(const Flowsheet& sheet);

// Whether the session may go on at this rate: not above the protocol's highest for the day's weight, not
// once the ordered dose is in, and, above 0, not while a hold or a stop waits for a decision.
// Errors (outside_domain: the limit is named and nothing is clamped; invalid_input: it is not running).
[[nodiscard]] Result<void> may_run_at(const FlowQuestion& question, const Decimal& mg_per_h);

}  // namespace evenkeel::care
