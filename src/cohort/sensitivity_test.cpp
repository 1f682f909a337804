// The plan moves one number at a time, and each that has room; the ranking is plain arithmetic on its
// results.
#include "cohort/sensitivity.hpp"

#include <gtest/gtest.h>

#include "cohort/result.hpp"
#include "support/study_outcomes.hpp"

namespace evenkeel::cohort {
namespace {

using study_test::assumed;
using study_test::example_outcomes;
using study_test::example_study;
using study_test::tallied;

TEST(SensitivityPlan, MovesEachNumberThatHasRoomDownAndUp) {
  Study study = example_study();
  study.nature.review_finds = assumed(0.9, 0.5, 0.9);
  const auto plan = sensitivity_plan(study);
  ASSERT_EQ(plan.size(), 5U);  // cystitis twice, review_finds down, craving_rise twice
  EXPECT_EQ(plan[0].group, "nature");
  EXPECT_EQ(plan[0].to, 0.01);
  EXPECT_EQ(plan[1].to, 0.2);
  EXPECT_FALSE(plan[2].up);
  EXPECT_EQ(plan[3].group, "misuse");
}

TEST(SensitivityPlan, LeavesOutBehavioursThatNobodyHas) {
  Study study = example_study();
  study.mix = {{"steady", 1.0}, {"misuse", 0.0}};
  EXPECT_EQ(sensitivity_plan(study).size(), 2U);
  study.sensitivity_patients = 0;
  EXPECT_TRUE(sensitivity_plan(study).empty());
}

TEST(Moved, ChangesOneNumberAndTheCountOfPatients) {
  const Study study = example_study();
  for (const Move& move : sensitivity_plan(study)) {
    const Study made = moved(study, move);
    EXPECT_EQ(made.patients, study.sensitivity_patients);
    EXPECT_EQ(made.seed, study.seed);
    int differing = 0;
    for (const auto& field : nature_fields())
      differing += (made.nature.*field.field).value != (study.nature.*field.field).value;
    for (std::size_t b = 0; b < study.behaviours.size(); ++b) {
      for (const auto& field : drive_fields())
        differing +=
            (made.behaviours[b].drives.*field.field).value != (study.behaviours[b].drives.*field.field).value;
    }
    EXPECT_EQ(differing, 1);
  }
}

TEST(Moved, TakesTheOtherEndOfAnOnsetAlong) {
  Study study = example_study();
  study.behaviours[2].drives.onset_from = assumed(4.0, 2.0, 20.0);
  study.behaviours[2].drives.onset_to = assumed(12.0, 3.0, 30.0);
  for (const Move& move : sensitivity_plan(study)) {
    const Drives& drives = moved(study, move).behaviours[2].drives;
    EXPECT_LE(drives.onset_from.value, drives.onset_to.value);
  }
}

TEST(Rank, PutsTheLargestShareOfChangeFirst) {
  const Study study = example_study();
  const auto plan = sensitivity_plan(study);
  ASSERT_EQ(plan.size(), 4U);
  const auto said = [](double a, std::optional<double> b) {
    return std::vector<Headline>{{"a", "", "1", a}, {"b", "", "1", b}};
  };
  const auto ranking = rank(study, said(10.0, 1.0), plan,
                            {said(9.0, 1.0), said(12.0, 1.0), said(10.0, 0.5), said(10.0, std::nullopt)});
  ASSERT_EQ(ranking.assumptions.size(), 2U);
  const RankedAssumption& first = ranking.assumptions[0];
  EXPECT_EQ(first.name, "craving_rise");
  EXPECT_EQ(first.largest, 0.5);  // from 1 to 0.5
  EXPECT_FALSE(first.swings[1].at_high);
  const RankedAssumption& second = ranking.assumptions[1];
  EXPECT_EQ(second.swings[0].size, 3.0);
  EXPECT_EQ(second.swings[0].relative, 0.25);  // 3 of 12
  EXPECT_EQ(second.largest, 0.25);
}

TEST(Headlines, AreThoseOfTheResult) {
  const Study study = example_study();
  const auto tallies = tallied(study, example_outcomes(study, 5));
  const auto result = result_of(study, tallies, study_test::example_rules());
  const auto said = headlines(study, tallies);
  ASSERT_EQ(said.size(), 7U);
  EXPECT_EQ(said[0].value, result.arms[0].all.noticing.noticed.share->value);
  EXPECT_EQ(said[1].value, result.arms[0].all.noticing.before_harm.share->value);
  EXPECT_EQ(said[2].value, result.arms[0].false_alarms.a_year->value);
  EXPECT_EQ(said[3].value, result.arms[0].all.noticing.delay.median->value);
  EXPECT_EQ(said[6].id, "harm.nobody");
  EXPECT_EQ(said[6].value, result.arms[2].all.harm.share->value);
}

}  // namespace
}  // namespace evenkeel::cohort
