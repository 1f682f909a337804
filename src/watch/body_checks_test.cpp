// Liver and thinking: each check at its shipped thresholds, one step below and one above, and for its guards.

#include <gtest/gtest.h>

#include "support/chart.hpp"

namespace evenkeel::watch {
namespace {

using namespace test;
using care::Lab;
using care::Substance;

const Duration second = 1.0 * units::s;

RuleOutcome liver_of(const History& history, Instant now = day(10)) {
  return watched(history, now, "liver-tests");
}
History labs(std::initializer_list<double> values, Lab test = Lab::alt) {
  History history;
  double at = 0;
  for (const double value : values) history.add(day(at++), care::LabResult{test, value, 40.0, "U/L"});
  return history;
}

TEST(Liver, IsNotJudgedWithoutATestNorByAnOldOne) {
  EXPECT_EQ(liver_of(History{}).outcome, Outcome::not_judged);
  const History history = labs({30});
  EXPECT_EQ(liver_of(history, day(120)).outcome, Outcome::clear);
  EXPECT_EQ(liver_of(history, day(120) + second).outcome, Outcome::not_judged);
}

TEST(Liver, AboveTwiceTheLimitIsReviewedAndFromThreeTimesOnActedOn) {
  EXPECT_EQ(liver_of(labs({80})).outcome, Outcome::clear);
  EXPECT_EQ(liver_of(labs({80.1})).findings.at(0).level, 2);
  EXPECT_EQ(liver_of(labs({119.9})).findings.at(0).level, 2);
  EXPECT_EQ(liver_of(labs({120})).findings.at(0).level, 3);
}

TEST(Liver, SaysValueUnitLimitMultipleAndTheResultBefore) {
  const auto text = liver_of(labs({30, 100})).findings.at(0).text;
  EXPECT_EQ(text,
            "ALT 100 U/L on 2026-03-03, 2.50 times the upper limit of 40; before: ALT 30 U/L on "
            "2026-03-02, 0.75 times the upper limit of 40");
  EXPECT_NE(liver_of(labs({100})).findings.at(0).text.find("no earlier result"), std::string::npos);
}

TEST(Liver, AFurtherRaisedResultNeverLowersAndANormalOneEndsIt) {
  const auto outcome = liver_of(labs({130, 100}));
  ASSERT_EQ(outcome.findings.size(), 1U);
  EXPECT_EQ(outcome.findings[0].level, 3);
  EXPECT_EQ(outcome.findings[0].since, day(0));
  EXPECT_EQ(outcome.findings[0].events, (std::vector<std::string>{"e1", "e2"}));
  EXPECT_EQ(liver_of(labs({130, 70})).outcome, Outcome::clear);
  EXPECT_EQ(liver_of(labs({130, 70, 100})).findings.at(0).level, 2);
}

TEST(Liver, TheDeadlineRunsFromTheResultThatFirstSufficed) {
  EXPECT_EQ(liver_of(labs({100, 100})).findings.at(0).since, day(0));
  EXPECT_EQ(liver_of(labs({100, 130})).findings.at(0).since, day(1));
}

TEST(Liver, EachTestStandsForItselfInWhateverUnit) {
  History history = labs({30});
  history.add(day(1), care::LabResult{Lab::bilirubin, 3.0, 1.2, "mg/dL"});
  const auto low = liver_of(history);
  ASSERT_EQ(low.findings.size(), 1U);
  history.add(day(2), care::LabResult{Lab::bilirubin, 51.3, 20.52, "umol/L"});
  const auto both = liver_of(history);
  ASSERT_EQ(both.findings.size(), 1U);
  EXPECT_EQ(both.findings[0].level, low.findings[0].level);
}

TEST(Liver, ARaisedTestThatNobodyRepeatedIsNotClear) {
  History history = labs({130});
  history.add(day(125), care::LabResult{Lab::alp, 60, 120, "U/L"});
  const auto outcome = liver_of(history, day(126));
  EXPECT_EQ(outcome.outcome, Outcome::not_judged);
  EXPECT_NE(outcome.why.find("not repeated since: ALT 130"), std::string::npos);
}

TEST(Liver, AlcoholIsNamedAndLowersNothing) {
  History history;
  history.add(day(-1),
              care::MedicineChanged{Substance::alcohol, "wine", true, care::Prescribed::not_prescribed, ""});
  history.add(day(0), care::LabResult{Lab::ggt, 150, 40, "U/L"});
  const auto outcome = liver_of(history);
  ASSERT_EQ(outcome.findings.size(), 1U);
  EXPECT_EQ(outcome.findings[0].level, 3);
  EXPECT_TRUE(outcome.findings[0].counts());
  EXPECT_NE(outcome.findings[0].text.find("taken at that time: wine (alcohol)"), std::string::npos);
}

TEST(Liver, IsClosedByAClinicianAndOpensWithANewResult) {
  History history = labs({100});
  history.add(day(2), reviewed({"liver-tests"}));
  EXPECT_TRUE(liver_of(history).findings.at(0).closed);
  history.add(day(3), care::LabResult{Lab::alt, 90, 40, "U/L"});
  EXPECT_FALSE(liver_of(history).findings.at(0).closed);
}

RuleOutcome thinking_of(const History& history, Instant now = day(60)) {
  return watched(history, now, "thinking-decline");
}
// SLUMS totals on day 0, before the infusion of day 1, and then every ten days.
History tested(std::initializer_list<int> totals) {
  History history;
  double at = 0;
  for (const int score : totals) {
    history.add(day(at), total("slums", score));
    if (at == 0) history.infuse("s1", day(1));
    at += 10;
  }
  return history;
}
care::Evaluation concentration(int answer) {
  return {"daily-life", care::Moment::between_doses, {{"concentration", answer}}, {}};
}

TEST(Thinking, IsNotJudgedWhereItWasNeitherTestedNorAskedLately) {
  EXPECT_EQ(thinking_of(History{}).outcome, Outcome::not_judged);
  EXPECT_EQ(thinking_of(tested({28, 28}), day(210)).outcome, Outcome::clear);
  EXPECT_EQ(thinking_of(tested({28, 28}), day(210) + second).outcome, Outcome::not_judged);
}

TEST(Thinking, AFallOfThreeTwiceInARowIsFound) {
  EXPECT_EQ(thinking_of(tested({28, 25})).outcome, Outcome::clear);
  EXPECT_EQ(thinking_of(tested({28, 26, 25})).outcome, Outcome::clear);
  EXPECT_EQ(thinking_of(tested({28, 25, 26, 25})).outcome, Outcome::clear);
  const auto outcome = thinking_of(tested({28, 25, 25}));
  ASSERT_EQ(outcome.findings.size(), 1U);
  EXPECT_EQ(outcome.findings[0].level, 1);
  EXPECT_EQ(outcome.findings[0].since, day(20));
  EXPECT_EQ(outcome.findings[0].text,
            "the test of thinking fell from 28 on 2026-03-02 to 25 on 2026-03-12, "
            "25 on 2026-03-22");
  EXPECT_EQ(thinking_of(tested({28, 25, 25, 20})).findings.at(0).since, day(20));
}

TEST(Thinking, IsComparedWithTheBestBeforeTreatment) {
  History history;
  history.add(day(-20), total("slums", 24));
  history.add(day(-10), total("slums", 28));
  history.infuse("s1", day(1));
  history.add(day(10), total("slums", 25));
  history.add(day(20), total("slums", 25));
  EXPECT_EQ(thinking_of(history).outcome, Outcome::found);
}

TEST(Thinking, TheOwnAnswerCountsAtTwoChecksAndWhenWorseThanBefore) {
  History history;
  history.infuse("s1", day(1));
  history.add(day(5), concentration(2));
  EXPECT_EQ(thinking_of(history).outcome, Outcome::clear);
  history.add(day(6), concentration(1));
  history.add(day(7), concentration(2));
  EXPECT_EQ(thinking_of(history).outcome, Outcome::clear);
  history.add(day(8), concentration(3));
  EXPECT_EQ(thinking_of(history).findings.at(0).since, day(8));
  History before;
  before.add(day(0), concentration(2));
  for (const auto& event : history.events) before.add(event.at, event.body);
  EXPECT_EQ(thinking_of(before).outcome, Outcome::clear);
}

TEST(Thinking, PoorSleepNearTheLowResultsComesFirst) {
  const auto explained = [](double at) {
    History history = tested({28, 25, 25});
    history.add(day(at), care::CircumstanceNoted{care::Circumstance::poor_sleep, ""});
    return thinking_of(history).findings.at(0).explained_by;
  };
  EXPECT_EQ(explained(34), "poor sleep noted on 2026-04-05");
  EXPECT_EQ(explained(34.01), "");
}

TEST(Thinking, ABenzodiazepineBegunSinceTheFirstResultComesFirst) {
  const auto explained = [](double begun, Substance substance = Substance::benzodiazepine) {
    History history = tested({28, 25, 25});
    history.add(day(begun), care::MedicineChanged{substance, "x", true, care::Prescribed::here, ""});
    return !thinking_of(history).findings.at(0).explained_by.empty();
  };
  EXPECT_TRUE(explained(9));
  EXPECT_TRUE(explained(20));
  EXPECT_FALSE(explained(20.01));                   // after the low results
  EXPECT_FALSE(explained(-1));                      // already taken when the first was made
  EXPECT_FALSE(explained(9, Substance::cannabis));  // not a sedative
}

}  // namespace
}  // namespace evenkeel::watch
