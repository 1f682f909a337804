#include "individual/posterior.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "support/random_patients.hpp"
#include "support/shipped_models.hpp"
#include "support/three_compartments.hpp"

namespace evenkeel::individual {
namespace {

struct Made {
  pkpd::Structure structure{test::three_compartments()};
  Problem problem = *Problem::make(test::four_assays(structure));
  Estimate estimate = most_likely(problem);
};

// Patient 137 of a cohort with two sessions, drawn from the model.
Question two_minima(const pkpd::Structure& structure) {
  const pkpd::Patient patient{70.0 * units::kg, 40.0, false, false};
  Question plan{&structure, {}, {}, {}};
  std::mt19937_64 rng{99};
  std::vector<Duration> moments;
  for (int session = 0; session < 2; ++session) {
    plan.spans.push_back({48.0 * session * units::h, patient, session + 1});
    plan.given.push_back({48.0 * session * units::h, 2.0 / 3.0 * units::h, 35.0 * units::mg});
  }
  for (int number = 0; number <= 137; ++number) {
    moments = test::random_moments(rng, 12.0);
    for (const Duration at : test::random_moments(rng, 12.0)) moments.push_back(at + 48.0 * units::h);
  }
  return test::drawn_patient(plan, moments, 3, Concentration::from_canonical(0.005), 777, 137).question;
}

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

// Simons 2022 with two metabolites: descent from zero ends in the higher of two minima.
TEST(Sample, ALowerMinimumThanTheEstimateIsNoticedAndTakenUp) {
  const pkpd::Structure structure = pkpd::shipped_structure("simons-2022");
  const Problem problem = *Problem::make(two_minima(structure));
  const Estimate first = most_likely(problem);
  ASSERT_TRUE(first.converged);
  const Posterior posterior = sample(problem, first, {.effective = 1000.0, .most_draws = 8000});
  const Estimate lower = lower_of(problem, first, posterior);
  EXPECT_TRUE(lower.converged);
  EXPECT_LT(lower.at.objective, first.at.objective - 1.0);
  EXPECT_LT(lower.at.objective, posterior.lowest_objective);
  EXPECT_GT(posterior.effective, 0.05 * static_cast<double>(posterior.weights.size()));
}

TEST(LowerOf, KeepsTheEstimateWhereNoDrawLiesLower) {
  const Made made;
  const Posterior posterior = sample(made.problem, made.estimate, {.effective = 1000.0});
  EXPECT_GT(posterior.lowest_objective, made.estimate.at.objective);
  EXPECT_EQ(lower_of(made.problem, made.estimate, posterior).z, made.estimate.z);
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
