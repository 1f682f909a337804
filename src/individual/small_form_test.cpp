#include "individual/small_form.hpp"

#include <gtest/gtest.h>

#include "individual/map.hpp"
#include "support/three_compartments.hpp"

namespace evenkeel::individual {
namespace {

// The general road alone: a start of its own keeps the fast one out.
Estimate by_the_general_road(const Problem& problem) {
  return most_likely(problem, Eigen::VectorXd::Zero(static_cast<Eigen::Index>(problem.dimensions())));
}

TEST(SmallForm, HasTheSameDensityAsTheProblem) {
  const pkpd::Structure structure{test::three_compartments()};
  auto question = test::four_assays(structure);
  question.measured[3].what = Below{0.02 * (units::mg / units::L)};
  const auto problem = Problem::make(question);
  ASSERT_TRUE(problem);
  const auto small = small_form(*problem);
  ASSERT_TRUE(small);
  Eigen::MatrixXd z(3, 4);
  z << 0.0, 0.5, -1.0, 2.0, 0.0, 1.0, 0.3, -2.0, 0.0, -0.7, 1.5, 0.1;
  const auto fast = log_density(*small, z);
  ASSERT_TRUE(fast);
  for (Eigen::Index d = 0; d < z.cols(); ++d)
    EXPECT_NEAR(-(*fast)[d], problem->objective(z.col(d)), 1e-9) << d;
}

TEST(SmallForm, LeadsToTheEstimateOfTheGeneralRoad) {
  const pkpd::Structure structure{test::three_compartments()};
  const auto problem = Problem::make(test::four_assays(structure));
  ASSERT_TRUE(problem);
  const Estimate fast = most_likely(*problem);
  const Estimate general = by_the_general_road(*problem);
  EXPECT_LE(fast.iterations, 1);
  EXPECT_LT((fast.z - general.z).cwiseAbs().maxCoeff(), 1e-7);
}

TEST(SmallForm, FollowsAWeightThatChanges) {
  pkpd::Model model = test::three_compartments();
  model.parameters[0].effects = {pkpd::PowerEffect{pkpd::Covariate::weight, 70.0, 0.75, {}}};
  const pkpd::Structure structure{model};
  auto question = test::four_assays(structure);
  question.spans = {{Duration{}, {70.0 * units::kg}, 1}, {1.0 * units::h, {60.0 * units::kg}, 2}};
  const auto problem = Problem::make(question);
  ASSERT_TRUE(problem);
  ASSERT_TRUE(small_form(*problem));
  EXPECT_LT((most_likely(*problem).z - by_the_general_road(*problem).z).cwiseAbs().maxCoeff(), 1e-7);
}

TEST(SmallForm, IsNoneWhereAFlowIsOnlyAShare) {
  pkpd::Model model = test::three_compartments();
  model.parameters.push_back(model.parameters[0]);
  model.parameters.back().name = "FE";
  model.parameters.back().dimension = pkpd::Dimension::fraction;
  model.parameters.back().value = 0.5;
  model.flows[0].fraction = {{{"FE"}, false}};
  const pkpd::Structure structure{model};
  const auto problem = Problem::make(test::four_assays(structure));
  ASSERT_TRUE(problem);
  EXPECT_FALSE(small_form(*problem));
}

TEST(SmallForm, IsNoneWhereTwoOutputsAreRead) {
  pkpd::Model model = test::three_compartments();
  model.outputs.push_back({"slow", "slow", pkpd::Moiety::unspecified, pkpd::SamplingSite::unspecified});
  model.variability.residuals.push_back({"slow", 0.15, {}, 0.0, {}});
  const pkpd::Structure structure{model};
  auto question = test::four_assays(structure);
  question.measured[2].output = 1;
  const auto problem = Problem::make(question);
  ASSERT_TRUE(problem);
  EXPECT_FALSE(small_form(*problem));
}

}  // namespace
}  // namespace evenkeel::individual
