// The standard normal distribution, the same bits on every machine (portable.hpp).
//
//   normal_probability(z) = Phi(z) = integral from -infinity to z of exp(-t^2/2)/sqrt(2 pi) dt
//   normal_quantile(p)    = Phi^-1(p)
//
// Quantile: algorithm AS 241, routine PPND16, of Wichura, Applied Statistics 37 (1988) 477-484: ratios of
// polynomials, of a relative error near 1e-16. Probability: near 0 the series of phi(z) z (1 + z^2/3 +
// z^4/15 + ...), as in Marsaglia, Journal of Statistical Software 11 (2004) issue 4; beyond 3 Laplace's
// continued fraction phi(z) / (z + 1/(z + 2/(z + ...))). Boost.Math is the second road, in the tests; in
// the program it would bring back the C library's log, and with it the machine.
// Pure; safe to use from any thread.
#pragma once

namespace evenkeel::pkpd {

// For 0 < p < 1; not a number for any other. normal_quantile(1 - p) == -normal_quantile(p), exactly where
// 1 - p is exact.
[[nodiscard]] double normal_quantile(double p);

// Relative error below 1e-12 wherever the result is above 1e-300.
[[nodiscard]] double normal_probability(double z);

}  // namespace evenkeel::pkpd
