// Duties and company: at the shipped thresholds and around them, and what explains the same answers.

#include <gtest/gtest.h>

#include "support/chart.hpp"
#include "support/person_events.hpp"

namespace evenkeel::watch {
namespace {

using namespace test;
using care::Circumstance;
using care::MissedBecause;

const Duration second = 1.0 * units::s;

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

RuleOutcome neglected(const History& history, Instant now = day(70)) {
  return watched(history, now, "neglect");
}
RuleOutcome withdrawn(const History& history, Instant now = day(70)) {
  return watched(history, now, "social-withdrawal");
}

// Answers every ten days from day 10.
template <class Make>
History asked_each(std::initializer_list<int> answers, Make make) {
  History history;
  double at = 10.0;
  for (const int answer : answers) {
    history.add(day(at), make(answer));
    at += 10.0;
  }
  return history;
}
History work(std::initializer_list<int> answers) {
  return asked_each(answers, [](int answer) { return daily({.work = answer}); });
}
History company(std::initializer_list<int> days) {
  return asked_each(days, [](int each) { return daily({.contacts = each}); });
}

TEST(Neglect, IsNotJudgedWhereItWasNotAskedOrTooSeldom) {
  EXPECT_EQ(neglected(History{}).outcome, Outcome::not_judged);
  EXPECT_EQ(neglected(work({1})).outcome, Outcome::not_judged);
  EXPECT_EQ(neglected(work({1, 1})).outcome, Outcome::not_judged);
  EXPECT_EQ(neglected(work({0})).outcome, Outcome::clear);  // at its best
  EXPECT_TRUE(has(neglected(work({1})).why, "asked too seldom to compare"));
}

TEST(Neglect, WorseThanTheBestAtTwoChecksRunningIsFound) {
  EXPECT_EQ(neglected(work({0, 1})).outcome, Outcome::not_judged);
  EXPECT_EQ(neglected(work({0, 0, 1})).outcome, Outcome::clear);
  const auto outcome = neglected(work({0, 1, 2}));
  ASSERT_EQ(outcome.findings.size(), 1U);
  const Finding& f = outcome.findings[0];
  EXPECT_EQ(f.level, 1);
  EXPECT_EQ(f.since, day(30));
  EXPECT_EQ(
      f.text,
      "work or duties left undone (daily life, 0 to 3): at best 0 until 2026-03-12, then 1 (2026-03-22), 2 "
      "(2026-04-01); whether the illness got worse is not known: no two PHQ-9 over that time");
  EXPECT_EQ(neglected(work({0, 1, 0, 1})).outcome, Outcome::clear);  // not running
  EXPECT_EQ(neglected(work({0, 1, 1, 0})).outcome, Outcome::clear);  // well again
  EXPECT_EQ(neglected(work({1, 1, 1})).outcome, Outcome::clear);     // as ever
  EXPECT_EQ(neglected(work({2, 0, 1, 1})).outcome, Outcome::found);
}

TEST(Neglect, CountsOnlyChecksWithinItsWindow) {
  EXPECT_EQ(neglected(work({0, 1, 1}), day(110)).outcome, Outcome::found);
  EXPECT_EQ(neglected(work({0, 1, 1}), day(110) + second).outcome, Outcome::clear);
  EXPECT_EQ(neglected(work({0, 1, 1}), day(120) + second).outcome, Outcome::not_judged);
}

TEST(Neglect, TheDeadlineStaysWhereTheStretchSufficed) {
  const History history = work({0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1});
  EXPECT_EQ(neglected(history, day(131)).findings.at(0).since, day(40));
}

// The virtual clinic showed it: a steady patient between two steps answers 0, 1, 1 now and then.
TEST(Neglect, FewerThanThreeStepsInAllAreSlight) {
  const auto finding = [](const History& history) { return neglected(history).findings.at(0); };
  EXPECT_TRUE(finding(work({0, 1, 1})).slight);
  EXPECT_FALSE(finding(work({0, 1, 2})).slight);
  EXPECT_FALSE(finding(work({0, 2, 2})).slight);
  EXPECT_FALSE(finding(work({0, 1, 1, 1})).slight);
  EXPECT_TRUE(finding(work({1, 1, 0, 1, 1, 1, 1})).slight);  // one better by chance
  EXPECT_EQ(finding(work({0, 1, 1, 1})).since, day(40));
  EXPECT_EQ(finding(work({0, 0, 1, 2})).since, day(40));
}

// The difficulty question of the PHQ-9, with totals before and after.
History difficulty(std::initializer_list<std::pair<int, int>> rows) {
  History history;
  double at = 10.0;
  for (const auto& [sum, how] : rows) {
    history.add(day(at), phq9_of(sum, how));
    at += 10.0;
  }
  return history;
}

TEST(Neglect, YieldsToTheIllnessComingBackAndSaysHowTheMoodMoved) {
  for (const auto& [after, explained] : {std::pair{6, false}, {10, false}, {11, true}}) {
    History history;
    history.infuse("s1", day(1));
    for (const auto& each : difficulty({{6, 0}, {after, 2}, {after, 2}}).events)
      history.add(each.at, each.body);
    const auto outcomes = watched(history, day(70), library().rules);
    const auto& found = std::ranges::find(outcomes, "neglect", &RuleOutcome::rule)->findings.at(0);
    EXPECT_EQ(!found.explained_by.empty(), explained) << after;
  }
  const std::string text = neglected(difficulty({{6, 0}, {6, 1}, {4, 2}})).findings.at(0).text;
  EXPECT_TRUE(has(text, "the PHQ-9 went from 6 (2026-03-12) to 4 (2026-04-01)")) << text;
}

TEST(Neglect, AnAnswerThatNamesKetamineCountsWhateverTheMood) {
  History history;
  for (int i = 1; i <= 2; ++i) {
    history.add(day(10.0 * i), total("phq-9", 5 * i));
    history.add(day(10.0 * i), dependence({.neglect = 1}));
    history.add(day(10.0 * i), daily({.body = 1}));
  }
  const auto outcome = neglected(history);
  ASSERT_EQ(outcome.findings.size(), 1U);
  EXPECT_TRUE(has(outcome.findings[0].text, "because of ketamine"));
  EXPECT_TRUE(outcome.findings[0].explained_by.empty());
}

TEST(Neglect, IsExplainedByWhatTheRecordKnowsOfTheTime) {
  for (const auto what : {Circumstance::physical_illness, Circumstance::job_loss, Circumstance::carer_duty,
                          Circumstance::bereavement, Circumstance::pain}) {
    History history = work({0, 1, 1});
    history.add(day(40), noted(what));
    const Finding f = neglected(history).findings.at(0);
    EXPECT_TRUE(has(f.explained_by, care::circumstance_words(what))) << f.explained_by;
    EXPECT_TRUE(has(f.explained_by, "2026-04-11"));
    EXPECT_EQ(test::level_of(history, day(70)), 0);
  }
  History slept = work({0, 1, 1});
  slept.add(day(40), noted(Circumstance::poor_sleep));
  EXPECT_TRUE(neglected(slept).findings.at(0).explained_by.empty());
}

TEST(Neglect, ACircumstanceExplainsForThirtyDaysAround) {
  for (const auto& [at, explains] : {std::pair{60.0, true}, {60.1, false}}) {
    History history = work({0, 1, 1});  // the stretch is of days 20 to 30
    history.add(day(at), noted(Circumstance::bereavement));
    EXPECT_EQ(!neglected(history).findings.at(0).explained_by.empty(), explains) << at;
  }
}

// A bereavement long after the beginning was taken for its cause once a further bad answer stood beside it.
TEST(Neglect, WhatComesLaterExplainsNoBeginning) {
  History history = work({0, 1, 1});
  history.add(day(70), noted(Circumstance::bereavement));
  history.add(day(75), daily({.work = 2}));
  EXPECT_TRUE(neglected(history, day(80)).findings.at(0).explained_by.empty());
}

TEST(Neglect, AnIllnessOfTheBodyThatThePatientNamesExplainsIt) {
  History history;
  history.add(day(10), daily({}));
  history.add(day(20), daily({.work = 2}));
  history.add(day(30), daily({.work = 2, .body = 1}));
  EXPECT_EQ(neglected(history).findings.at(0).explained_by,
            "an illness of the body, by the patient's answer of 2026-04-01");
}

TEST(Neglect, TwoAppointmentsMissedWithoutAWordAreFound) {
  History history = work({0});
  history.add(day(20), missed());
  EXPECT_EQ(neglected(history).outcome, Outcome::clear);
  for (const auto why : {MissedBecause::illness, MissedBecause::travel, MissedBecause::clinic})
    history.add(day(25), missed(why));
  EXPECT_EQ(neglected(history).outcome, Outcome::clear);
  history.add(day(30), missed());
  const Finding f = neglected(history).findings.at(0);
  EXPECT_EQ(f.since, day(30));
  EXPECT_EQ(
      f.text,
      "2 appointments missed without a word in 90 days: 2026-03-22, 2026-04-01; 3 appointments missed for a "
      "reason given");
  EXPECT_EQ(neglected(history, day(110)).outcome, Outcome::found);
  EXPECT_NE(neglected(history, day(110) + second).outcome, Outcome::found);
}

TEST(Neglect, LeavingWithoutAnEscortIsToldAndIsNoSignByItself) {
  History history = work({0});
  for (int i = 0; i < 3; ++i) {
    const std::string id = "s" + std::to_string(i);
    history.infuse(id, day(20.0 + i));
    history.add(day(20.2 + i), discharged(id, false));
  }
  const auto outcome = neglected(history);
  EXPECT_EQ(outcome.outcome, Outcome::clear);
  EXPECT_TRUE(has(outcome.why, "left without an escort 3 times")) << outcome.why;
}

TEST(SocialWithdrawal, IsNotJudgedFromInterestAloneOrFromTooFewAnswers) {
  EXPECT_EQ(withdrawn(History{}).outcome, Outcome::not_judged);
  EXPECT_EQ(withdrawn(company({5, 3})).outcome, Outcome::not_judged);
  EXPECT_EQ(withdrawn(difficulty({{6, 0}, {6, 0}, {6, 0}, {6, 0}})).outcome, Outcome::not_judged);
  EXPECT_EQ(withdrawn(company({5, 5, 5})).outcome, Outcome::clear);
}

TEST(SocialWithdrawal, TwoDaysFewerThanUsualAtTwoChecksIsFound) {
  EXPECT_EQ(withdrawn(company({5, 4, 4})).outcome, Outcome::clear);
  EXPECT_EQ(withdrawn(company({5, 3, 4})).outcome, Outcome::clear);
  EXPECT_EQ(withdrawn(company({5, 5, 3})).outcome, Outcome::clear);
  EXPECT_EQ(withdrawn(company({5, 3, 3, 5})).outcome, Outcome::clear);
  const auto outcome = withdrawn(company({5, 6, 4, 3, 2}));
  ASSERT_EQ(outcome.findings.size(), 1U);
  EXPECT_EQ(outcome.findings[0].level, 1);
  EXPECT_EQ(outcome.findings[0].since, day(50));
  EXPECT_TRUE(
      has(outcome.findings[0].text,
          "days of the week with other people (daily life, 0 to 7): usually 5 until 2026-04-01, then 3 "
          "(2026-04-11), 2 (2026-04-21)"))
      << outcome.findings[0].text;
}

// With each further bad answer the median of all answers falls, and the sign went away as it got worse.
TEST(SocialWithdrawal, GoesOnWithEachFurtherBadAnswer) {
  History history = company({6, 6, 3, 3});
  for (int more = 0; more < 6; ++more) {
    EXPECT_EQ(withdrawn(history, day(51.0 + 10.0 * more)).outcome, Outcome::found) << more;
    history.add(day(50.0 + 10.0 * more), daily({.contacts = 3}));
  }
}

TEST(SocialWithdrawal, YieldsToTheIllnessAndIsExplainedByTravel) {
  History low = company({5, 3, 3});
  History worse;
  worse.infuse("s1", day(1));
  for (std::size_t i = 0; i < low.events.size(); ++i) {
    worse.add(low.events[i].at, total("phq-9", i == 0 ? 6 : 14));
    worse.add(low.events[i].at, low.events[i].body);
  }
  const auto outcomes = watched(worse, day(70), library().rules);
  const auto& found = std::ranges::find(outcomes, "social-withdrawal", &RuleOutcome::rule)->findings.at(0);
  EXPECT_TRUE(has(found.explained_by, "the illness may be coming back")) << found.explained_by;
  EXPECT_TRUE(has(found.text, "the PHQ-9 went from 6 (2026-03-12) to 14 (2026-04-01)")) << found.text;
  low.add(day(40), noted(Circumstance::travel));
  EXPECT_TRUE(has(withdrawn(low).findings.at(0).explained_by, "travel noted on 2026-04-11"));
}

TEST(SocialWithdrawal, InterestTwoStepsLessWithASteadyTotalIsFound) {
  const auto interest = [](std::initializer_list<std::pair<int, int>> rows) {
    History history;
    double at = 10.0;
    for (const auto& [sum, item] : rows) {
      history.add(day(at), phq9_of(sum, {}, item));
      at += 10.0;
    }
    return withdrawn(history).outcome;
  };
  EXPECT_EQ(interest({{8, 0}, {8, 2}, {8, 2}}), Outcome::found);
  EXPECT_NE(interest({{8, 0}, {8, 1}, {8, 1}}), Outcome::found);
  EXPECT_EQ(interest({{8, 0}, {13, 2}, {13, 2}}), Outcome::found);  // and yields, where treatment began
}

TEST(SocialWithdrawal, KeepingAwayFromPeopleOftenAtTwoChecksIsFound) {
  const auto own = [](std::initializer_list<int> answers) {
    return withdrawn(asked_each(answers, [](int answer) { return dependence({.withdrawn = answer}); }))
        .outcome;
  };
  EXPECT_EQ(own({0}), Outcome::clear);
  EXPECT_EQ(own({2}), Outcome::clear);
  EXPECT_EQ(own({1, 1}), Outcome::clear);
  EXPECT_EQ(own({2, 2}), Outcome::found);
  EXPECT_EQ(own({2, 2, 1}), Outcome::clear);
}

}  // namespace
}  // namespace evenkeel::watch
