// The rules that an instrument may have beyond a plain sum: reversed and weighted items, missing answers,
// parts, conditions. On a made-up scale of five items of 0 to 4.

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "care/instrument.hpp"

namespace evenkeel::care {
namespace {

Instrument scale_of_five() {
  Instrument made;
  made.short_title = "toy";
  for (const char* id : {"a", "b", "c", "d", "e"}) {
    Item item;
    item.id = id;
    item.type = ItemType::integer;
    item.high = 4;
    made.items.push_back(item);
    made.total.items.push_back({id});
  }
  made.total.high = 20;
  return made;
}

Score score_of(const Instrument& instrument, const Answers& answers) {
  return score(instrument, {"toy", Moment::baseline, answers, {}});
}

const Answers full{{"a", 4}, {"b", 3}, {"c", 2}, {"d", 1}, {"e", 0}};

TEST(ReversedItem, CountsFromTheOtherEnd) {
  Instrument toy = scale_of_five();
  EXPECT_EQ(score_of(toy, full).total, 10);
  toy.total.items[0].reversed = true;
  EXPECT_EQ(score_of(toy, full).total, 0 + 3 + 2 + 1 + 0);
  toy.items[0].low = -2;  // -2 to 4: 4 becomes -2
  EXPECT_EQ(score_of(toy, full).total, -2 + 3 + 2 + 1 + 0);
}

TEST(WeightedItem, CountsItsWeightTimes) {
  Instrument toy = scale_of_five();
  toy.total.items[1].weight = 3;
  EXPECT_EQ(score_of(toy, full).total, 4 + 9 + 2 + 1 + 0);
  toy.total.items[1].reversed = true;
  EXPECT_EQ(score_of(toy, full).total, 4 + 3 + 2 + 1 + 0);
}

TEST(Prorating, IsTheMeanTimesTheItemsByTheRoundingNamed) {
  Instrument toy = scale_of_five();
  toy.total.missing.kind = MissingRule::Kind::prorate;
  toy.total.missing.at_most = 2;
  const auto seed = std::random_device{}();
  std::mt19937_64 rng{seed};
  for (int run = 0; run < 3000; ++run) {
    Answers answers;
    double sum = 0.0;
    for (const auto& [item, unused] : full) {
      if (rng() % 3 == 0) continue;
      answers[item] = static_cast<int>(rng() % 5);
      sum += answers[item];
    }
    const auto answered = static_cast<double>(answers.size());
    const double exact = 5.0 * sum / answered;
    const std::pair<MissingRule::Rounding, double> roundings[] = {
        {MissingRule::Rounding::half_up, std::floor(exact + 0.5 + 1e-9)},
        {MissingRule::Rounding::up, std::ceil(exact - 1e-9)},
        {MissingRule::Rounding::down, std::floor(exact + 1e-9)}};
    for (const auto& [rounding, expected] : roundings) {
      toy.total.missing.rounding = rounding;
      const Score found = score_of(toy, answers);
      ASSERT_EQ(found.total.has_value(), answers.size() >= 3) << "seed " << seed << " run " << run;
      if (found.total) {
        ASSERT_EQ(*found.total, static_cast<int>(expected)) << "seed " << seed << " run " << run;
      }
    }
  }
}

TEST(Prorating, SaysHowManyMayBeMissing) {
  Instrument toy = scale_of_five();
  toy.total.missing.kind = MissingRule::Kind::prorate;
  toy.total.missing.at_most = 2;
  EXPECT_EQ(score_of(toy, {{"a", 1}, {"b", 1}}).no_total_because,
            "3 items of toy are not answered, at most 2 may be");
}

TEST(CountingAs, PutsItsValueForAMissingAnswer) {
  Instrument toy = scale_of_five();
  toy.total.missing.kind = MissingRule::Kind::count_as;
  toy.total.missing.at_most = 3;
  toy.total.missing.value = 1;
  EXPECT_EQ(score_of(toy, {{"a", 4}, {"b", 3}, {"c", 2}}).total, 9 + 2);
  toy.total.items[4].reversed = true;  // the answer that is put is reversed as any other
  EXPECT_EQ(score_of(toy, {{"a", 4}, {"b", 3}, {"c", 2}}).total, 9 + 1 + 3);
  EXPECT_FALSE(score_of(toy, {{"a", 4}}).total);
}

TEST(MissingRule, NeverMakesATotalOutOfNoAnswer) {
  Instrument toy = scale_of_five();
  toy.total.missing.at_most = 100;
  for (const auto kind :
       {MissingRule::Kind::none_allowed, MissingRule::Kind::prorate, MissingRule::Kind::count_as}) {
    toy.total.missing.kind = kind;
    EXPECT_FALSE(score_of(toy, {}).total);
    EXPECT_FALSE(score_of(toy, {}).no_total_because.empty());
  }
}

TEST(Parts, AreScoredEachByItsOwnRule) {
  Instrument toy = scale_of_five();
  toy.parts.resize(2);
  toy.parts[0] = {"first two", {{"a"}, {"b"}}, 0, 8, {}, "", {{0, 8, "any", {}, {}}}};
  toy.parts[1] = {"last two", {{"d"}, {"e"}}, 0, 8, {}, "", {}};
  const Score found = score_of(toy, {{"a", 4}, {"b", 3}, {"d", 1}});
  EXPECT_FALSE(found.total);
  ASSERT_EQ(found.parts.size(), 2U);
  EXPECT_EQ(found.parts[0].total, 7);
  EXPECT_EQ(found.parts[0].band, "any");
  EXPECT_FALSE(found.parts[1].total);
  EXPECT_EQ(found.parts[1].no_total_because, "item e of toy is not answered");
  EXPECT_TRUE(score(toy, {"toy", Moment::baseline, {}, 12}).parts.empty());
}

TEST(ItemWithACondition, IsMissingOnlyWhereItWasAskedOrMayHaveBeen) {
  Instrument toy = scale_of_five();
  toy.items[4].asked_when = {{"a", true, 4}, {"b", false, 0}};
  Answers answers{{"a", 1}, {"b", 0}, {"c", 2}, {"d", 1}};
  EXPECT_EQ(score_of(toy, answers).total, 4) << "neither condition holds";
  answers["b"] = 3;
  EXPECT_FALSE(score_of(toy, answers).total) << "one holds";
  toy.items[4].all_conditions = true;
  EXPECT_EQ(score_of(toy, answers).total, 7) << "not both hold";
  toy.items[4].asked_when = {{"outside", true, 1}};
  EXPECT_FALSE(score_of(toy, answers).total) << "cannot be told, so it counts as asked";
}

TEST(TextItem, TakesNoNumber) {
  Instrument toy = scale_of_five();
  toy.items[4].type = ItemType::text;
  toy.total.items.pop_back();
  EXPECT_EQ(score_of(toy, full).no_total_because, "0 is no answer to item e of toy");
}

TEST(SeveralUrgentItems, WithOneActionTellItOnce) {
  Instrument toy = scale_of_five();
  toy.urgent = {{"a", 1, "call", {}}, {"b", 1, "call", {}}, {"c", 3, "other", {}}};
  EXPECT_EQ(score_of(toy, full).urgent_actions, std::vector<std::string>{"call"});
}

}  // namespace
}  // namespace evenkeel::care
