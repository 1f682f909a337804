// Numbers with their first and second derivatives by N unknowns, in lanes. For Highway's foreach_target,
// as pkpd/lanes.hpp.
//
// A positive factor x is carried by the derivatives of ln x: a product of such is a sum, and what grows
// without bounds near a double root (1/gap) keeps its relative accuracy. Second derivatives: the lower
// triangle by rows, the pair (a, b <= a) at a (a + 1)/2 + b.
#if defined(EVENKEEL_INDIVIDUAL_LANES_DUAL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef EVENKEEL_INDIVIDUAL_LANES_DUAL_HPP
#undef EVENKEEL_INDIVIDUAL_LANES_DUAL_HPP
#else
#define EVENKEEL_INDIVIDUAL_LANES_DUAL_HPP
#endif

#include "individual/lanes_modes.hpp"

HWY_BEFORE_NAMESPACE();
namespace evenkeel::individual::HWY_NAMESPACE {

constexpr int pairs_of(int unknowns) {
  return unknowns * (unknowns + 1) / 2;
}

template <int N>
struct Derivatives {
  V first[N];
  V second[pairs_of(N)];
};

template <int N>
struct Dual {
  V value;
  Derivatives<N> by;
};

// For every pair of unknowns, f(a, b, where their second derivative is).
template <int N, class F>
HWY_INLINE void for_pairs(const F& f) {
  EVENKEEL_UNROLL
  for (int a = 0; a < N; ++a) {
    EVENKEEL_UNROLL
    for (int b = 0; b <= a; ++b) f(a, b, a * (a + 1) / 2 + b);
  }
}

// x of the given derivatives of ln x.
template <int N>
HWY_INLINE Dual<N> from_logarithm(V x, const Derivatives<N>& log) {
  Dual<N> made;
  made.value = x;
  EVENKEEL_UNROLL
  for (int a = 0; a < N; ++a) made.by.first[a] = hn::Mul(x, log.first[a]);
  for_pairs<N>([&](int a, int b, int ab) HWY_ATTR {
    made.by.second[ab] = hn::MulAdd(made.by.first[a], log.first[b], hn::Mul(x, log.second[ab]));
  });
  return made;
}

template <int N>
HWY_INLINE Dual<N> product(const Dual<N>& x, const Dual<N>& y) {
  Dual<N> made;
  made.value = hn::Mul(x.value, y.value);
  EVENKEEL_UNROLL
  for (int a = 0; a < N; ++a)
    made.by.first[a] = hn::MulAdd(x.by.first[a], y.value, hn::Mul(x.value, y.by.first[a]));
  for_pairs<N>([&](int a, int b, int ab) HWY_ATTR {
    V sum = hn::MulAdd(x.by.second[ab], y.value, hn::Mul(x.value, y.by.second[ab]));
    sum = hn::MulAdd(x.by.first[a], y.by.first[b], sum);
    made.by.second[ab] = hn::MulAdd(x.by.first[b], y.by.first[a], sum);
  });
  return made;
}

template <int N>
HWY_INLINE void add(const Dual<N>& x, Dual<N>& to) {
  to.value = hn::Add(to.value, x.value);
  EVENKEEL_UNROLL
  for (int a = 0; a < N; ++a) to.by.first[a] = hn::Add(to.by.first[a], x.by.first[a]);
  for (int ab = 0; ab < pairs_of(N); ++ab) to.by.second[ab] = hn::Add(to.by.second[ab], x.by.second[ab]);
}

template <int N>
HWY_INLINE Dual<N> zero_dual() {
  Dual<N> made;
  made.value = hn::Zero(Part{});
  for (V& v : made.by.first) v = hn::Zero(Part{});
  for (V& v : made.by.second) v = hn::Zero(Part{});
  return made;
}

template <int N>
HWY_INLINE void exchange_where(Mask mask, Dual<N>& one, Dual<N>& other) {
  exchange_where(mask, one.value, other.value);
  for (int a = 0; a < N; ++a) exchange_where(mask, one.by.first[a], other.by.first[a]);
  for (int ab = 0; ab < pairs_of(N); ++ab) exchange_where(mask, one.by.second[ab], other.by.second[ab]);
}

}  // namespace evenkeel::individual::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // per target
