#include "care/procedure.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/overloaded.hpp"
#include "care/record.hpp"

namespace evenkeel::care {
namespace {

using Next = Result<SessionState>;
using units::h;
using units::mg;

Error refuse(std::string where, std::string what) {
  return {ErrorCode::invalid_input, std::move(where), std::move(what)};
}

// What can still happen in each state, for the one who tried something else.
std::string_view can_be(const SessionState& state) {
  return std::visit(
      Overloaded{[](const NotArrived&) { return "checked in"; },
                 [](const CheckedIn&) { return "given its checks, or cancelled"; },
                 [](const PreChecks&) { return "checked further, made ready, or cancelled"; },
                 [](const Ready&) { return "started as it was made ready, made ready anew, or cancelled"; },
                 [](const Infusing&) { return "paused, changed in its rate, ended or stopped"; },
                 [](const Observing&) { return "given the check of the escort, discharged, or stopped"; },
                 [](const auto&) { return ""; }},
      state);
}

std::string_view wish(const Body& body) {
  return std::visit(
      Overloaded{
          [](const SessionCheckedIn&) { return "checked in"; },
          [](const PreCheck&) { return "given this check"; },
          [](const SessionReady&) { return "made ready"; }, [](const SessionStarted&) { return "started"; },
          [](const RateChanged&) { return "changed in its rate"; },
          [](const SessionEnded&) { return "ended"; }, [](const SessionDischarged&) { return "discharged"; },
          [](const SessionCancelled&) { return "cancelled"; },
          [](const SessionStopped&) { return "stopped"; },
          [](const SessionDecision&) { return "decided about"; }, [](const auto&) { return "watched"; }},
      body);
}

Error wrong_order(const SessionState& state, const Body& body) {
  if (is_final(state)) {
    return refuse("body.session", fmt::format("session '{}' {}; nothing follows, so it cannot be {}",
                                              session_name(state), state_words(state), wish(body)));
  }
  return refuse("body.session", fmt::format("session '{}' {}; it can be {}, but not {}", session_name(state),
                                            state_words(state), can_be(state), wish(body)));
}

const Visit* visit_of(const SessionState& state) {
  return std::visit(
      [](const auto& s) -> const Visit* {
        if constexpr (requires { s.visit; }) {
          return &s.visit;
        } else {
          return nullptr;
        }
      },
      state);
}

bool is_length(Duration length) {
  return is_finite(length) && length > Duration{};
}

// Written in other units, the same length differs in its last binary digits.
bool same_length(Duration a, Duration b) {
  return std::abs((a - b).in(units::s)) < 1e-6;
}

Next begin(Visit visit, const SessionStarted& start, Instant at) {
  if (!(start.dose.mg > Decimal{0})) return refuse("body.dose", "an infusion of no dose");
  if (!is_length(start.length)) return refuse("body.infusion_length", "an infusion of no length");
  if (!(is_finite(start.weight) && start.weight > BodyMass{}))
    return refuse("body.weight", "an infusion without the weight of the day");
  visit.last = at;
  RateStep first{at, start.dose.mass() / start.length, std::nullopt, ""};
  return Infusing{std::move(visit), {start, at, {std::move(first)}}};
}

Next start_as_made_ready(const Ready& ready, const SessionStarted& start, Instant at) {
  const std::string& session = start.session;
  if (start.dose.mg != ready.drawn_up.dose_mg) {
    return refuse("body.dose", fmt::format("session '{}' was made ready with {} mg, not {} mg", session,
                                           ready.drawn_up.dose_mg.to_string(), start.dose.mg.to_string()));
  }
  if (!same_length(start.length, ready.drawn_up.length)) {
    return refuse("body.infusion_length",
                  fmt::format("session '{}' was made ready for {:g} min, not {:g} min", session,
                              ready.drawn_up.length.in(units::min), start.length.in(units::min)));
  }
  return begin(ready.visit, start, at);
}

Next make_ready(Visit visit, std::vector<DoneCheck> checks, const SessionReady& ready, const Event& event) {
  if (!(ready.dose_mg > Decimal{0})) return refuse("body.dose", "nothing is drawn up");
  if (!is_length(ready.length)) return refuse("body.infusion_length", "an infusion of no length");
  if (!(ready.mg_per_mL > Decimal{0})) return refuse("body.concentration", "a syringe with no drug in it");
  if (ready.second_checker.empty() || ready.second_checker == event.recorded_by) {
    return refuse(
        "body.second_checker",
        fmt::format("'{}' records it and cannot be the second checker: another person reads it back",
                    event.recorded_by));
  }
  visit.last = event.at;
  return Ready{std::move(visit), std::move(checks), ready, event.recorded_by};
}

Next add_check(Visit visit, std::vector<DoneCheck> checks, const PreCheck& check, const Event& event) {
  visit.last = event.at;
  checks.push_back({check, event.recorded_by, event.at});
  return PreChecks{std::move(visit), std::move(checks)};
}

Next end(const Infusing& from, const SessionEnded& how, Instant at) {
  if (how.given.mg < Decimal{0}) return refuse("body.given", "a negative amount given");
  if (how.completion == Completion::stopped && how.reason.empty())
    return refuse("body.reason", "an infusion that was stopped says why");
  Visit visit = from.visit;
  visit.last = at;
  return Observing{std::move(visit), from.infusion, at, how};
}

Next stop_running(const Infusing& from, const SessionStopped& how, Instant at) {
  if (!how.given_mg) {
    return refuse("body.given",
                  fmt::format("session '{}' is still infusing: say how much was given", how.session));
  }
  if (*how.given_mg < Decimal{0}) return refuse("body.given", "a negative amount given");
  Visit visit = from.visit;
  visit.last = at;
  return Stopped{std::move(visit), from.infusion, at, {*how.given_mg}, at, how};
}

Next stop_observing(const Observing& from, const SessionStopped& how, Instant at) {
  if (how.given_mg) {
    return refuse("body.given", fmt::format("session '{}' is already ended, with {} mg given: leave it out",
                                            how.session, from.end.given.mg.to_string()));
  }
  Visit visit = from.visit;
  visit.last = at;
  return Stopped{std::move(visit), from.infusion, from.ended, from.end.given, at, how};
}

Next change_rate(const Infusing& from, const RateChanged& change, Instant at) {
  if (change.rate_mg_per_h < Decimal{0}) return refuse("body.rate", "a negative rate");
  Infusing after = from;
  after.visit.last = at;
  after.infusion.steps.push_back(
      {at, change.rate_mg_per_h.to_double() * (mg / h), change.rate_mg_per_h, change.reason});
  return after;
}

Next cancel(Visit visit, const SessionCancelled& how, Instant at) {
  visit.last = at;
  return Cancelled{std::move(visit), at, how.reason};
}

Next discharge(const Observing& from, const SessionDischarged& out, Instant at) {
  Visit visit = from.visit;
  visit.last = at;
  return Discharged{std::move(visit), from.infusion, from.ended, from.end, at, out};
}

// The order of things. What is not listed is refused.
Next move(const SessionState& state, const Event& event) {
  const Instant at = event.at;
  const auto step = Overloaded{
      [&](const NotArrived&, const SessionCheckedIn& in) -> Next {
        return CheckedIn{{in.session, at, in.place, at}};
      },
      [&](const CheckedIn& s, const PreCheck& c) { return add_check(s.visit, {}, c, event); },
      [&](const PreChecks& s, const PreCheck& c) { return add_check(s.visit, s.checks, c, event); },
      [&](const PreChecks& s, const SessionReady& r) { return make_ready(s.visit, s.checks, r, event); },
      [&](const Ready& s, const SessionReady& r) { return make_ready(s.visit, s.checks, r, event); },
      [&](const Ready& s, const SessionStarted& start) { return start_as_made_ready(s, start, at); },
      [&](const Infusing& s, const RateChanged& change) { return change_rate(s, change, at); },
      [&](const Infusing& s, const SessionEnded& how) { return end(s, how, at); },
      [&](const Infusing& s, const SessionStopped& how) { return stop_running(s, how, at); },
      // The escort may come only now.
      [&](const Observing& s, const PreCheck& c) -> Next {
        if (c.check != Check::escort) return wrong_order(state, event.body);
        Observing after = s;
        after.visit.last = at;
        return after;
      },
      [&](const Observing& s, const SessionStopped& how) { return stop_observing(s, how, at); },
      [&](const Observing& s, const SessionDischarged& out) { return discharge(s, out, at); },
      [&](const CheckedIn& s, const SessionCancelled& c) { return cancel(s.visit, c, at); },
      [&](const PreChecks& s, const SessionCancelled& c) { return cancel(s.visit, c, at); },
      [&](const Ready& s, const SessionCancelled& c) { return cancel(s.visit, c, at); },
      [&](const auto&, const auto&) -> Next { return wrong_order(state, event.body); }};
  return std::visit(step, state, event.body);
}

// Told of a session without moving it: it was there when this happened.
Next told(const SessionState& state, const Event& event) {
  const Visit* visit = visit_of(state);
  if (visit == nullptr) return wrong_order(state, event.body);
  if (std::holds_alternative<VitalSigns>(event.body)) return state;
  if (visit->checked_in && event.at < *visit->checked_in) {
    return refuse("at", fmt::format("{} is before the check-in of session '{}', at {}", event.at.to_string(),
                                    visit->session, visit->checked_in->to_string()));
  }
  if (is_final(state) && event.at > visit->last) {
    return refuse("at", fmt::format("session '{}' {}, at {}; {} is after it", visit->session,
                                    state_words(state), visit->last.to_string(), event.at.to_string()));
  }
  return state;
}

bool is_told(const Body& body) {
  return std::holds_alternative<VitalSigns>(body) || std::holds_alternative<SignSeen>(body) ||
         std::holds_alternative<SessionDecision>(body);
}

}  // namespace

Result<SessionState> next(const SessionState& state, const Event& event) {
  const std::string session = session_of(event.body);
  if (session.empty() || session != session_name(state)) return state;
  if (is_told(event.body)) return told(state, event);
  auto after = move(state, event);
  const Visit* visit = visit_of(state);
  if (after && visit != nullptr && event.at < visit->last) {
    return refuse("at", fmt::format("{} is before an earlier event of session '{}', at {}",
                                    event.at.to_string(), session, visit->last.to_string()));
  }
  return after;
}

Result<SessionState> begun_elsewhere(const SessionStarted& start, Instant at) {
  return begin({start.session, std::nullopt, "", at}, start, at);
}

SessionState session_state(std::span<const Event> valid, const std::string& session) {
  SessionState state = NotArrived{session};
  for (const Event& event : valid) {
    const auto* start = std::get_if<SessionStarted>(&event.body);
    const bool elsewhere =
        start != nullptr && start->session == session && std::holds_alternative<NotArrived>(state);
    // What is refused here came in before a correction took what it rested on: it changes nothing.
    if (auto after = elsewhere ? begun_elsewhere(*start, event.at) : next(state, event)) state = *after;
  }
  return state;
}

const std::string& session_name(const SessionState& state) {
  const Visit* visit = visit_of(state);
  return visit != nullptr ? visit->session : std::get<NotArrived>(state).session;
}

std::string state_words(const SessionState& state) {
  return std::visit(Overloaded{[](const NotArrived&) { return "was not checked in"; },
                               [](const CheckedIn&) { return "is checked in"; },
                               [](const PreChecks&) { return "is in its checks before the start"; },
                               [](const Ready&) { return "is ready to start"; },
                               [](const Infusing& s) {
                                 const bool paused = s.infusion.steps.back().rate == InfusionRate{};
                                 return paused ? "is paused" : "is still infusing";
                               },
                               [](const Observing&) { return "is already ended and observed"; },
                               [](const Discharged&) { return "is already discharged"; },
                               [](const Stopped&) { return "was stopped"; },
                               [](const Cancelled&) { return "was cancelled"; }},
                    state);
}

bool is_final(const SessionState& state) {
  return std::holds_alternative<Discharged>(state) || std::holds_alternative<Stopped>(state) ||
         std::holds_alternative<Cancelled>(state);
}

bool was_checked_in(const SessionState& state) {
  const Visit* visit = visit_of(state);
  return visit != nullptr && visit->checked_in.has_value();
}

const Infusion* infusion_of(const SessionState& state) {
  return std::visit(
      [](const auto& s) -> const Infusion* {
        if constexpr (requires { s.infusion; }) {
          return &s.infusion;
        } else {
          return nullptr;
        }
      },
      state);
}

std::optional<Instant> infusion_end(const SessionState& state) {
  return std::visit(
      [](const auto& s) -> std::optional<Instant> {
        if constexpr (requires { s.ended; }) {
          return s.ended;
        } else {
          return std::nullopt;
        }
      },
      state);
}

DrugMass delivered(const Infusion& infusion, Instant at) {
  DrugMass sum;
  for (std::size_t i = 0; i < infusion.steps.size(); ++i) {
    const Instant from = infusion.steps[i].from;
    const bool last = i + 1 == infusion.steps.size();
    const Instant until = last ? at : std::min(at, infusion.steps[i + 1].from);
    if (from < until) sum += infusion.steps[i].rate * (until - from);
  }
  return sum;
}

InfusionRate rate_at(const Infusion& infusion, Instant at) {
  InfusionRate rate;
  for (const RateStep& step : infusion.steps) {
    if (step.from <= at) rate = step.rate;
  }
  return rate;
}

}  // namespace evenkeel::care
