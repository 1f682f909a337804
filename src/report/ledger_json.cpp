#include "report/json_parts.hpp"
#include "report/ledger_report.hpp"

namespace evenkeel::report {
namespace {

using json::Node;
namespace books = care::ledger;

Node at(Instant moment) {
  return json::text(moment.to_string());
}
Node digits(const Decimal& value) {
  return json::number(value);
}
Node hours(Duration length) {
  return computed(length.in(units::h));
}

Node lot_node(const books::LotBalance& lot) {
  return json::object({{"lot", json::text(lot.lot)},
                       {"drug", json::text(care::drug_text(lot.drug))},
                       {"strength_mg_mL", digits(lot.strength.mg_per_mL)},
                       {"as", json::text(care::form_words(lot.strength.form))},
                       {"vial_mL", digits(lot.vial_mL)},
                       {"expires", json::text(lot.expires.to_string())},
                       {"counted", json::optional(lot.counted, at)},
                       {"unopened_vials", json::number(static_cast<long long>(lot.vials))},
                       {"in_taken_vials_mL", digits(lot.in_taken_mL)},
                       {"in_syringes_mL", digits(lot.in_syringes_mL)},
                       {"held_mL", digits(lot.held_mL)},
                       {"held_mg", digits(lot.held.mg)},
                       {"held_base_mg", digits(lot.held_base_mg)},
                       {"received_mL", digits(lot.received_mL)},
                       {"given_mL", digits(lot.given_mL)},
                       {"wasted_mL", digits(lot.wasted_mL)},
                       {"returned_mL", digits(lot.returned_mL)},
                       {"destroyed_mL", digits(lot.destroyed_mL)},
                       {"found_by_counts_mL", digits(lot.found_mL)},
                       {"open_vials", texts_node(lot.open_vials)}});
}

Node draw_node(const books::OpenDraw& draw) {
  return json::object({{"draw", json::text(draw.draw)},
                       {"lot", json::text(draw.lot)},
                       {"session", json::text(draw.session)},
                       {"patient", json::text(draw.patient)},
                       {"by", json::text(draw.by)},
                       {"at", at(draw.at)},
                       {"open_mL", digits(draw.open_mL)},
                       {"age_h", hours(draw.age)}});
}

Node finding_node(const books::LedgerFinding& finding) {
  const auto difference = [](const books::Difference& each) {
    return json::object({{"vial", each.vial.empty() ? json::null() : json::text(each.vial)},
                         {"book_mL", digits(each.book_mL)},
                         {"counted_mL", digits(each.counted_mL)}});
  };
  const auto or_null = [](const std::string& text) { return text.empty() ? json::null() : json::text(text); };
  return json::object({{"kind", json::text(books::finding_text(finding.kind))},
                       {"needs_somebody", json::boolean(finding.needs_somebody)},
                       {"lot", json::text(finding.lot)},
                       {"of", or_null(finding.of)},
                       {"at", json::optional(finding.at, at)},
                       {"since", json::optional(finding.since, at)},
                       {"volume_mL", json::optional(finding.volume_mL, digits)},
                       {"people", texts_node(finding.people)},
                       {"handled_by", texts_node(finding.handled_by)},
                       {"differences", json::list_of(finding.differences, difference)},
                       {"review", or_null(finding.review)},
                       {"text", json::text(finding.text)}});
}

Node check_node(const books::GivenCheck& check) {
  return json::object({{"patient", json::text(check.patient)},
                       {"session", json::text(check.session)},
                       {"ledger_base_mg", json::optional(check.ledger_base_mg, digits)},
                       {"record_base_mg", json::optional(check.record_base_mg, digits)},
                       {"difference_mg", json::optional(check.difference_mg, digits)},
                       {"agrees", json::boolean(check.agrees)},
                       {"text", json::text(check.text)}});
}

Node allowances_node(const books::Allowances& allow) {
  return json::object({{"syringe_open_h", hours(allow.syringe_open)},
                       {"vial_open_h", hours(allow.vial_open)},
                       {"between_counts_h", hours(allow.between_counts)},
                       {"expiry_notice_h", hours(allow.expiry_notice)},
                       {"source", json::text(allow.from.source)},
                       {"label", json::text(label_text(allow.from.label))},
                       {"note", json::text(allow.from.note)}});
}

}  // namespace

std::string reconciled_json(const std::vector<books::GivenCheck>& checks) {
  return json::dump(json::list_of(checks, check_node));
}

std::string ledger_json(const LedgerReport& report) {
  const books::Balance& balance = report.balance;
  const auto aside = [](const assess::SetAside& each) {
    return json::object({{"line", whole(each.line)},
                         {"event", each.event.empty() ? json::null() : json::text(each.event)},
                         {"where", json::text(each.error.where)},
                         {"what", json::text(each.error.what)}});
  };
  return json::dump_indented(json::object({{"format", json::text("evenkeel.ledger-balance")},
                                           {"version", json::number(1LL)},
                                           {"site", json::text(balance.site)},
                                           {"now", at(balance.now)},
                                           {"not_yet_known", whole(balance.not_yet_known)},
                                           {"lots", json::list_of(balance.lots, lot_node)},
                                           {"open_draws", json::list_of(balance.open_draws, draw_node)},
                                           {"findings", json::list_of(balance.findings, finding_node)},
                                           {"reconciled", json::list_of(report.reconciled, check_node)},
                                           {"set_aside", json::list_of(report.set_aside, aside)},
                                           {"allowances", allowances_node(balance.allowances)}})) +
         "\n";
}

}  // namespace evenkeel::report
