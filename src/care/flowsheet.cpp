#include "care/flowsheet.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "care/crossing.hpp"
#include "care/flow_parts.hpp"

namespace evenkeel::care {
namespace {

using units::h;
using units::kg;
using units::mg;

// Decimals and weights meet as binary numbers; a billionth is no overdose.
constexpr double rounding = 1.0 + 1e-9;

std::optional<Instant> left_at(const SessionState& state) {
  if (const auto* home = std::get_if<Discharged>(&state)) return home->at;
  if (const auto* stopped = std::get_if<Stopped>(&state)) return stopped->at;
  return std::nullopt;
}

std::vector<Event> until(std::span<const Event> valid, Instant when) {
  std::vector<Event> past;
  std::ranges::copy_if(valid, std::back_inserter(past), [&](const Event& e) { return e.at <= when; });
  return past;
}

// `past` holds the events that the result looks at, and must outlive it.
Result<Watched> watch(const FlowQuestion& q, std::vector<Event>& past) {
  past = until(q.valid, q.now);
  SessionState state = session_state(past, q.session);
  const Infusion* infusion = infusion_of(state);
  if (infusion == nullptr) {
    return Error{
        ErrorCode::not_found, "session",
        fmt::format("session '{}' {}: it has no flowsheet before its start", q.session, state_words(state))};
  }
  const Instant when = left_at(state).value_or(q.now);
  past = until(past, when);
  const auto all = sessions(past, when);
  const auto session = std::ranges::find(all, q.session, &Session::id);
  if (session == all.end())
    return Error{ErrorCode::not_found, "session",
                 fmt::format("session '{}' has no start that counts", q.session)};
  const Infusion run = *infusion;
  const auto ended = infusion_end(state);
  return Watched{
      {past, q.protocol, q.instruments, q.session, when}, std::move(state), *session, run, when, ended};
}

// What the record says was given is taken; where it cannot be, by the order or by the rates, it is said.
std::string doubt_about_given(const Watched& w) {
  const Decimal& given = w.session.given->mg;
  const Decimal& drawn_up = w.infusion.order.dose.mg;
  if (given > drawn_up)
    return fmt::format("{} mg are recorded as given, more than the {} mg that were drawn up",
                       given.to_string(), drawn_up.to_string());
  return w.infusion.order.route == Route::intravenous ? w.session.infusion_unknown : std::string{};
}

void tell_dose(const Watched& w, Flowsheet& sheet) {
  if (w.session.given) {
    sheet.so_far = w.session.given->mass();
    sheet.dose_note = doubt_about_given(w);
    return;
  }
  if (w.infusion.order.route == Route::intranasal) return;
  sheet.rate = rate_at(w.infusion, w.when);
  sheet.paused = sheet.rate == InfusionRate{};
  sheet.so_far = delivered(w.infusion, w.when);
  const DrugMass ordered = w.infusion.order.dose.mass();
  sheet.left = *sheet.so_far < ordered ? ordered - *sheet.so_far : DrugMass{};
  if (*sheet.so_far < ordered) return;
  sheet.dose_note = fmt::format("by rates and times the ordered {} mg are in: record the end, or the pause",
                                w.infusion.order.dose.mg.to_string());
}

Error beyond(std::string what) {
  return {ErrorCode::outside_domain, "rate", std::move(what)};
}

Result<void> within_bounds(const Watched& w, const Decimal& mg_per_h) {
  const Protocol& protocol = w.question.protocol;
  if (!protocol.dosing)
    return beyond(fmt::format("protocol {} has no infusion, so no rate is within it", protocol.id));
  const DoseBounds& bounds = protocol.dosing->bounds;
  const BodyMass weight = w.infusion.order.weight;
  const RatePerBody rate = mg_per_h.to_double() * (mg / h) / weight;
  if (!(rate <= rounding * bounds.highest_rate.value)) {
    return beyond(fmt::format("{} mg/h is {:.3g} mg/kg/h at {:g} kg; {} allows at most {:g} mg/kg/h",
                              mg_per_h.to_string(), rate.in(mg / kg / h), weight.in(kg), protocol.id,
                              bounds.highest_rate.value.in(mg / kg / h)));
  }
  const DrugMass ordered = w.infusion.order.dose.mass();
  if (!(ordered / weight <= rounding * bounds.highest.value)) {
    return beyond(
        fmt::format("the order of {} mg is {:.3g} mg/kg at {:g} kg; {} allows at most {:g} mg/kg a session",
                    w.infusion.order.dose.mg.to_string(), (ordered / weight).in(mg / kg), weight.in(kg),
                    protocol.id, bounds.highest.value.in(mg / kg)));
  }
  const DrugMass so_far = delivered(w.infusion, w.when);
  if (!(rounding * so_far < ordered)) {
    return beyond(fmt::format("by rates and times the ordered {} mg are in: more would be above the order",
                              w.infusion.order.dose.mg.to_string()));
  }
  return {};
}

// To go on wants a decision, also from a pause.
Result<void> nothing_held(const Watched& w) {
  for (const Firing& firing : firings(w)) {
    if (!firing.waits()) continue;
    return beyond(
        fmt::format("{} asks to {} and waits for a decision about '{}': {}", firing.text,
                    firing.consequence == Consequence::stop ? "stop the infusion" : "hold the infusion",
                    firing.rule, firing.action));
  }
  return {};
}

}  // namespace

std::string_view vitals_state_words(VitalsState state) {
  switch (state) {
    case VitalsState::taken:
      return "taken";
    case VitalsState::late:
      return "taken late";
    case VitalsState::missing:
      return "missing";
    case VitalsState::overdue:
      return "overdue: take them now";
    case VitalsState::to_come:
      return "to come";
  }
  return "";
}

std::string_view answer_words(Answer answer) {
  switch (answer) {
    case Answer::none:
      return "not answered";
    case Answer::paused:
      return "paused, waits for a clinician's decision";
    case Answer::ended:
      return "ended";
    case Answer::decided:
      return "decided to go on";
    case Answer::not_asked:
      return "nothing asked";
  }
  return "";
}

std::string_view met_words(Met met) {
  switch (met) {
    case Met::met:
      return "met";
    case Met::not_met:
      return "not met";
    case Met::unknown:
      return "unknown";
  }
  return "";
}

Result<Flowsheet> flowsheet(const FlowQuestion& question) {
  std::vector<Event> past;
  const auto watched = watch(question, past);
  if (!watched) return watched.error();
  const Watched& w = *watched;
  Flowsheet sheet;
  sheet.session = w.session.id;
  sheet.state = state_words(w.state);
  sheet.order = w.infusion.order;
  sheet.start = w.infusion.start;
  sheet.ended = w.ended;
  sheet.firings = firings(w);
  sheet.vitals = vitals_due(w, sheet.firings);
  for (const Firing& firing : sheet.firings) {
    if (!firing.waits() || is_final(w.state)) continue;
    (firing.consequence == Consequence::stop ? sheet.stop_asked : sheet.hold_asked) = true;
  }
  tell_dose(w, sheet);
  const DischargeRules& rules = question.protocol.session.discharge;
  if (w.ended) {
    sheet.observe_until = *w.ended + rules.after_end.value;
    if (rules.after_start)
      sheet.observe_until = std::max(*sheet.observe_until, w.infusion.start + rules.after_start->value);
  }
  sheet.discharge = discharge_criteria(w, sheet.firings);
  return sheet;
}

bool may_discharge(const Flowsheet& sheet) {
  return !sheet.discharge.empty() &&
         std::ranges::all_of(sheet.discharge, [](const auto& each) { return each.met == Met::met; });
}

Result<void> may_run_at(const FlowQuestion& question, const Decimal& mg_per_h) {
  std::vector<Event> past;
  const auto watched = watch(question, past);
  if (!watched) return watched.error();
  const Watched& w = *watched;
  const auto refuse = [](std::string where, std::string what) {
    return Error{ErrorCode::invalid_input, std::move(where), std::move(what)};
  };
  if (!std::holds_alternative<Infusing>(w.state)) {
    return refuse("session", fmt::format("session '{}' {}: there is no rate to change", w.session.id,
                                         state_words(w.state)));
  }
  if (w.infusion.order.route != Route::intravenous)
    return refuse("session", fmt::format("session '{}' is given by the nose, at no rate", w.session.id));
  if (mg_per_h < Decimal{0})
    return refuse("rate", fmt::format("a negative rate, {} mg/h", mg_per_h.to_string()));
  if (mg_per_h == Decimal{0}) return {};  // a pause is always within limits
  if (auto bounds = within_bounds(w, mg_per_h); !bounds) return bounds;
  return nothing_held(w);
}

}  // namespace evenkeel::care
