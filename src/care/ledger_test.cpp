// R4, R17: what the controlled-drug ledger takes, and what it refuses and why.
#include <gtest/gtest.h>

#include "support/ledger_events.hpp"

namespace evenkeel::care::ledger {
namespace {

using namespace ledger_test;

// Ten vials, one of them taken and 3.5 mL of it drawn up.
Desk after_a_draw() {
  Desk desk;
  desk.then(0, received()).then(60, taken()).then(61, drawn());
  return desk;
}

// The field and a part of the reason, and the ledger as it was.
void expect_refused(Desk desk, double at, Body body, std::string_view where, std::string_view why) {
  const auto size = desk.ledger().size();
  const Decimal held = desk.lot().held_mL();
  const auto added = desk.add(at, std::move(body));
  ASSERT_FALSE(added);
  EXPECT_EQ(added.error().where, where) << added.error().what;
  EXPECT_NE(added.error().what.find(why), std::string::npos) << added.error().what;
  EXPECT_EQ(desk.ledger().size(), size);
  EXPECT_EQ(desk.lot().held_mL(), held);
}

TEST(Ledger, ADayOfOneVialAddsUp) {
  Desk desk = after_a_draw();
  desk.then(70, given("d1", "3.0")).then(75, wasted_draw("d1", "0.5")).then(400, wasted_vial("v1", "6.5"));
  desk.then(401, counted(9));
  const LotBook& lot = desk.lot();
  EXPECT_EQ(lot.vials, 9);
  EXPECT_EQ(lot.held_mL(), dec("90"));
  EXPECT_EQ(lot.given_mL, dec("3"));
  EXPECT_EQ(lot.wasted_mL, dec("7"));
  EXPECT_TRUE(lot.counts.back().agrees());
  EXPECT_TRUE(is_conserved(lot));
}

TEST(Ledger, NothingLeavesThatIsNotThere) {
  const Desk desk = after_a_draw();
  expect_refused(desk, 62, taken("v2", "L9"), "body.lot", "no lot 'L9' was received here");
  expect_refused(desk, 62, drawn("d2", "1", "v9"), "body.vial", "no vial 'v9'");
  expect_refused(desk, 62, drawn("d2", "6.501"), "body.volume", "the book has 6.5 mL");
  expect_refused(desk, 62, given("d1", "3.501"), "body.volume", "the book has 3.5 mL");
  expect_refused(desk, 62, given("d9", "1"), "body.draw", "no syringe 'd9'");
  expect_refused(desk, 62, wasted_draw("d1", "4"), "body.volume", "the book has 3.5 mL");
  expect_refused(desk, 62, wasted_vial("v1", "7"), "body.volume", "the book has 6.5 mL");
  expect_refused(desk, 62, Destroyed{"L1", 10, "expired", "", "ann", "bob"}, "body.vials", "the book has 9");
  expect_refused(desk, 62, ReturnedToSupplier{"L1", 10, "wholesaler", "r-1", "ann", "bob"}, "body.vials",
                 "the book has 9");
}

TEST(Ledger, GivenAndWastedTogetherAreNoMoreThanDrawn) {
  Desk desk = after_a_draw();
  desk.then(62, given("d1", "2")).then(63, wasted_draw("d1", "1"));
  expect_refused(desk, 64, given("d1", "0.6"), "body.volume", "the book has 0.5 mL");
  expect_refused(desk, 64, wasted_draw("d1", "0.501"), "body.volume", "the book has 0.5 mL");
}

// R4: the second person is another one, however the name is written.
TEST(Ledger, ASecondPersonIsAnotherPerson) {
  const Desk desk = after_a_draw();
  auto alone = wasted_draw("d1", "1");
  alone.witness = "";
  expect_refused(desk, 62, alone, "body.witness", "a second person");
  alone.witness = "ANN";
  expect_refused(desk, 62, alone, "body.witness", "cannot be the second person");
  auto unread = drawn("d2", "1");
  unread.checker = "ann";
  expect_refused(desk, 62, unread, "body.checker", "cannot be the second person");
  auto count = counted(9);
  count.witness = count.by;
  expect_refused(desk, 62, count, "body.witness", "cannot be the second person");
  auto delivery = received("L2");
  delivery.witness = "Ann";
  expect_refused(desk, 62, delivery, "body.witness", "cannot be the second person");
  expect_refused(desk, 62, Destroyed{"L1", 1, "broken", "", "ann", "ann"}, "body.witness",
                 "cannot be the second person");
  expect_refused(desk, 62, VialReturned{"v1", "ann", ""}, "body.witness", "a second person");
  auto nobody = given("d1", "1");
  nobody.by = "";
  expect_refused(desk, 62, nobody, "body.by", "not said who");
}

TEST(Ledger, AnAmountIsAnAmount) {
  const Desk desk = after_a_draw();
  expect_refused(desk, 62, given("d1", "0"), "body.volume", "above 0");
  expect_refused(desk, 62, given("d1", "-1"), "body.volume", "above 0");
  expect_refused(desk, 62, given("d1", "0.0005"), "body.volume", "finer than 0.001 mL");
  expect_refused(desk, 62, drawn("d2", "1001"), "body.volume", "more than can be meant");
  expect_refused(desk, 62, Destroyed{"L1", 0, "expired", "", "ann", "bob"}, "body.vials", "from 1");
  expect_refused(desk, 62, counted(-1), "body.vials", "from 0");
  expect_refused(desk, 62, counted(9, {{"v1", dec("-0.1")}}), "body.part_vials", "not below 0");
  auto strong = received("L2");
  strong.strength.mg_per_mL = dec("0");
  expect_refused(desk, 62, strong, "body.strength", "outside 0");
  auto neither = wasted_draw("", "1");
  expect_refused(desk, 62, neither, "body", "one of them");
  auto both = wasted_draw("d1", "1");
  both.vial = "v1";
  expect_refused(desk, 62, both, "body", "one of them");
}

TEST(Ledger, NamesAndTimesAreHeldTo) {
  const Desk desk = after_a_draw();
  expect_refused(desk, 62, taken("v1"), "body.vial", "a vial 'v1' already");
  expect_refused(desk, 62, drawn("d1", "1"), "body.draw", "a syringe 'd1' already");
  expect_refused(desk, 30, given("d1", "1"), "recorded_at", "out of order");
  Desk late = desk;
  auto before = late.add(30, given("d1", "1"), 60);
  ASSERT_FALSE(before);
  EXPECT_NE(before.error().what.find("had not been drawn up by then"), std::string::npos);
  Ledger other{"site-b"};
  EXPECT_EQ(other.add({"e1", "site-a", zero, zero, "ann", received()}).error().where, "site");
  Ledger twice{"site-a"};
  ASSERT_TRUE(twice.add({"e1", "site-a", zero, zero, "ann", received()}));
  EXPECT_EQ(twice.add({"e1", "site-a", zero, zero, "ann", taken()}).error().where, "id");
  EXPECT_EQ(twice.add({"e2", "site-a", minute(1), zero, "ann", taken()}).error().where, "recorded_at");
}

TEST(Ledger, AnExpiredLotIsNotUsed) {
  Desk desk;
  auto old = received();
  old.expires = date(1);
  desk.then(0, old).then(10, taken());
  const double after = 2.0 * 24 * 60;
  desk.then(24 * 60, drawn("d1", "1"));  // the last day is a day of use
  expect_refused(desk, after, drawn("d2", "1"), "at", "expired on 2026-03-03");
  expect_refused(desk, after, taken("v2"), "at", "expired");
  EXPECT_TRUE(desk.add(after, Destroyed{"L1", 9, "expired", "c-1", "ann", "bob"}));
  EXPECT_TRUE(desk.add(after, wasted_vial("v1", "9")));
  EXPECT_EQ(desk.lot().held_mL(), dec("1"));
}

TEST(Ledger, ALotIsOneThing) {
  const Desk desk = after_a_draw();
  auto again = received("L1", 5);
  Desk more = desk;
  more.then(62, again);
  EXPECT_EQ(more.lot().vials, 14);
  again.strength.form = DrugForm::hydrochloride;
  expect_refused(desk, 62, again, "body.lot", "received before as 10 mL of 10 mg/mL base");
  again = received("L1", 5);
  again.expires = date(10);
  expect_refused(desk, 62, again, "body.lot", "one drug, strength, size and expiry");
  expect_refused(desk, 62, received("L1", 99'999), "body.vials", "more than 100000");
}

TEST(Ledger, OnlyAWholeVialGoesBack) {
  Desk desk = after_a_draw();
  expect_refused(desk, 62, VialReturned{"v1", "ann", "bob"}, "body.vial", "is not whole");
  desk.then(62, taken("v2")).then(63, VialReturned{"v2", "ann", "bob"});
  EXPECT_EQ(desk.lot().vials, 9);
  expect_refused(desk, 64, drawn("d2", "1", "v2"), "body.vial", "went back to the stock");
  expect_refused(desk, 64, counted(9, {{"v2", dec("10")}}), "body.part_vials", "went back");
  EXPECT_TRUE(is_conserved(desk.lot()));
}

// What was written down late counts where it happened: here it explains what the count had found.
TEST(Ledger, ALateEntryExplainsACount) {
  Desk desk = after_a_draw();
  desk.then(100, counted(9, {{"v1", dec("4.5")}}));
  EXPECT_EQ(desk.lot().counts[0].found_mL, dec("-2"));
  auto late = drawn("d2", "2");
  desk.then(90, late, 30);
  EXPECT_TRUE(desk.lot().counts[0].agrees());
  EXPECT_EQ(desk.lot().held_mL(), dec("100"));
  EXPECT_TRUE(is_conserved(desk.lot()));
}

TEST(Ledger, ALateEntryThatUndoesALaterOneIsRefusedWithItsName) {
  Desk desk = after_a_draw();
  desk.then(100, drawn("d2", "6"));
  const auto added = desk.add(90, drawn("d3", "1"), 20);
  ASSERT_FALSE(added);
  EXPECT_NE(added.error().what.find("with it 'e4'"), std::string::npos) << added.error().what;
  EXPECT_EQ(desk.lot().draws.size(), 2U);
}

// R6: what was wrong stays readable and counts no longer.
TEST(Ledger, ACorrectionTakesAnEventOutOfTheBooksAndLeavesItInTheList) {
  Desk desk = after_a_draw();
  desk.then(70, given("d1", "3.5")).then(80, EnteredInError{"e4", "it was 3.0 mL"});
  EXPECT_TRUE(desk.ledger().in_error("e4"));
  EXPECT_EQ(desk.ledger().size(), 5U);
  EXPECT_EQ(desk.lot().given_mL, dec("0"));
  desk.then(70, given("d1", "3.0"), 11);
  EXPECT_EQ(desk.lot().given_mL, dec("3"));
  expect_refused(desk, 82, EnteredInError{"e4", "again"}, "body.event", "already marked");
  expect_refused(desk, 82, EnteredInError{"e5", "a correction"}, "body.event", "is a correction");
  expect_refused(desk, 82, EnteredInError{"e99", "none"}, "body.event", "not in the ledger");
  expect_refused(desk, 82, EnteredInError{"e3", "the draw"}, "body.event", "correct those first");
  expect_refused(desk, 82, EnteredInError{"e1", "the delivery"}, "body.event", "correct those first");
}

TEST(Ledger, AfterACorrectionANameIsFreeAgain) {
  Desk desk = after_a_draw();
  desk.then(70, EnteredInError{"e3", "another vial"}).then(71, EnteredInError{"e2", "another vial"});
  EXPECT_EQ(desk.lot().vials, 10);
  desk.then(72, taken("v1")).then(73, drawn("d1", "1"));
  desk.then(74, received("L2")).then(75, EnteredInError{"e8", "not ours"});
  EXPECT_FALSE(desk.ledger().lots().contains("L2"));
}

TEST(Ledger, AsKnownAtIsWhatHadBeenWrittenDown) {
  Desk desk = after_a_draw();
  desk.then(62, given("d1", "1"), 100);
  EXPECT_EQ(desk.ledger().as_known_at(minute(161)).size(), 3U);
  EXPECT_EQ(desk.ledger().as_known_at(minute(162)).size(), 4U);
}

}  // namespace
}  // namespace evenkeel::care::ledger
