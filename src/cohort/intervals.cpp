#include "cohort/intervals.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "base/expects.hpp"
#include "pkpd/portable.hpp"

namespace evenkeel::cohort {
namespace {

constexpr double z = 1.959963984540054;  // Phi^-1(0.975)
constexpr double tail = (1.0 - confidence) / 2.0;
constexpr double least_term = 1e-17;  // of the sum so far

// log k! - (k log k - k + log(2 pi k) / 2): Stirling's series, to 1e-14 from 16 on; below, from k! itself.
double stirling_rest(double k) {
  if (k < 16.0) {
    double factorial = 1.0;
    for (double i = 2.0; i <= k; i += 1.0) factorial *= i;
    return pkpd::portable_log(factorial) -
           (k * pkpd::portable_log(k) - k + 0.5 * pkpd::portable_log(2.0 * std::numbers::pi * k));
  }
  const double square = k * k;
  return (1.0 / 12.0 - (1.0 / 360.0 - (1.0 / 1260.0 - 1.0 / (1680.0 * square)) / square) / square) / k;
}

// P(X = k), in a form that loses no digits where k and mu are large and near each other.
double poisson_term(double k, double mu) {
  if (k == 0.0) return pkpd::portable_exp(-mu);
  return pkpd::portable_exp(k * pkpd::portable_log(mu / k) + (k - mu) - stirling_rest(k)) /
         std::sqrt(2.0 * std::numbers::pi * k);
}

// Where `chance`, which rises with mu, is `wanted`.
template <class Chance>
double solve(const Chance& chance, double wanted, double low, double high) {
  for (int step = 0; step < 200; ++step) {
    const double middle = 0.5 * (low + high);
    if (middle <= low || middle >= high) break;
    (chance(middle) < wanted ? low : high) = middle;
  }
  return 0.5 * (low + high);
}

}  // namespace

double poisson_at_least(std::uint64_t k, double mu) {
  if (k == 0) return 1.0;
  if (mu > static_cast<double>(k)) return 1.0 - poisson_at_most(k - 1, mu);
  double term = 1.0;
  double sum = 1.0;
  for (double i = static_cast<double>(k) + 1.0; term > least_term * sum; i += 1.0) sum += term *= mu / i;
  return sum * poisson_term(static_cast<double>(k), mu);
}

double poisson_at_most(std::uint64_t k, double mu) {
  if (mu < static_cast<double>(k)) return 1.0 - poisson_at_least(k + 1, mu);
  double term = 1.0;
  double sum = 1.0;
  for (double i = static_cast<double>(k); i > 0.0 && term > least_term * sum; i -= 1.0) sum += term *= i / mu;
  return sum * poisson_term(static_cast<double>(k), mu);
}

std::optional<Estimate> proportion(std::uint64_t count, std::uint64_t of) {
  if (of == 0) return std::nullopt;
  expects(count <= of, "a part of a whole");
  const double n = static_cast<double>(of);
  const double p = static_cast<double>(count) / n;
  const double scale = 1.0 + z * z / n;
  const double centre = (p + z * z / (2.0 * n)) / scale;
  const double half = z * std::sqrt(p * (1.0 - p) / n + z * z / (4.0 * n * n)) / scale;
  return Estimate{p, count == 0 ? 0.0 : centre - half, count == of ? 1.0 : centre + half};
}

std::optional<Estimate> rate(std::uint64_t count, double time) {
  if (!(time > 0.0)) return std::nullopt;
  const double k = static_cast<double>(count);
  const double reach = 10.0 + 10.0 * std::sqrt(k + 1.0);
  const double low = count == 0 ? 0.0
                                : solve([&](double mu) { return poisson_at_least(count, mu); }, tail,
                                        std::max(k - reach, 0.0), k);
  const double high = solve([&](double mu) { return -poisson_at_most(count, mu); }, -tail, k, k + reach);
  return Estimate{k / time, low / time, high / time};
}

std::optional<Estimate> median_days(const DayCounts& days) {
  const std::uint64_t n = count(days);
  if (n == 0) return std::nullopt;
  const double half = 0.5 * static_cast<double>(n);
  const double reach = 0.5 * z * std::sqrt(static_cast<double>(n));
  const auto day = [&](double rank) {
    const double held = std::clamp(rank, 1.0, static_cast<double>(n));
    return static_cast<double>(day_of_rank(days, static_cast<std::uint64_t>(held)));
  };
  return Estimate{static_cast<double>(day_of_rank(days, rank_of(0.5, n))), day(std::floor(half - reach)),
                  day(std::ceil(half + reach + 1.0))};
}

std::optional<Estimate> difference(const std::optional<Estimate>& a, const std::optional<Estimate>& b) {
  if (!a || !b) return std::nullopt;
  const double value = a->value - b->value;
  return Estimate{value, value - std::hypot(a->value - a->low, b->high - b->value),
                  value + std::hypot(a->high - a->value, b->value - b->low)};
}

}  // namespace evenkeel::cohort
