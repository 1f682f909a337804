#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "care/protocol_rules.hpp"
#include "report/page.hpp"
#include "report/session_report.hpp"

namespace evenkeel::report {
namespace {

using care::Consequence;
using units::mg;

std::string clock(Instant at) {
  return at.to_string().substr(11, 5);
}

Tone tone_of(const care::GateResult& gate) {
  if (gate.passes()) return Tone::good;
  if (gate.lets_start()) return Tone::warning;
  return Tone::danger;
}

std::string mark(const care::GateResult& gate) {
  if (gate.passes()) return "  ok       ";
  if (gate.decision && gate.decision->go_on) return "  decided  ";
  if (gate.lets_start()) return "  look     ";
  return gate.consequence == Consequence::decide ? "  DECIDE   " : "  BARRED   ";
}

// The gate's own words first, unless its text begins with them.
std::string gate_line(const care::GateResult& gate) {
  const std::string_view words = care::gate_words(gate.kind);
  return gate.text.starts_with(words) ? gate.text : fmt::format("{}: {}", words, gate.text);
}

void put_gate(Page& page, const care::GateResult& gate) {
  page.item(mark(gate), gate_line(gate), 11, tone_of(gate));
  if (gate.decision) {
    page.item("           ",
              fmt::format("{} decided at {} {}: {}", gate.decision->clinician, clock(gate.decision->at),
                          gate.decision->go_on ? "to go on" : "not to go on", gate.decision->reason),
              11);
  }
  if (!gate.passes() && gate.consequence == Consequence::decide && !gate.decision)
    page.item("           ", fmt::format("a clinician decides: session decide {}", gate.id), 11, Tone::quiet);
}

void put_gates(Page& page, const SessionReport& report) {
  page.heading("BEFORE THE START");
  const auto answer = care::may_start(report.gates);
  switch (answer.kind) {
    case care::StartAnswer::Kind::clear:
      page.line("  Nothing stands in the way.", Tone::good);
      break;
    case care::StartAnswer::Kind::needs_decision:
      page.line(fmt::format("  {} to be decided by a clinician before the start.", answer.open.size()),
                Tone::warning);
      break;
    case care::StartAnswer::Kind::blocked:
      page.line(fmt::format("  No start: {} in the way.", answer.open.size()), Tone::danger);
      break;
  }
  for (const care::GateResult& gate : report.gates) {
    const bool is_a_rule_that_holds = gate.passes() && gate.id != care::gate_id(gate.kind);
    if (!is_a_rule_that_holds) put_gate(page, gate);
  }
}

void put_asked(Page& page, const care::Flowsheet& sheet) {
  if (!sheet.hold_asked && !sheet.stop_asked) return;
  for (const care::Firing& firing : sheet.firings) {
    if (!firing.waits()) continue;
    const bool paused = firing.answer == care::Answer::paused;
    page.item(firing.after_end                          ? "  LOOK     "
              : firing.consequence == Consequence::stop ? "  STOP     "
                                                        : "  HOLD     ",
              fmt::format("{}: {}{}", firing.text, firing.action,
                          paused ? "; paused, waits for a clinician's decision" : ""),
              11, Tone::danger);
  }
}

void put_infusion(Page& page, const care::Flowsheet& sheet) {
  page.heading("INFUSION");
  put_asked(page, sheet);
  page.item("  ordered  ",
            fmt::format("{} mg base over {} of {}, {}", sheet.order.dose.mg.to_string(),
                        span_text(sheet.order.length), care::drug_text(sheet.order.drug),
                        care::route_words(sheet.order.route)),
            11);
  const std::string ended = sheet.ended ? ", ended " + clock(*sheet.ended) : std::string{};
  page.item("  started  ", clock(sheet.start) + ended, 11);
  if (sheet.so_far) {
    const std::string left = sheet.left ? fmt::format(", {} mg left", three_digits(sheet.left->in(mg))) : "";
    page.item("  given    ", fmt::format("{} mg{}", three_digits(sheet.so_far->in(mg)), left), 11);
  }
  if (!sheet.ended)
    page.item("  rate     ", fmt::format("{} mg/h now", three_digits(sheet.rate.in(mg / units::h))), 11);
  if (!sheet.dose_note.empty()) page.item("  !        ", sheet.dose_note, 11, Tone::warning);
}

Tone tone_of(care::VitalsState state) {
  switch (state) {
    case care::VitalsState::taken:
      return Tone::good;
    case care::VitalsState::late:
    case care::VitalsState::overdue:
      return Tone::warning;
    case care::VitalsState::missing:
      return Tone::danger;
    case care::VitalsState::to_come:
      return Tone::quiet;
  }
  return Tone::plain;
}

void put_vitals(Page& page, const care::Flowsheet& sheet) {
  page.heading("VITAL SIGNS DUE");
  for (const care::VitalsDue& due : sheet.vitals) {
    const std::string taken = due.taken ? " at " + clock(*due.taken) : std::string{};
    page.item(fmt::format("  {}    ", clock(due.due)),
              fmt::format("{}: {}{}", due.what, care::vitals_state_words(due.state), taken), 11,
              tone_of(due.state));
  }
}

void put_firings(Page& page, const care::Flowsheet& sheet) {
  if (sheet.firings.empty()) return;
  page.heading("RULES THAT FIRED");
  for (const care::Firing& firing : sheet.firings) {
    page.item(
        fmt::format("  {}    ", clock(firing.at)),
        fmt::format("{} [{}]: {}", firing.text, firing.rule, care::consequence_words(firing.consequence)), 11,
        firing.waits() ? Tone::danger : Tone::plain);
    if (firing.answer != care::Answer::not_asked) {
      const std::string by = firing.answered_by.empty() ? "" : ", " + firing.answered_by;
      page.item("           ", fmt::format("{}{}", care::answer_words(firing.answer), by), 11);
    }
    page.item("           ",
              fmt::format("source: {} ({})", firing.source.source, label_words(firing.source.label)), 11,
              Tone::quiet);
  }
}

void put_discharge(Page& page, const care::Flowsheet& sheet) {
  if (!sheet.ended) return;
  page.heading("BEFORE THE WAY HOME");
  if (sheet.observe_until) page.item("  until    ", clock(*sheet.observe_until) + ", to be observed", 11);
  for (const care::DischargeCriterion& each : sheet.discharge) {
    const bool met = each.met == care::Met::met;
    page.item(met                              ? "  ok       "
              : each.met == care::Met::unknown ? "  UNKNOWN  "
                                               : "  NOT YET  ",
              each.text, 11, met ? Tone::good : Tone::warning);
  }
}

// What the rules that fired rest on, in full.
void put_sources(Page& page, const SessionReport& report) {
  if (!report.flowsheet) return;
  std::set<std::string> cited;
  for (const care::Firing& firing : report.flowsheet->firings) cited.insert(firing.source.source);
  if (cited.empty()) return;
  page.heading("SOURCES");
  for (const auto& [key, citation] : report.sources) {
    if (cited.contains(key)) page.item(fmt::format("  {}: ", key), citation, 4, Tone::quiet);
  }
}

}  // namespace

std::string session_text(const SessionReport& report, bool colour) {
  Page page{colour};
  page.item(
      "", fmt::format("Session {} of {} {}", report.session, report.patient, care::state_words(report.state)),
      2, Tone::strong);
  page.item("",
            fmt::format("As of {} UTC, by protocol {}", moment_text(report.now.to_string()), report.protocol),
            2, Tone::quiet);
  if (!report.gates.empty()) put_gates(page, report);
  if (report.flowsheet) {
    put_infusion(page, *report.flowsheet);
    put_firings(page, *report.flowsheet);
    put_vitals(page, *report.flowsheet);
    put_discharge(page, *report.flowsheet);
  }
  put_sources(page, report);
  page.blank();
  page.item("", "Not a monitor and not an alarm: the certified monitor is. A clinician decides.", 0,
            Tone::quiet);
  return page.take();
}

}  // namespace evenkeel::report
