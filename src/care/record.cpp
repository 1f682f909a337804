#include "care/record.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/overloaded.hpp"

namespace evenkeel::care {
namespace {

Error refuse(std::string where, std::string what) {
  return {ErrorCode::invalid_input, std::move(where), std::move(what)};
}

std::string not_there(const Body& body, const std::string& session) {
  const bool of_an_infusion = std::holds_alternative<RateChanged>(body) ||
                              std::holds_alternative<SessionEnded>(body) ||
                              std::holds_alternative<SessionDischarged>(body);
  return fmt::format("session '{}' was {} in this record", session,
                     of_an_infusion || std::holds_alternative<VitalSigns>(body)
                         ? "not started"
                         : "neither checked in nor started");
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

SessionState Record::session(const std::string& name) const {
  const auto found = sessions_.find(name);
  return found == sessions_.end() ? SessionState{NotArrived{name}} : found->second;
}

Result<SessionState> Record::after(const Event& event, const std::string& session) const {
  const auto found = sessions_.find(session);
  if (found != sessions_.end()) return next(found->second, event);
  if (const auto* start = std::get_if<SessionStarted>(&event.body)) return begun_elsewhere(*start, event.at);
  return next(NotArrived{session}, event);
}

// Two infusions never run at once: not this one's start, rate or end inside another.
Result<void> Record::check_alone(const Event& event, const std::string& session) const {
  const auto* start = std::get_if<SessionStarted>(&event.body);
  const auto own = sessions_.find(session);
  const Infusion* running = own == sessions_.end() ? nullptr : infusion_of(own->second);
  for (const auto& [name, state] : sessions_) {
    const Infusion* other = infusion_of(state);
    if (other == nullptr || name == session) continue;
    const auto end = infusion_end(state);
    if (start != nullptr && !(end && *end <= event.at) && !(event.at + start->length <= other->start)) {
      return refuse(
          "at", fmt::format("two infusions at once: session '{}' starts at {} while '{}' is running or not "
                            "recorded as ended",
                            session, event.at.to_string(), name));
    }
    if (start == nullptr && running->start < other->start && other->start < event.at) {
      return refuse("at", fmt::format("two infusions at once: '{}' would run until {}, but '{}' began at {}",
                                      session, event.at.to_string(), name, other->start.to_string()));
    }
  }
  return {};
}

Result<void> Record::check_session_event(const Event& event, const std::string& session) const {
  const auto found = sessions_.find(session);
  const bool begins = std::holds_alternative<SessionStarted>(event.body);
  if (found == sessions_.end() && !begins && !std::holds_alternative<SessionCheckedIn>(event.body))
    return refuse("body.session", not_there(event.body, session));
  if (std::holds_alternative<VitalSigns>(event.body)) return {};
  if (found != sessions_.end() && begins && infusion_of(found->second) != nullptr)
    return refuse("body.session", fmt::format("session '{}' was already started", session));
  if (auto state = after(event, session); !state) return state.error();
  const bool runs = found != sessions_.end() && std::holds_alternative<Infusing>(found->second) &&
                    !std::holds_alternative<SignSeen>(event.body) &&
                    !std::holds_alternative<SessionDecision>(event.body);
  return begins || runs ? check_alone(event, session) : Result<void>{};
}

Result<void> Record::check_signature(const PlanSigned& signature) const {
  const auto found = index_.find(signature.plan);
  const bool counts = found != index_.end() && !in_error_.contains(signature.plan);
  const Body* body = counts ? &events_[found->second].body : nullptr;
  if (body != nullptr &&
      (std::holds_alternative<PlanApproved>(*body) || std::holds_alternative<PlanChanged>(*body))) {
    return {};
  }
  return refuse("body.plan", fmt::format("'{}' is no plan or change of one in this record", signature.plan));
}

Result<void> Record::check_correction(const EnteredInError& correction) const {
  if (!index_.contains(correction.event)) {
    return refuse("body.event",
                  fmt::format("it corrects '{}', which is not in the record", correction.event));
  }
  if (in_error_.contains(correction.event)) {
    return refuse("body.event", fmt::format("'{}' was already marked as entered in error", correction.event));
  }
  const Body& wrong = events_[index_.at(correction.event)].body;
  if (std::holds_alternative<EnteredInError>(wrong)) {
    return refuse("body.event",
                  fmt::format("'{}' is a correction; record the right event anew", correction.event));
  }
  const std::string session = session_of(wrong);
  const auto found = sessions_.find(session);
  if (session.empty() || found == sessions_.end() || !was_checked_in(found->second)) return {};
  if (std::holds_alternative<SessionCheckedIn>(wrong) && infusion_of(found->second) != nullptr) {
    return refuse("body.event",
                  fmt::format("'{}' is the check-in of session '{}', which was started: mark its "
                              "start as entered in error first",
                              correction.event, session));
  }
  // What is left must still be an order that can have been.
  const std::set<std::string> gone = taken_by(correction);
  SessionState state = NotArrived{session};
  for (const Event& event : events_) {
    if (session_of(event.body) != session || in_error_.contains(event.id) || gone.contains(event.id))
      continue;
    auto moved = next(state, event);
    if (!moved) {
      return refuse("body.event", fmt::format("'{}' ({}) rests on '{}': mark it as entered in error first",
                                              event.id, kind_text(event.body), correction.event));
    }
    state = *std::move(moved);
  }
  return {};
}

Result<void> Record::check_body(const Event& event) const {
  return std::visit(
      Overloaded{
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
          [&](const PlanSigned& signature) { return check_signature(signature); },
          [&](const EnteredInError& correction) { return check_correction(correction); },
          [&](const Review& review) -> Result<void> {
            const auto missing = std::ranges::find_if(
                review.events, [&](const std::string& named) { return !index_.contains(named); });
            if (missing == review.events.end()) return {};
            return refuse("body.events", fmt::format("'{}' is not in the record", *missing));
          },
          [&](const auto& body) -> Result<void> {
            if constexpr (requires { body.session; }) {
              if (!body.session.empty()) return check_session_event(event, body.session);
            }
            return {};
          }},
      event.body);
}

Result<void> Record::add(Event event) {
  if (auto envelope = check_envelope(event); !envelope) return envelope;
  if (auto body = check_body(event); !body) return body;
  // A server copies a record with each entry: the room that a vector takes by itself would double what it
  // keeps.
  if (events_.size() == events_.capacity()) events_.reserve(events_.size() + events_.size() / 4 + 4);
  index_.emplace(event.id, events_.size());
  events_.push_back(std::move(event));
  follow(events_.back());
  return {};
}

void Record::follow(const Event& event) {
  if (std::holds_alternative<PlanApproved>(event.body))
    first_plan_ = std::min(first_plan_.value_or(event.at), event.at);
  if (const auto* correction = std::get_if<EnteredInError>(&event.body)) correct(*correction);
  const std::string session = session_of(event.body);
  if (session.empty() || std::holds_alternative<VitalSigns>(event.body)) return;
  // Refused only after a correction: it came in before that took what it rested on, and changes nothing.
  if (auto state = after(event, session)) sessions_[session] = *std::move(state);
}

// A session's check-in or start takes everything of that session that was written down from there on: it
// can then be recorded anew.
std::set<std::string> Record::taken_by(const EnteredInError& correction) const {
  std::set<std::string> taken{correction.event};
  const std::size_t from = index_.at(correction.event);
  const Body& wrong = events_[from].body;
  if (!std::holds_alternative<SessionStarted>(wrong) && !std::holds_alternative<SessionCheckedIn>(wrong))
    return taken;
  const std::string session = session_of(wrong);
  for (std::size_t i = from; i < events_.size(); ++i) {
    if (session_of(events_[i].body) == session) taken.insert(events_[i].id);
  }
  return taken;
}

// Marks what goes; then follows what still counts from the beginning.
void Record::correct(const EnteredInError& correction) {
  in_error_.merge(taken_by(correction));
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

bool is_late_entry(const Event& event) {
  return event.recorded_at - event.at > late_entry_after;
}

Record Record::as_known_at(Instant now) const {
  if (events_.empty() || events_.back().recorded_at <= now) return *this;
  Record earlier{patient_};
  for (const Event& event : events_) {
    if (event.recorded_at > now) break;
    // Each was accepted in this order before, so it is accepted again.
    static_cast<void>(earlier.add(event));
  }
  return earlier;
}

}  // namespace evenkeel::care
