// The session of a protocol: gates and vital signs before the start, rules during it, discharge.

#include "content/protocol_parts.hpp"

namespace evenkeel::content {
namespace {

using care::Consequence;
using care::GateKind;
using json::Reader;

constexpr std::pair<std::string_view, care::Vital> vitals[] = {
    {"systolic", care::Vital::systolic},     {"diastolic", care::Vital::diastolic},
    {"heart_rate", care::Vital::heart_rate}, {"spo2", care::Vital::spo2},
    {"moaas", care::Vital::moaas},           {"respiratory_rate", care::Vital::respiratory_rate}};
constexpr std::pair<std::string_view, bool> sides[] = {{"above", true}, {"below", false}};

// Above this a limit of the vital sign can only be a slip.
int highest_limit(care::Vital vital) {
  switch (vital) {
    case care::Vital::spo2:
      return 100;
    case care::Vital::moaas:
      return 5;
    case care::Vital::respiratory_rate:
      return 99;
    case care::Vital::systolic:
    case care::Vital::diastolic:
    case care::Vital::heart_rate:
      return 350;
  }
  return 0;
}

std::vector<care::VitalRule> read_vital_rules(Reader list, const Header& header, bool before_start,
                                              UniqueIds& ids) {
  constexpr std::pair<std::string_view, Consequence> before[] = {
      {"advise", Consequence::advise}, {"decide", Consequence::decide}, {"block", Consequence::block}};
  constexpr std::pair<std::string_view, Consequence> during[] = {
      {"advise", Consequence::advise}, {"hold", Consequence::hold}, {"stop", Consequence::stop}};
  std::vector<care::VitalRule> rules;
  for (Reader place : list.items()) {
    if (!place.object({"id", "vital", "when", "limit", "consequence", "action"}, {"lasting"})) continue;
    care::VitalRule rule;
    rule.id = place["id"].name();
    ids.add(place["id"], rule.id);
    rule.vital = place["vital"].one_of(vitals);
    rule.when_above = place["when"].one_of(sides);
    rule.value =
        whole_number(place["limit"], header, care::vital_unit(rule.vital), 0, highest_limit(rule.vital));
    rule.consequence = place["consequence"].one_of(before_start ? before : during);
    if (place.has("lasting")) rule.lasting = time_above_zero(place["lasting"], header);
    if (before_start && rule.lasting) place["lasting"].fault("before a start the last reading counts");
    rule.action = place["action"].text(300);
    rules.push_back(std::move(rule));
  }
  return rules;
}

bool has_age(GateKind kind) {
  return kind == GateKind::weight_today || kind == GateKind::blood_pressure ||
         kind == GateKind::suicide_screen || kind == GateKind::dispensing_check;
}

GateKind read_gate_kind(Reader place) {
  const std::string text = place.text(60);
  std::string allowed;
  for (int i = static_cast<int>(GateKind::identity); i <= static_cast<int>(GateKind::eligibility); ++i) {
    const auto kind = static_cast<GateKind>(i);
    if (care::gate_id(kind) == text) return kind;
    allowed += (allowed.empty() ? "" : ", ") + std::string(care::gate_id(kind));
  }
  if (!text.empty()) place.fault(fmt::format("'{}' is not known here; allowed: {}", text, allowed));
  return GateKind::identity;
}

care::Gate read_gate(Reader place, const Header& header) {
  constexpr std::pair<std::string_view, Consequence> consequences[] = {{"decide", Consequence::decide},
                                                                       {"block", Consequence::block}};
  care::Gate gate;
  const auto before = place.faults();
  gate.kind = read_gate_kind(place["kind"]);
  gate.consequence = place["consequence"].one_of(consequences);
  gate.source = read_provenance(place, header);
  if (place.has("not_older_than")) gate.not_older_than = time_above_zero(place["not_older_than"], header);
  if (place.has("instruments")) {
    for (Reader each : place["instruments"].items(1)) gate.instruments.push_back(each.name());
  }
  if (place.faults() != before) return gate;
  if (has_age(gate.kind) != gate.not_older_than.has_value()) {
    place.fault(fmt::format("{}: {}", care::gate_id(gate.kind),
                            has_age(gate.kind) ? "'not_older_than' is missing"
                                               : "'not_older_than' does not belong to this gate"));
  }
  if ((gate.kind == GateKind::suicide_screen) != !gate.instruments.empty())
    place.fault("'instruments' belongs to the gate suicide_screen, and only there");
  return gate;
}

std::vector<care::Gate> read_gates(Reader list, const Header& header, UniqueIds& ids) {
  std::vector<care::Gate> gates;
  const auto before = list.faults();
  for (Reader place : list.items()) {
    if (!place.object({"kind", "consequence", "source", "label"}, {"not_older_than", "instruments", "note"}))
      continue;
    gates.push_back(read_gate(place, header));
    ids.add(place["kind"], std::string(care::gate_id(gates.back().kind)));
  }
  if (list.faults() != before) return gates;
  for (const GateKind kind : {GateKind::identity, GateKind::consent, GateKind::plan_in_force}) {
    const auto found = std::ranges::find(gates, kind, &care::Gate::kind);
    if (found == gates.end() || found->consequence != Consequence::block)
      list.fault(fmt::format("the gate {} is missing or does not block: no session starts without it",
                             care::gate_id(kind)));
  }
  return gates;
}

care::DischargeRules read_discharge(Reader place, const Header& header) {
  care::DischargeRules rules;
  if (!place.object({"after_end", "moaas", "escort", "suicide_screen", "source", "label"},
                    {"after_start", "scored", "note"}))
    return rules;
  rules.after_end = time_from_zero(place["after_end"], header);
  if (place.has("after_start")) rules.after_start = time_above_zero(place["after_start"], header);
  rules.moaas = whole_number(place["moaas"], header, "of 5", 0, 5);
  if (Reader scored = place["scored"];
      scored.node() != nullptr && scored.object({"instrument", "least_total"})) {
    rules.instrument = scored["instrument"].name();
    rules.least_total = whole_number(scored["least_total"], header, "points", 1, 1000);
  }
  rules.escort = place["escort"].boolean();
  rules.suicide_screen = place["suicide_screen"].boolean();
  rules.source = read_provenance(place, header);
  return rules;
}

}  // namespace

void read_session(Reader place, const Header& header, care::Protocol& out) {
  if (!place.object({"gates", "before_start", "vitals_every", "vitals_late_after", "vitals_after_end",
                     "during", "signs", "discharge"})) {
    return;
  }
  constexpr std::pair<std::string_view, Consequence> consequences[] = {{"hold", Consequence::hold},
                                                                       {"stop", Consequence::stop}};
  UniqueIds ids;
  care::SessionRules& session = out.session;
  session.gates = read_gates(place["gates"], header, ids);
  session.before_start = read_vital_rules(place["before_start"], header, true, ids);
  session.vitals_every = time_above_zero(place["vitals_every"], header);
  session.vitals_late_after = time_from_zero(place["vitals_late_after"], header);
  for (Reader each : place["vitals_after_end"].items(1)) {
    const auto time = time_from_zero(each, header);
    if (!session.vitals_after_end.empty() && !(time.value > session.vitals_after_end.back().value))
      each["value"].fault("times after the end rise from one to the next");
    session.vitals_after_end.push_back(time);
  }
  session.during = read_vital_rules(place["during"], header, false, ids);
  session.signs = read_signs(place["signs"], header, consequences, ids);
  session.discharge = read_discharge(place["discharge"], header);
  const bool screened =
      std::ranges::find(session.gates, GateKind::suicide_screen, &care::Gate::kind) != session.gates.end();
  if (session.discharge.suicide_screen && !screened)
    place["discharge"]["suicide_screen"].fault(
        "asks again by an instrument of the gate suicide_screen; add it");
}

}  // namespace evenkeel::content
