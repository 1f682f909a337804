// The individual works of the benchmark are computed right. Few patients, no clock.
#include "patients.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace evenkeel::bench {
namespace {

TEST(Patients, TheFirstHasTheOptimumThatOtherProgramsFind) {
  const auto problem = patients(1).front();
  const auto found = individual::estimate(problem);
  ASSERT_TRUE(found.has_value());
  EXPECT_TRUE(found->converged);
  EXPECT_NEAR(115.8948 * std::exp(0.3 * found->z[0]), 144.252023, 5e-7);
  EXPECT_NEAR(4.41 * std::exp(0.3 * found->z[1]), 4.467938, 5e-7);
  EXPECT_NEAR(10.5697166 * std::exp(0.3 * found->z[2]), 11.013121, 5e-7);
}

TEST(Patients, AreAllEstimated) {
  const auto problems = patients(200);
  for (const auto& found : individual::estimate_each(problems)) {
    ASSERT_TRUE(found.has_value());
    EXPECT_TRUE(found->converged);
    EXPECT_LT(found->gradient, 1e-8);
  }
}

TEST(Patients, HaveTheirHighestDensityAtTheEstimate) {
  const auto problem = patients(1).front();
  const auto found = individual::estimate(problem);
  const Eigen::VectorXd densities = *individual::log_density(problem, parameter_draws(1000));
  const Eigen::VectorXd there = *individual::log_density(problem, found->z);
  EXPECT_NEAR(there[0], -found->objective, 1e-12);
  EXPECT_LT(densities.maxCoeff(), there[0]);
}

}  // namespace
}  // namespace evenkeel::bench
