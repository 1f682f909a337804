// The modes of a mammillary system of one to three compartments in lanes. For Highway's foreach_target, as
// pkpd/lanes.hpp.
//
//   C(t) = sum_j share_j/V1 exp(-l_j t) after a unit bolus,   share_j = 1/(1 + sum_i k1i ki1 u_ij^2)
//   l_j    roots of  k10 - l - sum_i k1i l/(ki1 - l) = 0,     u_ij = 1/(ki1 - l_j)
//
// Every root is sought as a distance from the nearest peripheral rate, so that u keeps its digits however
// close two rates are (pkpd/modal.hpp).
#if defined(EVENKEEL_INDIVIDUAL_LANES_MODES_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef EVENKEEL_INDIVIDUAL_LANES_MODES_HPP
#undef EVENKEEL_INDIVIDUAL_LANES_MODES_HPP
#else
#define EVENKEEL_INDIVIDUAL_LANES_MODES_HPP
#endif

#include "individual/lanes_residual.hpp"

HWY_BEFORE_NAMESPACE();
namespace evenkeel::individual::HWY_NAMESPACE {

// P peripheral compartments, their rates falling; `swapped` where that is not the order they are given in.
template <int P>
struct Modes {
  V elimination;      // k10
  V coupling[P + 1];  // k1i; the last is unused
  V pole[P + 1];      // ki1; the last is zero, the end of the lowest interval
  Mask swapped;
  V rate[P + 1];  // l_j
  V share[P + 1];
  V inverse_gap[P + 1][P + 1];  // u: [mode][peripheral]
};

HWY_INLINE void exchange_where(Mask mask, V& one, V& other) {
  const V kept = one;
  one = hn::IfThenElse(mask, other, one);
  other = hn::IfThenElse(mask, kept, other);
}

// Of the parameters in the order of SmallProblem.
template <int P>
HWY_INLINE Modes<P> rates_of(const V (&parameter)[2 * P + 2]) {
  Modes<P> m;
  const V per_volume = hn::Div(number(1.0), parameter[1]);
  m.elimination = hn::Mul(parameter[0], per_volume);
  EVENKEEL_UNROLL
  for (int i = 0; i < P; ++i) {
    m.coupling[i] = hn::Mul(parameter[2 * i + 2], per_volume);
    m.pole[i] = hn::Div(parameter[2 * i + 2], parameter[2 * i + 3]);
  }
  m.pole[P] = hn::Zero(Part{});
  m.coupling[P] = hn::Zero(Part{});
  m.swapped = hn::Lt(m.pole[0], m.pole[P > 1 ? 1 : 0]);
  if constexpr (P == 2) {
    exchange_where(m.swapped, m.pole[0], m.pole[1]);
    exchange_where(m.swapped, m.coupling[0], m.coupling[1]);
    m.pole[0] = hn::Max(m.pole[0], hn::Mul(m.pole[1], number(1.0 + 0x1p-48)));
  }
  return m;
}

template <int P>
HWY_INLINE V share_of(const Modes<P>& m, const V (&inverse_gap)[P + 1]) {
  V norm = number(1.0);
  EVENKEEL_UNROLL
  for (int i = 0; i < P; ++i) {
    const V one = hn::Mul(m.coupling[i], inverse_gap[i]);
    norm = hn::MulAdd(hn::Mul(one, m.pole[i]), inverse_gap[i], norm);
  }
  return hn::Div(number(1.0), norm);
}

// The larger distance o > 0 from the pole, o^2 - b o - k12 k21 = 0; the other mode by the products.
HWY_INLINE void solve(Modes<1>& m) {
  const V b = hn::Sub(hn::Add(m.elimination, m.coupling[0]), m.pole[0]);
  const V product = hn::Mul(m.coupling[0], m.pole[0]);
  const V root = hn::Sqrt(hn::MulAdd(b, b, hn::Mul(number(4.0), product)));
  const V half = hn::Mul(number(0.5), hn::Add(hn::Abs(b), root));
  const V other = hn::Div(product, half);
  const Mask negative = hn::Lt(b, hn::Zero(Part{}));
  const V upper = hn::IfThenElse(negative, other, half);
  const V lower = hn::IfThenElse(negative, half, other);
  m.rate[0] = hn::Add(m.pole[0], upper);
  m.rate[1] = hn::Div(hn::Mul(m.elimination, m.pole[0]), m.rate[0]);
  m.inverse_gap[0][0] = hn::Div(number(-1.0), upper);
  m.inverse_gap[1][0] = hn::Div(number(1.0), lower);
  m.share[0] = share_of(m, m.inverse_gap[0]);
  m.share[1] = share_of(m, m.inverse_gap[1]);
}

HWY_INLINE void solve(Modes<0>& m) {
  m.rate[0] = m.elimination;
  m.share[0] = number(1.0);
}

// A root at origin + side * offset, near <= offset <= far.
struct Search {
  V origin;
  V side;
  V near;
  V far;
  V offset;
  Mask from_pole;  // else from zero
  Mask done;
};

// The characteristic function, its slope and the gaps at the search's place.
struct Characteristic {
  V value;
  V slope;
  V inverse_gap[3];
};
HWY_INLINE Characteristic characteristic(const Modes<2>& m, const Search& s) {
  const V rate = hn::MulAdd(s.side, s.offset, s.origin);
  Characteristic f{hn::NegMulAdd(s.side, s.offset, hn::Sub(m.elimination, s.origin)), number(-1.0), {}};
  EVENKEEL_UNROLL
  for (int i = 0; i < 2; ++i) {
    const V gap = hn::NegMulAdd(s.side, s.offset, hn::Sub(m.pole[i], s.origin));
    f.inverse_gap[i] = hn::Div(number(1.0), gap);
    const V part = hn::Mul(m.coupling[i], f.inverse_gap[i]);
    f.value = hn::NegMulAdd(part, rate, f.value);
    f.slope = hn::NegMulAdd(hn::Mul(part, m.pole[i]), f.inverse_gap[i], f.slope);
  }
  f.inverse_gap[2] = hn::Zero(Part{});
  return f;
}

}  // namespace evenkeel::individual::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // per target
