#include "pkpd/radau.hpp"

namespace evenkeel::pkpd {
namespace {

constexpr int s = Radau::points;

// P_s(x) - P_(s-1)(x), whose roots are the points, moved to -1 .. 1.
double root_function(double x) {
  double before = 1.0;
  double now = x;
  for (int k = 1; k < s; ++k) {
    const double next = ((2.0 * k + 1.0) * x * now - k * before) / (k + 1.0);
    before = now;
    now = next;
  }
  return now - before;
}

double bisected(double low, double high) {
  const bool rising = root_function(low) < 0.0;
  for (int i = 0; i < 80; ++i) {
    const double middle = (low + high) / 2.0;
    ((root_function(middle) < 0.0) == rising ? low : high) = middle;
  }
  return (low + high) / 2.0;
}

Radau made() {
  Radau rule;
  rule.at[0] = 0.0;
  rule.at[s] = 1.0;
  constexpr int cells = 1000;  // finer than the closest two roots
  int found = 0;
  for (int i = 0; i + 1 < cells; ++i) {
    const double low = -1.0 + 2.0 * i / cells;
    const double high = -1.0 + 2.0 * (i + 1) / cells;
    if (root_function(low) * root_function(high) < 0.0) rule.at[++found] = (1.0 + bisected(low, high)) / 2.0;
  }
  for (int j = 0; j <= s; ++j) {
    double product = 1.0;
    for (int k = 0; k <= s; ++k) product *= k == j ? 1.0 : rule.at[j] - rule.at[k];
    rule.barycentric[j] = 1.0 / product;
  }
  for (int i = 1; i <= s; ++i) {
    double diagonal = 0.0;
    for (int j = 0; j <= s; ++j) {
      if (j == i) continue;
      const double slope = rule.barycentric[j] / rule.barycentric[i] / (rule.at[i] - rule.at[j]);
      (j == 0 ? rule.slope_start[i - 1] : rule.slopes(i - 1, j - 1)) = slope;
      diagonal -= slope;
    }
    rule.slopes(i - 1, i - 1) = diagonal;
  }
  double leading = 1.0;  // of the Legendre polynomial on 0 .. 1: (2s)! / s!^2
  for (int k = 1; k <= s; ++k) leading *= static_cast<double>(s + k) / k;
  rule.last_legendre = rule.barycentric / leading;
  return rule;
}

}  // namespace

const Radau& Radau::rule() {
  static const Radau the_rule = made();
  return the_rule;
}

double Radau::interpolate(const Values& values, double x) const {
  double above = 0.0;
  double below = 0.0;
  for (int j = 0; j <= points; ++j) {
    if (x == at[j]) return values[j];
    const double weight = barycentric[j] / (x - at[j]);
    above += weight * values[j];
    below += weight;
  }
  return above / below;
}

}  // namespace evenkeel::pkpd
