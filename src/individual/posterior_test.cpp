#include "individual/posterior.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "support/three_compartments.hpp"

namespace evenkeel::individual {
namespace {

struct Made {
  pkpd::Structure structure{test::three_compartments()};
  Problem problem = *Problem::make(test::four_assays(structure));
  Estimate estimate = most_likely(problem);
};

TEST(Sample, TheSameSeedGivesTheSameBitsOnAnyNumberOfThreads) {
  const Made made;
  const Posterior one = sample(made.problem, made.estimate, {.seed = 9, .effective = 1000.0, .threads = 1});
  const Posterior two = sample(made.problem, made.estimate, {.seed = 9, .effective = 1000.0, .threads = 2});
  const Posterior again = sample(made.problem, made.estimate, {.seed = 9, .effective = 1000.0, .threads = 2});
  const Posterior other = sample(made.problem, made.estimate, {.seed = 10, .effective = 1000.0});
  EXPECT_EQ(one.z, two.z);
  EXPECT_EQ(one.weights, two.weights);
  EXPECT_EQ(one.log_likelihood, two.log_likelihood);
  EXPECT_EQ(two.weights, again.weights);
  EXPECT_NE(one.z(0, 0), other.z(0, 0));
}

TEST(Sample, HasTheEffectiveDrawsThatWereAskedFor) {
  const Made made;
  for (const double wanted : {1000.0, 4000.0}) {
    const Posterior posterior = sample(made.problem, made.estimate, {.effective = wanted});
    EXPECT_GE(posterior.effective, 0.95 * wanted);
    EXPECT_NEAR(posterior.weights.sum(), 1.0, 1e-12);
    EXPECT_GE(posterior.weights.minCoeff(), 0.0);
    EXPECT_NEAR(posterior.effective, 1.0 / posterior.weights.squaredNorm(), 1e-6);
    EXPECT_EQ(posterior.largest_weight, posterior.weights.maxCoeff());
  }
}

TEST(Sample, StaysWithinTheDrawsAllowedAndSaysWhatThatGave) {
  const Made made;
  const Posterior posterior = sample(made.problem, made.estimate, {.effective = 1e6, .most_draws = 3000});
  EXPECT_EQ(posterior.weights.size(), 3000);
  EXPECT_LT(posterior.effective, 3000.0);
}

TEST(Sample, WithoutCoordinatesIsOneDrawOfNothing) {
  const pkpd::Structure structure{test::three_compartments()};
  Question question = test::four_assays(structure);
  question.measured.clear();
  const auto problem = *Problem::make(question);
  const Posterior posterior = sample(problem, most_likely(problem));
  EXPECT_EQ(posterior.z.rows(), 0);
  EXPECT_EQ(posterior.weights.size(), 1);
  EXPECT_EQ(posterior.log_likelihood, 0.0);
}

TEST(EquallyLikely, EachDrawComesAsOftenAsItsWeightSays) {
  Posterior posterior;
  posterior.weights = Eigen::VectorXd{{0.1, 0.0, 0.45, 0.05, 0.4}};
  const auto chosen = equally_likely(posterior, 20);
  EXPECT_TRUE(std::ranges::is_sorted(chosen));
  const std::vector<std::ptrdiff_t> expected{2, 0, 9, 1, 8};
  for (std::size_t draw = 0; draw < expected.size(); ++draw)
    EXPECT_EQ(std::ranges::count(chosen, draw), expected[draw]) << draw;
}

TEST(EquallyLikely, RoundingOfTheSumNeverLeadsBeyondTheDraws) {
  Posterior posterior;
  posterior.weights = Eigen::VectorXd::Constant(7, (1.0 - 1e-9) / 7.0);
  EXPECT_EQ(equally_likely(posterior, 1'000'000).back(), 6U);
}

// The mean of members is that of the draws, to one part of their number.
TEST(EquallyLikely, MembersHaveTheMomentsOfThePosterior) {
  const Made made;
  const Posterior posterior = sample(made.problem, made.estimate);
  const auto chosen = equally_likely(posterior, 4000);
  Eigen::Vector3d mean = Eigen::Vector3d::Zero();
  for (const std::size_t draw : chosen) mean += posterior.z.col(static_cast<Eigen::Index>(draw)) / 4000.0;
  EXPECT_NEAR((mean - posterior.mean()).cwiseAbs().maxCoeff(), 0.0, 0.04);
}

TEST(WeightedQuantile, IsTheFirstValueThatReachesTheProbability) {
  const std::vector<double> values{3.0, 1.0, 2.0};
  const Eigen::VectorXd weights{{0.25, 0.25, 0.5}};
  EXPECT_EQ(weighted_quantile(values, weights, 0.25), 1.0);
  EXPECT_EQ(weighted_quantile(values, weights, 0.26), 2.0);
  EXPECT_EQ(weighted_quantile(values, weights, 0.75), 2.0);
  EXPECT_EQ(weighted_quantile(values, weights, 1.0), 3.0);
}

}  // namespace
}  // namespace evenkeel::individual
