// How far a count can be trusted: 95 % intervals.
//
//   proportion x/n   Wilson's score interval (JASA 22 (1927) 209-212), without a continuity correction
//   rate k/T         Garwood's exact interval (Biometrika 28 (1936) 437-442): the means mu at which k or
//   more,
//                    and k or fewer, events each have a chance of 2.5 %
//   median of days   the days of the ranks next to n/2 -+ z sqrt(n)/2: free of a distribution
//   difference a - b square-and-add: sqrt((a - low_a)^2 + (high_b - b)^2) below, and likewise above. Of two
//                    Wilson intervals this is method 10 of Newcombe (Statistics in Medicine 17 (1998)
//                    873-890)
//
// The patients of two arms are the same people, so differences are surer than these intervals say: the
// intervals treat the arms as unrelated, which errs towards doubt. Pure; safe to use from any thread.
#pragma once

#include <cstdint>
#include <optional>

#include "cohort/tally.hpp"

namespace evenkeel::cohort {

inline constexpr double confidence = 0.95;

struct Estimate {
  double value = 0.0;
  double low = 0.0;
  double high = 0.0;
  friend bool operator==(const Estimate&, const Estimate&) = default;
};

// None of nothing.
[[nodiscard]] std::optional<Estimate> proportion(std::uint64_t count, std::uint64_t of);
[[nodiscard]] std::optional<Estimate> rate(std::uint64_t count, double time);  // time > 0, else none
[[nodiscard]] std::optional<Estimate> median_days(const DayCounts& days);
[[nodiscard]] std::optional<Estimate> difference(const std::optional<Estimate>& a,
                                                 const std::optional<Estimate>& b);

// P(X >= k) and P(X <= k) of a Poisson count of mean mu > 0, by finite sums from the term at k.
[[nodiscard]] double poisson_at_least(std::uint64_t k, double mu);
[[nodiscard]] double poisson_at_most(std::uint64_t k, double mu);

}  // namespace evenkeel::cohort
