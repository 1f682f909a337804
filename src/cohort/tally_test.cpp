// Counting is exact: whatever way blocks are put together, the same Tally.
#include "cohort/tally.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "support/study_outcomes.hpp"

namespace evenkeel::cohort {
namespace {

using study_test::example_outcomes;
using study_test::example_study;

TEST(Histogram, ReadsOffEveryValueWithinEightTenthsOfAPercent) {
  study_test::Draws draws{1};
  for (int i = 0; i < 20'000; ++i) {
    const double value = std::pow(10.0, draws.number(-12.0, 12.0));
    Histogram one;
    one.add(value);
    EXPECT_NEAR(one.quantile(0.5) / value, 1.0, 1.0 / 128.0) << value;
  }
}

TEST(Histogram, HoldsTheQuantileOfTheSortedValues) {
  study_test::Draws draws{2};
  std::vector<double> values;
  Histogram all;
  for (int i = 0; i < 999; ++i) {
    values.push_back(draws.chance(0.1) ? 0.0 : draws.number(0.01, 400.0));
    all.add(values.back());
  }
  std::ranges::sort(values);
  for (const double share : {0.0, 0.05, 0.25, 0.5, 0.75, 0.95, 1.0}) {
    const double exact = values[rank_of(share, values.size()) - 1];
    EXPECT_NEAR(all.quantile(share), exact, exact / 128.0) << share;
  }
  EXPECT_EQ(all.count(), 999U);
}

TEST(Histogram, CutsADoublingIntoEqualParts) {
  EXPECT_EQ(Histogram::bin_of(1.0), Histogram::parts);
  EXPECT_EQ(Histogram::bin_of(0.5), 0);
  EXPECT_EQ(Histogram::bin_of(std::nextafter(0.5, 0.0)), -1);
  EXPECT_EQ(Histogram::bin_of(1.5), Histogram::parts + Histogram::parts / 2);
  EXPECT_DOUBLE_EQ(Histogram::middle_of(-1), 0.5 * (1.0 - 1.0 / 256.0));
  for (std::int32_t bin = -700; bin < 700; ++bin)
    EXPECT_EQ(Histogram::bin_of(Histogram::middle_of(bin)), bin);
}

TEST(RankOf, IsTheSmallestThatHoldsTheShare) {
  EXPECT_EQ(rank_of(0.0, 10), 1U);
  EXPECT_EQ(rank_of(0.5, 10), 5U);
  EXPECT_EQ(rank_of(0.5, 11), 6U);
  EXPECT_EQ(rank_of(1.0, 10), 10U);
}

TEST(Tally, OfBlocksInOrderIsTheSameHoweverTheyAreGrouped) {
  const Study study = example_study();
  const auto outcomes = example_outcomes(study, 3);
  std::vector<Tally> blocks;
  for (std::size_t at = 0; at < outcomes.size(); at += 100) {
    Tally block;
    for (std::size_t i = at; i < std::min(at + 100, outcomes.size()); ++i)
      block.add(outcomes[i], study.behaviours[outcomes[i].behaviour].truth);
    blocks.push_back(block);
  }
  Tally all;
  for (const Tally& block : blocks) all.add(block);
  // A process that took up where another stopped: the sum so far, then the rest in order.
  for (std::size_t stop = 0; stop <= blocks.size(); ++stop) {
    Tally resumed;
    for (std::size_t i = 0; i < stop; ++i) resumed.add(blocks[i]);
    Tally kept = resumed;
    for (std::size_t i = stop; i < blocks.size(); ++i) kept.add(blocks[i]);
    EXPECT_TRUE(kept == all) << stop;
  }
}

// Whole numbers do not care for any order at all.
TEST(Tally, CountsAlikeInAnyOrder) {
  const Study study = example_study();
  auto outcomes = example_outcomes(study, 4);
  const auto count = [&] {
    Tally all;
    for (const Outcome& each : outcomes) all.add(each, study.behaviours[each.behaviour].truth);
    all.clinic_mg = all.outside_mg = all.area_sum = all.tolerance_sum = all.phq9_gain_sum = 0.0;
    return all;
  };
  const Tally forward = count();
  std::ranges::reverse(outcomes);
  EXPECT_TRUE(forward == count());
}

Outcome sign(std::int32_t onset, std::int32_t noticed, std::int32_t harm) {
  Outcome made;
  made.onset = onset;
  made.noticed = noticed;
  made.harm = harm;
  made.first_of_rule.assign(2, never);
  made.alarms_of_rule.assign(2, 0);
  return made;
}

Tally of(const Outcome& outcome, Truth truth = Truth::sign) {
  Tally made;
  made.add(outcome, truth);
  return made;
}

TEST(Tally, NoticedOnTheDayOfHarmIsNotBefore) {
  EXPECT_EQ(of(sign(10, 30, 31)).noticed_before_harm, 1U);
  EXPECT_EQ(of(sign(10, 30, 30)).noticed_before_harm, 0U);
  EXPECT_EQ(of(sign(10, 30, 30)).lead, (DayCounts{{0, 1}}));
  EXPECT_EQ(of(sign(10, 30, 20)).lead, (DayCounts{{-10, 1}}));
  EXPECT_EQ(of(sign(10, 30, never)).onset_harm, 0U);
}

TEST(Tally, HarmBeforeTheOnsetIsNoHarmOfTheSign) {
  const Tally early = of(sign(10, 30, 5));
  EXPECT_EQ(early.with_harm, 1U);
  EXPECT_EQ(early.onset_harm, 0U);
  EXPECT_TRUE(early.lead.empty());
}

TEST(Tally, ARuleIsAloneWhereNoOtherCountedInTime) {
  Outcome one = sign(10, 30, 50);
  one.first_of_rule = {30, never};
  EXPECT_EQ(of(one).rules[0].alone, 1U);
  one.first_of_rule = {30, 60};  // too late
  EXPECT_EQ(of(one).rules[0].alone, 1U);
  EXPECT_EQ(of(one).rules[1].noticed, 1U);
  one.first_of_rule = {30, 5};  // before the onset: it noticed something else
  EXPECT_EQ(of(one).rules[0].alone, 1U);
  EXPECT_EQ(of(one).rules[1].noticed, 0U);
  one.first_of_rule = {30, 49};
  EXPECT_EQ(of(one).rules[0].alone, 0U);
  EXPECT_EQ(of(one).rules[1].alone, 0U);
  one = sign(10, 60, 50);  // noticed too late
  one.first_of_rule = {30, never};
  EXPECT_EQ(of(one).rules[0].alone, 0U);
}

TEST(Tally, AnAlarmIsFalseOnlyWithoutASign) {
  Outcome one = sign(10, 30, never);
  one.alarms = 3;
  one.first_of_rule = {30, never};
  one.alarms_of_rule = {2, 0};
  EXPECT_EQ(of(one, Truth::sign).alarms, 0U);
  EXPECT_EQ(of(one, Truth::sign).rules[0].alarms, 0U);
  one.onset = one.noticed = never;
  for (const Truth truth : {Truth::steady, Truth::rival}) {
    EXPECT_EQ(of(one, truth).alarms, 3U);
    EXPECT_EQ(of(one, truth).rules[0].alarms, 2U);
    EXPECT_EQ(of(one, truth).rules[0].false_patients, 1U);
  }
}

TEST(Tally, ALevelIsReachedWhereAHigherOneIs) {
  Outcome one = sign(never, never, never);
  one.first_at_level[3] = 40;
  EXPECT_EQ(of(one).reached, (std::array<std::uint64_t, levels>{1, 1, 1, 1, 0}));
}

}  // namespace
}  // namespace evenkeel::cohort
