// One exact step of a linear system under constant input, by two independent roads.
//
//   A(t)            = e^(Kt) A(0) + int_0^t e^(Ks) ds r
//   int_0^t A(s) ds   by the same formula, for areas under the curve
//
// Road one, matrix_exponential, serves every system. K has no negative off-diagonal entry, so with
// q >= |k_ii| both are sums of non-negative terms, and each entry keeps its own relative accuracy, even
// beside entries 10^15 times larger:
//   A(t) = sum_k w_k y_k,  y_0 = A(0),  y_k+1 = (I + K/q) y_k + r/q,  w_k = e^(-qt) (qt)^k / k!
//   int A = sum_k (w_k+1 + w_k+2 + ...) y_k / q
// (uniformization: Jensen, Skand Aktuarietidskr 36 (1953)). Where qt is large the matrices are built so
// for a part of t and squared (Shao, Gao, Xue, SIAM J Matrix Anal Appl 35 (2014)), each time with the
// diagonal taken from the mass that is elsewhere (as Grassmann, Taksar, Heyman do for Markov chains,
// Oper Res 33 (1985)): else a fast rate would cost the slow ones their digits.
// Road two, modal, is the closed form of modal.hpp.
#pragma once

#include <Eigen/Core>

#include "pkpd/system.hpp"

namespace evenkeel::pkpd {

enum class Road { best, modal, matrix_exponential };

struct Step {
  Eigen::VectorXd amounts;   // mg, at the end of the step
  Eigen::VectorXd integral;  // mg h, over the step
};

// From `amounts` (mg) under `input` (mg/h), `hours` >= 0 ahead. Road::modal requires system.modal
// (the caller's duty); Road::best takes it where it is there.
[[nodiscard]] Step propagate(const LinearSystem& system, const Eigen::VectorXd& amounts,
                             const Eigen::VectorXd& input, double hours, Road road = Road::best);

// The amounts alone, in less time.
[[nodiscard]] Eigen::VectorXd propagate_amounts(const LinearSystem& system, const Eigen::VectorXd& amounts,
                                                const Eigen::VectorXd& input, double hours,
                                                Road road = Road::best);

// The same step as two matrices, for a system that takes it often:
//   amounts' = of_amounts amounts + of_input input
struct Propagator {
  Eigen::MatrixXd of_amounts;  // e^(Kt)
  Eigen::MatrixXd of_input;    // int_0^t e^(Ks) ds, h
};
[[nodiscard]] Propagator propagator(const LinearSystem& system, double hours);

}  // namespace evenkeel::pkpd
