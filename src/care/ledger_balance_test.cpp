// R17: what the ledger adds up to, what it finds, and that salt and base never make drug.
#include "care/ledger_balance.hpp"

#include <gtest/gtest.h>

#include <random>

#include "support/ledger_events.hpp"

namespace evenkeel::care::ledger {
namespace {

using namespace ledger_test;

constexpr double day_min = 24.0 * 60.0;

std::vector<LedgerFinding> of_kind(const Balance& balance, FindingKind kind) {
  std::vector<LedgerFinding> found;
  for (const LedgerFinding& each : balance.findings) {
    if (each.kind == kind) found.push_back(each);
  }
  return found;
}

bool says(const LedgerFinding& finding, std::string_view text) {
  return finding.text.find(text) != std::string::npos;
}

TEST(LedgerBalance, SaysWhatIsHeldWhere) {
  Desk desk;
  desk.then(0, received()).then(1, salt_received()).then(60, taken("v1", "S1")).then(61, drawn("d1", "0.7"));
  const auto made = desk.at(62);
  ASSERT_EQ(made.lots.size(), 2U);
  EXPECT_EQ(made.lots[0].held.mg, dec("1000"));
  EXPECT_EQ(made.lots[0].held_base_mg, dec("1000"));
  const LotBalance& salt = made.lots[1];
  EXPECT_EQ(salt.vials, 9);
  EXPECT_EQ(salt.in_taken_mL, dec("9.3"));
  EXPECT_EQ(salt.in_syringes_mL, dec("0.7"));
  EXPECT_EQ(salt.held.mg, dec("5000"));
  EXPECT_EQ(salt.held_base_mg, dec("4336.51"));  // 5000 / 1.153 = 4336.513...
  ASSERT_EQ(made.open_draws.size(), 1U);
  EXPECT_EQ(made.open_draws[0].open_mL, dec("0.7"));
  EXPECT_TRUE(made.findings.empty());
}

// With who, when, how much, since when, and who had it in hand between the two counts.
TEST(LedgerBalance, ADiscrepancySaysWhoWhenHowMuchAndSinceWhen) {
  Desk desk;
  desk.then(0, received()).then(10, counted(10)).then(60, taken()).then(61, drawn());
  desk.then(62, given()).then(300, counted(9, {{"v1", dec("4.5")}}));
  const auto found = of_kind(desk.at(301), FindingKind::discrepancy);
  ASSERT_EQ(found.size(), 1U);
  const LedgerFinding& one = found[0];
  EXPECT_TRUE(one.needs_somebody);
  EXPECT_EQ(one.of, "e6");
  EXPECT_EQ(one.volume_mL, dec("-2"));
  EXPECT_EQ(one.since, minute(10));
  EXPECT_EQ(one.people, (std::vector<std::string>{"cas", "dee"}));
  EXPECT_EQ(one.handled_by, (std::vector<std::string>{"ann", "bob"}));
  EXPECT_TRUE(says(one, "2.0 mL are missing")) << one.text;
  EXPECT_TRUE(says(one, "vial v1: 4.5 mL where the book has 6.5 mL")) << one.text;
  EXPECT_TRUE(says(one, "Since the count of 2026-03-02T09:10:00Z it was handled by ann and bob."))
      << one.text;
  EXPECT_TRUE(is_conserved(desk.lot()));
}

TEST(LedgerBalance, AVialTooManyAndAVialMissingAreBothFound) {
  Desk desk;
  desk.then(0, received()).then(10, counted(9)).then(20, counted(10));
  const auto found = of_kind(desk.at(30), FindingKind::discrepancy);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_TRUE(says(found[0], "10 mL are missing") &&
              says(found[0], "unopened vials: 9 where the book has 10"));
  EXPECT_TRUE(says(found[1], "10 mL too many"));
  EXPECT_EQ(desk.lot().found_mL, dec("0"));
}

// A full vial that is found open where the book has it closed: the sum agrees, and it is found all the same.
TEST(LedgerBalance, TheRightSumInTheWrongPlaceIsADiscrepancy) {
  Desk desk;
  desk.then(0, received()).then(1, taken()).then(2, wasted_vial("v1", "10"));
  desk.then(10, counted(8, {{"v1", dec("10")}}));
  const auto found = of_kind(desk.at(11), FindingKind::discrepancy);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].volume_mL, dec("0"));
  EXPECT_TRUE(says(found[0], "the sum agrees, its places do not")) << found[0].text;
}

TEST(LedgerBalance, AReviewAnswersTheDifferenceThatItNamesAndNoOther) {
  Desk desk;
  desk.then(0, received()).then(1, taken()).then(10, counted(9, {{"v1", dec("8")}}));
  EXPECT_EQ(desk.add(11, DiscrepancyReviewed{"e3", dec("-1"), "spilt", "dr-a", "bob"}).error().where,
            "body.volume");
  EXPECT_EQ(desk.add(11, DiscrepancyReviewed{"e2", dec("-2"), "spilt", "dr-a", "bob"}).error().where,
            "body.count");
  EXPECT_EQ(desk.add(11, DiscrepancyReviewed{"e3", dec("-2"), "spilt", "dr-a", "dr-a"}).error().where,
            "body.witness");
  desk.then(11, DiscrepancyReviewed{"e3", dec("-2.0"), "spilt", "dr-a", "bob"});
  auto found = of_kind(desk.at(12), FindingKind::discrepancy);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_FALSE(found[0].needs_somebody);
  EXPECT_EQ(found[0].review, "e4");
  // Something comes to light that happened before the count: what was answered is not what is found now.
  desk.then(5, wasted_vial("v1", "0.5"), 10);
  found = of_kind(desk.at(16), FindingKind::discrepancy);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_TRUE(found[0].needs_somebody);
  EXPECT_EQ(found[0].volume_mL, dec("-1.5"));
}

TEST(LedgerBalance, WhatStaysTooLongIsFound) {
  Desk desk;
  desk.then(0, received()).then(60, taken()).then(60, drawn());
  EXPECT_TRUE(desk.at(60 + 240).findings.empty());
  auto found = of_kind(desk.at(60 + 241), FindingKind::syringe_open);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_TRUE(says(found[0], "3.5 mL of syringe d1, drawn up for session s1 by ann")) << found[0].text;
  desk.then(302, given());
  EXPECT_TRUE(of_kind(desk.at(303), FindingKind::syringe_open).empty());
  EXPECT_TRUE(of_kind(desk.at(60 + 720), FindingKind::vial_open).empty());
  found = of_kind(desk.at(60 + 721), FindingKind::vial_open);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_TRUE(says(found[0], "6.5 mL are left in vial v1") && says(found[0], "waste it, with a witness"));
  EXPECT_TRUE(of_kind(desk.at(7 * day_min), FindingKind::count_overdue).empty());
  EXPECT_EQ(of_kind(desk.at(7 * day_min + 1), FindingKind::count_overdue).size(), 1U);
}

TEST(LedgerBalance, StockExpiresAtTheEndOfItsLastDay) {
  Desk desk;
  auto soon = received();
  soon.expires = date(20);
  desk.then(0, soon);
  const Instant end = date(20).start() + 24.0 * units::h;
  auto before = balance(desk.ledger(), end - 1.0 * units::s);
  ASSERT_EQ(of_kind(before, FindingKind::expires_soon).size(), 1U);
  EXPECT_FALSE(of_kind(before, FindingKind::expires_soon)[0].needs_somebody);
  EXPECT_TRUE(of_kind(before, FindingKind::expired_stock).empty());
  EXPECT_EQ(of_kind(balance(desk.ledger(), end), FindingKind::expired_stock).size(), 1U);
}

TEST(SessionAccount, DrawnIsGivenWastedAndOpen) {
  Desk desk;
  desk.then(0, received()).then(1, taken()).then(2, drawn("d1", "3")).then(3, drawn("d2", "1.5"));
  desk.then(4, given("d1", "2.5")).then(5, wasted_draw("d1", "0.5")).then(6, given("d2", "1"));
  const auto account = session_account(desk.ledger(), "s1");
  ASSERT_TRUE(account);
  EXPECT_EQ(account->drawn_mL, dec("4.5"));
  EXPECT_EQ(account->given_mL, dec("3.5"));
  EXPECT_EQ(account->wasted_mL, dec("0.5"));
  EXPECT_EQ(account->open_mL, dec("0.5"));
  EXPECT_FALSE(account->closed());
  EXPECT_EQ(account->given[0].mg, dec("35"));
  EXPECT_EQ(session_account(desk.ledger(), "s9").error().code, ErrorCode::not_found);
  auto other = drawn("d3", "1");
  other.patient = "p-2";
  desk.then(7, other);
  EXPECT_EQ(session_account(desk.ledger(), "s1").error().where, "patient");
}

TEST(SessionAccount, IsHeldAgainstTheRecord) {
  Desk desk;
  desk.then(0, received()).then(1, taken()).then(2, drawn()).then(4, given());
  const auto account = *session_account(desk.ledger(), "s1");
  EXPECT_TRUE(check_given(account, dec("35.0"))->agrees);
  const auto less = check_given(account, dec("36"));
  ASSERT_TRUE(less);
  EXPECT_FALSE(less->agrees);
  EXPECT_EQ(less->difference_mg, dec("-1"));
  EXPECT_NE(less->text.find("the ledger has 1.0 mg less"), std::string::npos) << less->text;
}

// 0.8 mL of 50 mg/mL hydrochloride is 34.69 mg of base; the salt's own 40 mg must never pass for it.
TEST(SessionAccount, OfASaltIsComparedAsBaseWithinTheRatiosDigits) {
  Desk desk;
  desk.then(0, salt_received())
      .then(1, taken("v1", "S1"))
      .then(2, drawn("d1", "0.8"))
      .then(4, given("d1", "0.8"));
  const auto account = *session_account(desk.ledger(), "s1");
  EXPECT_EQ(check_given(account, dec("40"))->ledger_base_mg, dec("34.6921"));
  EXPECT_TRUE(check_given(account, dec("34.7"))->agrees);
  EXPECT_TRUE(check_given(account, dec("34.69"))->agrees);
  EXPECT_FALSE(check_given(account, dec("40"))->agrees);
  EXPECT_FALSE(check_given(account, dec("34.6"))->agrees);
}

TEST(DrugForm, TenOfBaseAreElevenPointFiveThreeOfSalt) {
  EXPECT_EQ(as_hydrochloride(dec("10"))->mg, dec("11.53"));
  EXPECT_EQ(base_mg_down({dec("11.53"), DrugForm::hydrochloride}, 2), dec("10"));
  EXPECT_EQ(base_mg_down({dec("32.3"), DrugForm::hydrochloride}, 1), dec("28.0"));  // the esketamine label
}

TEST(DrugForm, GoingThereAndBackNeverMakesDrug) {
  std::mt19937_64 random{20261128};
  for (int run = 0; run < 5000; ++run) {
    const Decimal mg = *Decimal{static_cast<std::int64_t>(random() % 100'000'000)}.shifted(4);
    SCOPED_TRACE(testing::Message() << "seed 20261128, run " << run << ": " << mg.to_string());
    EXPECT_EQ(*base_mg_down(*as_hydrochloride(mg), 4), mg);
    const Decimal base = *base_mg_down({mg, DrugForm::hydrochloride}, 4);
    const Decimal back = as_hydrochloride(base)->mg;
    EXPECT_TRUE(back <= mg);
    EXPECT_TRUE(*subtract(mg, back) < dec("0.0002"));  // less than one unit of the last place is not shown
  }
}

}  // namespace
}  // namespace evenkeel::care::ledger
