// How the modes of lanes_modes.hpp move with the unknowns z. For Highway's foreach_target, as
// pkpd/lanes.hpp.
//
// ln k10, ln k1i and ln ki1 are linear in z, of directions c, a_i and b_i. With p_i = k1i ki1 u_i^2,
// w_i = a_i + b_i and q_i = d ln(gap_i)/dz = (ki1 b_i - dl) u_i, differentiating the characteristic
// equation once and twice gives (pairs of vectors stand for outer products)
//
//   dl  / share = k10 c  + sum_i [ p_i l b_i - k1i l u_i a_i ]
//   d2l / share = k10 cc + sum_i [ k1i a_i a_i + p_i ki1 b_i b_i
//                                  - k1i ki1 u_i (w_i w_i - w_i q_i - q_i w_i + 2 q_i q_i) ]
//   ln share    = -ln(1 + sum_i p_i),   d ln p_i = w_i - 2 q_i
#if defined(EVENKEEL_INDIVIDUAL_LANES_SENSITIVITY_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef EVENKEEL_INDIVIDUAL_LANES_SENSITIVITY_HPP
#undef EVENKEEL_INDIVIDUAL_LANES_SENSITIVITY_HPP
#else
#define EVENKEEL_INDIVIDUAL_LANES_SENSITIVITY_HPP
#endif

#include "individual/lanes_dual.hpp"

HWY_BEFORE_NAMESPACE();
namespace evenkeel::individual::HWY_NAMESPACE {

// d ln(rate constant)/dz.
template <int P, int N>
struct Directions {
  V elimination[N];
  V coupling[P + 1][N];
  V pole[P + 1][N];
  V per_volume[N];  // of 1/V1
};

template <int P, int N>
HWY_INLINE Directions<P, N> directions_of(const SmallPlan& plan, std::size_t lane, const Modes<P>& m) {
  Directions<P, N> d;
  EVENKEEL_UNROLL
  for (int a = 0; a < N; ++a) {
    const auto of = [&](int k) HWY_ATTR {
      return load(plan.direction[static_cast<std::size_t>(k)][static_cast<std::size_t>(a)], lane);
    };
    const V volume = of(1);
    d.per_volume[a] = hn::Neg(volume);
    d.elimination[a] = hn::Sub(of(0), volume);
    EVENKEEL_UNROLL
    for (int i = 0; i < P; ++i) {
      d.coupling[i][a] = hn::Sub(of(2 * i + 2), volume);
      d.pole[i][a] = hn::Sub(of(2 * i + 2), of(2 * i + 3));
    }
    if constexpr (P == 2) {
      exchange_where(m.swapped, d.coupling[0][a], d.coupling[1][a]);
      exchange_where(m.swapped, d.pole[0][a], d.pole[1][a]);
    }
  }
  return d;
}

// Of one mode.
template <int P, int N>
struct ModeSlopes {
  Derivatives<N> rate;        // of l
  Derivatives<N> share;       // of ln share
  Derivatives<N> gap[P + 1];  // of ln |ki1 - l|
};

// What the derivatives of one mode are made of.
template <int P>
struct ModeParts {
  V flux[P + 1];  // k1i ki1 u
  V part[P + 1];  // p_i
};

// d ln p_i/dz.
template <int P, int N>
HWY_INLINE V part_slope(const Directions<P, N>& d, const ModeSlopes<P, N>& s, int i, int a) {
  return hn::NegMulAdd(number(2.0), s.gap[i].first[a], hn::Add(d.coupling[i][a], d.pole[i][a]));
}

template <int P, int N>
HWY_INLINE void first_slopes(const Modes<P>& m, const Directions<P, N>& d, const ModeParts<P>& of, int mode,
                             ModeSlopes<P, N>& s) {
  EVENKEEL_UNROLL
  for (int a = 0; a < N; ++a) {
    V sum = hn::Mul(m.elimination, d.elimination[a]);
    EVENKEEL_UNROLL
    for (int i = 0; i < P; ++i) {
      const V pull = hn::Mul(hn::Mul(m.coupling[i], m.inverse_gap[mode][i]), m.rate[mode]);
      sum = hn::NegMulAdd(pull, d.coupling[i][a], sum);
      sum = hn::MulAdd(hn::Mul(of.part[i], m.rate[mode]), d.pole[i][a], sum);
    }
    s.rate.first[a] = hn::Mul(m.share[mode], sum);
    V norm = hn::Zero(Part{});
    EVENKEEL_UNROLL
    for (int i = 0; i < P; ++i) {
      const V moved = hn::MulSub(m.pole[i], d.pole[i][a], s.rate.first[a]);
      s.gap[i].first[a] = hn::Mul(moved, m.inverse_gap[mode][i]);
      norm = hn::MulAdd(of.part[i], part_slope(d, s, i, a), norm);
    }
    s.share.first[a] = hn::Neg(hn::Mul(m.share[mode], norm));
  }
}

template <int P, int N>
HWY_INLINE void second_slopes(const Modes<P>& m, const Directions<P, N>& d, const ModeParts<P>& of, int mode,
                              ModeSlopes<P, N>& s) {
  for_pairs<N>([&](int a, int b, int ab) HWY_ATTR {
    V sum = hn::Mul(hn::Mul(m.elimination, d.elimination[a]), d.elimination[b]);
    EVENKEEL_UNROLL
    for (int i = 0; i < P; ++i) {
      const V qa = s.gap[i].first[a];
      const V qb = s.gap[i].first[b];
      const V rest_a = hn::Sub(hn::Add(d.coupling[i][a], d.pole[i][a]), qa);
      const V rest_b = hn::Sub(hn::Add(d.coupling[i][b], d.pole[i][b]), qb);
      const V bend = hn::MulAdd(rest_a, rest_b, hn::Mul(qa, qb));
      sum = hn::MulAdd(hn::Mul(m.coupling[i], d.coupling[i][a]), d.coupling[i][b], sum);
      sum = hn::NegMulAdd(of.flux[i], bend, sum);
      sum = hn::MulAdd(hn::Mul(of.part[i], m.pole[i]), hn::Mul(d.pole[i][a], d.pole[i][b]), sum);
    }
    s.rate.second[ab] = hn::Mul(m.share[mode], sum);
    V norm = hn::Zero(Part{});
    EVENKEEL_UNROLL
    for (int i = 0; i < P; ++i) {
      const V moved = hn::MulSub(m.pole[i], hn::Mul(d.pole[i][a], d.pole[i][b]), s.rate.second[ab]);
      const V squared = hn::Mul(s.gap[i].first[a], s.gap[i].first[b]);
      s.gap[i].second[ab] = hn::MulSub(moved, m.inverse_gap[mode][i], squared);
      const V slopes = hn::Mul(part_slope(d, s, i, a), part_slope(d, s, i, b));
      norm = hn::MulAdd(of.part[i], hn::NegMulAdd(number(2.0), s.gap[i].second[ab], slopes), norm);
    }
    s.share.second[ab] = hn::MulSub(s.share.first[a], s.share.first[b], hn::Mul(m.share[mode], norm));
  });
}

template <int P, int N>
HWY_INLINE void slopes_of(const Modes<P>& m, const Directions<P, N>& d, int mode, ModeSlopes<P, N>& s) {
  ModeParts<P> of;
  EVENKEEL_UNROLL
  for (int i = 0; i < P; ++i) {
    const V u = m.inverse_gap[mode][i];
    of.flux[i] = hn::Mul(hn::Mul(m.coupling[i], u), m.pole[i]);
    of.part[i] = hn::Mul(of.flux[i], u);
  }
  first_slopes(m, d, of, mode, s);
  second_slopes(m, d, of, mode, s);
}

}  // namespace evenkeel::individual::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // per target
