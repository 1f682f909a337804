// A minimiser that needs nothing but the function: by differences, slow and exact.
#pragma once

#include <Eigen/Cholesky>
#include <Eigen/Core>
#include <cmath>
#include <limits>

namespace evenkeel::test {

// Newton's method from `z` with damping; the gradient by differences of order six, the curvature of order
// two.
template <class F>
Eigen::VectorXd plain_minimum(const F& f, Eigen::VectorXd z) {
  const Eigen::Index n = z.size();
  const auto moved = [&](Eigen::Index i, double by, Eigen::Index j = 0, double also = 0.0) {
    Eigen::VectorXd at = z;
    at[i] += by;
    at[j] += also;
    return f(at);
  };
  double here = f(z);
  double damping = 0.0;
  Eigen::VectorXd gradient(n);
  Eigen::MatrixXd curvature(n, n);
  for (int iteration = 0; iteration < 60; ++iteration) {
    constexpr double h = 0.02;
    constexpr double wide = 0.01;
    for (Eigen::Index i = 0; i < n; ++i) {
      gradient[i] = (45.0 * (moved(i, h) - moved(i, -h)) - 9.0 * (moved(i, 2.0 * h) - moved(i, -2.0 * h)) +
                     (moved(i, 3.0 * h) - moved(i, -3.0 * h))) /
                    (60.0 * h);
      curvature(i, i) = (moved(i, wide) - 2.0 * here + moved(i, -wide)) / (wide * wide);
      for (Eigen::Index j = 0; j < i; ++j) {
        curvature(i, j) = curvature(j, i) = (moved(i, wide, j, wide) - moved(i, wide, j, -wide) -
                                             moved(i, -wide, j, wide) + moved(i, -wide, j, -wide)) /
                                            (4.0 * wide * wide);
      }
    }
    Eigen::VectorXd step;
    double there = std::numeric_limits<double>::infinity();
    for (int tries = 0; tries < 40 && !(there <= here + 1e-11 * std::abs(here)); ++tries) {
      const Eigen::MatrixXd damped = curvature + damping * Eigen::MatrixXd::Identity(n, n);
      const Eigen::LLT<Eigen::MatrixXd> factor = damped.llt();
      if (factor.info() == Eigen::Success) {
        step = -factor.solve(gradient);
        there = f(z + step);
      }
      damping = there <= here ? damping / 10.0 : 4.0 * damping + 0.1;
    }
    z += step;
    here = there;
    if (damping < 1e-3) damping = 0.0;
    if (step.cwiseAbs().maxCoeff() < 1e-9) break;
  }
  return z;
}

}  // namespace evenkeel::test
