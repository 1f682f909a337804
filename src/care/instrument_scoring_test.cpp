// Scores of the shipped instruments against a plain scorer that knows only the published tables: all answers
// of the small ones, random answers of the large ones.

#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <random>
#include <set>

#include "care/instrument.hpp"
#include "content/library_loader.hpp"
#include "content/readers.hpp"

namespace evenkeel::care {
namespace {

const std::filesystem::path folder = EVENKEEL_SOURCE_DIR "/content/instruments";

const Instrument& shipped(const std::string& id) {
  static std::map<std::string, Instrument> read;
  if (!read.contains(id)) {
    auto instrument = content::read_instrument(*content::read_text(folder / (id + ".json")));
    EXPECT_TRUE(instrument) << id;
    read.emplace(id, *std::move(instrument));
  }
  return read.at(id);
}

Score score_of(const std::string& id, const Answers& answers) {
  return score(shipped(id), {id, Moment::baseline, answers, {}});
}

// The name of the band that begins at or below `total`, from a published table of lower ends.
std::string band_at(const std::map<int, std::string>& table, int total) {
  return std::prev(table.upper_bound(total))->second;
}

TEST(Gad7, EveryPossibleAnswerScoresAsThePaperSays) {
  const std::map<int, std::string> table{{0, "minimal"}, {5, "mild"}, {10, "moderate"}, {15, "severe"}};
  for (int code = 0; code < 1 << 14; ++code) {  // 4^7, two bits an item
    Answers answers;
    int sum = 0;
    for (int item = 0; item < 7; ++item) {
      const int answer = code >> (2 * item) & 3;
      answers[std::to_string(item + 1)] = answer;
      sum += answer;
    }
    const Score found = score_of("gad-7", answers);
    ASSERT_EQ(found.total, sum);
    ASSERT_EQ(found.band, band_at(table, sum)) << sum;
  }
}

TEST(AuditC, EveryPossibleAnswerScoresByEitherCutOff) {
  for (int code = 0; code < 125; ++code) {
    const int a = code % 5;
    const int b = code / 5 % 5;
    const int c = code / 25;
    Answers answers{{"1", a}, {"2", b}, {"3", c}};
    EXPECT_EQ(score_of("audit-c", answers).total, a + b + c);
    EXPECT_EQ(score_of("audit-c", answers).band, "") << "without a cut-off named there is no band";
    for (const auto& [chosen, cut_off] : {std::pair{0, 3}, std::pair{1, 4}}) {
      answers["cut-off"] = chosen;
      EXPECT_EQ(score_of("audit-c", answers).band,
                a + b + c >= cut_off ? "positive screen" : "negative screen");
      EXPECT_EQ(score_of("audit-c", answers).total, a + b + c) << "the cut-off is not added";
    }
  }
}

// 3^5: each of the five questions no, yes or without an answer.
TEST(Asq, EveryPossibleAnswerIsJudgedAsTheToolSays) {
  for (int code = 0; code < 243; ++code) {
    Answers answers;
    int rest = code;
    int yes = 0;
    int missing = 0;
    for (int item = 1; item <= 5; ++item, rest /= 3) {
      if (rest % 3 != 2) answers[std::to_string(item)] = rest % 3;
      if (item == 5) continue;
      yes += rest % 3 == 1 ? 1 : 0;
      missing += rest % 3 == 2 ? 1 : 0;
    }
    const bool acute = answers.contains("5") && answers["5"] == 1;
    const Score found = score_of("asq", answers);
    EXPECT_EQ(found.total.has_value(), missing == 0) << code;
    if (found.total) {
      EXPECT_EQ(found.total, yes);
      EXPECT_EQ(found.band, yes > 0 ? "positive screen" : "negative screen");
    }
    EXPECT_EQ(std::ranges::count(found.positive, "positive screen"), yes > 0 ? 1 : 0) << code;
    EXPECT_EQ(std::ranges::count(found.positive, "acute positive screen"), acute ? 1 : 0) << code;
    EXPECT_EQ(found.urgent_actions.size(), (yes > 0 ? 1U : 0U) + (acute ? 1U : 0U)) << code;
    const bool five_open = !answers.contains("5") && (yes > 0 || missing > 0);
    EXPECT_EQ(found.not_judged.size(), static_cast<std::size_t>(missing) + (five_open ? 1U : 0U)) << code;
  }
}

// The published items of the large instruments with their highest points, written down without the files.
struct Published {
  std::string id;
  std::vector<std::pair<std::string, std::vector<int>>> items;
  std::map<int, std::string> bands;
  std::vector<std::pair<std::string, int>> beside;  // answered and not added
};

std::vector<int> upto(int low, int high) {
  std::vector<int> all;
  for (int value = low; value <= high; ++value) all.push_back(value);
  return all;
}

Published phq9() {
  Published p{"phq-9",
              {},
              {{0, "minimal"}, {5, "mild"}, {10, "moderate"}, {15, "moderately severe"}, {20, "severe"}},
              {}};
  for (int item = 1; item <= 9; ++item) p.items.push_back({std::to_string(item), upto(0, 3)});
  return p;
}

Published ham_d(bool measured) {
  Published p{"ham-d",
              {},
              {{0, "normal"}, {8, "mild"}, {14, "moderate"}, {19, "severe"}, {23, "very severe"}},
              {{"16-method", measured ? 1 : 0}}};
  const std::set<int> two{4, 5, 6, 12, 13, 14, 17};
  for (int item = 1; item <= 17; ++item) {
    if (item != 16) p.items.push_back({std::to_string(item), upto(0, two.contains(item) ? 2 : 4)});
  }
  p.items.push_back({measured ? "16b" : "16a", upto(0, 2)});
  return p;
}

Published bprs() {
  Published p{"bprs-positive", {}, {{4, ""}}, {}};
  for (const char* item :
       {"suspiciousness", "hallucinatory-behavior", "unusual-thought-content", "conceptual-disorganization"})
    p.items.push_back({item, upto(1, 7)});
  return p;
}

Published slums(bool high_school) {
  const std::map<int, std::string> less{
      {0, "dementia range"}, {20, "mild neurocognitive disorder range"}, {25, "normal"}};
  const std::map<int, std::string> high{
      {0, "dementia range"}, {21, "mild neurocognitive disorder range"}, {27, "normal"}};
  Published p{"slums", {}, high_school ? high : less, {{"education", high_school ? 1 : 0}}};
  for (const char* item : {"1", "2", "3", "5a", "7a", "7b", "7c", "7d", "7e", "8b", "8c", "10a", "10b"})
    p.items.push_back({item, {0, 1}});
  for (const char* item : {"5b", "9a", "9b", "11a", "11b", "11c", "11d"}) p.items.push_back({item, {0, 2}});
  p.items.push_back({"6", upto(0, 3)});
  return p;
}

class Large : public testing::TestWithParam<Published> {
 protected:
  [[nodiscard]] Answers random_answers(std::mt19937_64& rng) const {
    Answers answers;
    for (const auto& [item, values] : GetParam().items) answers[item] = values[rng() % values.size()];
    for (const auto& [item, value] : GetParam().beside) answers[item] = value;
    return answers;
  }
  [[nodiscard]] int plain_sum(const Answers& answers) const {
    int sum = 0;
    for (const auto& [item, values] : GetParam().items) sum += answers.at(item);
    return sum;
  }
};

TEST_P(Large, TheTotalIsThePlainSumAndItsBandThePublishedOne) {
  const auto seed = std::random_device{}();
  std::mt19937_64 rng{seed};
  for (int run = 0; run < 2000; ++run) {
    const Answers answers = random_answers(rng);
    const Score found = score_of(GetParam().id, answers);
    ASSERT_EQ(found.total, plain_sum(answers)) << "seed " << seed << " run " << run << found.no_total_because;
    ASSERT_EQ(found.band, band_at(GetParam().bands, *found.total)) << "seed " << seed << " run " << run;
  }
}

TEST_P(Large, BandsChangeExactlyWhereTheTableSays) {
  int low = 0;
  int high = 0;
  for (const auto& [item, values] : GetParam().items) {
    low += values.front();
    high += values.back();
  }
  EXPECT_EQ(shipped(GetParam().id).total.low, low);
  EXPECT_EQ(shipped(GetParam().id).total.high, high);
  for (int total = low; total <= high; ++total) {  // raised item by item from the lowest answers
    Answers answers;
    int left = total - low;
    for (const auto& [item, values] : GetParam().items) {
      const auto value = std::prev(std::ranges::upper_bound(values, values.front() + left));
      answers[item] = *value;
      left -= *value - values.front();
    }
    for (const auto& [item, value] : GetParam().beside) answers[item] = value;
    if (left != 0) continue;
    EXPECT_EQ(score_of(GetParam().id, answers).band, band_at(GetParam().bands, total)) << total;
  }
}

TEST_P(Large, WithoutAnyOneOfItsItemsThereIsNoTotal) {
  std::mt19937_64 rng{11};
  const Answers answers = random_answers(rng);
  for (const auto& [item, values] : GetParam().items) {
    Answers fewer = answers;
    fewer.erase(item);
    const Score found = score_of(GetParam().id, fewer);
    EXPECT_FALSE(found.total) << item;
    EXPECT_TRUE(found.band.empty());
    EXPECT_NE(found.no_total_because.find("item " + item + " of"), std::string::npos)
        << found.no_total_because;
  }
}

TEST_P(Large, AnAnswerThatIsNoneOfTheOptionsGivesNoTotal) {
  std::mt19937_64 rng{12};
  const Answers answers = random_answers(rng);
  for (const auto& [item, values] : GetParam().items) {
    for (const int wrong : {values.front() - 1, values.back() + 1, 1000}) {
      Answers changed = answers;
      changed[item] = wrong;
      EXPECT_FALSE(score_of(GetParam().id, changed).total) << item << " " << wrong;
    }
  }
}

TEST_P(Large, TheOrderOfItemsInTheFileMakesNoDifference) {
  std::mt19937_64 rng{13};
  Instrument shuffled = shipped(GetParam().id);
  for (int run = 0; run < 50; ++run) {
    std::ranges::shuffle(shuffled.items, rng);
    std::ranges::shuffle(shuffled.total.items, rng);
    const Answers answers = random_answers(rng);
    const Score found = score(shuffled, {GetParam().id, Moment::baseline, answers, {}});
    EXPECT_EQ(found.total, score_of(GetParam().id, answers).total);
    EXPECT_EQ(found.band, score_of(GetParam().id, answers).band);
  }
}

INSTANTIATE_TEST_SUITE_P(Instruments, Large,
                         testing::Values(phq9(), ham_d(false), ham_d(true), bprs(), slums(false),
                                         slums(true)),
                         [](const auto& row) {
                           std::string name = row.param.id;
                           std::erase(name, '-');
                           for (const auto& [item, value] : row.param.beside) name += std::to_string(value);
                           return name;
                         });

TEST(HamD, WeightIsRatedOneWayAndNotBoth) {
  Answers answers;
  for (const auto& [item, values] : ham_d(false).items) answers[item] = values.back();
  answers["16-method"] = 0;
  EXPECT_EQ(score_of("ham-d", answers).total, 52);
  answers["16b"] = 2;
  const Score both = score_of("ham-d", answers);
  EXPECT_FALSE(both.total);
  EXPECT_EQ(both.no_total_because, "item 16b of HAM-D is answered, but by the other answers it is not asked");
  answers.erase("16b");
  answers.erase("16-method");
  EXPECT_FALSE(score_of("ham-d", answers).total) << "the other way may have been asked: 16b has no answer";
}

TEST(HamD, TheSuicideItemIsUrgentWithAndWithoutATotal) {
  for (int rating = 0; rating <= 4; ++rating)
    EXPECT_EQ(score_of("ham-d", {{"3", rating}}).urgent_actions.size(), rating > 0 ? 1U : 0U);
}

TEST(Slums, WithoutEducationThereIsATotalAndNoBand) {
  Answers answers;
  for (const auto& [item, values] : slums(true).items) answers[item] = values.back();
  EXPECT_EQ(score_of("slums", answers).total, 30);
  EXPECT_EQ(score_of("slums", answers).band, "");
  const Score elsewhere = score(shipped("slums"), {"slums", Moment::baseline, {}, 26});
  EXPECT_EQ(elsewhere.total, 26);
  EXPECT_EQ(elsewhere.band, "") << "a total from elsewhere says nothing of education";
}

TEST(DischargeReadiness, IsReachedAtNineOfTen) {
  const char* items[] = {"circulation", "orientation-gait", "nausea", "bleeding", "drinking"};
  for (int code = 0; code < 243; ++code) {
    Answers answers;
    int sum = 0;
    int rest = code;
    for (const char* item : items) {
      answers[item] = rest % 3;
      sum += rest % 3;
      rest /= 3;
    }
    const Score found = score_of("discharge-readiness", answers);
    EXPECT_EQ(found.total, sum);
    EXPECT_EQ(found.band, sum >= 9 ? "ready by this score" : "not yet ready");
  }
}

TEST(Cgi, IsOneRatingFromOneToSeven) {
  for (const char* id : {"cgi-s", "cgi-i"}) {
    for (int rating = 1; rating <= 7; ++rating) EXPECT_EQ(score_of(id, {{"1", rating}}).total, rating);
    for (const int wrong : {0, 8}) EXPECT_FALSE(score_of(id, {{"1", wrong}}).total);
  }
}

TEST(BladderCheck, VisibleBloodIsUrgentWhateverElseIsAnswered) {
  const Score alone = score_of("bladder-check", {{"blood", 1}});
  EXPECT_EQ(alone.urgent_actions.size(), 1U);
  EXPECT_FALSE(alone.total);
  EXPECT_TRUE(score_of("bladder-check", {{"blood", 0}}).urgent_actions.empty());
}

TEST(WithdrawalCheck, ThreeClearSignsMakeItsScreenPositive) {
  Answers answers{{"craving", 2}, {"tremor", 3}, {"insomnia", 1}};
  EXPECT_TRUE(score_of("withdrawal-check", answers).positive.empty());
  answers["sweating"] = 2;
  EXPECT_EQ(score_of("withdrawal-check", answers).positive.size(), 1U);
}

}  // namespace
}  // namespace evenkeel::care
