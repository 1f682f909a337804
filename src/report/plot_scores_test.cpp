#include "report/plot_scores.hpp"

#include <gtest/gtest.h>

namespace evenkeel::report {
namespace {

const Instant nine = *Instant::parse("2026-03-02T09:00:00Z");

care::TimedScore scored(double day, std::string instrument, std::optional<int> total, std::string band,
                        care::Moment moment = care::Moment::between_doses) {
  care::Score score;
  score.total = total;
  score.band = std::move(band);
  if (!total) score.no_total_because = "item 3 is not answered";
  return {"e1", nine + day * units::day, moment, std::move(instrument), score};
}

care::Instrument phq9() {
  care::Instrument instrument;
  instrument.id = "phq-9";
  instrument.total.high = 27;
  instrument.total.bands = {
      {0, 4, "minimal", {}, {}}, {5, 9, "mild", {}, {}}, {10, 27, "moderate or worse", {}, {}}};
  instrument.response = {Fraction::from_canonical(0.5), {}};
  instrument.remission_below = {5, {}};
  return instrument;
}

assess::Assessment with_baseline() {
  assess::Assessment a;
  a.instruments = {phq9()};
  a.now = nine + 20.0 * units::day;
  a.scores = {scored(0.0, "phq-9", 18, "moderately severe"), scored(14.0, "phq-9", 8, "mild")};
  a.course.emplace();
  a.course->response = {"phq-9", a.scores[0], a.scores[1], 10.0 / 18.0, true, false};
  return a;
}

bool contains(const assess::Assessment& a, std::string_view part) {
  return plot_scores(a).markup.find(part) != std::string::npos;
}

TEST(PlotScores, TheLinesOfResponseAndRemissionNeedABaseline) {
  assess::Assessment a = with_baseline();
  EXPECT_TRUE(contains(a, "response: 9 or less"));
  EXPECT_TRUE(contains(a, "remission: below 5"));
  a.course->response.baseline.reset();
  EXPECT_FALSE(contains(a, "response: 9 or less"));
}

TEST(PlotScores, BandsAreThoseOfTheInstrumentAndNoneWithoutIt) {
  assess::Assessment a = with_baseline();
  EXPECT_TRUE(contains(a, "class=\"bandline\""));
  a.instruments.clear();
  EXPECT_FALSE(contains(a, "class=\"bandline\""));
  EXPECT_FALSE(contains(a, "response: 9 or less"));
}

TEST(PlotScores, AnEvaluationWithoutATotalIsACrossAndTheTableSaysWhy) {
  assess::Assessment a = with_baseline();
  a.scores.push_back(scored(18.0, "phq-9", std::nullopt, ""));
  EXPECT_TRUE(contains(a, "class=\"no-total\""));
  EXPECT_TRUE(contains(a, "none: item 3 is not answered"));
}

TEST(PlotScores, OnTheTenPointScalesAnAnswerAtADoseIsHollow) {
  assess::Assessment a;
  a.now = nine + 2.0 * units::day;
  a.scores = {scored(0.0, "craving-0-10", 2, "", care::Moment::after_dose)};
  EXPECT_TRUE(contains(a, "class=\"dot hollow\""));
  a.scores[0].moment = care::Moment::between_doses;
  EXPECT_FALSE(contains(a, "class=\"dot hollow\""));
}

TEST(PlotScores, NoEvaluationIsNoPlot) {
  EXPECT_TRUE(plot_scores({}).empty());
}

}  // namespace
}  // namespace evenkeel::report
