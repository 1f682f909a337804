#include "individual/small_problem.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace evenkeel::individual {
namespace {

// 35 mg over 40 min, four readings, random effects on CL, V1 and V2; the optimum as two other programs
// give it (docs/performance.md).
SmallProblem reference_problem() {
  SmallProblem problem;
  problem.compartments = 3;
  problem.spans = {{0.0, {1.93158 * 60.0, 4.41, 2.61072 * 60.0, 10.5697166, 2.6019 * 60.0, 178.212329}}};
  problem.doses = {{0.0, 40.0 / 60.0, 35.0}};
  problem.readings = {{20.0 / 60.0, 0.1650, false},
                      {40.0 / 60.0, 0.2010, false},
                      {70.0 / 60.0, 0.0385, false},
                      {180.0 / 60.0, 0.0196, false}};
  problem.proportional_sd = 0.15;
  problem.effects = {0, 1, 3};
  problem.root = 0.3 * SmallMatrix::Identity(3, 3);
  return problem;
}

TEST(SmallProblem, FindsTheKnownOptimumOfTheReferenceProblem) {
  const auto problem = reference_problem();
  const auto found = estimate(problem);
  ASSERT_TRUE(found.has_value());
  EXPECT_TRUE(found->converged);
  EXPECT_LT(found->gradient, 1e-9);
  const auto value = [&](Eigen::Index effect, std::size_t parameter) {
    return problem.spans.front().typical[parameter] * std::exp(0.3 * found->z[effect]);
  };
  EXPECT_NEAR(value(0, 0), 144.252023, 5e-7 * 144.0);
  EXPECT_NEAR(value(1, 1), 4.467938, 5e-7);
  EXPECT_NEAR(value(2, 3), 11.013121, 5e-7);
  std::printf("%.9f %.9f %.9f it %d\n", value(0, 0), value(1, 1), value(2, 3), found->iterations);
}

}  // namespace
}  // namespace evenkeel::individual
