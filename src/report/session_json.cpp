#include <fmt/format.h>

#include "base/expects.hpp"
#include "report/json_parts.hpp"
#include "report/session_report.hpp"

namespace evenkeel::report {
namespace {

using json::Node;

// Codes for programs, by the value of each closed set; frozen, where words for people may be mended.
constexpr const char* states[] = {"not_arrived", "checked_in", "pre_checks", "ready",    "infusing",
                                  "observing",   "discharged", "stopped",    "cancelled"};
constexpr const char* consequences[] = {"", "advise", "decide", "block", "hold", "stop"};
constexpr const char* outcomes[] = {"", "passed", "failed", "missing", "stale", "not_applicable"};
constexpr const char* vitals_states[] = {"", "taken", "late", "missing", "overdue", "to_come"};
constexpr const char* answers[] = {"", "none", "paused", "ended", "decided", "not_asked"};
constexpr const char* mets[] = {"", "met", "not_met", "unknown"};

template <std::size_t N, class Set>
Node code(const char* const (&codes)[N], Set value) {
  const auto place = static_cast<std::size_t>(value);
  expects(place < N, "every value of a closed set has its code");
  return json::text(codes[place]);
}

Node moment(Instant at) {
  return json::text(at.to_string());
}
Node provenance(const Provenance& from) {
  return json::object({{"source", json::text(from.source)},
                       {"label", json::text(label_text(from.label))},
                       {"note", json::text(from.note)}});
}

Node gate(const care::GateResult& g) {
  const auto decision = json::optional(g.decision, [](const care::GateDecision& d) {
    return json::object({{"event", json::text(d.event)},
                         {"at", moment(d.at)},
                         {"go_on", json::boolean(d.go_on)},
                         {"clinician", json::text(d.clinician)},
                         {"reason", json::text(d.reason)}});
  });
  return json::object({{"id", json::text(g.id)},
                       {"gate", json::text(care::gate_id(g.kind))},
                       {"outcome", code(outcomes, g.outcome)},
                       {"consequence", code(consequences, g.consequence)},
                       {"lets_start", json::boolean(g.lets_start())},
                       {"text", json::text(g.text)},
                       {"basis", texts_node(g.basis)},
                       {"decision", decision},
                       {"source", provenance(g.source)}});
}

Node firing(const care::Firing& f) {
  const auto number = [](int value) { return json::number(static_cast<long long>(value)); };
  return json::object({{"rule", json::text(f.rule)},
                       {"event", json::text(f.event)},
                       {"at", moment(f.at)},
                       {"value", json::optional(f.value, number)},
                       {"limit", json::optional(f.limit, number)},
                       {"consequence", code(consequences, f.consequence)},
                       {"text", json::text(f.text)},
                       {"action", json::text(f.action)},
                       {"answer", code(answers, f.answer)},
                       {"answered_by", json::text(f.answered_by)},
                       {"open", json::boolean(f.is_open())},
                       {"waits", json::boolean(f.waits())},
                       {"after_end", json::boolean(f.after_end)},
                       {"source", provenance(f.source)}});
}

Node vitals(const care::VitalsDue& v) {
  return json::object({{"what", json::text(v.what)},
                       {"due", moment(v.due)},
                       {"state", code(vitals_states, v.state)},
                       {"taken", json::optional(v.taken, moment)},
                       {"source", provenance(v.source)}});
}

Node criterion(const care::DischargeCriterion& c) {
  return json::object({{"id", json::text(c.id)},
                       {"met", code(mets, c.met)},
                       {"text", json::text(c.text)},
                       {"source", provenance(c.source)}});
}

Node flowsheet_node(const care::Flowsheet& sheet) {
  const auto mass = [](DrugMass m) { return computed(m.in(units::mg)); };
  return json::object({{"start", moment(sheet.start)},
                       {"ended", json::optional(sheet.ended, moment)},
                       {"ordered_base_mg", json::number(sheet.order.dose.mg)},
                       {"ordered_length_min", computed(sheet.order.length.in(units::min))},
                       {"drug", json::text(care::drug_text(sheet.order.drug))},
                       {"route", json::text(care::route_words(sheet.order.route))},
                       {"given_base_mg", json::optional(sheet.so_far, mass)},
                       {"left_base_mg", json::optional(sheet.left, mass)},
                       {"rate_base_mg_per_h", computed(sheet.rate.in(units::mg / units::h))},
                       {"paused", json::boolean(sheet.paused)},
                       {"note", json::text(sheet.dose_note)},
                       {"hold_asked", json::boolean(sheet.hold_asked)},
                       {"stop_asked", json::boolean(sheet.stop_asked)},
                       {"firings", json::list_of(sheet.firings, firing)},
                       {"vital_signs_due", json::list_of(sheet.vitals, vitals)},
                       {"observe_until", json::optional(sheet.observe_until, moment)},
                       {"may_discharge", json::boolean(care::may_discharge(sheet))},
                       {"discharge", json::list_of(sheet.discharge, criterion)}});
}

}  // namespace

std::string_view state_code(const care::SessionState& state) {
  return states[state.index()];
}

std::string session_json(const SessionReport& report) {
  return json::dump_indented(
             json::object({{"schema", json::text("evenkeel.session/1")},
                           {"patient", json::text(report.patient)},
                           {"session", json::text(report.session)},
                           {"protocol", json::text(report.protocol)},
                           {"now", moment(report.now)},
                           {"state", json::text(state_code(report.state))},
                           {"ended", json::boolean(care::is_final(report.state))},
                           {"gates", json::list_of(report.gates, gate)},
                           {"flowsheet", json::optional(report.flowsheet, flowsheet_node)}})) +
         "\n";
}

}  // namespace evenkeel::report
