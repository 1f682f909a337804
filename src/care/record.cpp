#include "care/record.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/overloaded.hpp"

namespace evenkeel::care {
namespace {

Error refuse(std::string where, std::string what) {
  return {ErrorCode::invalid_input, std::move(where), std::move(what)};
}

}  // namespace

std::string session_of(const Body& body) {
  return std::visit(
      [](const auto& value) -> std::string {
        if constexpr (requires { value.session; }) {
          return value.session;
        } else {
          return {};
        }
      },
      body);
}

Result<void> Record::check_envelope(const Event& event) const {
  if (event.patient != patient_) {
    return refuse("patient", fmt::format("'{}' in the record of '{}'", event.patient, patient_));
  }
  if (index_.contains(event.id))
    return refuse("id", fmt::format("'{}' was used by an earlier event", event.id));
  if (event.recorded_at < event.at) {
    return refuse("recorded_at", fmt::format("{} is before the event itself, at {}",
                                             event.recorded_at.to_string(), event.at.to_string()));
  }
  if (!events_.empty() && event.recorded_at < events_.back().recorded_at) {
    return refuse("recorded_at",
                  fmt::format("{} is before the previous event's {}: events are out of order",
                              event.recorded_at.to_string(), events_.back().recorded_at.to_string()));
  }
  return {};
}

Result<void> Record::check_start(const Event& event, const SessionStarted& start) const {
  if (sessions_.contains(start.session)) {
    return refuse("body.session", fmt::format("session '{}' was already started", start.session));
  }
  for (const auto& [name, other] : sessions_) {
    const bool ended_before = other.stage != Stage::infusing && other.last <= event.at;
    const bool begins_after = event.at + start.length <= other.start;
    if (!ended_before && !begins_after) {
      return refuse(
          "at", fmt::format("two infusions at once: session '{}' starts at {} while '{}' is running or not "
                            "recorded as ended",
                            start.session, event.at.to_string(), name));
    }
  }
  return {};
}

Result<void> Record::check_stage(const Event& event, const std::string& session, Stage wanted) const {
  const auto found = sessions_.find(session);
  if (found == sessions_.end()) {
    return refuse("body.session", fmt::format("session '{}' was not started in this record", session));
  }
  if (found->second.stage != wanted) {
    return refuse("body.session", fmt::format("session '{}' is {}, so this event is not possible", session,
                                              found->second.stage == Stage::infusing ? "still infusing"
                                              : found->second.stage == Stage::ended  ? "already ended"
                                                                                     : "already discharged"));
  }
  if (event.at < found->second.last) {
    return refuse("at", fmt::format("{} is before an earlier event of session '{}', at {}",
                                    event.at.to_string(), session, found->second.last.to_string()));
  }
  if (wanted != Stage::infusing) return {};
  for (const auto& [name, other] : sessions_) {
    if (found->second.start < other.start && other.start < event.at) {
      return refuse("at", fmt::format("two infusions at once: '{}' would run until {}, but '{}' began at {}",
                                      session, event.at.to_string(), name, other.start.to_string()));
    }
  }
  return {};
}

Result<void> Record::check_body(const Event& event) const {
  return std::visit(
      Overloaded{
          [&](const SessionStarted& start) { return check_start(event, start); },
          [&](const RateChanged& change) { return check_stage(event, change.session, Stage::infusing); },
          [&](const SessionEnded& end) { return check_stage(event, end.session, Stage::infusing); },
          [&](const SessionDischarged& out) { return check_stage(event, out.session, Stage::ended); },
          [&](const VitalSigns& vitals) -> Result<void> {
            if (vitals.session.empty() || sessions_.contains(vitals.session)) return {};
            return refuse("body.session",
                          fmt::format("session '{}' was not started in this record", vitals.session));
          },
          [&](const PatientFacts& facts) -> Result<void> {
            if (!facts.born || *facts.born <= Date::of(event.at)) return {};
            return refuse("body.born", fmt::format("{} is after the event itself", facts.born->to_string()));
          },
          [&](const OtherSource& check) -> Result<void> {
            for (const OtherSource::Found& found : check.found) {
              if (!found.dispensed || found.dispensed->start() <= event.at + 24.0 * units::h) continue;
              return refuse("body.found",
                            fmt::format("dispensed on {}, after it was found", found.dispensed->to_string()));
            }
            return {};
          },
          [&](const PlanChanged&) -> Result<void> {
            if (!first_plan_) return refuse("kind", "a plan is changed before any was approved");
            if (*first_plan_ <= event.at) return {};
            return refuse("at", fmt::format("a plan is changed at {}, before the first was approved at {}",
                                            event.at.to_string(), first_plan_->to_string()));
          },
          [&](const EnteredInError& correction) -> Result<void> {
            if (!index_.contains(correction.event)) {
              return refuse("body.event",
                            fmt::format("it corrects '{}', which is not in the record", correction.event));
            }
            if (in_error_.contains(correction.event)) {
              return refuse("body.event",
                            fmt::format("'{}' was already marked as entered in error", correction.event));
            }
            if (std::holds_alternative<EnteredInError>(events_[index_.at(correction.event)].body)) {
              return refuse("body.event", fmt::format("'{}' is a correction; record the right event anew",
                                                      correction.event));
            }
            return {};
          },
          [](const auto&) -> Result<void> { return {}; }},
      event.body);
}

Result<void> Record::add(Event event) {
  if (auto envelope = check_envelope(event); !envelope) return envelope;
  if (auto body = check_body(event); !body) return body;
  index_.emplace(event.id, events_.size());
  events_.push_back(std::move(event));
  follow(events_.back());
  return {};
}

void Record::follow(const Event& event) {
  std::visit(Overloaded{[&](const PlanApproved&) {
                          first_plan_ = std::min(first_plan_.value_or(event.at), event.at);
                        },
                        [&](const SessionStarted& start) {
                          sessions_[start.session] = {Stage::infusing, event.at, event.at};
                        },
                        [&](const RateChanged& change) { sessions_[change.session].last = event.at; },
                        [&](const SessionEnded& end) {
                          auto& session = sessions_[end.session];
                          session.stage = Stage::ended;
                          session.last = event.at;
                        },
                        [&](const SessionDischarged& out) {
                          auto& session = sessions_[out.session];
                          if (session.stage == Stage::ended) session.stage = Stage::discharged;
                        },
                        [&](const EnteredInError& correction) { correct(correction); }, [](const auto&) {}},
             event.body);
}

// Marks the event, and with a session's start everything of that session; then follows what still
// counts from the beginning, so that the session may be recorded anew.
void Record::correct(const EnteredInError& correction) {
  in_error_.insert(correction.event);
  const Event& wrong = events_[index_.at(correction.event)];
  if (const auto* start = std::get_if<SessionStarted>(&wrong.body)) {
    for (const Event& event : events_) {
      if (session_of(event.body) == start->session) in_error_.insert(event.id);
    }
  }
  sessions_.clear();
  first_plan_.reset();
  for (const Event& event : events_) {
    if (in_error_.contains(event.id) || std::holds_alternative<EnteredInError>(event.body)) continue;
    follow(event);
  }
}

std::vector<Event> Record::valid() const {
  std::vector<Event> kept;
  std::ranges::copy_if(events_, std::back_inserter(kept), [&](const Event& event) {
    return !in_error_.contains(event.id) && !std::holds_alternative<EnteredInError>(event.body);
  });
  return kept;
}

Record Record::as_known_at(Instant now) const {
  Record earlier{patient_};
  for (const Event& event : events_) {
    if (event.recorded_at > now) break;
    // Each was accepted in this order before, so it is accepted again.
    static_cast<void>(earlier.add(event));
  }
  return earlier;
}

}  // namespace evenkeel::care
