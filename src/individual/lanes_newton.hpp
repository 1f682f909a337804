// One step of Newton's method in every lane, shortened and shifted as small_problem.hpp says. For Highway's
// foreach_target, as pkpd/lanes.hpp.
#if defined(EVENKEEL_INDIVIDUAL_LANES_NEWTON_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef EVENKEEL_INDIVIDUAL_LANES_NEWTON_HPP
#undef EVENKEEL_INDIVIDUAL_LANES_NEWTON_HPP
#else
#define EVENKEEL_INDIVIDUAL_LANES_NEWTON_HPP
#endif

#include "individual/lanes_dual.hpp"

HWY_BEFORE_NAMESPACE();
namespace evenkeel::individual::HWY_NAMESPACE {

inline constexpr double longest_step = 1.5;  // in any z
inline constexpr double least_pivot = 1e-4;  // of the Hessian, whose prior part is 1

// H + shift I = R R', R lower triangular; `sound` where every pivot is large enough.
template <int N>
struct Factor {
  V root[pairs_of(N)];
  V inverse[N];  // of the diagonal
  Mask sound;
};

template <int N>
HWY_INLINE Factor<N> factor(const V (&h)[pairs_of(N)], V shift) {
  Factor<N> r;
  r.sound = hn::Ge(shift, hn::Zero(Part{}));
  for_pairs<N>([&](int a, int b, int ab) HWY_ATTR {
    V sum = a == b ? hn::Add(h[ab], shift) : h[ab];
    for (int k = 0; k < b; ++k)
      sum = hn::NegMulAdd(r.root[a * (a + 1) / 2 + k], r.root[b * (b + 1) / 2 + k], sum);
    if (a == b) {
      const Mask large = hn::Gt(sum, number(least_pivot));
      r.sound = hn::And(r.sound, large);
      r.root[ab] = hn::Sqrt(hn::IfThenElse(large, sum, number(1.0)));
      r.inverse[a] = hn::Div(number(1.0), r.root[ab]);
    } else {
      r.root[ab] = hn::Mul(sum, r.inverse[b]);
    }
  });
  return r;
}

// What makes every row's diagonal outweigh the rest of it.
template <int N>
HWY_INLINE V dominating_shift(const V (&h)[pairs_of(N)]) {
  V rest[N];
  for (V& v : rest) v = number(1.0);
  for_pairs<N>([&](int a, int b, int ab) HWY_ATTR {
    if (a == b) {
      rest[a] = hn::Sub(rest[a], h[ab]);
      return;
    }
    rest[a] = hn::Add(rest[a], hn::Abs(h[ab]));
    rest[b] = hn::Add(rest[b], hn::Abs(h[ab]));
  });
  V most = hn::Zero(Part{});
  for (const V& v : rest) most = hn::Max(most, v);
  return most;
}

template <int N>
struct NewtonStep {
  V by[N];
  V size;      // the largest of |by|, before it was shortened
  Mask sound;  // the Hessian was taken as it is
};

template <int N>
HWY_INLINE NewtonStep<N> newton_step(const Dual<N>& f, V damping) {
  const V zero = hn::Zero(Part{});
  Factor<N> r = factor<N>(f.by.second, damping);
  NewtonStep<N> step;
  step.sound = hn::And(r.sound, hn::Eq(damping, zero));
  if (!hn::AllTrue(Part{}, r.sound)) {
    const V shift = hn::IfThenElse(r.sound, damping, hn::Add(damping, dominating_shift<N>(f.by.second)));
    r = factor<N>(f.by.second, shift);
  }
  for (int a = 0; a < N; ++a) {
    V sum = hn::Neg(f.by.first[a]);
    for (int k = 0; k < a; ++k) sum = hn::NegMulAdd(r.root[a * (a + 1) / 2 + k], step.by[k], sum);
    step.by[a] = hn::Mul(sum, r.inverse[a]);
  }
  step.size = zero;
  for (int a = N - 1; a >= 0; --a) {
    V sum = step.by[a];
    for (int k = a + 1; k < N; ++k) sum = hn::NegMulAdd(r.root[k * (k + 1) / 2 + a], step.by[k], sum);
    step.by[a] = hn::Mul(sum, r.inverse[a]);
    step.size = hn::Max(step.size, hn::Abs(step.by[a]));
  }
  const V shorter = hn::Min(number(1.0), hn::Div(number(longest_step), step.size));
  for (V& v : step.by) v = hn::Mul(v, shorter);
  return step;
}

template <int N>
HWY_INLINE void take_where(Mask mask, const Dual<N>& from, Dual<N>& to) {
  to.value = hn::IfThenElse(mask, from.value, to.value);
  for (int a = 0; a < N; ++a) to.by.first[a] = hn::IfThenElse(mask, from.by.first[a], to.by.first[a]);
  for (int ab = 0; ab < pairs_of(N); ++ab)
    to.by.second[ab] = hn::IfThenElse(mask, from.by.second[ab], to.by.second[ab]);
}

// More damping after a step that did not help, less and then none after one that did.
template <int N>
HWY_INLINE V next_damping(V damping, Mask better, const Dual<N>& f) {
  V largest = number(1.0);
  for (int a = 0; a < N; ++a) largest = hn::Max(largest, hn::Abs(f.by.second[a * (a + 1) / 2 + a]));
  const V more = hn::Max(hn::Mul(number(8.0), damping), hn::Mul(number(0.25), largest));
  const V less = hn::Mul(number(0.125), damping);
  const Mask enough = hn::Gt(less, hn::Mul(number(1e-3), largest));
  return hn::IfThenElse(better, hn::IfThenElseZero(enough, less), more);
}

}  // namespace evenkeel::individual::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // per target
