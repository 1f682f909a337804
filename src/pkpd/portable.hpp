// exp, log and power from +, -, *, / and exact scaling alone: the same bits on every machine with IEEE
// doubles. A C library may pick another instruction set at run time, and its last bit with it; then a
// simulated patient would depend on the machine. Errors are at most 2 units in the last place (exp, log).
//
//   exp x = 2^k exp r,   k = round(x / ln 2),  r = x - k ln 2,  Taylor's series to r^13 (|r| < 0.35)
//   log x = k ln 2 + 2 (s + s^3/3 + s^5/5 + ...),   x = 2^k m,  s = (m - 1)/(m + 1),  to s^25 (|s| < 0.172)
//
// Needs -ffp-contract=off, which every layer is built with. Pure; safe to use from any thread.
#pragma once

namespace evenkeel::pkpd {

// Infinity where it overflows, zero where it underflows, not a number for that.
[[nodiscard]] double portable_exp(double x);

// Of a finite x > 0; not a number for any other.
[[nodiscard]] double portable_log(double x);

// base^exponent for a finite base >= 0: exp(exponent log base), with a relative error of at most
// (2 + 3 |exponent log base|) units in the last place; exactly 1 for base 1 or exponent 0, exactly base for
// exponent 1; 0 to a power above or below zero is 0 or infinite.
[[nodiscard]] double portable_power(double base, double exponent);

}  // namespace evenkeel::pkpd
