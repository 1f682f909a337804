// Craving, bladder and other sources: each check at its shipped thresholds, one step below and one above.

#include <gtest/gtest.h>

#include "support/chart.hpp"

namespace evenkeel::watch {
namespace {

using namespace test;
using care::LookedIn;
using care::Moment;
using care::Severity;
using care::Symptom;

const Duration second = 1.0 * units::s;

History cravings(std::initializer_list<int> scores, Moment moment = Moment::between_doses) {
  History history;
  double at = 0;
  for (const int score : scores) history.add(day(at++), craving(score, moment));
  return history;
}
RuleOutcome craved(const History& history, Instant now = day(10)) {
  return watched(history, now, "craving-between-doses");
}

TEST(Craving, IsNotJudgedWhereItWasAskedOnlyAroundDoses) {
  EXPECT_EQ(craved(History{}).outcome, Outcome::not_judged);
  for (const Moment moment : {Moment::before_dose, Moment::during_dose, Moment::after_dose})
    EXPECT_EQ(craved(cravings({8, 8}, moment)).outcome, Outcome::not_judged);
  EXPECT_EQ(craved(cravings({8, 8}, Moment::baseline)).outcome, Outcome::found);
}

TEST(Craving, OfFourTwiceIsFoundAndOnceOrThreeIsNot) {
  EXPECT_EQ(craved(cravings({3, 3, 3})).outcome, Outcome::clear);
  EXPECT_EQ(craved(cravings({3, 4})).outcome, Outcome::clear);
  const auto outcome = craved(cravings({4, 4}));
  ASSERT_EQ(outcome.findings.size(), 1U);
  EXPECT_EQ(outcome.findings[0].level, 2);
  EXPECT_EQ(outcome.findings[0].events, (std::vector<std::string>{"e1", "e2"}));
}

TEST(Craving, CountsOnlyWithinItsWindow) {
  const History history = cravings({4, 4});
  EXPECT_EQ(craved(history, day(30)).outcome, Outcome::found);
  EXPECT_EQ(craved(history, day(30) + second).outcome, Outcome::clear);
}

TEST(Craving, ARiseOfThreeAboveTheLowestEarlierAnswerIsFound) {
  EXPECT_EQ(craved(cravings({0, 2})).outcome, Outcome::clear);
  EXPECT_EQ(craved(cravings({0, 3})).outcome, Outcome::found);
  EXPECT_EQ(craved(cravings({3, 0})).outcome, Outcome::clear);     // a fall
  EXPECT_EQ(craved(cravings({0, 3, 1})).outcome, Outcome::clear);  // gone again
}

// It said "no sign seen" of a patient who had not been asked for half a year.
TEST(Craving, IsNotJudgedWhereTheLastAnswerIsOlderThanTheWindow) {
  const History history = cravings({0, 1});
  EXPECT_EQ(craved(history, day(31)).outcome, Outcome::clear);
  const auto outcome = craved(history, day(31) + second);
  EXPECT_EQ(outcome.outcome, Outcome::not_judged);
  EXPECT_NE(outcome.why.find("the last on 2026-03-03: more than 30 days ago"), std::string::npos);
}

TEST(Craving, AnAnswerWithoutATotalIsNoAnswer) {
  History history;
  history.add(day(0), craving(11));
  EXPECT_EQ(craved(history).outcome, Outcome::not_judged);
}

TEST(Craving, SaysWhatTheIllnessDidMeanwhile) {
  const auto text = [](std::optional<int> before, std::optional<int> after) {
    History history;
    if (before) history.add(day(0), total("phq-9", *before));
    history.add(day(1), craving(5));
    history.add(day(3), craving(5));
    if (after) history.add(day(4), total("phq-9", *after));
    return craved(history).findings.at(0).text;
  };
  EXPECT_NE(text({}, {}).find("no PHQ-9 over that time"), std::string::npos);
  EXPECT_NE(text(10, 15).find("rose by 5 over that time, so ask about the illness first"), std::string::npos);
  EXPECT_NE(text(10, 14).find("changed by +4"), std::string::npos);
  EXPECT_NE(text(10, 7).find("changed by -3"), std::string::npos);
}

RuleOutcome bladder_of(const History& history, Instant now = day(20)) {
  return watched(history, now, "bladder-symptoms");
}
// One infusion on day 1, then `symptom` on the days given.
History bladder(std::initializer_list<double> days, Symptom which = Symptom::nocturia) {
  History history;
  history.infuse("s1", day(1));
  for (const double at : days) history.add(day(at), symptom(which));
  return history;
}

TEST(Bladder, IsNotJudgedWhereItWasNotAsked) {
  EXPECT_EQ(bladder_of(bladder({})).outcome, Outcome::not_judged);
  EXPECT_EQ(bladder_of(bladder({2, 3}, Symptom::abdominal_pain)).outcome, Outcome::not_judged);
}

TEST(Bladder, OneSymptomOnTwoDaysIsFound) {
  EXPECT_EQ(bladder_of(bladder({2})).outcome, Outcome::clear);
  EXPECT_EQ(bladder_of(bladder({2, 2.1})).outcome, Outcome::clear);  // twice on one day
  const auto outcome = bladder_of(bladder({2, 3}));
  ASSERT_EQ(outcome.findings.size(), 1U);
  EXPECT_EQ(outcome.findings[0].level, 1);
  History two_symptoms = bladder({2});
  two_symptoms.add(day(3), symptom(Symptom::urinary_urgency));
  EXPECT_EQ(bladder_of(two_symptoms).outcome, Outcome::clear);
}

TEST(Bladder, AnAnswerOfNoneIsNoSign) {
  History history = bladder({2});
  history.add(day(3), symptom(Symptom::nocturia, Severity::none));
  EXPECT_EQ(bladder_of(history).outcome, Outcome::clear);
}

TEST(Bladder, ASymptomFromBeforeTheFirstInfusionIsNotNew) {
  History history;
  history.add(day(0), symptom(Symptom::nocturia));
  history.infuse("s1", day(1));
  history.add(day(2), symptom(Symptom::nocturia));
  history.add(day(3), symptom(Symptom::nocturia));
  EXPECT_EQ(bladder_of(history).outcome, Outcome::clear);
  history.events[0].body = symptom(Symptom::nocturia, Severity::none);
  EXPECT_EQ(bladder_of(history).outcome, Outcome::found);
}

// "New since treatment began" was said of a patient who had not yet been treated.
TEST(Bladder, NothingIsNewBeforeTreatmentBegan) {
  History history;
  history.add(day(0), symptom(Symptom::nocturia));
  history.add(day(1), symptom(Symptom::nocturia));
  EXPECT_EQ(bladder_of(history).outcome, Outcome::clear);
}

TEST(Bladder, BloodCountsAtOnceAndEvenFromBefore) {
  const auto outcome = bladder_of(bladder({2}, Symptom::blood_in_urine));
  ASSERT_EQ(outcome.findings.size(), 1U);
  EXPECT_EQ(outcome.findings[0].level, 3);
  History before;
  before.add(day(0), symptom(Symptom::blood_in_urine));
  EXPECT_EQ(bladder_of(before).outcome, Outcome::found);
  EXPECT_EQ(bladder_of(bladder({2, 3}, Symptom::blood_in_urine)).findings.size(), 1U);
}

TEST(Bladder, CountsOnlyWithinItsWindow) {
  const History history = bladder({2, 3});
  EXPECT_EQ(bladder_of(history, day(92)).outcome, Outcome::found);
  EXPECT_EQ(bladder_of(history, day(92) + second).outcome, Outcome::clear);
  EXPECT_EQ(bladder_of(history, day(93) + second).outcome, Outcome::not_judged);
  EXPECT_EQ(bladder_of(bladder({2}, Symptom::blood_in_urine), day(92)).outcome, Outcome::found);
}

RuleOutcome sourced(const History& history, Instant now = day(10)) {
  return watched(history, now, "second-source");
}

TEST(SecondSource, IsNotJudgedUntilTheDispensingHistoryWasLookedAt) {
  EXPECT_EQ(sourced(History{}).outcome, Outcome::not_judged);
  for (const auto where : {LookedIn::patient_report, LookedIn::outside_record, LookedIn::toxicology}) {
    History history;
    history.add(day(0), looked(where));
    EXPECT_EQ(sourced(history).outcome, Outcome::not_judged);
  }
  History history;
  history.add(day(0), looked(LookedIn::dispensing_history));
  EXPECT_EQ(sourced(history).outcome, Outcome::clear);
}

TEST(SecondSource, ALookHoldsForNinetyTwoDays) {
  History history;
  history.add(day(0), looked(LookedIn::dispensing_history));
  EXPECT_EQ(sourced(history, day(92)).outcome, Outcome::clear);
  EXPECT_EQ(sourced(history, day(92) + second).outcome, Outcome::not_judged);
}

TEST(SecondSource, IsFoundWhereverItTurnsUpAndDoesNotAge) {
  for (const auto where : {LookedIn::dispensing_history, LookedIn::patient_report, LookedIn::outside_record,
                           LookedIn::toxicology}) {
    History history;
    history.add(day(0), looked(where, true));
    const auto outcome = sourced(history, day(400));
    ASSERT_EQ(outcome.findings.size(), 1U);
    EXPECT_EQ(outcome.findings[0].level, 3);
    EXPECT_NE(outcome.findings[0].text.find("ketamine (nasal) from another clinic, found in the"),
              std::string::npos);
  }
}

TEST(SecondSource, EachThingFoundIsAFindingOfItsOwn) {
  care::OtherSource several = looked(LookedIn::dispensing_history, true);
  several.found.push_back({"esketamine", "", "a pharmacy", date(-3)});
  History history;
  history.add(day(0), several);
  const auto outcome = sourced(history);
  ASSERT_EQ(outcome.findings.size(), 2U);
  const bool told = std::ranges::any_of(outcome.findings, [](const Finding& finding) {
    return finding.text ==
           "esketamine from a pharmacy, dispensed 2026-02-27, found in the dispensing history";
  });
  EXPECT_TRUE(told);
}

}  // namespace
}  // namespace evenkeel::watch
