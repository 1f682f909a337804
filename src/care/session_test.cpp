#include "care/session.hpp"

#include <gtest/gtest.h>

#include "support/events.hpp"

namespace evenkeel::care {
namespace {

using namespace test;
using units::h;
using units::kg;
using units::mg;

std::vector<Session> sessions_of(const History& history, Instant now = day(100)) {
  const Record record = history.record();
  return sessions(record.valid(), now);
}

DrugMass total_of(const Session& session) {
  DrugMass sum;
  for (const RateSegment& segment : session.infusion) sum += segment.amount;
  return sum;
}

Session only(const History& history, Instant now = day(100)) {
  const auto found = sessions_of(history, now);
  expects(found.size() == 1, "one session");
  return found.front();
}

// Ordered 35 mg over 40 min and recorded as `given` after 40 min.
Session given(std::string_view amount) {
  History history;
  history.add(minute(0), started("s1"));
  history.add(minute(40), ended("s1", amount));
  return only(history);
}

TEST(Sessions, AnInfusionAsOrderedIsOneSegment) {
  const Session session = given("35");
  ASSERT_EQ(session.infusion.size(), 1U);
  EXPECT_EQ(session.infusion[0].from, minute(0));
  EXPECT_EQ(session.infusion[0].until, minute(40));
  EXPECT_DOUBLE_EQ(session.infusion[0].amount.in(mg), 35.0);
  EXPECT_FALSE(session.running);
  EXPECT_TRUE(session.infusion_unknown.empty());
  EXPECT_DOUBLE_EQ(session.dose_per_body().in(mg / kg), 0.5);
  EXPECT_DOUBLE_EQ(session.highest_rate().in(mg / kg / h), 0.75);
}

TEST(Sessions, RateChangesAndPausesMakeSegments) {
  History history;
  history.add(minute(0), started("s1", "40"));  // 60 mg/h
  history.add(minute(10), rate("s1", "0"));     // 10 mg in
  history.add(minute(30), rate("s1", "30"));    // after a pause, half as fast
  history.add(minute(50), rate("s1", "120"));   // 20 mg in
  history.add(minute(55), ended("s1", "30"));   // 30 mg in
  const Session session = only(history);
  ASSERT_EQ(session.infusion.size(), 3U);
  EXPECT_EQ(session.infusion[0].until, minute(10));
  EXPECT_EQ(session.infusion[1].from, minute(30));
  EXPECT_EQ(session.infusion[1].until, minute(50));
  EXPECT_EQ(session.infusion[2].until, minute(55));
  EXPECT_NEAR(total_of(session).in(mg), 30.0, 1e-9);
  EXPECT_NEAR(session.highest_rate().in(mg / h * (1.0 / kg)), 120.0 / 70.0, 1e-9);
}

TEST(Sessions, TheRecordedTotalWinsOverWhatTheRatesAddUpTo) {
  const Session session = given("36.75");  // by the rates 35, within 5 %
  EXPECT_TRUE(session.infusion_unknown.empty());
  EXPECT_NEAR(total_of(session).in(mg), 36.75, 1e-9);
}

TEST(Sessions, ATotalBeyondFivePercentContradictsTheRates) {
  EXPECT_TRUE(given("33.34").infusion_unknown.empty());  // gap 1.66, allowed 1.667
  EXPECT_FALSE(given("33.33").infusion_unknown.empty());
  EXPECT_TRUE(given("36.84").infusion_unknown.empty());  // gap 1.84, allowed 1.842
  const Session session = given("36.85");
  EXPECT_EQ(session.infusion_unknown,
            "its rates and times add up to 35.0 mg, but 36.85 mg are recorded as given");
  EXPECT_TRUE(session.infusion.empty());
}

TEST(Sessions, HalfAMilligramIsAllowedWhereFivePercentIsLess) {
  const auto small = [](std::string_view amount) {
    History history;
    history.add(minute(0), started("s1", "4"));
    history.add(minute(40), ended("s1", amount));
    return only(history);
  };
  EXPECT_TRUE(small("3.51").infusion_unknown.empty());
  EXPECT_TRUE(small("4.49").infusion_unknown.empty());
  EXPECT_FALSE(small("3.49").infusion_unknown.empty());
  EXPECT_FALSE(small("4.51").infusion_unknown.empty());
}

// Nothing ran by the rates, so there is no time at which 0.4 mg could have been given.
TEST(Sessions, ATotalWithoutAnyTimeToRunIsUnknown) {
  History history;
  history.add(minute(0), started("s1"));
  history.add(minute(0), ended("s1", "0.4"));
  EXPECT_FALSE(only(history).infusion_unknown.empty());
  History nothing;
  nothing.add(minute(0), started("s1"));
  nothing.add(minute(0), ended("s1", "0"));
  EXPECT_TRUE(only(nothing).infusion_unknown.empty());
  EXPECT_TRUE(only(nothing).infusion.empty());
}

TEST(Sessions, AStoppedSessionKeepsItsReason) {
  History history;
  history.add(minute(0), started("s1"));
  SessionEnded end = ended("s1", "17.5");
  end.completion = Completion::stopped;
  end.reason = "nausea";
  history.add(minute(20), end);
  history.add(minute(90), discharged("s1", false));
  const Session session = only(history);
  EXPECT_TRUE(session.stopped);
  EXPECT_EQ(session.stop_reason, "nausea");
  EXPECT_EQ(session.discharged, minute(90));
  EXPECT_FALSE(session.escort);
  EXPECT_EQ(session.discharge_moaas, 5);
  EXPECT_EQ(session.amount().mg, *Decimal::parse("17.5"));
  EXPECT_EQ(session.dose().mg, Decimal{35});  // the larger of ordered and given
}

TEST(Sessions, ARunningInfusionIsAsOrderedToItsEnd) {
  History history;
  history.add(minute(0), started("s1"));
  const Session session = only(history, minute(15));
  EXPECT_TRUE(session.running);
  ASSERT_EQ(session.infusion.size(), 1U);
  EXPECT_NEAR((session.infusion[0].until - minute(40)).in(units::s), 0.0, 1e-3);
  EXPECT_NEAR(total_of(session).in(mg), 35.0, 1e-9);
}

TEST(Sessions, ASlowedInfusionRunsUntilTheOrderedAmountIsIn) {
  History history;
  history.add(minute(0), started("s1", "40"));
  history.add(minute(20), rate("s1", "30"));  // 20 mg left at half the rate: 40 min more
  const Session session = only(history, minute(25));
  ASSERT_EQ(session.infusion.size(), 2U);
  EXPECT_NEAR((session.infusion[1].until - minute(60)).in(units::s), 0.0, 1e-3);
  EXPECT_NEAR(total_of(session).in(mg), 40.0, 1e-9);
}

TEST(Sessions, APausedInfusionIsStillRunning) {
  History history;
  history.add(minute(0), started("s1"));
  history.add(minute(20), rate("s1", "0"));
  const Session session = only(history, day(1));
  EXPECT_TRUE(session.running);
  EXPECT_NEAR(total_of(session).in(mg), 17.5, 1e-9);
}

TEST(Sessions, AnEndThatWasNeverRecordedIsSaid) {
  History history;
  history.add(minute(0), started("s1"));
  EXPECT_TRUE(only(history, minute(39.9)).running);
  const Session session = only(history, minute(41));
  EXPECT_FALSE(session.running);
  EXPECT_EQ(session.infusion_unknown, "the end of the infusion is not recorded");
  EXPECT_TRUE(session.infusion.empty());
  EXPECT_DOUBLE_EQ(session.highest_rate().in(mg / kg / h), 0.75);  // as ordered
}

// Its end was entered in error, so by its last rate it would have run into the next infusion.
TEST(Sessions, AnInfusionWithoutAnEndDoesNotRunIntoTheNextOne) {
  History history;
  history.add(minute(0), started("s1"));
  history.add(minute(10), rate("s1", "1"));
  const std::string end = history.add(minute(40), ended("s1", "9"));
  history.add(minute(60), started("s2"));
  history.add(minute(61), EnteredInError{end, "typing"});
  const auto found = sessions_of(history, minute(70));
  ASSERT_EQ(found.size(), 2U);
  EXPECT_FALSE(found[0].running);
  EXPECT_EQ(found[0].infusion_unknown, "the end of the infusion is not recorded");
  EXPECT_TRUE(found[1].running);
}

TEST(Sessions, ComeByStartAndCorrectedOnesAreGone) {
  History history;
  history.infuse("b", day(1));
  const std::string wrong = history.infuse("c", day(2));
  history.infuse("a", day(3));
  history.add(day(4), EnteredInError{wrong, "wrong patient"});
  const auto found = sessions_of(history);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].id, "b");
  EXPECT_EQ(found[1].id, "a");
}

TEST(Sessions, UnnamedVitalsGoToTheSessionTheyWereTakenAround) {
  History history;
  history.add(minute(-61), pressure("", 120));
  history.add(minute(-60), pressure("", 121));
  history.infuse("s1", minute(0));
  history.add(minute(40 + 240), pressure("", 122));
  history.add(minute(40 + 241), pressure("", 123));
  const Session session = only(history);
  ASSERT_EQ(session.vitals.size(), 2U);
  EXPECT_EQ(session.vitals[0].signs.systolic_mmHg, 121);
  EXPECT_EQ(session.vitals[1].signs.systolic_mmHg, 122);
}

// With the end not yet read, the ordered length stood for it and a reading at five hours was left out.
TEST(Sessions, UnnamedVitalsOfALongSessionAreHeldAgainstItsRecordedEnd) {
  History history;
  history.add(minute(0), started("s1"));
  history.add(minute(20), rate("s1", "0"));
  history.add(minute(300), pressure("", 130));
  history.add(minute(320), ended("s1", "17.5"));
  EXPECT_EQ(only(history).vitals.size(), 1U);
}

// Two sessions on one day: by name "s1" would take the reading just before "s2".
TEST(Sessions, UnnamedVitalsGoToTheNearerOfTwoSessions) {
  History history;
  history.infuse("s1", minute(0));
  history.add(minute(50), pressure("", 120));
  history.add(minute(195), pressure("", 125));
  history.infuse("s2", minute(200));
  const auto found = sessions_of(history);
  ASSERT_EQ(found.size(), 2U);
  ASSERT_EQ(found[0].vitals.size(), 1U);
  EXPECT_EQ(found[0].vitals[0].signs.systolic_mmHg, 120);
  ASSERT_EQ(found[1].vitals.size(), 1U);
  EXPECT_EQ(found[1].vitals[0].signs.systolic_mmHg, 125);
}

TEST(Sessions, VitalsComeByTimeWhenWrittenLater) {
  History history;
  history.add(minute(0), started("s1"));
  history.add(minute(20), pressure("s1", 130));
  history.add(minute(10), pressure("s1", 125));
  const Session session = only(history, minute(30));
  ASSERT_EQ(session.vitals.size(), 2U);
  EXPECT_EQ(session.vitals[0].at, minute(10));
}

}  // namespace
}  // namespace evenkeel::care
