// The works of the benchmark are computed right. Few subjects, no clock.
#include "work.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "pkpd/bands.hpp"
#include "pkpd/trajectory.hpp"

namespace evenkeel::bench {
namespace {

constexpr std::size_t subjects = 20;

pkpd::BatchPlan plan_of(const std::vector<Infusion>& doses, const std::vector<double>& times_h) {
  return *pkpd::BatchPlan::make(timeline_of(doses), times_h);
}

void expect_dose_by_dose(const Cohort& cohort, std::size_t subject, const std::vector<Infusion>& doses,
                         const std::vector<double>& times_h, const pkpd::BatchCurves& curves) {
  const auto system = cohort.structure().system(cohort.values(subject));
  const auto expected = dose_by_dose<long double>(*system, doses, times_h);
  for (std::size_t row = 0; row < times_h.size(); ++row) {
    const auto value = static_cast<double>(expected[row]);
    ASSERT_NEAR(curves.at(subject, 0, row), value, 1e-10 * value) << "row " << row;
  }
}

TEST(Work, IsWhatThePublishedMeasurementsDid) {
  EXPECT_EQ(fortnight_grid_h().size(), 1921U);
  EXPECT_EQ(six_infusions().size(), 6U);
  double mg = 0.0;
  for (const Infusion& dose : six_infusions()) mg += dose.hours * dose.rate_mg_h;
  EXPECT_NEAR(mg, 6 * 35.0, 1e-12);
  // What another program, stanpumpR, gives at the end of the first infusion.
  const Cohort cohort{three_compartments(), {{"CL", 0.0}}, 1};
  const auto curve =
      dose_by_dose<double>(*cohort.structure().system(cohort.values(0)), six_infusions(), {40.0 / 60.0});
  EXPECT_NEAR(curve.front(), 0.2403596, 1e-4);
  EXPECT_EQ(simons_intravenous().compartments.size(), 11U);
}

TEST(Work, HasNoTwoEqualStepsOnTheIrregularGrid) {
  const auto plan = plan_of(six_infusions(), irregular_grid_h());
  EXPECT_EQ(plan.rows(), 1921U);
  EXPECT_TRUE(plan.even_h().empty());
}

TEST(Work, AgreesWithTheTextbookOnBothGrids) {
  const Cohort cohort = three_compartment_cohort(subjects);
  for (const auto& times : {fortnight_grid_h(), irregular_grid_h()}) {
    const auto curves = pkpd::simulate(cohort.batch({plan_of(six_infusions(), times)}));
    for (std::size_t i = 0; i < subjects; ++i)
      expect_dose_by_dose(cohort, i, six_infusions(), times, **curves);
  }
}

TEST(Work, AgreesWithTheTextbookForMixedRegimens) {
  const Cohort cohort = three_compartment_cohort(subjects);
  const auto times = fortnight_grid_h();
  const auto regimens = different_regimens(7);
  std::vector<pkpd::BatchPlan> plans;
  for (const auto& regimen : regimens) plans.push_back(plan_of(regimen, times));
  pkpd::Batch batch = cohort.batch(plans);
  for (std::uint32_t i = 0; i < subjects; ++i) batch.plan_of.push_back(i % 7);
  const auto curves = pkpd::simulate(batch);
  for (std::size_t i = 0; i < subjects; ++i) expect_dose_by_dose(cohort, i, regimens[i % 7], times, **curves);
}

TEST(Work, AgreesWithTheScalarEngineForElevenCompartments) {
  const Cohort cohort = simons_cohort(subjects);
  const auto times = fortnight_grid_h();
  const auto curves = pkpd::simulate(cohort.batch({plan_of(six_infusions(), times)}));
  for (std::size_t i = 0; i < subjects; i += 9) {
    auto timeline = timeline_of(six_infusions());
    timeline.systems = {*cohort.structure().system(cohort.values(i))};
    const auto alone = *pkpd::Trajectory::make(timeline);
    for (std::size_t row = 0; row < times.size(); row += 13) {
      for (std::size_t o = 0; o < 3; ++o) {
        const double expected = alone.concentration(times[row] * units::h, o).canonical();
        ASSERT_NEAR((*curves)->at(i, o, row), expected, 1e-10 * expected) << "row " << row;
      }
    }
  }
}

}  // namespace
}  // namespace evenkeel::bench
