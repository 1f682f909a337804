// Asking sooner or stronger, and what craving says beside the illness: at the shipped thresholds and around
// them.

#include <gtest/gtest.h>

#include "support/chart.hpp"
#include "support/person_events.hpp"

namespace evenkeel::watch {
namespace {

using namespace test;
using care::Circumstance;
using care::Topic;

const Duration second = 1.0 * units::s;

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

RuleOutcome craved(const History& history, Instant now) {
  return watched(history, now, "craving-between-doses");
}

TEST(CravingText, ShowsEachAnswerWithItsDate) {
  History history;
  history.add(day(0), craving(5));
  history.add(day(7), craving(6));
  const Finding f = craved(history, day(8)).findings.at(0);
  EXPECT_TRUE(has(f.text, "at 2 checks between doses: 5 (2026-03-02), 6 (2026-03-09)")) << f.text;
  EXPECT_EQ(f.since, day(7));
}

TEST(CravingText, ContradictingAnswersAreShownAndNotSettled) {
  History history;
  history.add(day(0), craving(5));
  history.add(day(5), craving(0));
  history.add(day(7), craving(6));
  history.add(day(9), craving(1));
  const Finding f = craved(history, day(10)).findings.at(0);
  EXPECT_EQ(f.level, 2);
  EXPECT_TRUE(has(f.text, "; lower since then: 0 (2026-03-07), 1 (2026-03-11)")) << f.text;
}

// One PHQ-9 alone was taken for "did not change".
TEST(CravingText, OnePhq9IsNoChange) {
  History history;
  history.add(day(0), total("phq-9", 12));
  history.add(day(1), craving(5));
  history.add(day(3), craving(5));
  const Finding f = craved(history, day(4)).findings.at(0);
  EXPECT_TRUE(has(f.text, "whether the illness got worse is not known: no PHQ-9 over that time")) << f.text;
}

TEST(CravingText, AnIllnessThatGotWorseIsAskedAboutFirstAndTheLevelStays) {
  History history;
  history.infuse("s1", day(0));
  history.add(day(1), total("phq-9", 6));
  for (const double at : {2.0, 9.0}) history.add(day(at), craving(6));
  for (const double at : {9.5, 12.0}) history.add(day(at), total("phq-9", 16));
  const auto outcomes = watched(history, day(13), library().rules);
  EXPECT_EQ(watch::level_of(outcomes), 2);
  const Finding f = craved(history, day(13)).findings.at(0);
  EXPECT_TRUE(f.explained_by.empty());
  EXPECT_TRUE(has(f.text, "rose by 10 over that time, so ask about the illness first: 6 (2026-03-03), 16"))
      << f.text;
}

// The beginning of the rise that still holds: one that fell again is another.
TEST(Craving, ARiseBeganWhereItLastBegan) {
  History history;
  for (const auto& [at, score] : {std::pair{0.0, 0}, {1.0, 3}, {2.0, 0}, {3.0, 3}, {4.0, 3}})
    history.add(day(at), craving(score));
  const auto outcome = craved(history, day(5));
  ASSERT_EQ(outcome.findings.size(), 1U);
  EXPECT_EQ(outcome.findings[0].since, day(3));
}

RuleOutcome requested(const History& history, Instant now = day(40)) {
  return watched(history, now, "requests");
}

TEST(Requests, AreNotJudgedWhereNothingIsWrittenDown) {
  EXPECT_EQ(requested(History{}).outcome, Outcome::not_judged);
  History old;
  old.add(day(0), asked(Topic::scheduling));
  EXPECT_EQ(requested(old, day(30)).outcome, Outcome::clear);
  EXPECT_EQ(requested(old, day(30) + second).outcome, Outcome::not_judged);
}

TEST(Requests, AClearOutcomeSaysThatOnlyWhatIsWrittenDownIsSeen) {
  History history;
  history.add(day(20), asked(Topic::scheduling));
  EXPECT_TRUE(has(requested(history).why, "seen only where they are written down"));
}

TEST(Requests, TwoOccasionsInThirtyDaysAreFoundAndOneIsNot) {
  History history;
  history.add(day(10), asked(Topic::asked_sooner));
  EXPECT_EQ(requested(history).outcome, Outcome::clear);
  history.add(day(10.4), asked(Topic::asked_stronger));  // the same day
  EXPECT_EQ(requested(history).outcome, Outcome::clear);
  history.add(day(10.5), asked(Topic::asked_stronger));
  const auto outcome = requested(history);
  ASSERT_EQ(outcome.findings.size(), 1U);
  EXPECT_EQ(outcome.findings[0].level, 1);
  EXPECT_EQ(outcome.findings[0].since, day(10.5));
  EXPECT_EQ(outcome.findings[0].events, (std::vector<std::string>{"e1", "e2", "e3"}));
  EXPECT_TRUE(
      has(outcome.findings[0].text,
          "on 2 occasions within 30 days the patient asked for a session sooner (2026-03-12), asked for "
          "a stronger dose (2026-03-12)"))
      << outcome.findings[0].text;
}

TEST(Requests, AreThePatientsOwnAndOfThatKind) {
  for (const auto& other :
       {asked(Topic::asked_sooner, false), asked(Topic::scheduling), asked(Topic::side_effect)}) {
    History history;
    for (const double at : {10.0, 12.0, 14.0}) history.add(day(at), other);
    EXPECT_EQ(requested(history).outcome, Outcome::clear);
  }
}

TEST(Requests, CountOnlyWithinTheirWindow) {
  History history;
  history.add(day(10), asked());
  history.add(day(12), asked());
  EXPECT_EQ(requested(history, day(40)).outcome, Outcome::found);
  EXPECT_EQ(requested(history, day(40) + second).outcome, Outcome::clear);
}

TEST(Requests, BeingOftenTakenUpWithItAtTwoChecksIsFound) {
  History history;
  history.add(day(0), dependence({.preoccupation = 1}));
  history.add(day(10), dependence({.preoccupation = 2}));
  EXPECT_EQ(requested(history).outcome, Outcome::clear);  // once, and a rise of one
  history.add(day(38), dependence({.preoccupation = 2}));
  const auto outcome = requested(history);
  ASSERT_EQ(outcome.findings.size(), 1U);
  EXPECT_EQ(outcome.findings[0].since, day(38));
  history.add(day(39), dependence({.preoccupation = 1}));
  EXPECT_EQ(requested(history).outcome, Outcome::clear);
}

TEST(Requests, ARiseByTwoAtOneCheckIsFound) {
  History history;
  history.add(day(0), dependence({.preoccupation = 0}));
  history.add(day(10), dependence({.preoccupation = 2}));
  EXPECT_EQ(requested(history).outcome, Outcome::found);
  EXPECT_EQ(requested(history, day(100)).outcome, Outcome::found);
  EXPECT_EQ(requested(history, day(100) + second).outcome, Outcome::not_judged);
}

TEST(Requests, AreExplainedByAReturningIllness) {
  History history;
  history.infuse("s1", day(0));
  history.add(day(5), total("phq-9", 6));
  history.add(day(20), asked());
  history.add(day(21), total("phq-9", 14));
  history.add(day(25), asked());
  EXPECT_EQ(test::level_of(history, day(30)), 1);
  history.add(day(28), total("phq-9", 15));
  const auto outcomes = watched(history, day(30), library().rules);
  EXPECT_EQ(watch::level_of(outcomes), 2);
  for (const auto& outcome : outcomes) {
    if (outcome.rule != "requests") continue;
    EXPECT_TRUE(has(outcome.findings.at(0).explained_by, "the PHQ-9 rose from 6 (2026-03-07) to 14 and 15"))
        << outcome.findings.at(0).explained_by;
  }
}

TEST(Requests, AreClosedByAReviewAndComeBackWithTheNext) {
  History history;
  history.add(day(10), asked());
  history.add(day(12), asked());
  history.add(day(13), reviewed({"requests"}));
  EXPECT_TRUE(requested(history).findings.at(0).closed);
  history.add(day(14), asked());
  EXPECT_FALSE(requested(history).findings.at(0).closed);
}

}  // namespace
}  // namespace evenkeel::watch
