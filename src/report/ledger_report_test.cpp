// What a ledger's text promises whatever the names are: 80 columns, colours only where asked for, and each
// finding with its words.
#include "report/ledger_report.hpp"

#include <gtest/gtest.h>

#include <sstream>

#include "report/page.hpp"
#include "support/ledger_events.hpp"

namespace evenkeel::report {
namespace {

using namespace ledger_test;

// Names as long as they may be, amounts as long as they can be, and every kind of finding.
LedgerReport long_report() {
  const auto name = [](char c) { return std::string(64, c); };
  Desk desk;
  auto first = salt_received(name('L'), 90'000);
  first.vial_mL = dec("999.999");
  first.strength.mg_per_mL = dec("999.999");
  desk.then(0, first).then(1, taken(name('v'), name('L')));
  auto draw = drawn(name('d'), "123.456", name('v'), name('s'));
  draw.patient = name('p');
  draw.by = name('n');
  desk.then(2, draw).then(3, counted(89'998, {{name('v'), dec("0.001")}}, name('L')));
  auto soon = received("L2");
  soon.expires = date(40);
  desk.then(4, soon);
  auto old = received("L3");
  old.expires = date(1);
  desk.then(5, old);
  LedgerReport report{desk.at(20.0 * 24 * 60), {}};
  report.set_aside.push_back({7, "", {ErrorCode::invalid_input, "line 7: body", std::string(200, 'x')}});
  return report;
}

TEST(LedgerText, KeepsToEightyColumnsAndSaysEveryKindOfFinding) {
  const auto report = long_report();
  const std::string text = ledger_text(report, false);
  std::istringstream in{text};
  for (std::string line; std::getline(in, line);) EXPECT_LE(width(line), 80U) << line;
  for (const char* words : {"Discrepancy", "Not accounted for", "Vial kept open", "Expired", "Count overdue",
                            "Expires soon", "Set aside, and not in the sums"})
    EXPECT_NE(text.find(words), std::string::npos) << words;
  std::set<care::ledger::FindingKind> kinds;
  for (const auto& finding : report.balance.findings) kinds.insert(finding.kind);
  EXPECT_EQ(kinds.size(), 6U);
}

TEST(LedgerText, HasColoursOnlyWhereTheyAreAskedFor) {
  const auto report = long_report();
  EXPECT_EQ(ledger_text(report, false).find('\033'), std::string::npos);
  EXPECT_NE(ledger_text(report, true).find('\033'), std::string::npos);
}

TEST(LedgerText, OfAnEmptyLedgerSaysThatNothingWasReceived) {
  const std::string text = ledger_text({Desk{}.at(0), {}}, false);
  EXPECT_NE(text.find("Nothing was ever received."), std::string::npos);
}

}  // namespace
}  // namespace evenkeel::report
