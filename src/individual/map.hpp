// The most likely parameters of one patient: the minimum of F over z (problem.hpp).
//
//   z <- z - H g,   g the exact gradient;  H starts as the inverse of the expected curvature and learns from
//   the gradients (BFGS);  a step is at most 3 long and is halved until F falls
//
// Scoring with the expected curvature alone stalls where a model fits badly; this does not. One road serves
// every model; small_problem.hpp is the fast one for the commonest. Pure; safe to use from any thread.
#pragma once

#include <Eigen/Core>
#include <optional>

#include "individual/problem.hpp"

namespace evenkeel::individual {

struct Estimate {
  Eigen::VectorXd z;
  Evaluation at;  // z
  int iterations = 0;
  bool converged = false;  // every |dF/dz| below 1e-8 (1 + |F|), and below 0.01
};

// From `start`, else from zero. An estimate that has not converged says so; with it nothing should be done.
[[nodiscard]] Estimate most_likely(const Problem& problem, const std::optional<Eigen::VectorXd>& start = {});

}  // namespace evenkeel::individual
