// What is known of one patient after the measurements: draws of z with weights, by importance sampling.
//
//   z_d ~ q,   w_d ~ exp(-F(z_d)) / q(z_d),   q = 0.9 t_6(m, C) + 0.1 N(0, I)
//
// m and C are first the most likely z and the inverse expected curvature there, then the moments of the draws
// themselves, until q fits; a draw that lies lower than the most likely z leads to another such z first. The
// tenth part of the prior bounds every weight by ten times the likelihood's largest, so that nothing the
// measurements allow is missed for good. The mean weight is the likelihood of the model, by which models are
// compared. docs/adr/0013-posterior-by-importance-sampling.md holds it against Markov chains. The same seed
// gives the same draws, on any number of threads. Pure; safe to use from any thread.
#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "individual/map.hpp"
#include "individual/problem.hpp"

namespace evenkeel::individual {

struct SampleOptions {
  std::uint64_t seed = 1;
  double effective = 4000.0;       // wanted
  std::size_t most_draws = 40000;  // of the last round; then it stays with fewer effective ones, and says so
  int threads = 0;                 // 0: one for each processor
};

struct Posterior {
  Eigen::MatrixXd z;        // a column for each draw
  Eigen::VectorXd weights;  // sum to 1
  double effective = 0.0;   // 1 / sum of squared weights
  double largest_weight = 0.0;
  double log_likelihood = 0.0;  // of the measurements under the model: ln of the mean weight
  std::uint64_t seed = 0;
  Eigen::Index lowest = 0;        // the draw with the lowest F
  double lowest_objective = 0.0;  // its F

  [[nodiscard]] Eigen::VectorXd mean() const { return z * weights; }
};

// `estimate` converged (the caller's duty). Without coordinates there is one draw, of nothing.
[[nodiscard]] Posterior sample(const Problem& problem, const Estimate& estimate,
                               const SampleOptions& options = {});

// `estimate`, or the one that the lowest draw leads to, where that lies lower by more than 1e-6: F may have
// several minima (two in 5 % of patients with parent and two metabolites), and descent from zero found one.
[[nodiscard]] Estimate lower_of(const Problem& problem, const Estimate& estimate, const Posterior& posterior);

// `count` draws that are equally likely: numbers of columns of z, rising, some more than once (systematic
// resampling).
[[nodiscard]] std::vector<std::size_t> equally_likely(const Posterior& posterior, std::size_t count);

// Of numbers with weights, between them: the smallest x such that the weight up to it reaches `probability`.
[[nodiscard]] double weighted_quantile(std::span<const double> values, const Eigen::VectorXd& weights,
                                       double probability);

}  // namespace evenkeel::individual
