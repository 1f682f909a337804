// A linear system whose rates change steadily, as a sequence of constant ones.
//
//   dA/dt = K(t) A + r  over [a, a + h]  becomes  K = M1 for h/2, then K = M2 for h/2:
//   M1 = 2 (a2 K1 + a1 K2),  M2 = 2 (a1 K1 + a2 K2),  a1 = 1/4 - sqrt(3)/6,  a2 = 1/4 + sqrt(3)/6
//   K1, K2 = K at the Gauss nodes  a + (1/2 -+ sqrt(3)/6) h
//
// The error falls with h^4 as long as r is constant over the piece. a1 is negative: where a rate rises
// so fast that M1 or M2 would have a negative entry beside the diagonal, the piece is too long.
// Source: the commutator-free Magnus integrator of order four; Blanes, Moan, "Fourth- and sixth-order
// commutator-free Magnus integrators for linear and non-linear dynamical systems", Applied Numerical
// Mathematics 56 (2006).
#pragma once

#include <Eigen/Core>
#include <functional>
#include <optional>
#include <vector>

#include "base/result.hpp"

namespace evenkeel::pkpd {

// K (1/h) at a time in hours.
using RatesAt = std::function<Result<Eigen::MatrixXd>(double time_h)>;

struct Halves {
  Eigen::MatrixXd first;   // M1, 1/h
  Eigen::MatrixXd second;  // M2
};

// One piece, or none where it is too long. Errors: those of `rates_at`.
[[nodiscard]] Result<std::optional<Halves>> halves(const RatesAt& rates_at, double from_h, double to_h);

struct ConstantStep {
  double until_h = 0.0;
  Eigen::MatrixXd rates;
};

// [from_h, to_h], from_h < to_h, in equal pieces, doubled until nothing changes: every entry of the step's
// propagator is then right to 1e-12, relative to itself or, where it is small, to a thousandth of its
// column's largest. Errors: those of `rates_at`; invalid_input where 4,096 pieces do not suffice.
[[nodiscard]] Result<std::vector<ConstantStep>> constant_steps(const RatesAt& rates_at, double from_h,
                                                               double to_h);

}  // namespace evenkeel::pkpd
