#include <fmt/format.h>

#include <algorithm>

#include "report/ledger_report.hpp"
#include "report/page.hpp"

namespace evenkeel::report {
namespace {

namespace books = care::ledger;

std::string when(Instant at) {
  return moment_text(at.to_string());
}

std::string_view kind_words(books::FindingKind kind) {
  switch (kind) {
    case books::FindingKind::discrepancy:
      return "Discrepancy";
    case books::FindingKind::syringe_open:
      return "Not accounted for";
    case books::FindingKind::vial_open:
      return "Vial kept open";
    case books::FindingKind::expired_stock:
      return "Expired";
    case books::FindingKind::count_overdue:
      return "Count overdue";
    case books::FindingKind::expires_soon:
      return "Expires soon";
  }
  return "";
}

void put_findings(Page& page, const books::Balance& balance) {
  page.heading("What somebody must look at");
  const auto needs = std::ranges::count_if(balance.findings, &books::LedgerFinding::needs_somebody);
  if (needs == 0)
    page.item("", "Nothing: what was counted agrees, and nothing has been left open.", 2, Tone::good);
  bool rest = false;
  for (const books::LedgerFinding& finding : balance.findings) {
    if (!finding.needs_somebody && !rest) {
      page.heading("To be known");
      rest = true;
    }
    page.item(fmt::format("- {}, lot {}: ", kind_words(finding.kind), finding.lot), finding.text, 2,
              finding.needs_somebody ? Tone::danger : Tone::plain);
  }
}

void put_lots(Page& page, const books::Balance& balance) {
  page.heading("Stock");
  if (balance.lots.empty()) {
    page.item("", "Nothing was ever received.", 2);
    return;
  }
  std::vector<std::vector<std::string>> held;
  std::vector<std::vector<std::string>> flow;
  for (const books::LotBalance& lot : balance.lots) {
    held.push_back({lot.lot, std::to_string(lot.vials), lot.in_taken_mL.to_string(),
                    lot.in_syringes_mL.to_string(), lot.held_mL.to_string(), lot.held_base_mg.to_string(),
                    lot.counted ? when(*lot.counted) : "never"});
    flow.push_back({lot.lot, lot.received_mL.to_string(), lot.given_mL.to_string(), lot.wasted_mL.to_string(),
                    lot.returned_mL.to_string(), lot.destroyed_mL.to_string(), lot.found_mL.to_string(),
                    lot.held_mL.to_string()});
  }
  page.table(
      {{"Lot", false}, {"Vials"}, {"Out mL"}, {"Drawn mL"}, {"Held mL"}, {"Base mg"}, {"Counted", false}},
      held);
  page.blank();
  page.item("", "Vials are unopened; out is what is left in vials that were taken; drawn is in syringes.", 2,
            Tone::quiet);
  page.heading("Where it went (mL)");
  page.table({{"Lot", false},
              {"Received"},
              {"Given"},
              {"Wasted"},
              {"Sent back"},
              {"Destroyed"},
              {"By counts"},
              {"Held"}},
             flow);
  page.heading("Labels");
  for (const books::LotBalance& lot : balance.lots) {
    const bool salt = lot.strength.form == care::DrugForm::hydrochloride;
    page.item(fmt::format("{}: ", lot.lot),
              fmt::format("{}, vials of {} mL, {} mg/mL of {}, use by {}; held: {} mg of {}{}",
                          drug_text(lot.drug), lot.vial_mL.to_string(), lot.strength.mg_per_mL.to_string(),
                          form_words(lot.strength.form), lot.expires.to_string(), lot.held.mg.to_string(),
                          form_words(lot.held.form),
                          salt ? ". Base is computed by 10 mg = 11.53 mg of salt and cut to 0.01 mg." : "."),
              4);
  }
}

void put_open(Page& page, const books::Balance& balance) {
  if (balance.open_draws.empty()) return;
  page.heading("Syringes neither given nor wasted");
  std::vector<std::vector<std::string>> rows;
  for (const books::OpenDraw& draw : balance.open_draws) {
    rows.push_back({draw.draw, draw.session, draw.patient, draw.open_mL.to_string(), when(draw.at),
                    span_text(draw.age), draw.by});
  }
  page.table({{"Syringe", false},
              {"Session", false},
              {"Patient", false},
              {"mL"},
              {"Drawn up", false},
              {"Age", false},
              {"By", false}},
             rows);
}

}  // namespace

std::string ledger_text(const LedgerReport& report, bool colour) {
  const books::Balance& balance = report.balance;
  Page page{colour};
  page.item("", fmt::format("Evenkeel: controlled drugs of {} at {} UTC", balance.site, when(balance.now)), 2,
            Tone::strong);
  page.item("", "A finding asks for a second look. It accuses nobody.", 2);
  if (balance.not_yet_known > 0) {
    page.item("", fmt::format("{} later entries are left out.", balance.not_yet_known), 2, Tone::warning);
  }
  for (const assess::SetAside& aside : report.set_aside)
    page.item("Set aside, and not in the sums: ", to_string(aside.error), 2, Tone::danger);
  put_findings(page, balance);
  put_lots(page, balance);
  put_open(page, balance);
  const books::Allowances& allow = balance.allowances;
  page.heading("What is allowed");
  page.item("",
            fmt::format("A syringe open for {}, a vial out for {}, {} between counts, {} notice of expiry "
                        "({}: {}; {}).",
                        span_text(allow.syringe_open), span_text(allow.vial_open),
                        span_text(allow.between_counts), span_text(allow.expiry_notice), allow.from.source,
                        label_words(allow.from.label), allow.from.note),
            2, Tone::quiet);
  return page.take();
}

}  // namespace evenkeel::report
