// Amounts in a linear system under a dose repeated since ever, or an infusion that never ended.
//
//   A(s), s since the last start:  A(0) = (I - e^(K tau))^-1 u,   u = the same cycle from nothing
//   I - e^(K tau) = -K int_0^tau e^(Ks) ds, which keeps its digits where tau is short
//
// An infusion may be longer than the interval: then several run at once. Exact; no repetition is
// stepped through.
#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <optional>

#include "base/result.hpp"
#include "pkpd/system.hpp"

namespace evenkeel::pkpd {

struct Repetition {
  std::size_t compartment = 0;
  double amount_mg = 0.0;   // of each dose, after bioavailability
  double duration_h = 0.0;  // of each dose; zero: at once
  double interval_h = 0.0;  // zero: one infusion of `rate_mg_h` since ever
  double rate_mg_h = 0.0;
  double since_h = 0.0;  // from the last start to now, 0 < since_h <= interval_h
};

// How many of the repeated infusions run `since_h` after the last start, 0 < since_h <= interval_h;
// one that ends at this very moment does not.
[[nodiscard]] int running_infusions(const Repetition& repetition);

// Why there is no steady state: drug would gather in a compartment that nothing empties, or stay there
// for more than 1e12 h.
[[nodiscard]] std::optional<Error> no_steady_state(const LinearSystem& system, std::size_t compartment);

// mg. Requires that no_steady_state has no objection (checked by the scheduler).
[[nodiscard]] Eigen::VectorXd steady_amounts(const LinearSystem& system, const Repetition& repetition);

}  // namespace evenkeel::pkpd
