#include "clinic/chart.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "support/clinic_store.hpp"

namespace evenkeel::clinic {
namespace {

care::VitalSigns pulse(int per_min) {
  care::VitalSigns signs;
  signs.heart_rate_per_min = per_min;
  return signs;
}
care::SessionEnded ended(const std::string& session) {
  care::SessionEnded end;
  end.session = session;
  return end;
}

class ChartTest : public ClinicStore {
 protected:
  [[nodiscard]] Chart begun() const {
    const auto written = begin_chart("p1", {care::Contact{}, nurse.now}, nurse);
    EXPECT_TRUE(written);
    return *open_chart(*log_, "p1", nurse);
  }

  const Person desk{"desk-1", Role::front_desk, now};
  const Person prescriber{"prescriber-1", Role::prescriber, now};
};

// R8
TEST_F(ChartTest, IsTakenOutByteForByteAsItWasEntered) {
  auto chart = begun();
  ASSERT_TRUE(write(*log_, chart, {pulse(70), nurse.now}, nurse));
  const auto text = export_record(*log_, "p1", "the patient", prescriber);
  ASSERT_TRUE(text);
  std::string lines = R"({"format":"evenkeel.record","version":1,"patient":"p1"})";
  lines += "\n";
  for (const care::Event& event : chart.record.events()) lines += RecordForm::write(event) + "\n";
  EXPECT_EQ(*text, lines);
  EXPECT_EQ(audited(store::Action::exported), 1U);
}

// R5: a retry after a lost answer does not double an entry.
TEST_F(ChartTest, TheSameWordsTwiceAreOneEntry) {
  auto chart = begun();
  const Entered reading{pulse(70), nurse.now};
  const auto first = write(*log_, chart, reading, nurse);
  auto opened_again = open_chart(*log_, "p1", nurse);
  const auto again = write(*log_, *opened_again, reading, nurse);
  ASSERT_TRUE(first && again);
  EXPECT_FALSE(first->repeated);
  EXPECT_TRUE(again->repeated);
  EXPECT_EQ(again->event.id, first->event.id);
  EXPECT_EQ(opened_again->version, 2U);
}

TEST_F(ChartTest, AKeySentAgainLaterIsTheEntryThatItWrote) {
  auto chart = begun();
  const Entered reading{pulse(70), nurse.now, "key-1"};
  ASSERT_TRUE(write(*log_, chart, reading, nurse));
  Person later = nurse;
  later.now = nurse.now + 1.0 * units::h;
  const auto again = write(*log_, chart, reading, later);
  ASSERT_TRUE(again);
  EXPECT_TRUE(again->repeated);
  const auto other = write(*log_, chart, {pulse(71), nurse.now, "key-1"}, nurse);
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().where, "key");
}

TEST_F(ChartTest, TheVersionOfAnEntrySentAgainIsItsOwn) {
  auto chart = begun();
  const Entered reading{pulse(70), nurse.now, "key-1"};
  const auto first = write(*log_, chart, reading, nurse);
  ASSERT_TRUE(write(*log_, chart, {pulse(71), nurse.now, "key-2"}, nurse));
  const auto again = write(*log_, chart, reading, nurse);
  ASSERT_TRUE(first && again);
  EXPECT_EQ(first->version, 2U);
  EXPECT_EQ(again->version, 2U);
}

// Both took the time before either wrote.
TEST_F(ChartTest, TwoWhoWriteAtOneMomentAreTakenInEitherOrder) {
  auto chart = begun();
  Person a_little_later = prescriber;
  a_little_later.now = nurse.now + 0.005 * units::s;
  ASSERT_TRUE(write(*log_, chart, {pulse(70), nurse.now, "key-1"}, a_little_later));
  const auto second = write(*log_, chart, {pulse(71), nurse.now, "key-2"}, nurse);
  ASSERT_TRUE(second) << second.error().what;
  EXPECT_EQ(second->event.recorded_at, a_little_later.now);
  EXPECT_EQ(second->event.at, nurse.now);
}

TEST_F(ChartTest, AClockThatIsMinutesSlowIsRefused) {
  auto chart = begun();
  Person slow = nurse;
  slow.now = nurse.now - 2.0 * units::min;
  const auto written = write(*log_, chart, {pulse(70), slow.now}, slow);
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().where, "recorded_at");
}

// The same entry came in twice at once, and others wrote between.
TEST_F(ChartTest, AChartThatMissedAnEntryDoesNotPassForWhole) {
  auto chart = begun();
  auto behind = chart;
  ASSERT_TRUE(write(*log_, chart, {pulse(70), nurse.now, "key-1"}, nurse));
  ASSERT_TRUE(write(*log_, chart, {pulse(71), nurse.now, "key-2"}, nurse));
  const auto again = write(*log_, behind, {pulse(71), nurse.now, "key-2"}, nurse);
  ASSERT_TRUE(again);
  EXPECT_TRUE(again->repeated);
  const auto whole = followed(*log_, behind, nurse);
  ASSERT_TRUE(whole && *whole);
  EXPECT_EQ((*whole)->record.events().size(), 3U);
}

TEST_F(ChartTest, WhoReadAnOldVersionReadsAgain) {
  auto mine = begun();
  auto yours = *open_chart(*log_, "p1", prescriber);
  ASSERT_TRUE(write(*log_, mine, {pulse(70), nurse.now}, nurse));
  const auto late = write(*log_, yours, {pulse(80), nurse.now}, prescriber);
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().code, ErrorCode::stale);
  EXPECT_EQ(yours.record.size(), 1U);
}

// R5: what was refused stands in the audit as well.
TEST_F(ChartTest, WhatCannotBeTrueIsRefusedAndTheRefusalIsAudited) {
  auto chart = begun();
  const auto refused = write(*log_, chart, {ended("s9"), nurse.now}, nurse);
  ASSERT_FALSE(refused);
  EXPECT_EQ(chart.record.size(), 1U);
  EXPECT_EQ(audited(store::Action::refused), 1U);
}

// R15: a reading without a value once got in, and the record could not be opened any more.
TEST_F(ChartTest, WhatTheReaderWouldNotTakeNeverGetsIn) {
  auto chart = begun();
  for (const care::Body& body :
       {care::Body{care::VitalSigns{}}, care::Body{pulse(9999)},
        care::Body{care::PreCheck{"s1", care::Check::fasting, care::Screened::concern, ""}}}) {
    EXPECT_FALSE(write(*log_, chart, {body, nurse.now}, nurse)) << care::kind_text(body);
  }
  EXPECT_EQ(audited(store::Action::refused), 3U);
  const auto again = open_chart(*log_, "p1", nurse);
  ASSERT_TRUE(again) << to_string(again.error());
  EXPECT_EQ(again->record.size(), 1U);
}

// A name that no record can carry begins none.
TEST_F(ChartTest, ANameThatNoRecordCanCarryBeginsNone) {
  EXPECT_FALSE(begin_chart("a/b c", {care::Contact{}, nurse.now}, nurse));
  EXPECT_EQ(open_chart(*log_, "a/b c", nurse).error().code, ErrorCode::not_found);
}

// R2, R5
TEST_F(ChartTest, WhoMayNotIsDeniedAndTheDenialIsAudited) {
  auto chart = begun();
  const auto read = open_chart(*log_, "p1", admin);
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, ErrorCode::not_permitted);
  EXPECT_FALSE(open_chart(*log_, "p1", desk));
  const auto approved = write(*log_, chart, {care::PlanApproved{}, nurse.now}, nurse);
  ASSERT_FALSE(approved);
  EXPECT_NE(approved.error().what.find("permitted to: prescriber"), std::string::npos);
  EXPECT_EQ(audited(store::Action::denied), 3U);
}

// R2: the front desk checks a patient in without reading the chart.
TEST_F(ChartTest, TheFrontDeskWritesWhatItMayWithoutReading) {
  static_cast<void>(begun());
  auto chart = chart_to_write(*log_, "p1", care::SessionCheckedIn{}, desk);
  ASSERT_TRUE(chart);
  EXPECT_TRUE(write(*log_, *chart, {care::SessionCheckedIn{"s1", "chair 1"}, desk.now}, desk));
}

TEST_F(ChartTest, ARecordComesInWholeAndOnce) {
  auto chart = begun();
  ASSERT_TRUE(write(*log_, chart, {pulse(70), nurse.now}, nurse));
  care::Record other{"p2"};
  care::Event event = chart.record.events().front();
  event.patient = "p2";
  ASSERT_TRUE(other.add(event));
  const auto first = import_record(*log_, other, prescriber);
  ASSERT_TRUE(first);
  EXPECT_EQ(first->version, 1U);
  EXPECT_TRUE(import_record(*log_, other, prescriber)->repeated);
  const auto again = import_record(*log_, chart.record, prescriber);
  ASSERT_FALSE(again);
  EXPECT_FALSE(import_record(*log_, other, nurse));
}

}  // namespace
}  // namespace evenkeel::clinic
