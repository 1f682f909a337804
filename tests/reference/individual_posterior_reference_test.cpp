// The weighted draws of the importance sampler beside Markov chains and beside quadrature.
#include <gtest/gtest.h>

#include <cmath>
#include <iostream>

#include "individual/map.hpp"
#include "individual/posterior.hpp"
#include "individual/problem.hpp"
#include "reference/shipped_models.hpp"
#include "support/markov_chain.hpp"
#include "support/random_patients.hpp"
#include "support/three_compartments.hpp"

namespace evenkeel::individual {
namespace {

using units::h;
using units::mg;

constexpr std::uint64_t replicates = 8;

struct Sampled {
  double mean = 0.0, sd = 0.0, p5 = 0.0, p95 = 0.0;
};

Sampled sampled(const Posterior& posterior, Eigen::Index j) {
  const Eigen::VectorXd row = posterior.z.row(j);
  const std::vector<double> numbers{row.begin(), row.end()};
  const double mean = row.dot(posterior.weights);
  const double variance = (row.array() - mean).square().matrix().dot(posterior.weights);
  return {mean, std::sqrt(variance), weighted_quantile(numbers, posterior.weights, 0.05),
          weighted_quantile(numbers, posterior.weights, 0.95)};
}

// The mean of independent samples, and its standard error.
test::Estimated over(const std::vector<Sampled>& all, double Sampled::*part) {
  std::vector<double> numbers;
  for (const Sampled& each : all) numbers.push_back(each.*part);
  return {test::mean_of(numbers),
          test::sd_of(numbers) / std::sqrt(static_cast<double>(numbers.size()) - 1.0)};
}

// Apart by at most four standard errors of the difference, which are at most `bound` of the prior's width;
// that of the chains is by batches.
void expect_as_chains(const Question& question, Eigen::Index steps, double bound) {
  const auto made = Problem::make(question);
  ASSERT_TRUE(made.has_value());
  const Problem& problem = *made;
  const Estimate estimate = most_likely(problem);
  ASSERT_TRUE(estimate.converged);
  const auto n = static_cast<Eigen::Index>(problem.dimensions());
  const Eigen::MatrixXd chains = test::markov_chains(
      [&](const Eigen::VectorXd& z) { return problem.objective(z); }, estimate.z, steps, 20260401);
  std::vector<Posterior> posteriors;
  for (std::uint64_t seed = 1; seed <= replicates; ++seed)
    posteriors.push_back(sample(problem, estimate, {.seed = seed}));
  double worst = 0.0;
  double least = 1.0;  // effective draws of one, of the chains
  for (Eigen::Index j = 0; j < n; ++j) {
    const Eigen::VectorXd row = chains.row(j);
    const std::vector<double> numbers{row.begin(), row.end()};
    std::vector<Sampled> all;
    for (const Posterior& each : posteriors) all.push_back(sampled(each, j));
    const auto expect_same = [&](const char* what, double Sampled::*part, auto&& statistic) {
      const test::Estimated chain = test::by_batches(numbers, statistic);
      const test::Estimated own = over(all, part);
      const double error = std::hypot(chain.error, own.error);
      if (part == &Sampled::mean)
        least = std::min(least,
                         std::pow(test::sd_of(numbers) / chain.error, 2) / static_cast<double>(row.size()));
      worst = std::max(worst, std::abs(own.value - chain.value) / error);
      EXPECT_NEAR(own.value, chain.value, 4.0 * error) << what << " of coordinate " << j;
      EXPECT_LT(error, bound) << what << " of coordinate " << j;
    };
    expect_same("mean", &Sampled::mean, test::mean_of);
    expect_same("standard deviation", &Sampled::sd, test::sd_of);
    expect_same("5 %", &Sampled::p5, [](auto x) { return test::quantile_of(std::move(x), 0.05); });
    expect_same("95 %", &Sampled::p95, [](auto x) { return test::quantile_of(std::move(x), 0.95); });
  }
  const double drawn = static_cast<double>(posteriors.front().weights.size());
  std::cout << n << " dimensions: effective " << posteriors.front().effective / drawn
            << " of a draw, of chains " << least << "; furthest apart " << worst << " standard errors\n";
}

TEST(Posterior, IsThatOfMarkovChainsForThePublishedProblem) {
  const pkpd::Structure structure{test::three_compartments()};
  expect_as_chains(test::four_assays(structure), 25'000, 0.04);
}

TEST(Posterior, IsThatOfMarkovChainsForOneSample) {
  const pkpd::Structure structure{test::three_compartments()};
  Question question = test::four_assays(structure);
  question.measured.resize(1);
  expect_as_chains(question, 25'000, 0.04);
}

TEST(Posterior, IsThatOfMarkovChainsWhereMostIsBelowTheLimit) {
  const pkpd::Structure structure{test::three_compartments()};
  Question question = test::four_assays(structure);
  for (std::size_t i = 1; i < question.measured.size(); ++i)
    question.measured[i].what = Below{Concentration::from_canonical(0.015)};
  question.measured[0].what = Below{Concentration::from_canonical(0.12)};
  expect_as_chains(question, 25'000, 0.04);
}

TEST(Posterior, IsThatOfMarkovChainsInManyDimensions) {
  const pkpd::Structure structure = pkpd::shipped_structure("simons-2022");
  const pkpd::Patient patient{70.0 * units::kg, 40.0, false, false};
  const Question plan{&structure, {{0.0 * h, patient, 1}}, {{0.0 * h, 1.0 * h, 30.0 * mg}}, {}};
  const std::vector<Duration> moments{0.5 * h, 1.0 * h, 3.0 * h};
  const auto drawn = test::drawn_patient(plan, moments, 3, Concentration::from_canonical(0.005), 20260402, 3);
  ASSERT_GE(Problem::make(drawn.question)->dimensions(), 7U);
  expect_as_chains(drawn.question, 10'000, 0.08);
}

// The trapezoid rule over all that the prior has, which is exact for smooth functions that vanish at the
// ends.
double by_quadrature(const Problem& problem, double step) {
  const auto n = static_cast<Eigen::Index>(problem.dimensions());
  const int half = static_cast<int>(9.0 / step);
  double sum = 0.0;
  Eigen::VectorXd z(n);
  for (int i = -half; i <= half; ++i) {
    z[0] = i * step;
    for (int j = n == 2 ? -half : 0; j <= (n == 2 ? half : 0); ++j) {
      if (n == 2) z[1] = j * step;
      sum += std::exp(-problem.objective(z));
    }
  }
  return std::log(sum * std::pow(step, static_cast<double>(n)));
}

TEST(LogLikelihood, IsTheIntegralInOneDimension) {
  const pkpd::Structure structure = pkpd::shipped_structure("fanta-2015");
  const pkpd::Patient patient{70.0 * units::kg, 40.0};
  Question question{&structure, {{0.0 * h, patient, 1}}, {{0.0 * h, 1.0 * h, 30.0 * mg}}, {}};
  question.assumed = {{structure.model().outputs.front().id, 0.2, {}, 0.0, {}}};
  question.measured = {{"1", 1.0 * h, 0, Assayed{Concentration::from_canonical(0.09)}},
                       {"2", 5.0 * h, 0, Assayed{Concentration::from_canonical(0.02)}},
                       {"3", 9.0 * h, 0, Below{Concentration::from_canonical(0.005)}}};
  const auto problem = *Problem::make(question);
  ASSERT_EQ(problem.dimensions(), 1U);
  const Posterior posterior = sample(problem, most_likely(problem), {.effective = 20'000.0});
  const double error =
      std::sqrt(1.0 / posterior.effective - 1.0 / static_cast<double>(posterior.weights.size()));
  EXPECT_NEAR(posterior.log_likelihood, by_quadrature(problem, 0.01), 4.0 * error);
}

TEST(LogLikelihood, IsTheIntegralInTwoDimensions) {
  const pkpd::Structure structure = pkpd::shipped_structure("flint-2017");
  const pkpd::Patient child{12.0 * units::kg, 4.0};
  Question question{&structure, {{0.0 * h, child, 1}}, {{0.0 * h, 0.5 * h, 12.0 * mg}}, {}};
  question.measured = {{"1", 1.0 * h, 0, Assayed{Concentration::from_canonical(0.25)}},
                       {"2", 2.0 * h, 1, Assayed{Concentration::from_canonical(0.10)}},
                       {"3", 6.0 * h, 1, Below{Concentration::from_canonical(0.05)}}};
  const auto problem = *Problem::make(question);
  ASSERT_EQ(problem.dimensions(), 2U);
  const Posterior posterior = sample(problem, most_likely(problem), {.effective = 20'000.0});
  const double error =
      std::sqrt(1.0 / posterior.effective - 1.0 / static_cast<double>(posterior.weights.size()));
  EXPECT_NEAR(posterior.log_likelihood, by_quadrature(problem, 0.1), 4.0 * error);
}

}  // namespace
}  // namespace evenkeel::individual
