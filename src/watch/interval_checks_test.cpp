// What moves a session, and what does not: the guards of short gaps.

#include <gtest/gtest.h>

#include "support/chart.hpp"

namespace evenkeel::watch {
namespace {

using namespace test;
using care::Circumstance;
using care::MissedBecause;

// Weekly by plan; infusions on these days.
History weekly(std::initializer_list<double> days) {
  History history;
  history.add(day(0), plan("0.5", 7.0 * units::day));
  int number = 0;
  for (const double at : days) history.infuse("s" + std::to_string(++number), day(at));
  return history;
}
RuleOutcome looked_at(const History& history) {
  return watched(history, day(100), "shortening-intervals");
}
RuleOutcome with(std::initializer_list<double> days, double at, const care::Body& body) {
  History history = weekly(days);
  history.add(day(at), body);
  return looked_at(history);
}

TEST(ShorteningIntervals, SayEachGapItsDayAndThePlan) {
  const auto outcome = looked_at(weekly({1, 8, 12, 15, 19}));
  ASSERT_EQ(outcome.findings.size(), 1U);
  EXPECT_EQ(
      outcome.findings[0].text,
      "the last 3 gaps, up to 2026-03-21, are 4.0, 3.0, 4.0 days, 3.7 days on average; the plan in force at "
      "the time has 7.0");
  EXPECT_TRUE(outcome.findings[0].counts());
  EXPECT_FALSE(outcome.findings[0].yields_to_illness);  // a returning illness is the first thing to ask about
}

// A deadline runs from the gap that first sufficed: a further short one does not put it off.
TEST(ShorteningIntervals, AreFoundSinceTheFirstShortMean) {
  EXPECT_EQ(looked_at(weekly({1, 8, 12, 15, 19})).findings.at(0).since, day(15));  // 7, 4, 3
  EXPECT_EQ(looked_at(weekly({1, 8, 12, 15, 19, 22})).findings.at(0).since, day(15));
  EXPECT_EQ(looked_at(weekly({1, 8, 12, 15, 19, 40, 44, 48, 52})).findings.at(0).since, day(52));
}

TEST(ShorteningIntervals, AreExplainedByAMissedAppointmentThatWasMadeUpFor) {
  const auto outcome = with({1, 15, 18, 22, 29}, 8, care::AppointmentMissed{MissedBecause::travel, ""});
  ASSERT_EQ(outcome.findings.size(), 1U);  // 3, 4 and 7 days after one of 14
  EXPECT_EQ(outcome.findings[0].explained_by,
            "an appointment was missed (travel) on 2026-03-10, and the next one made up for it");
  EXPECT_EQ(watch::level_of(std::span{&outcome, 1}), 0);
  EXPECT_TRUE(looked_at(weekly({1, 15, 18, 22, 29})).findings.at(0).counts());  // nobody wrote why
}

TEST(ShorteningIntervals, AreNotExplainedByAnAppointmentMissedLongBefore) {
  const auto outcome =
      with({1, 15, 22, 29, 33, 36, 40}, 8, care::AppointmentMissed{MissedBecause::illness, ""});
  ASSERT_EQ(outcome.findings.size(), 1U);
  EXPECT_TRUE(outcome.findings[0].counts());
}

// A patient who stays away without a word is no reason for the next gap to be short; and a sign more must not
// lower the level.
TEST(ShorteningIntervals, AreNotExplainedByAppointmentsMissedWithoutAWord) {
  const auto outcome = with({1, 15, 18, 22, 29}, 8, care::AppointmentMissed{MissedBecause::no_word, ""});
  EXPECT_TRUE(outcome.findings.at(0).counts());
}

TEST(ShorteningIntervals, AreNotExplainedWhereTheMissedOneWasInAShortGap) {
  const auto outcome = with({1, 8, 12, 15, 19}, 10, care::AppointmentMissed{MissedBecause::travel, ""});
  EXPECT_TRUE(outcome.findings.at(0).counts());
}

TEST(ShorteningIntervals, AJourneyExplainsOneMovedSessionAndNotThree) {
  const care::CircumstanceNoted travel{Circumstance::travel, ""};
  const auto one = with({1, 8, 15, 21, 23}, 22, travel);  // 7, 6 and 2 days
  ASSERT_EQ(one.findings.size(), 1U);
  EXPECT_EQ(one.findings[0].explained_by, "travel noted on 2026-03-24, and a session was moved for it");
  const auto three = with({1, 8, 12, 15, 19}, 18, travel);
  EXPECT_TRUE(three.findings.at(0).counts());
  const auto elsewhere = with({1, 8, 15, 21, 23}, 27, travel);  // four days after it
  EXPECT_TRUE(elsewhere.findings.at(0).counts());
  const auto grief = with({1, 8, 15, 21, 23}, 22, care::CircumstanceNoted{Circumstance::bereavement, ""});
  EXPECT_TRUE(grief.findings.at(0).counts());
}

TEST(ShorteningIntervals, LateInTheCourseOneMovedSessionIsExplainedToo) {
  History history = weekly({1, 31, 61, 75, 79});
  EXPECT_TRUE(looked_at(history).findings.at(0).counts());
  history.add(day(68), care::AppointmentMissed{MissedBecause::clinic, ""});
  const auto outcome = looked_at(history);
  ASSERT_EQ(outcome.findings.size(), 1U);
  EXPECT_NE(outcome.findings[0].text.find("the last gap, from 2026-05-16 to 2026-05-20, is 4.0 days"),
            std::string::npos)
      << outcome.findings[0].text;
  EXPECT_EQ(outcome.findings[0].explained_by,
            "an appointment was missed (the clinic's doing) on 2026-05-09, and the next one made up for it");
}

}  // namespace
}  // namespace evenkeel::watch
