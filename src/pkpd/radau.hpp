// The eight Radau IIA points on [0, 1] and what collocation on them needs. A polynomial p of degree 8
// is held by its values at 0 and at the points.
//
// Source: Hairer, Wanner, Solving Ordinary Differential Equations II, section IV.5.
#pragma once

#include <Eigen/Core>

namespace evenkeel::pkpd {

struct Radau {
  static constexpr int points = 8;
  using Values = Eigen::Matrix<double, points + 1, 1>;  // at 0, then at the points
  using Square = Eigen::Matrix<double, points, points>;

  Values at;                                     // 0, c_1 .. c_8 = 1
  Eigen::Matrix<double, points, 1> slope_start;  // p'(c_i) = slope_start_i p(0) + (slopes p(c))_i
  Square slopes;
  Values barycentric;    // weights of the interpolation through `at`
  Values last_legendre;  // the coefficient of the Legendre polynomial of degree 8 is this times p

  // Computed once.
  static const Radau& rule();
  // p(x), 0 <= x <= 1.
  [[nodiscard]] double interpolate(const Values& values, double x) const;
};

}  // namespace evenkeel::pkpd
