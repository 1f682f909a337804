// What wants a person the same day: at each threshold, and where it was not asked.

#include <gtest/gtest.h>

#include "support/chart.hpp"

namespace evenkeel::watch {
namespace {

using namespace test;
using care::Harm;
using care::Moment;
using care::Severity;
using care::Symptom;

const Duration second = 1.0 * units::s;

RuleOutcome harmed(const History& history, Instant now = day(20)) {
  return watched(history, now, "urgent-body");
}

TEST(UrgentHarm, AnOverdoseABreathingEventAndSelfHarmAreOfTheSameDay) {
  for (const auto& [harm, level] :
       {std::pair{Harm::overdose, 4}, std::pair{Harm::breathing, 4}, std::pair{Harm::self_harm, 4},
        std::pair{Harm::emergency_visit, 2}, std::pair{Harm::admission, 2}, std::pair{Harm::accident, 2}}) {
    History history;
    history.add(day(0), care::HarmSeen{harm, "a note"});
    ASSERT_EQ(harmed(history).findings.size(), 1U);
    EXPECT_EQ(harmed(history).findings[0].level, level) << care::harm_words(harm);
    EXPECT_NE(harmed(history).findings[0].text.find("on 2026-03-02: a note"), std::string::npos);
    EXPECT_EQ(harmed(history, day(30)).outcome, Outcome::found);
    EXPECT_EQ(harmed(history, day(30) + second).outcome, Outcome::not_judged);
  }
}

TEST(UrgentHarm, IsNotJudgedWhereNobodyAsked) {
  EXPECT_EQ(harmed(History{}).outcome, Outcome::not_judged);
  History history;
  history.add(day(0), care::SessionCheckedIn{"s1", ""});
  history.add(day(0), symptom(Symptom::nocturia));
  EXPECT_EQ(harmed(history).outcome, Outcome::not_judged);
  History asked = history;
  asked.add(day(0), care::PreCheck{"s1", care::Check::no_change, care::Screened::clear, ""});
  EXPECT_EQ(harmed(asked, day(30)).outcome, Outcome::clear);
  EXPECT_EQ(harmed(asked, day(30) + second).outcome, Outcome::not_judged);
  history.add(day(0), symptom(Symptom::fever, Severity::none));
  EXPECT_EQ(harmed(history).outcome, Outcome::clear);
}

TEST(UrgentHarm, AKidneysAlarmBesideABladderSignIsUrgentWithinSevenDays) {
  for (const Symptom alarm : {Symptom::fever, Symptom::flank_pain, Symptom::urinary_retention}) {
    History history;
    history.add(day(1), symptom(alarm));
    EXPECT_EQ(harmed(history).findings.at(0).level, 2);
    History together = history;
    together.add(day(8), symptom(Symptom::nocturia));
    ASSERT_EQ(harmed(together).findings.size(), 1U);
    EXPECT_EQ(harmed(together).findings[0].level, 4);
    EXPECT_EQ(harmed(together).findings[0].since, day(8));
    History apart = history;
    apart.add(day(8) + second, symptom(Symptom::nocturia));
    EXPECT_EQ(harmed(apart).findings.at(0).level, 2);
    History absent = history;
    absent.add(day(2), symptom(Symptom::nocturia, Severity::none));
    EXPECT_EQ(harmed(absent).findings.at(0).level, 2);
  }
}

TEST(UrgentHarm, BloodByATestAndTheChecklistAreBladderSigns) {
  for (const care::Body& sign :
       {care::Body{care::UrineTest{true, true}}, care::Body{symptom(Symptom::blood_in_urine)},
        care::Body{care::Evaluation{"bladder-check", Moment::before_dose, {{"pain-passing", 1}}, {}}}}) {
    History history;
    history.add(day(0), sign);
    history.add(day(1), symptom(Symptom::fever));
    EXPECT_EQ(harmed(history).findings.at(0).level, 4) << care::kind_text(sign);
  }
}

TEST(UrgentHarm, AFeverAloneIsExplainedByAnIllnessAndNeverBesideABladderSign) {
  History history;
  history.add(day(1), symptom(Symptom::fever));
  history.add(day(2), care::CircumstanceNoted{care::Circumstance::physical_illness, "influenza"});
  EXPECT_FALSE(harmed(history).findings.at(0).counts());
  History flank;
  flank.add(day(1), symptom(Symptom::flank_pain));
  flank.add(day(2), care::CircumstanceNoted{care::Circumstance::physical_illness, ""});
  EXPECT_TRUE(harmed(flank).findings.at(0).counts());
  history.add(day(3), symptom(Symptom::urinary_frequency));
  EXPECT_EQ(harmed(history).findings.at(0).level, 4);
  EXPECT_TRUE(harmed(history).findings[0].counts());
}

RuleOutcome suicide(const History& history, Instant now = day(5)) {
  return watched(history, now, "suicide-risk");
}
// The answers to questions 1, 2, ... in order; '-' leaves one out.
care::Evaluation asq(std::string_view answers) {
  care::Evaluation body{"asq", Moment::before_dose, {}, {}};
  for (std::size_t i = 0; i < answers.size(); ++i) {
    if (answers[i] != '-') body.answers[std::to_string(i + 1)] = answers[i] - '0';
  }
  return body;
}
History asked(std::initializer_list<care::Evaluation> evaluations) {
  History history;
  double at = 0;
  for (const auto& evaluation : evaluations) history.add(day(at++), evaluation);
  return history;
}

TEST(SuicideRisk, IsNotJudgedWhereItWasNotAskedWithinAWeek) {
  EXPECT_EQ(suicide(History{}).outcome, Outcome::not_judged);
  const History history = asked({asq("0000")});
  EXPECT_EQ(suicide(history, day(7)).outcome, Outcome::clear);
  EXPECT_EQ(suicide(history, day(7) + second).outcome, Outcome::not_judged);
  EXPECT_EQ(suicide(asked({phq9("111111110")})).outcome, Outcome::clear);
}

TEST(SuicideRisk, AnyYesIsOfTheSameDay) {
  for (const char* answers : {"10000", "01000", "00100", "00010"}) {
    const auto outcome = suicide(asked({asq(answers)}));
    ASSERT_EQ(outcome.findings.size(), 1U) << answers;
    EXPECT_EQ(outcome.findings[0].level, 4);
    EXPECT_NE(outcome.findings[0].text.find("thoughts of it now: no"), std::string::npos);
  }
}

TEST(SuicideRisk, SaysWhetherTheThoughtsAreThereNow) {
  EXPECT_NE(suicide(asked({asq("10101")}))
                .findings.at(0)
                .text.find("yes to question 1, 3; thoughts of it now: yes; do not leave alone"),
            std::string::npos);
  EXPECT_NE(suicide(asked({asq("1000")})).findings.at(0).text.find("not asked whether there are"),
            std::string::npos);
}

TEST(SuicideRisk, DoesNotAgeAndEndsWithALaterCompleteNegativeScreen) {
  EXPECT_EQ(suicide(asked({asq("10000")}), day(400)).findings.at(0).level, 4);
  EXPECT_EQ(suicide(asked({asq("10000"), asq("0000")})).outcome, Outcome::clear);
  EXPECT_EQ(suicide(asked({asq("10000"), asq("000")})).outcome, Outcome::found);
  EXPECT_EQ(suicide(asked({asq("10000"), asq("00-0")})).outcome, Outcome::found);
  EXPECT_EQ(suicide(asked({asq("10000"), total("asq", 0)})).outcome, Outcome::found);
  EXPECT_EQ(suicide(asked({asq("0000"), asq("10000")})).findings.at(0).since, day(1));
  EXPECT_EQ(suicide(asked({asq("10000"), asq("10000")})).findings.at(0).since, day(0));
}

TEST(SuicideRisk, ATotalAloneOrMissingAnswersAreSaid) {
  const auto none = suicide(asked({total("asq", 0)}));
  EXPECT_EQ(none.outcome, Outcome::not_judged);
  EXPECT_NE(none.why.find("is a total only"), std::string::npos);
  const auto some = suicide(asked({total("asq", 2)}));
  EXPECT_EQ(some.findings.at(0).level, 4);
  EXPECT_NE(some.findings[0].text.find("a total only"), std::string::npos);
  const auto missing = suicide(asked({asq("0-00")}));
  EXPECT_EQ(missing.outcome, Outcome::not_judged);
  EXPECT_NE(missing.why.find("has no answer to some questions"), std::string::npos);
}

TEST(SuicideRisk, TheNinthAnswerAsksForTheScreenUntilItIsComplete) {
  const auto open = suicide(asked({phq9("000000001")}));
  ASSERT_EQ(open.findings.size(), 1U);
  EXPECT_EQ(open.findings[0].level, 2);
  EXPECT_NE(open.findings[0].text.find("ask it today"), std::string::npos);
  EXPECT_EQ(suicide(asked({phq9("000000001"), asq("000")})).outcome, Outcome::found);
  EXPECT_EQ(suicide(asked({phq9("000000001"), asq("0000")})).outcome, Outcome::clear);
  EXPECT_EQ(suicide(asked({asq("0000"), phq9("000000001")})).findings.at(0).level, 2);
  EXPECT_EQ(suicide(asked({phq9("000000001"), phq9("000000000")})).outcome, Outcome::clear);
  EXPECT_EQ(suicide(asked({phq9("000000001"), total("phq-9", 0)})).outcome, Outcome::found);
}

TEST(SuicideRisk, IsClosedByAClinicianAndOpensWithANewYes) {
  History history = asked({asq("10000")});
  history.add(day(1), reviewed({"suicide-risk"}));
  EXPECT_TRUE(suicide(history).findings.at(0).closed);
  history.add(day(2), asq("00010"));
  EXPECT_FALSE(suicide(history).findings.at(0).closed);
}

}  // namespace
}  // namespace evenkeel::watch
