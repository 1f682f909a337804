// Effect against exposure: each threshold at, below and above, with predictions made by hand and by a model.

#include <gtest/gtest.h>

#include "support/chart.hpp"
#include "support/tolerance_events.hpp"

namespace evenkeel::watch {
namespace {

using namespace test;

constexpr auto ng_per_mL = units::ng / units::mL;

// The outcome with this prediction instead of a model's.
RuleOutcome judged(const History& history, const Prediction& prediction, Instant now = day(200)) {
  const care::Record known = history.record().as_known_at(now);
  const auto valid = known.valid();
  const auto sessions = care::sessions(valid, now);
  const auto scores = care::scores(valid, library().instruments);
  const Chart chart{valid,     sessions, scores, care::plan_at(valid, now), now, library().instruments,
                    prediction};
  return watch::run(std::span{&rule("effect-against-model"), 1}, chart).front();
}

// One infusion a week: what is predicted and how strongly it is felt (not asked where below 0).
struct Given {
  double ng_mL;
  int felt;
};
struct Course {
  History history;
  Prediction prediction;
};
Course course(std::initializer_list<Given> given) {
  Course made;
  made.prediction.model = "a model 1.0.0";
  made.prediction.own = "a typical patient of this weight";
  made.history.add(day(0), plan());
  int number = 0;
  for (const Given& each : given) {
    const double at = 1 + 7.0 * number++;
    const std::string id = "s" + std::to_string(number);
    made.history.infuse(id, day(at));
    if (each.felt >= 0) made.history.add(day(at) + 45.0 * units::min, dissociation(each.felt));
    if (each.ng_mL > 0) made.prediction.sessions.push_back({id, each.ng_mL * ng_per_mL, {}});
  }
  return made;
}
RuleOutcome judged(const Course& made) {
  return judged(made.history, made.prediction);
}
Course moved(double ng_mL, int felt) {
  return course({{200, 6}, {200, 6}, {200, 6}, {ng_mL, felt}, {ng_mL, felt}, {ng_mL, felt}});
}

TEST(EffectAgainstModel, SaysWhyItIsNotJudged) {
  EXPECT_EQ(judged(History{}, {}).outcome, Outcome::not_judged);
  Course made = moved(240, 3);
  made.prediction.sessions.clear();
  made.prediction.why_not = "the drug goes in by the nose";
  EXPECT_EQ(judged(made).why, "no model predicts these infusions: the drug goes in by the nose");
  const auto few = judged(course({{200, 6}, {200, -1}, {0, 6}, {200, 6}, {240, 3}, {240, 3}}));
  EXPECT_EQ(few.outcome, Outcome::not_judged);
  EXPECT_EQ(few.why, "4 infusions with a prediction and an answer on dissociation; 6 are needed");
}

TEST(EffectAgainstModel, MoreInTheBloodAndLessFeltIsFound) {
  const auto outcome = judged(moved(236, 3));
  ASSERT_EQ(outcome.findings.size(), 1U);
  EXPECT_EQ(outcome.findings[0].level, 1);
  EXPECT_EQ(
      outcome.findings[0].text,
      "predicted at the end of infusion 200 -> 236 ng/mL (+18 %), dissociation at peak 6.0 -> 3.0: means of "
      "the "
      "first 3 (2026-03-03 to 2026-03-17) and the last 3 (2026-03-24 to 2026-04-07), by a model 1.0.0 for a "
      "typical patient of this weight; less is felt with repeats in most people, but not as a rule with more "
      "in the blood");
  EXPECT_EQ(outcome.findings[0].since, day(36));
}

TEST(EffectAgainstModel, BeginsAtFifteenPercentMoreAndTwoPointsLess) {
  EXPECT_EQ(judged(moved(230, 4)).outcome, Outcome::found);
  EXPECT_EQ(judged(moved(229.9, 4)).outcome, Outcome::clear);
  EXPECT_EQ(judged(course({{200, 6}, {200, 6}, {200, 6}, {230, 4}, {230, 4}, {230, 5}})).outcome,
            Outcome::clear);
}

// In everybody less is felt with repeats: at the same exposure that is no sign, however far it falls.
TEST(EffectAgainstModel, LessFeltAtTheSameExposureIsOrdinary) {
  EXPECT_EQ(judged(moved(200, 0)).outcome, Outcome::clear);
  EXPECT_EQ(judged(moved(260, 6)).outcome, Outcome::clear);  // nor is more in the blood by itself
}

TEST(EffectAgainstModel, TakesTheWorstAnswerOfTheSessionAndNoneFromBefore) {
  Course made = moved(240, 3);
  made.history.add(day(36) + 20.0 * units::min, dissociation(9, care::Moment::during_dose));
  EXPECT_EQ(judged(made).outcome, Outcome::clear);  // 3, 3, 9: a fall of 1
  Course before = moved(240, 3);
  before.history.add(day(36) + 20.0 * units::min, dissociation(9, care::Moment::before_dose));
  EXPECT_EQ(judged(before).outcome, Outcome::found);
}

TEST(EffectAgainstModel, IsFoundSinceItFirstSufficed) {
  auto longer = course({{200, 6}, {200, 6}, {200, 6}, {240, 3}, {240, 3}, {240, 3}, {240, 3}, {240, 3}});
  EXPECT_EQ(judged(longer).findings.at(0).since, day(36));
}

// Half a year of infusions by the shipped model: 0.5, then 0.7 mg/kg.
TEST(EffectAgainstModel, IsJudgedByTheShippedModel) {
  const auto by_model = [](const char* later, int felt) {
    History history;
    history.add(day(0), plan());
    for (int i = 0; i < 6; ++i) {
      history.infuse("s" + std::to_string(i + 1), day(1 + 7 * i), i < 3 ? "35" : later);
      history.add(day(1 + 7 * i) + 41.0 * units::min, dissociation(i < 3 ? 6 : felt));
    }
    return watched(history, day(60), "effect-against-model");
  };
  EXPECT_EQ(by_model("49", 3).outcome, Outcome::found);
  EXPECT_NE(by_model("49", 3).findings.at(0).text.find("(+40 %)"), std::string::npos);
  EXPECT_EQ(by_model("35", 3).outcome, Outcome::clear);
  EXPECT_EQ(by_model("49", 6).outcome, Outcome::clear);
}

// Infusions every 28 days; the PHQ-9 is at its best two days after, and 5 points above it after so many days.
Course lasting(std::initializer_list<double> days, double late_ng_mL = 200, int rise = 5) {
  Course made;
  made.history.add(day(0), plan());
  int number = 0;
  for (const double lasts : days) {
    const double at = 1 + 28.0 * number++;
    const std::string id = "s" + std::to_string(number);
    made.history.infuse(id, day(at));
    made.history.add(day(at + 2), total("phq-9", 8));
    made.history.add(day(at + lasts), total("phq-9", 8 + rise));
    made.prediction.sessions.push_back({id, (number > 3 ? late_ng_mL : 200) * ng_per_mL, {}});
  }
  return made;
}

TEST(EffectAgainstModel, BenefitThatLastsHalfAsLongAtNoLessInTheBloodIsFound) {
  const auto outcome = judged(lasting({20, 20, 20, 10, 10, 10}));
  ASSERT_EQ(outcome.findings.size(), 1U);
  EXPECT_NE(outcome.findings[0].text.find("benefit lasted 20 days or more on average"), std::string::npos)
      << outcome.findings[0].text;
  EXPECT_EQ(judged(lasting({20, 20, 20, 10, 10, 11})).outcome, Outcome::not_judged);
  EXPECT_EQ(judged(lasting({20, 20, 20, 10, 10, 10}, 180)).outcome,
            Outcome::not_judged);  // less in the blood
  EXPECT_EQ(judged(lasting({20, 20, 20, 10, 10, 10}, 190)).outcome, Outcome::found);
  EXPECT_EQ(judged(lasting({20, 20, 20, 10, 10, 10}, 200, 4)).outcome, Outcome::not_judged);  // no return
  EXPECT_EQ(judged(lasting({20, 20, 10, 10, 10})).outcome, Outcome::not_judged);
}

}  // namespace
}  // namespace evenkeel::watch
