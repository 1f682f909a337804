// Bladder symptoms, blood and what an infection explains: at the shipped thresholds, one step below and
// above.

#include <gtest/gtest.h>

#include "support/chart.hpp"

namespace evenkeel::watch {
namespace {

using namespace test;
using care::Severity;
using care::Symptom;

const Duration second = 1.0 * units::s;

RuleOutcome bladder_of(const History& history, Instant now = day(40)) {
  return watched(history, now, "bladder-symptoms");
}
// One infusion on day 1, then nocturia on the days given.
History nocturia_on(std::initializer_list<double> days) {
  History history;
  history.infuse("s1", day(1));
  for (const double at : days) history.add(day(at), symptom(Symptom::nocturia));
  return history;
}
care::Evaluation check(std::map<std::string, int> answers) {
  return {"bladder-check", care::Moment::before_dose, std::move(answers), {}};
}

TEST(BladderInfection, ExplainsTheSymptomsAroundIt) {
  History history = nocturia_on({2, 3});
  history.add(day(4), care::UrineTest{true, false});
  const auto outcome = bladder_of(history);
  ASSERT_EQ(outcome.findings.size(), 1U);
  EXPECT_EQ(outcome.findings[0].explained_by,
            "a urine test of 2026-03-06 found an infection: treat it, then ask again");
  EXPECT_FALSE(outcome.findings[0].counts());
  EXPECT_EQ(outcome.findings[0].since, day(3));
  EXPECT_NE(outcome.findings[0].text.find("a urine test of 2026-03-06 found an infection"),
            std::string::npos);
}

TEST(BladderInfection, ExplainsForFourteenDaysAndNoLonger) {
  const auto explained = [](Instant test) {
    History history = nocturia_on({2, 3});
    history.add(test, care::UrineTest{true, false});
    return !bladder_of(history).findings.at(0).explained_by.empty();
  };
  EXPECT_TRUE(explained(day(16)));  // fourteen days after the first report
  EXPECT_TRUE(explained(day(17)));
  EXPECT_FALSE(explained(day(17) + second));
}

TEST(BladderInfection, ASymptomThatGoesOnBeyondItCountsAgain) {
  History history = nocturia_on({2, 3});
  history.add(day(4), care::UrineTest{true, false});
  history.add(day(18), symptom(Symptom::nocturia));
  EXPECT_FALSE(bladder_of(history).findings.at(0).counts());  // fourteen days after it
  history.add(day(18) + second, symptom(Symptom::nocturia));
  const auto outcome = bladder_of(history);
  EXPECT_TRUE(outcome.findings.at(0).counts());
  EXPECT_EQ(outcome.findings[0].since, day(18) + second);
}

TEST(BladderInfection, OneReportBesideItIsNotTwoWithoutIt) {
  History history = nocturia_on({2, 35});
  history.add(day(35), care::UrineTest{true, false});
  EXPECT_FALSE(bladder_of(history).findings.at(0).counts());
}

// A further report of the same symptom never makes an infection explain it that did not before.
TEST(BladderInfection, AFurtherReportNeverEndsAFindingThatCounts) {
  History history = nocturia_on({2, 3});
  history.add(day(30), care::UrineTest{true, false});
  EXPECT_TRUE(bladder_of(history).findings.at(0).counts());
  history.add(day(31), symptom(Symptom::nocturia));
  EXPECT_TRUE(bladder_of(history).findings.at(0).counts());
}

TEST(BladderInfection, ATestWithoutOneExplainsNothingAndIsSaid) {
  History history = nocturia_on({2, 3});
  EXPECT_NE(bladder_of(history).findings.at(0).text.find("the urine was not tested within 14 days"),
            std::string::npos);
  history.add(day(4), care::UrineTest{false, false});
  EXPECT_TRUE(bladder_of(history).findings.at(0).counts());
  EXPECT_NE(bladder_of(history).findings.at(0).text.find("found no infection"), std::string::npos);
}

TEST(BladderInfection, NeverExplainsBloodThatWasSeen) {
  History history;
  history.infuse("s1", day(1));
  history.add(day(2), symptom(Symptom::blood_in_urine));
  history.add(day(2), care::UrineTest{true, true});
  const auto outcome = bladder_of(history);
  ASSERT_EQ(outcome.findings.size(), 1U);
  EXPECT_EQ(outcome.findings[0].level, 3);
  EXPECT_TRUE(outcome.findings[0].counts());
}

TEST(BladderBlood, IsFoundByATestWithoutAnInfectionOnly) {
  History history;
  history.add(day(2), care::UrineTest{true, true});
  EXPECT_EQ(bladder_of(history).outcome, Outcome::not_judged);
  history.add(day(3), care::UrineTest{false, true});
  const auto outcome = bladder_of(history);
  ASSERT_EQ(outcome.findings.size(), 1U);
  EXPECT_EQ(outcome.findings[0].level, 3);
  EXPECT_EQ(outcome.findings[0].events, std::vector<std::string>{"e2"});
  EXPECT_EQ(bladder_of(history, day(93)).outcome, Outcome::found);
  EXPECT_EQ(bladder_of(history, day(93) + second).outcome, Outcome::not_judged);
}

TEST(BladderCheck, AnswersOfTheChecklistAreReports) {
  History history;
  history.infuse("s1", day(1));
  history.add(day(2), check({{"frequency", 0}, {"urgency", 1}, {"severity", 2}}));
  EXPECT_EQ(bladder_of(history).outcome, Outcome::clear);
  EXPECT_NE(bladder_of(history).why.find("reported at one visit"), std::string::npos);
  history.add(day(9), symptom(Symptom::urinary_urgency));
  const auto outcome = bladder_of(history);
  ASSERT_EQ(outcome.findings.size(), 1U);
  EXPECT_EQ(outcome.findings[0].level, 1);
  History bleeding;
  bleeding.add(day(2), check({{"blood", 1}}));
  EXPECT_EQ(bladder_of(bleeding).findings.at(0).level, 3);
}

TEST(BladderCheck, ANoIsALookAndAnImpossibleAnswerIsNone) {
  History history;
  history.add(day(2), check({{"blood", 7}}));
  EXPECT_EQ(bladder_of(history).outcome, Outcome::not_judged);
  history.add(day(3), check({{"blood", 0}}));
  EXPECT_EQ(bladder_of(history).outcome, Outcome::clear);
}

TEST(BladderCheck, WhatWasAnsweredBeforeTreatmentIsNotNew) {
  History history;
  history.add(day(0), check({{"nocturia", 1}, {"severity", 2}}));
  history.infuse("s1", day(1));
  history.add(day(9), check({{"nocturia", 1}, {"severity", 2}}));
  history.add(day(16), check({{"nocturia", 1}, {"severity", 2}}));
  EXPECT_EQ(bladder_of(history).outcome, Outcome::clear);
  history.add(day(23), check({{"nocturia", 1}, {"severity", 3}}));
  history.add(day(30), check({{"nocturia", 1}, {"severity", 3}}));
  EXPECT_EQ(bladder_of(history).outcome, Outcome::found);
}

}  // namespace
}  // namespace evenkeel::watch
