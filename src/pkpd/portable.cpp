#include "pkpd/portable.hpp"

#include <array>
#include <cmath>
#include <limits>

namespace evenkeel::pkpd {
namespace {

// ln 2 in two parts. The first ends in 20 zero bits and more, so its product with an exponent is exact.
constexpr double ln2_high = 0x1.62e42feep-1;
constexpr double ln2_low = 0x1.a39ef35793c76p-33;

// 1/n! for n = 2 to 13
constexpr std::array<double, 12> exp_terms = {
    1.0 / 2,      1.0 / 6,       1.0 / 24,        1.0 / 120,        1.0 / 720,         1.0 / 5'040,
    1.0 / 40'320, 1.0 / 362'880, 1.0 / 3'628'800, 1.0 / 39'916'800, 1.0 / 479'001'600, 1.0 / 6'227'020'800};
// 1/n for n = 3, 5, ... 25
constexpr std::array<double, 12> log_terms = {1.0 / 3,  1.0 / 5,  1.0 / 7,  1.0 / 9,  1.0 / 11, 1.0 / 13,
                                              1.0 / 15, 1.0 / 17, 1.0 / 19, 1.0 / 21, 1.0 / 23, 1.0 / 25};

double polynomial(const std::array<double, 12>& terms, double x) {
  double sum = terms.back();
  for (std::size_t i = terms.size() - 1; i > 0; --i) sum = sum * x + terms[i - 1];
  return sum;
}

}  // namespace

double portable_exp(double x) {
  if (x > 710.0) return std::numeric_limits<double>::infinity();
  if (x < -746.0) return 0.0;
  if (!(x == x)) return x;
  const double k = std::floor(x * (1.0 / ln2_high) + 0.5);
  const double r = (x - k * ln2_high) - k * ln2_low;
  return std::ldexp(1.0 + (r + r * r * polynomial(exp_terms, r)), static_cast<int>(k));
}

double portable_log(double x) {
  if (!(x > 0.0 && x <= std::numeric_limits<double>::max())) return std::numeric_limits<double>::quiet_NaN();
  int exponent = 0;
  double m = std::frexp(x, &exponent);
  if (m < 0x1.6a09e667f3bcdp-1) {  // the root of 1/2: s is then as small on both sides of 1
    m *= 2.0;
    --exponent;
  }
  const double s = (m - 1.0) / (m + 1.0);
  const double s2 = s * s;
  const double k = exponent;
  return k * ln2_high + (k * ln2_low + 2.0 * (s + s * s2 * polynomial(log_terms, s2)));
}

double portable_power(double base, double exponent) {
  if (exponent == 0.0 || base == 1.0) return 1.0;
  if (exponent == 1.0) return base;
  if (base == 0.0) return exponent > 0.0 ? 0.0 : std::numeric_limits<double>::infinity();
  return portable_exp(exponent * portable_log(base));
}

}  // namespace evenkeel::pkpd
