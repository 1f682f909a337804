// Random-walk Metropolis over z, for holding other ways to a posterior against it: chains from scattered
// starts, a proposal with the covariance of a trial run, and errors by the means of batches.
#pragma once

#include <Eigen/Cholesky>
#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <functional>
#include <random>
#include <vector>

namespace evenkeel::test {

using MinusLogDensity = std::function<double(const Eigen::VectorXd&)>;

// `steps` columns; from `start`, with steps of covariance L L'.
inline Eigen::MatrixXd metropolis(const MinusLogDensity& f, Eigen::VectorXd start,
                                  const Eigen::MatrixXd& lower, Eigen::Index steps, std::uint64_t seed) {
  std::mt19937_64 rng{seed};
  std::normal_distribution<double> normal;
  std::uniform_real_distribution<double> uniform;
  Eigen::MatrixXd chain(start.size(), steps);
  Eigen::VectorXd step(start.size());
  double here = f(start);
  for (Eigen::Index i = 0; i < steps; ++i) {
    for (double& each : step) each = normal(rng);
    const Eigen::VectorXd to = start + lower * step;
    const double there = f(to);
    if (std::log(uniform(rng)) < here - there) {
      start = to;
      here = there;
    }
    chain.col(i) = start;
  }
  return chain;
}

// Four chains of `steps` after their trial, side by side.
inline Eigen::MatrixXd markov_chains(const MinusLogDensity& f, const Eigen::VectorXd& around,
                                     Eigen::Index steps, std::uint64_t seed) {
  const Eigen::Index n = around.size();
  const double best = 2.38 / std::sqrt(static_cast<double>(n));
  Eigen::MatrixXd lower = 0.3 * best * Eigen::MatrixXd::Identity(n, n);
  for (std::uint64_t trial = 0; trial < 3; ++trial) {
    const Eigen::MatrixXd chain = metropolis(f, around, lower, 6000, seed + trial);
    const Eigen::MatrixXd late = chain.rightCols(4500);
    const Eigen::MatrixXd centred = late.colwise() - late.rowwise().mean();
    const Eigen::MatrixXd covariance = centred * centred.transpose() / static_cast<double>(late.cols());
    lower = best * Eigen::MatrixXd(covariance.llt().matrixL());
  }
  std::mt19937_64 rng{seed};
  std::normal_distribution<double> normal;
  Eigen::MatrixXd all(n, 4 * steps);
  for (Eigen::Index c = 0; c < 4; ++c) {
    Eigen::VectorXd scattered(n);
    for (double& each : scattered) each = normal(rng);
    const Eigen::VectorXd start = around + lower * scattered;
    all.middleCols(c * steps, steps) =
        metropolis(f, start, lower, steps + 3000, seed + 10 + static_cast<std::uint64_t>(c)).rightCols(steps);
  }
  return all;
}

struct Estimated {
  double value = 0.0;
  double error = 0.0;  // standard
};

// `statistic` of all numbers, and its error from those of 100 batches.
inline Estimated by_batches(const std::vector<double>& numbers,
                            const std::function<double(std::vector<double>)>& statistic) {
  constexpr std::ptrdiff_t batches = 100;
  const std::ptrdiff_t size = std::ssize(numbers) / batches;
  double sum = 0.0;
  double squares = 0.0;
  for (std::ptrdiff_t b = 0; b < batches; ++b) {
    const double each = statistic({numbers.begin() + b * size, numbers.begin() + (b + 1) * size});
    sum += each;
    squares += each * each;
  }
  const double mean = sum / batches;
  return {statistic(numbers), std::sqrt((squares / batches - mean * mean) / (batches - 1))};
}

inline double mean_of(const std::vector<double>& numbers) {
  double sum = 0.0;
  for (const double each : numbers) sum += each;
  return sum / static_cast<double>(numbers.size());
}
inline double sd_of(const std::vector<double>& numbers) {
  const double mean = mean_of(numbers);
  double sum = 0.0;
  for (const double each : numbers) sum += (each - mean) * (each - mean);
  return std::sqrt(sum / static_cast<double>(numbers.size()));
}
inline double quantile_of(std::vector<double> numbers, double probability) {
  const auto place = static_cast<std::ptrdiff_t>(probability * static_cast<double>(numbers.size()));
  std::nth_element(numbers.begin(), numbers.begin() + place, numbers.end());
  return numbers[static_cast<std::size_t>(place)];
}

}  // namespace evenkeel::test
