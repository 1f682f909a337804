// Quantities whose unit is their type: drug mass, volume, time and body mass.
//
// Body mass is a dimension of its own, so mg/kg is no bare ratio and a dose cannot be added to a
// weight. Numbers enter as `35.0 * units::mg` and leave as `dose.in(units::mg)`; the unit is named
// at both ends. Inside, one double in mg, L, h and kg.
// What the quantity is *of* (ketamine base, which enantiomer, from which vessel) is not a
// dimension: the value that holds the quantity says it.
#pragma once

#include <cmath>
#include <compare>

namespace evenkeel {

template <int Drug, int Volume, int Time, int Body>
class Quantity {
 public:
  constexpr Quantity() = default;

  // The number of `unit`s in this quantity.
  [[nodiscard]] constexpr double in(Quantity unit) const { return value_ / unit.value_; }

  // A ratio of equal dimensions is a plain number.
  constexpr operator double() const requires(Drug == 0 && Volume == 0 && Time == 0 && Body == 0) {
    return value_;
  }

  [[nodiscard]] static constexpr Quantity from_canonical(double mg_L_h_kg) { return Quantity{mg_L_h_kg}; }
  [[nodiscard]] constexpr double canonical() const { return value_; }

  // Unordered with NaN, so write checks positively: `if (!(dose <= limit)) refuse`.
  constexpr auto operator<=>(const Quantity&) const = default;

  constexpr Quantity operator-() const { return Quantity{-value_}; }
  constexpr Quantity& operator+=(Quantity other) {
    value_ += other.value_;
    return *this;
  }
  constexpr Quantity& operator-=(Quantity other) {
    value_ -= other.value_;
    return *this;
  }
  friend constexpr Quantity operator+(Quantity a, Quantity b) { return Quantity{a.value_ + b.value_}; }
  friend constexpr Quantity operator-(Quantity a, Quantity b) { return Quantity{a.value_ - b.value_}; }
  friend constexpr Quantity operator*(double factor, Quantity q) { return Quantity{factor * q.value_}; }
  friend constexpr Quantity operator*(Quantity q, double factor) { return Quantity{q.value_ * factor}; }
  friend constexpr Quantity operator/(Quantity q, double divisor) { return Quantity{q.value_ / divisor}; }

 private:
  explicit constexpr Quantity(double value) : value_(value) {}
  double value_ = 0.0;
};

template <int D, int V, int T, int B, int D2, int V2, int T2, int B2>
constexpr auto operator*(Quantity<D, V, T, B> a, Quantity<D2, V2, T2, B2> b) {
  return Quantity<D + D2, V + V2, T + T2, B + B2>::from_canonical(a.canonical() * b.canonical());
}
template <int D, int V, int T, int B, int D2, int V2, int T2, int B2>
constexpr auto operator/(Quantity<D, V, T, B> a, Quantity<D2, V2, T2, B2> b) {
  return Quantity<D - D2, V - V2, T - T2, B - B2>::from_canonical(a.canonical() / b.canonical());
}

template <int D, int V, int T, int B>
constexpr auto operator/(double number, Quantity<D, V, T, B> q) {
  return Quantity<-D, -V, -T, -B>::from_canonical(number / q.canonical());
}

template <int D, int V, int T, int B>
[[nodiscard]] inline bool is_finite(Quantity<D, V, T, B> q) {
  return std::isfinite(q.canonical());
}

using DrugMass = Quantity<1, 0, 0, 0>;
using Volume = Quantity<0, 1, 0, 0>;
using Duration = Quantity<0, 0, 1, 0>;
using BodyMass = Quantity<0, 0, 0, 1>;
using Fraction = Quantity<0, 0, 0, 0>;
using Concentration = Quantity<1, -1, 0, 0>;
using ConcentrationTime = Quantity<1, -1, 1, 0>;  // area under a concentration curve
using Clearance = Quantity<0, 1, -1, 0>;
using RateConstant = Quantity<0, 0, -1, 0>;
using InfusionRate = Quantity<1, 0, -1, 0>;
using DosePerBody = Quantity<1, 0, 0, -1>;
using RatePerBody = Quantity<1, 0, -1, -1>;
using VolumePerBody = Quantity<0, 1, 0, -1>;
using ClearancePerBody = Quantity<0, 1, -1, -1>;

namespace units {
inline constexpr auto mg = DrugMass::from_canonical(1.0);
inline constexpr auto g = DrugMass::from_canonical(1e3);
inline constexpr auto ug = DrugMass::from_canonical(1e-3);
inline constexpr auto ng = DrugMass::from_canonical(1e-6);
inline constexpr auto L = Volume::from_canonical(1.0);
inline constexpr auto mL = Volume::from_canonical(1e-3);
inline constexpr auto h = Duration::from_canonical(1.0);
inline constexpr auto min = Duration::from_canonical(1.0 / 60.0);
inline constexpr auto s = Duration::from_canonical(1.0 / 3600.0);
inline constexpr auto day = Duration::from_canonical(24.0);
inline constexpr auto week = Duration::from_canonical(168.0);
inline constexpr auto kg = BodyMass::from_canonical(1.0);
}  // namespace units

}  // namespace evenkeel
