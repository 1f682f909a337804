// A number with its derivatives in N directions: forward differentiation, exact to rounding.
//
//   (a + a' e)(b + b' e) = ab + (a b' + a' b) e,   e^2 = 0
//
// Values; safe to use from any thread.
#pragma once

#include <array>
#include <cmath>
#include <cstddef>

namespace evenkeel::individual {

template <std::size_t N>
struct Dual {
  double value = 0.0;
  std::array<double, N> slope{};

  Dual() = default;
  explicit Dual(double v) : value(v) {}

  Dual& operator+=(const Dual& b) {
    value += b.value;
    for (std::size_t i = 0; i < N; ++i) slope[i] += b.slope[i];
    return *this;
  }
  Dual& operator-=(const Dual& b) {
    value -= b.value;
    for (std::size_t i = 0; i < N; ++i) slope[i] -= b.slope[i];
    return *this;
  }
  friend Dual operator+(Dual a, const Dual& b) { return a += b; }
  friend Dual operator-(Dual a, const Dual& b) { return a -= b; }
  friend Dual operator*(const Dual& a, const Dual& b) {
    Dual out{a.value * b.value};
    for (std::size_t i = 0; i < N; ++i) out.slope[i] = a.value * b.slope[i] + a.slope[i] * b.value;
    return out;
  }
  friend Dual operator*(double a, Dual b) {
    b.value *= a;
    for (double& each : b.slope) each *= a;
    return b;
  }
  friend Dual operator/(const Dual& a, const Dual& b) {
    Dual out{a.value / b.value};
    for (std::size_t i = 0; i < N; ++i) out.slope[i] = (a.slope[i] - out.value * b.slope[i]) / b.value;
    return out;
  }
};

template <std::size_t N>
[[nodiscard]] Dual<N> exp(const Dual<N>& a) {
  const double e = std::exp(a.value);
  Dual<N> out = e * a;
  out.value = e;
  return out;
}

[[nodiscard]] inline double value_of(double a) {
  return a;
}
template <std::size_t N>
[[nodiscard]] double value_of(const Dual<N>& a) {
  return a.value;
}

// sum += a b, without a number in between.
inline void add_product(double& sum, double a, double b) {
  sum += a * b;
}
template <std::size_t N>
void add_product(Dual<N>& sum, const Dual<N>& a, const Dual<N>& b) {
  sum.value += a.value * b.value;
  for (std::size_t i = 0; i < N; ++i) sum.slope[i] += a.value * b.slope[i] + a.slope[i] * b.value;
}

// sum += a b for a number without derivatives.
inline void add_scaled(double& sum, double a, double b) {
  sum += a * b;
}
template <std::size_t N>
void add_scaled(Dual<N>& sum, double a, const Dual<N>& b) {
  sum.value += a * b.value;
  for (std::size_t i = 0; i < N; ++i) sum.slope[i] += a * b.slope[i];
}

}  // namespace evenkeel::individual
