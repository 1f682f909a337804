// The sessions of a record: each visit with an infusion, put together from its events.
// Pure; the result refers to nothing in the record.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "care/event.hpp"
#include "care/protocol.hpp"

namespace evenkeel::care {

struct TimedVitals {
  std::string event;
  Instant at;
  VitalSigns signs;
};

struct TimedSign {
  std::string event;
  Instant at;
  SignSeen sign;
};

struct TimedDecision {
  std::string event;
  Instant at;
  SessionDecision decision;
};

// How the visit ended where it was no discharge.
struct TimedDeparture {
  Instant at;
  SessionStopped how;
};

// A stretch at one rate.
struct RateSegment {
  Instant from;
  Instant until;
  DrugMass amount;
};

struct Session {
  std::string id;
  std::string event;  // that started it
  Drug drug = Drug::racemic_ketamine;
  Route route = Route::intravenous;
  Instant start;
  BodyMass weight;
  DoseMg ordered;
  Duration ordered_length;
  std::optional<Instant> end;
  std::optional<DoseMg> given;
  bool stopped = false;
  std::string stop_reason;
  std::optional<Instant> discharged;
  bool escort = false;
  std::optional<int> discharge_moaas;
  std::optional<TimedDeparture> departed;

  // What ran into the patient, pauses left out. When it cannot be told, as after a nasal spray, it is
  // empty and `infusion_unknown` says why.
  std::vector<RateSegment> infusion;
  std::string infusion_unknown;
  bool running = false;  // at `now`; the infusion is then as ordered to its end

  std::vector<TimedVitals> vitals;       // by time: those that name the session, or were taken around it
  std::vector<TimedSign> signs;          // by time
  std::vector<TimedDecision> decisions;  // in the order of writing

  // What was given, or, before the infusion has ended, what was ordered.
  [[nodiscard]] DoseMg amount() const { return given.value_or(ordered); }
  // The larger of what was ordered and what was given, for the weight of the day.
  [[nodiscard]] DoseMg dose() const { return given && given->mg > ordered.mg ? *given : ordered; }
  [[nodiscard]] DosePerBody dose_per_body() const { return dose().mass() / weight; }
  // The highest rate that ran; the ordered one where that is not known; none by the nose.
  [[nodiscard]] RatePerBody highest_rate() const;
};

// The sessions among `valid` events (Record::valid), by start. What the rates add up to must agree
// with the recorded total within 5 % or 0.5 mg (a proposal of this software); the total is then
// taken, for it is what the syringe says. Otherwise the infusion is unknown.
[[nodiscard]] std::vector<Session> sessions(std::span<const Event> valid, Instant now);

// What the protocol asks of a session and the record does not show, or shows crossed; and what was
// decided about a gate or a rule.
struct SessionNote {
  enum class Kind : std::uint8_t { missing, late, crossed, decided };
  Kind kind = Kind::missing;
  std::string text;
  Provenance source;
};
[[nodiscard]] std::vector<SessionNote> check_session(const Session& session, const Protocol& protocol,
                                                     Instant now);

}  // namespace evenkeel::care
