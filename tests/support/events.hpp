// Builders of events for tests: each gives an ordinary, whole event, and a test changes what it is about.
// Times are given in days and minutes from `zero`; a History numbers its events e1, e2, ...
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/expects.hpp"
#include "care/record.hpp"

namespace evenkeel::test {

inline const Instant zero = *Instant::parse("2026-03-02T09:00:00Z");  // a Monday

inline Instant minute(double minutes) {
  return zero + minutes * units::min;
}
inline Instant day(double days) {
  return zero + days * units::day;
}
inline Date date(double days) {
  return Date::of(day(days));
}

inline care::PlanApproved plan(std::string_view mg_per_kg = "0.5", Duration interval = 7.0 * units::day) {
  care::PlanApproved body;
  body.protocol = "iv-ket-trd-0.5x40";
  body.protocol_version = "2.0.0";
  body.indication = "treatment-resistant depression";
  body.endpoint = {"phq-9", "response"};
  body.dose_mg_per_kg = *Decimal::parse(mg_per_kg);
  body.infusion_length = 40.0 * units::min;
  body.planned_sessions = 6;
  body.interval = interval;
  body.stop_date = date(300);
  body.responsible_clinician = "dr-a";
  body.next_review = date(200);
  body.consent_version = "1";
  return body;
}
inline care::PlanChanged dose_change(std::string_view mg_per_kg, care::ChangeReason reason) {
  care::PlanChanged body;
  body.reason = reason;
  body.note = "a note";
  body.dose_mg_per_kg = *Decimal::parse(mg_per_kg);
  return body;
}

inline care::SessionStarted started(std::string session, std::string_view mg = "35", double weight_kg = 70.0,
                                    double minutes = 40.0) {
  return {std::move(session),
          care::Drug::racemic_ketamine,
          care::Route::intravenous,
          {*Decimal::parse(mg)},
          minutes * units::min,
          weight_kg * units::kg};
}
inline care::RateChanged rate(std::string session, std::string_view mg_per_h) {
  return {std::move(session), *Decimal::parse(mg_per_h), "a reason"};
}
inline care::SessionEnded ended(std::string session, std::string_view mg = "35") {
  return {std::move(session), {*Decimal::parse(mg)}, care::Completion::completed, ""};
}
inline care::SessionDischarged discharged(std::string session, bool escort = true) {
  return {std::move(session), escort, 5, {}};
}
inline care::VitalSigns pressure(std::string session, int systolic, int diastolic = 70) {
  care::VitalSigns body;
  body.session = std::move(session);
  body.systolic_mmHg = systolic;
  body.diastolic_mmHg = diastolic;
  return body;
}

inline care::Evaluation total(std::string instrument, int value,
                              care::Moment moment = care::Moment::between_doses) {
  return {std::move(instrument), moment, {}, value};
}
// The nine answers of a PHQ-9 in order, each one digit.
inline care::Evaluation phq9(std::string_view answers) {
  care::Evaluation body{"phq-9", care::Moment::between_doses, {}, {}};
  for (std::size_t i = 0; i < answers.size(); ++i) body.answers[std::to_string(i + 1)] = answers[i] - '0';
  return body;
}
inline care::Evaluation craving(int score, care::Moment moment = care::Moment::between_doses) {
  return {"craving-0-10", moment, {{"1", score}}, {}};
}
inline care::SymptomReport symptom(care::Symptom which, care::Severity severity = care::Severity::mild) {
  return {which, severity, ""};
}
inline care::OtherSource looked(care::LookedIn where, bool found = false) {
  care::OtherSource body{where, {}};
  if (found) body.found.push_back({"ketamine", "nasal", "another clinic", {}});
  return body;
}
inline care::Review reviewed(std::vector<std::string> rules,
                             care::Decision decision = care::Decision::no_concern) {
  return {"dr-a", std::move(rules), decision, "looked at"};
}
inline care::Review plan_review() {
  return reviewed({}, care::Decision::plan_reviewed);
}

inline care::Event event(std::string id, Instant at, care::Body body) {
  return {std::move(id), "p", at, at, "nurse", std::move(body)};
}

// Events in the order in which they were written down.
struct History {
  std::vector<care::Event> events;

  // Written down at once, or, where it happened before the last one was written, with that one.
  std::string add(Instant at, care::Body body) {
    care::Event made = event("e" + std::to_string(events.size() + 1), at, std::move(body));
    if (!events.empty() && made.recorded_at < events.back().recorded_at)
      made.recorded_at = events.back().recorded_at;
    events.push_back(std::move(made));
    return events.back().id;
  }
  // A whole session of 40 minutes; the id of the event that started it.
  std::string infuse(std::string session, Instant at, std::string_view mg = "35", double weight_kg = 70.0) {
    const std::string id = add(at, started(session, mg, weight_kg));
    add(at + 40.0 * units::min, ended(std::move(session), mg));
    return id;
  }
  [[nodiscard]] care::Record record() const {
    care::Record made{"p"};
    for (const care::Event& each : events) {
      const auto added = made.add(each);
      expects(added.has_value(), "a test's history is one that a record takes");
    }
    return made;
  }
};

}  // namespace evenkeel::test
