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

namespace evenkeel::care {

class Record {
 public:
  explicit Record(std::string patient) : patient_(std::move(patient)) {}

  // Errors (invalid_input; `where` is the event's field): another patient; an id used before; a
  // `recorded_at` before the last one's or before `at`; a correction of an event that is not there
  // or already corrected; a session begun twice, or while another runs; a rate, end or discharge
  // without its session in that state; a rate or end after the next infusion began; a birth
  // or a dispensing dated after the event that tells of it; a plan change
  // before the first plan.
  Result<void> add(Event event);

  [[nodiscard]] const std::string& patient() const { return patient_; }
  [[nodiscard]] const std::vector<Event>& events() const { return events_; }
  // What counts: every event that was not entered in error, nor belongs to a session that was.
  [[nodiscard]] std::vector<Event> valid() const;
  [[nodiscard]] std::size_t size() const { return events_.size(); }

  // The record as it was known at `now`: what had been written down by then.
  [[nodiscard]] Record as_known_at(Instant now) const;

 private:
  enum class Stage : std::uint8_t { infusing, ended, discharged };
  struct OpenSession {
    Stage stage;
    Instant start;
    Instant last;
  };

  [[nodiscard]] Result<void> check_envelope(const Event& event) const;
  [[nodiscard]] Result<void> check_body(const Event& event) const;
  [[nodiscard]] Result<void> check_start(const Event& event, const SessionStarted& start) const;
  [[nodiscard]] Result<void> check_stage(const Event& event, const std::string& session, Stage wanted) const;
  void follow(const Event& event);
  void correct(const EnteredInError& correction);

  std::string patient_;
  std::vector<Event> events_;
  std::map<std::string, std::size_t> index_;
  std::set<std::string> in_error_;
  std::map<std::string, OpenSession> sessions_;
  std::optional<Instant> first_plan_;
};

// The session that an event belongs to, or empty.
[[nodiscard]] std::string session_of(const Body& body);

}  // namespace evenkeel::care
