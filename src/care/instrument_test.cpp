// Scores of the shipped PHQ-9: the answers make the total, the total the band, and one item is urgent.

#include "care/instrument.hpp"

#include <gtest/gtest.h>

#include "content/library_loader.hpp"
#include "content/readers.hpp"

namespace evenkeel::care {
namespace {

Evaluation total(std::string instrument, int value) {
  return {std::move(instrument), Moment::between_doses, {}, value};
}

// The nine answers in order, each one digit.
Evaluation phq9(std::string_view answers) {
  Evaluation body{"phq-9", Moment::between_doses, {}, {}};
  for (std::size_t i = 0; i < answers.size(); ++i) body.answers[std::to_string(i + 1)] = answers[i] - '0';
  return body;
}

Evaluation craving(int answer) {
  return {"craving-0-10", Moment::between_doses, {{"1", answer}}, {}};
}

const Instrument& shipped() {
  static const Instrument read =
      *content::read_instrument(*content::read_text(EVENKEEL_SOURCE_DIR "/content/instruments/phq-9.json"));
  return read;
}

TEST(Score, AddsUpTheScoredItems) {
  EXPECT_EQ(score(shipped(), phq9("000000000")).total, 0);
  EXPECT_EQ(score(shipped(), phq9("123012301")).total, 13);
  EXPECT_EQ(score(shipped(), phq9("333333333")).total, 27);
}

TEST(Score, BandsBeginAndEndWhereThePaperSays) {
  const std::pair<int, const char*> edges[] = {{0, "minimal"},
                                               {4, "minimal"},
                                               {5, "mild"},
                                               {9, "mild"},
                                               {10, "moderate"},
                                               {14, "moderate"},
                                               {15, "moderately severe"},
                                               {19, "moderately severe"},
                                               {20, "severe"},
                                               {27, "severe"}};
  for (const auto& [value, band] : edges)
    EXPECT_EQ(score(shipped(), total("phq-9", value)).band, band) << value;
}

TEST(Score, AMissingAnswerGivesNoTotalAndIsNamed) {
  for (int item = 1; item <= 9; ++item) {
    Evaluation answers = phq9("111111111");
    answers.answers.erase(std::to_string(item));
    const Score found = score(shipped(), answers);
    EXPECT_FALSE(found.total);
    EXPECT_TRUE(found.band.empty());
    EXPECT_EQ(found.no_total_because, "item " + std::to_string(item) + " of PHQ-9 is not answered");
  }
  EXPECT_FALSE(score(shipped(), phq9("")).total);
}

TEST(Score, AnImpossibleAnswerGivesNoTotal) {
  for (const int answer : {-1, 4, 1000}) {
    Evaluation answers = phq9("111111111");
    answers.answers["3"] = answer;
    const Score found = score(shipped(), answers);
    EXPECT_FALSE(found.total);
    EXPECT_EQ(found.no_total_because, std::to_string(answer) + " is no answer to item 3 of PHQ-9");
  }
  Evaluation unknown = phq9("111111111");
  unknown.answers["10"] = 1;
  EXPECT_EQ(score(shipped(), unknown).no_total_because, "PHQ-9 has no item '10'");
}

TEST(Score, TheUnscoredItemIsCheckedButNotAdded) {
  Evaluation answers = phq9("111111111");
  answers.answers["difficulty"] = 3;
  EXPECT_EQ(score(shipped(), answers).total, 9);
  answers.answers["difficulty"] = 4;
  EXPECT_FALSE(score(shipped(), answers).total);
}

TEST(Score, ItemNineIsUrgentFromOneOn) {
  EXPECT_TRUE(score(shipped(), phq9("333333330")).urgent_actions.empty());
  for (const char* answers : {"000000001", "000000002", "000000003"}) {
    const Score found = score(shipped(), phq9(answers));
    ASSERT_EQ(found.urgent_actions.size(), 1U);
    EXPECT_NE(found.urgent_actions[0].find("suicide risk screen"), std::string::npos);
    EXPECT_TRUE(found.not_judged.empty());
  }
}

TEST(Score, ItemNineIsUrgentEvenWithoutATotal) {
  Evaluation answers;
  answers.instrument = "phq-9";
  answers.answers["9"] = 2;
  const Score found = score(shipped(), answers);
  EXPECT_FALSE(found.total);
  EXPECT_EQ(found.urgent_actions.size(), 1U);
}

TEST(Score, AnUrgentItemWithoutAnAnswerIsNotJudged) {
  const Score found = score(shipped(), phq9("11111111"));
  EXPECT_TRUE(found.urgent_actions.empty());
  EXPECT_EQ(found.not_judged, std::vector<std::string>{"item 9 of PHQ-9 has no answer"});
}

TEST(Score, ATotalFromElsewhereIsHeldAgainstTheRange) {
  EXPECT_EQ(score(shipped(), total("phq-9", 27)).total, 27);
  const Score found = score(shipped(), total("phq-9", 12));
  EXPECT_EQ(found.total, 12);
  EXPECT_EQ(found.band, "moderate");
  EXPECT_EQ(found.not_judged.size(), 1U);
  for (const int value : {-1, 28}) {
    const Score outside = score(shipped(), total("phq-9", value));
    EXPECT_FALSE(outside.total);
    EXPECT_EQ(outside.no_total_because,
              "a total of " + std::to_string(value) + " is outside 0 to 27 of PHQ-9");
  }
}

TEST(Score, ARangeItemTakesEveryWholeNumberOfIt) {
  Instrument scale;
  scale.short_title = "scale";
  scale.items.resize(1);
  scale.items[0].id = "1";
  scale.items[0].type = ItemType::integer;
  scale.items[0].high = 10;
  scale.total.items = {{"1"}};
  scale.total.high = 10;
  const auto scored = [&](int answer) { return score(scale, craving(answer)).total; };
  EXPECT_EQ(scored(0), 0);
  EXPECT_EQ(scored(10), 10);
  EXPECT_FALSE(scored(-1));
  EXPECT_FALSE(scored(11));
}

}  // namespace
}  // namespace evenkeel::care
