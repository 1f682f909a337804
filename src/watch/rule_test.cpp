// What all rules share: closing and opening again, and the level. What may not change an outcome stands in
// metamorphic_test.cpp.

#include "watch/rule.hpp"

#include <gtest/gtest.h>

#include "support/chart.hpp"

namespace evenkeel::watch {
namespace {

using namespace test;
using care::Decision;

// Craving of 5 on days 0 and 1: one finding that rests on e1 and e2.
History craving_twice() {
  History history;
  history.add(day(0), craving(5));
  history.add(day(1), craving(5));
  return history;
}
std::optional<Closure> closed(const History& history) {
  return watched(history, day(10), "craving-between-doses").findings.at(0).closed;
}

TEST(Closure, IsByAReviewOfThatRuleThatSeesNoConcern) {
  History history = craving_twice();
  EXPECT_FALSE(closed(history));
  history.add(day(2), reviewed({"rate-band", "craving-between-doses"}));
  ASSERT_TRUE(closed(history));
  EXPECT_EQ(closed(history)->by, "dr-a");
  EXPECT_EQ(closed(history)->at, day(2));
  EXPECT_EQ(closed(history)->reason, "looked at");
}

TEST(Closure, IsNotByAnotherRulesReviewNorByAnotherDecision) {
  for (const auto& review : {reviewed({"rate-band"}), reviewed({"craving-between-doses"}, Decision::watch),
                             reviewed({"craving-between-doses"}, Decision::act), plan_review()}) {
    History history = craving_twice();
    history.add(day(2), review);
    EXPECT_FALSE(closed(history));
  }
}

TEST(Closure, EndsWithNewEvidenceAndWithTheReviewsCorrection) {
  History history = craving_twice();
  const std::string review = history.add(day(2), reviewed({"craving-between-doses"}));
  History corrected = history;
  corrected.add(day(3), care::EnteredInError{review, "wrong patient"});
  EXPECT_FALSE(closed(corrected));
  history.add(day(3), craving(5));
  EXPECT_FALSE(closed(history));
  history.add(day(4), reviewed({"craving-between-doses"}));
  EXPECT_TRUE(closed(history));
}

// Two episodes of one rule were both closed by a reason that was about the first.
TEST(Closure, OfOneFindingLeavesTheOtherOfItsRuleOpen) {
  History history;
  const std::string first = history.add(day(0), care::HarmSeen{care::Harm::overdose, ""});
  const std::string second = history.add(day(5), care::HarmSeen{care::Harm::breathing, ""});
  const auto findings = [&] { return watched(history, day(10), "urgent-body").findings; };
  ASSERT_EQ(findings().size(), 2U);
  care::Review of_first = reviewed({"urgent-body"});
  of_first.events = {first};
  history.add(day(6), of_first);
  EXPECT_TRUE(findings()[0].closed);
  EXPECT_FALSE(findings()[1].closed);
  care::Review of_both = reviewed({"urgent-body"});
  of_both.events = {second, first};
  history.add(day(7), of_both);
  EXPECT_EQ(findings()[0].closed->at, day(7));
  EXPECT_TRUE(findings()[1].closed);
}

TEST(Closure, OfPartOfTheEvidenceClosesNothing) {
  History history = craving_twice();
  care::Review part = reviewed({"craving-between-doses"});
  part.events = {"e1"};
  history.add(day(2), part);
  EXPECT_FALSE(closed(history));
  part.events = {"e1", "e2"};
  history.add(day(3), part);
  EXPECT_TRUE(closed(history));
}

TEST(Closure, GoesByTheOrderOfWritingNotOfHappening) {
  History history = craving_twice();
  history.add(day(5), reviewed({"craving-between-doses"}));
  history.add(day(3), craving(6));  // happened before the review, unknown to it
  EXPECT_FALSE(closed(history));
}

RuleOutcome outcome_with(std::initializer_list<std::pair<const char*, int>> open, bool close = false) {
  RuleOutcome outcome;
  outcome.outcome = Outcome::found;
  for (const auto& [domain, level] : open) {
    Finding finding;
    finding.domain = domain;
    finding.level = level;
    if (close) finding.closed = Closure{};
    outcome.findings.push_back(finding);
  }
  return outcome;
}

TEST(LevelOf, IsTheHighestOpenFinding) {
  EXPECT_EQ(watch::level_of({}), 0);
  const std::vector<RuleOutcome> one{outcome_with({{"a", 1}, {"a", 3}})};
  EXPECT_EQ(watch::level_of(one), 3);
  const std::vector<RuleOutcome> shut{outcome_with({{"a", 1}}), outcome_with({{"a", 3}, {"b", 1}}, true)};
  EXPECT_EQ(watch::level_of(shut), 1);
}

TEST(LevelOf, IsAtLeastTwoForTwoDomains) {
  const std::vector<RuleOutcome> same{outcome_with({{"a", 1}}), outcome_with({{"a", 1}})};
  EXPECT_EQ(watch::level_of(same), 1);
  const std::vector<RuleOutcome> two{outcome_with({{"a", 1}}), outcome_with({{"b", 1}})};
  EXPECT_EQ(watch::level_of(two), 2);
  const std::vector<RuleOutcome> high{outcome_with({{"a", 1}}), outcome_with({{"b", 3}})};
  EXPECT_EQ(watch::level_of(high), 3);
}

TEST(Run, GivesAnOutcomeForEachRuleInOrder) {
  const auto outcomes = watched(History{}, day(0), library().rules);
  ASSERT_EQ(outcomes.size(), library().rules.size());
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    EXPECT_EQ(outcomes[i].rule, library().rules[i].id);
    EXPECT_EQ(outcomes[i].outcome, Outcome::not_judged);  // an empty record shows nothing
    EXPECT_FALSE(outcomes[i].why.empty());
  }
}

}  // namespace
}  // namespace evenkeel::watch
