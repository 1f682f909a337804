// That the measured proposal is a proposal, and its bands are those of the members one by one.

#include "plan_work.hpp"

#include <gtest/gtest.h>

#include "pkpd/ensemble.hpp"
#include "pkpd/trajectory.hpp"

namespace evenkeel::bench {
namespace {

using units::mg;

TEST(PlanWork, HasFiveHundredCandidatesThatAreAllJudged) {
  const auto answer = plan::propose(dose_question(100, 1));
  ASSERT_TRUE(answer) << to_string(answer.error());
  const auto* advice = std::get_if<plan::Advice>(&answer->outcome);
  ASSERT_NE(advice, nullptr);
  EXPECT_EQ(advice->ranked.size(), 500U);
  EXPECT_TRUE(advice->refused.empty());
  for (const plan::Candidate& each : advice->ranked) {
    EXPECT_EQ(each.predictions.front().band.size(), plan::times_of_a_band);
    EXPECT_EQ(each.aims.size(), 3U);
  }
}

TEST(PlanWork, AgreesWithEachMembersTrajectory) {
  auto model = dose_question(60, 1).models.front();
  for (auto& member : model.forecast.members) member.amounts.setZero();
  const auto work = predictions();
  const auto predicted = *plan::predict(model, model.from, work.shapes, work.candidates, 1);
  ASSERT_EQ(predicted.size(), 500U);
  for (const std::size_t c : {0U, 130U, 499U}) {
    const plan::Shape& shape = work.shapes[work.candidates[c].shape];
    const std::vector<pkpd::Dose> dose{
        {Duration{}, shape.minutes.to_double() * units::min, work.candidates[c].dose}};
    const auto times = plan::times_of(shape);
    std::vector<std::vector<double>> values(times.size());
    for (const auto& member : model.forecast.members) {
      const auto road = *pkpd::Trajectory::make({{Duration{}, member.system}}, dose);
      const auto curve = road.concentrations(times);
      for (std::size_t t = 0; t < times.size(); ++t) values[t].push_back(curve[t].in(mg / units::L));
    }
    for (std::size_t t = 0; t < times.size(); ++t) {
      const double median = pkpd::percentile(values[t], 0.5);
      const double high = pkpd::percentile(values[t], 0.95);
      EXPECT_NEAR(predicted[c].band[t].p50.in(mg / units::L), median, 1e-10 * median + 1e-15);
      EXPECT_NEAR(predicted[c].band[t].p95.in(mg / units::L), high, 1e-10 * high + 1e-15);
    }
  }
}

}  // namespace
}  // namespace evenkeel::bench
