// Thousands of small problems: all converge, each as if alone, on every kind of machine.
#include <gtest/gtest.h>
#include <hwy/targets.h>

#include <cmath>
#include <vector>

#include "batches.hpp"
#include "support/small_problems.hpp"

namespace evenkeel::individual {
namespace {

using pkpd::OnMachine;

std::vector<SmallProblem> many_problems(std::uint64_t seed, std::size_t count) {
  RandomProblems random{seed};
  std::vector<SmallProblem> problems;
  while (problems.size() < count) problems.push_back(random.problem());
  return problems;
}

// Every number of an estimate.
std::vector<double> numbers_of(const Result<SmallEstimate>& result) {
  const SmallEstimate& found = result.value();
  std::vector<double> numbers(found.z.begin(), found.z.end());
  for (const double each : found.hessian.reshaped()) numbers.push_back(each);
  numbers.push_back(found.objective);
  numbers.push_back(found.gradient);
  numbers.push_back(found.iterations);
  numbers.push_back(found.converged ? 1.0 : 0.0);
  return numbers;
}

std::vector<double> all_numbers(const std::vector<SmallProblem>& problems) {
  std::vector<double> numbers;
  for (const auto& result : estimate_each(problems)) {
    for (const double each : numbers_of(result)) numbers.push_back(each);
  }
  RandomProblems random{99};
  for (std::size_t i = 0; i < problems.size(); i += 10) {
    Eigen::MatrixXd z(std::ssize(problems[i].effects), 9);
    for (auto column : z.colwise()) column = random.normals(z.rows());
    const Eigen::VectorXd density = *log_density(problems[i], z);
    for (const double each : density) numbers.push_back(each);
    const Eigen::MatrixXd curve = *curves(problems[i], z, std::vector<double>{0.0, 0.7, 3.0, 12.0, 50.0});
    for (const double each : curve.reshaped()) numbers.push_back(each);
  }
  return numbers;
}

TEST(SmallProblems, AllConverge) {
  const auto problems = many_problems(1, 5000);
  int evaluations = 0;
  const auto estimates = estimate_each(problems);
  for (std::size_t i = 0; i < problems.size(); ++i) {
    ASSERT_TRUE(estimates[i].has_value()) << i << ": " << to_string(estimates[i].error());
    EXPECT_TRUE(estimates[i]->converged) << i << " after " << estimates[i]->iterations;
    EXPECT_LT(estimates[i]->gradient, 1e-8 * estimates[i]->hessian.cwiseAbs().maxCoeff()) << i;
    evaluations += estimates[i]->iterations;
  }
  EXPECT_LT(evaluations, 15 * 5000);
}

// The optimum is no worse than where it started, nor than any place near it.
TEST(SmallProblems, AreAtAMinimum) {
  RandomProblems random{3};
  const auto problems = many_problems(2, 300);
  const auto estimates = estimate_each(problems);
  for (std::size_t i = 0; i < problems.size(); ++i) {
    const auto n = estimates[i]->z.size();
    Eigen::MatrixXd z(n, 16);
    z.col(0) = estimates[i]->z;
    z.col(1).setZero();
    for (Eigen::Index column = 2; column < z.cols(); ++column)
      z.col(column) =
          estimates[i]->z + std::pow(10.0, -0.3 * static_cast<double>(column)) * random.normals(n);
    const Eigen::VectorXd density = *log_density(problems[i], z);
    EXPECT_NEAR(density[0], -estimates[i]->objective, 1e-10 * (1.0 + std::abs(density[0])));
    for (Eigen::Index column = 1; column < 16; ++column) {
      if (column > 1 && column < 5) continue;  // as far as another valley may be
      EXPECT_LE(density[column], density[0] + 1e-9) << i << ", " << column;
    }
  }
}

TEST(SmallProblems, AreEachAsIfAloneAndInAnyOrder) {
  auto problems = many_problems(4, 500);
  const auto together = estimate_each(problems);
  for (std::size_t i = 0; i < problems.size(); ++i)
    ASSERT_EQ(numbers_of(together[i]), numbers_of(estimate(problems[i]))) << i;
  std::ranges::reverse(problems);
  const auto reversed = estimate_each(problems);
  for (std::size_t i = 0; i < problems.size(); ++i)
    ASSERT_EQ(numbers_of(reversed[problems.size() - 1 - i]), numbers_of(together[i])) << i;
}

TEST(SmallProblems, OneThatIsRefusedLeavesTheOthersAsTheyAre) {
  auto problems = many_problems(5, 20);
  const auto before = estimate_each(problems);
  problems[3].doses.front().amount_mg = -1.0;
  const auto after = estimate_each(problems);
  EXPECT_FALSE(after[3].has_value());
  for (std::size_t i = 0; i < problems.size(); ++i) {
    if (i == 3) continue;
    EXPECT_EQ(numbers_of(after[i]), numbers_of(before[i])) << i;
  }
}

// A column of z is evaluated the same wherever it stands among the others.
TEST(SmallProblems, DensitiesAndCurvesDoNotDependOnTheOtherColumns) {
  RandomProblems random{6};
  const auto problem = reference_problem();
  Eigen::MatrixXd z(3, 21);
  for (auto column : z.colwise()) column = random.normals(3);
  const std::vector<double> times{0.1, 0.5, 2.0};
  const Eigen::VectorXd density = *log_density(problem, z);
  const Eigen::MatrixXd curve = *curves(problem, z, times);
  for (Eigen::Index i = 0; i < z.cols(); ++i) {
    EXPECT_EQ((*log_density(problem, z.col(i)))[0], density[i]);
    EXPECT_EQ(*curves(problem, z.col(i), times), curve.col(i));
  }
}

TEST(SmallProblems, HaveTheSameBitsOnEveryMachineThatFusesMultiplicationAndAddition) {
  if ((hwy::SupportedTargets() & HWY_AVX3) == 0) GTEST_SKIP() << "this machine has no AVX-512";
  const auto problems = many_problems(7, 300);
  std::vector<double> avx2;
  {
    const OnMachine machine{HWY_AVX2};
    avx2 = all_numbers(problems);
  }
  const OnMachine machine{HWY_AVX3};
  EXPECT_EQ(all_numbers(problems), avx2);
}

TEST(SmallProblems, HaveTheSameOptimumWithoutFusedMultiplication) {
  const auto problems = many_problems(8, 300);
  const auto fused = estimate_each(problems);
  const auto fused_numbers = all_numbers(problems);
  for (const std::int64_t target : {HWY_SSE4, HWY_EMU128}) {
    const OnMachine machine{target};
    EXPECT_NE(all_numbers(problems), fused_numbers) << "the machine was not changed";
    const auto bare = estimate_each(problems);
    for (std::size_t i = 0; i < problems.size(); ++i) {
      EXPECT_TRUE(bare[i]->converged) << i;
      EXPECT_LT((bare[i]->z - fused[i]->z).cwiseAbs().maxCoeff(), 1e-8) << i;
      const double size = fused[i]->hessian.cwiseAbs().maxCoeff();
      EXPECT_LT((bare[i]->hessian - fused[i]->hessian).cwiseAbs().maxCoeff(), 1e-7 * size) << i;
      EXPECT_NEAR(bare[i]->objective, fused[i]->objective, 1e-9 * (1.0 + std::abs(fused[i]->objective)));
    }
  }
}

}  // namespace
}  // namespace evenkeel::individual
