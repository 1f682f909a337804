#include "plan/what_if.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "plan/transcript.hpp"
#include "support/dose_question.hpp"

namespace evenkeel::plan {
namespace {

using test::dec;

WhatIf usual(const DoseQuestion& q) {
  const auto alternatives = *usual_alternatives(q, dec("0.1"), 4.0 * units::day);
  return *what_if(q, alternatives);
}

const WhatIfRow& row_of(const WhatIf& answer, Change change) {
  return *std::ranges::find(answer.rows, change, &WhatIfRow::change);
}

TEST(WhatIf, StandsSideBySideWithBandsFromEveryModel) {
  const auto answer = usual(test::steady_question());
  ASSERT_EQ(answer.rows.size(), 4U);
  for (const WhatIfRow& row : answer.rows) {
    ASSERT_TRUE(row.candidate) << row.words;
    EXPECT_EQ(row.candidate->predictions.size(), 2U);
    EXPECT_EQ(row.candidate->times.size(), times_of_a_band);
  }
  EXPECT_EQ(row_of(answer, Change::same).candidate->delivered.mg, dec("41"));
  EXPECT_EQ(row_of(answer, Change::step_up).candidate->delivered.mg, dec("49"));
  EXPECT_EQ(row_of(answer, Change::step_down).candidate->delivered.mg, dec("32"));
}

TEST(WhatIf, OverTheModelsThereIsARange) {
  const auto answer = usual(test::steady_question());
  const auto& row = row_of(answer, Change::same);
  ASSERT_EQ(row.over_models.size(), 1U);
  const OverModels& over = row.over_models.front();
  EXPECT_EQ(over.models, (std::vector<std::size_t>{0, 1}));
  EXPECT_LT(over.middle_peak.low(), over.middle_peak.high());
  for (const ModelPrediction& each : row.candidate->predictions) {
    EXPECT_LE(over.peak.low, each.peak.p5);
    EXPECT_GE(over.peak.high, each.peak.p95);
    for (std::size_t t = 0; t < over.band.size(); ++t) {
      EXPECT_LE(over.band[t].low, each.band[t].p5);
      EXPECT_GE(over.band[t].high, each.band[t].p95);
    }
  }
}

TEST(WhatIf, ModelsOfAnotherSiteAreNotMixedIn) {
  auto q = test::steady_question();
  q.models[1].forecast.outputs[0].site = pkpd::SamplingSite::venous;
  q.models[1].read_outs.clear();
  EXPECT_EQ(row_of(usual(q), Change::same).over_models.size(), 2U);
}

TEST(WhatIf, AStepUpSaysWhatItWouldNeed) {
  const auto answer = usual(test::steady_question());
  const auto& conditions = row_of(answer, Change::step_up).conditions;
  ASSERT_EQ(conditions.size(), 3U);  // dose, rate, reason
  EXPECT_NE(conditions[0].find("A change of the plan: dose per body weight, plan: 49 mg"), std::string::npos)
      << conditions[0];
  EXPECT_NE(conditions[2].find("recorded reason"), std::string::npos) << conditions[2];
  EXPECT_TRUE(row_of(answer, Change::same).conditions.empty());
  EXPECT_TRUE(row_of(answer, Change::step_down).conditions.empty());
}

TEST(WhatIf, AStepAboveALimitOfTheSiteIsRefusedAndNotPredicted) {
  auto q = test::steady_question();
  q.site.limits = {{LimitKind::dose, Origin::site, dec("45"), {"house", Label::proposal, ""}, "house rule"}};
  const auto answer = usual(q);
  const auto& row = row_of(answer, Change::step_up);
  EXPECT_FALSE(row.candidate);
  ASSERT_TRUE(row.refused);
  EXPECT_EQ(row.refused->limit->origin, Origin::site);
  EXPECT_TRUE(row.over_models.empty());
}

TEST(WhatIf, ALongerIntervalLeavesLessAndMeetsTheReviewOnItsWay) {
  auto q = test::steady_question();
  for (auto& model : q.models)
    for (auto& member : model.forecast.members) member.amounts << 1.0, 2.0, 30.0;
  q.patient.plan->plan.next_review = *Date::parse("2026-03-18");
  const auto answer = usual(q);
  const auto& later = row_of(answer, Change::longer_interval);
  EXPECT_EQ(later.start.to_string(), "2026-03-20T10:00:00Z");
  EXPECT_LT(later.candidate->predictions[0].peak.p50,
            row_of(answer, Change::same).candidate->predictions[0].peak.p50);
  ASSERT_EQ(later.conditions.size(), 1U);
  EXPECT_NE(later.conditions[0].find("review of the plan is stale"), std::string::npos);
}

TEST(WhatIf, AnotherMedicineHasItsOwnForecasts) {
  const auto q = test::steady_question();
  auto alternatives = *usual_alternatives(q, dec("0.1"), 4.0 * units::day);
  alternatives.push_back({Change::interaction,
                          "with a medicine that halves clearance",
                          alternatives.front().dose,
                          q.start,
                          {test::forecast_of("one", 200, 35.0, 1)}});
  const auto answer = *what_if(q, alternatives);
  const auto& with = row_of(answer, Change::interaction);
  ASSERT_EQ(with.candidate->predictions.size(), 1U);
  EXPECT_GT(with.candidate->predictions[0].area.p50,
            1.2 * row_of(answer, Change::same).candidate->predictions[0].area.p50);
}

TEST(WhatIf, NeedsWhatAProposalNeeds) {
  auto q = test::steady_question();
  q.patient.pressure.reset();
  const auto answer = usual(q);
  EXPECT_TRUE(answer.rows.empty());
  ASSERT_EQ(answer.gaps.size(), 1U);
  q.patient.weight.reset();
  EXPECT_FALSE(usual_alternatives(q, dec("0.1"), 4.0 * units::day));
  EXPECT_FALSE(usual_alternatives(test::steady_question(1), dec("0"), 4.0 * units::day));
  EXPECT_FALSE(usual_alternatives(test::steady_question(1), dec("0.1"), -1.0 * units::day));
}

TEST(WhatIf, IsReplayedByteForByte) {
  auto q = test::steady_question();
  q.threads = 1;
  const std::string once = transcript(usual(q));
  q.threads = 2;
  EXPECT_EQ(once, transcript(usual(q)));
}

}  // namespace
}  // namespace evenkeel::plan
