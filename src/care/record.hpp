// All events of one patient, in the order in which they were written down.
//
// A Record only grows. `add` refuses what cannot be true beside what is already there and says why;
// the record is then unchanged. An event entered in error stays in the record and leaves `valid`.
// A value with an invariant; safe to read from any thread.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "care/event.hpp"
#include "care/procedure.hpp"

namespace evenkeel::care {

class Record {
 public:
  explicit Record(std::string patient) : patient_(std::move(patient)) {}

  // Errors (invalid_input; `where` is the event's field): another patient; an id used before; a
  // `recorded_at` before the last one's or before `at`; a correction of an event that is not there
  // or already corrected; a session begun twice, or while another runs; a rate, end or discharge
  // without its session in that state; a rate or end after the next infusion began; once a session was
  // checked in, whatever next() refuses, and a correction that would leave such an event behind; a check,
  // a decision, a sign or vital signs of a session that is not there; a signature under no plan; a birth
  // or a dispensing dated after the event that tells of it; a plan change
  // before the first plan.
  Result<void> add(Event event);

  [[nodiscard]] const std::string& patient() const { return patient_; }
  [[nodiscard]] const std::vector<Event>& events() const { return events_; }
  // What counts: every event that was not entered in error, nor belongs to a session that was.
  [[nodiscard]] std::vector<Event> valid() const;
  [[nodiscard]] std::size_t size() const { return events_.size(); }
  // Where a session stands; NotArrived when no event that counts is of it.
  [[nodiscard]] SessionState session(const std::string& name) const;

  // The record as it was known at `now`: what had been written down by then.
  [[nodiscard]] Record as_known_at(Instant now) const;

 private:
  [[nodiscard]] Result<void> check_envelope(const Event& event) const;
  [[nodiscard]] Result<void> check_body(const Event& event) const;
  [[nodiscard]] Result<void> check_session_event(const Event& event, const std::string& session) const;
  [[nodiscard]] Result<void> check_alone(const Event& event, const std::string& session) const;
  [[nodiscard]] Result<void> check_signature(const PlanSigned& signature) const;
  [[nodiscard]] Result<void> check_correction(const EnteredInError& correction) const;
  [[nodiscard]] std::set<std::string> taken_by(const EnteredInError& correction) const;
  [[nodiscard]] Result<SessionState> after(const Event& event, const std::string& session) const;
  void follow(const Event& event);
  void correct(const EnteredInError& correction);

  std::string patient_;
  std::vector<Event> events_;
  std::map<std::string, std::size_t> index_;
  std::set<std::string> in_error_;
  std::map<std::string, SessionState> sessions_;
  std::optional<Instant> first_plan_;
};

// The session that an event belongs to, or empty.
[[nodiscard]] std::string session_of(const Body& body);

// Written down later than this after it happened, an event is shown as a late entry (a proposal of this
// software; 15 minutes exactly is in time).
inline constexpr Duration late_entry_after = 15.0 * units::min;
[[nodiscard]] bool is_late_entry(const Event& event);

}  // namespace evenkeel::care
