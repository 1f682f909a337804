// Newton's method in every lane: exact Hessian, steps shortened and shifted as small_problem.hpp says.
#include "individual/small_kernel.hpp"
#include "pkpd/flush_to_zero.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "individual/small_newton.cpp"
#include <hwy/foreach_target.h>  // IWYU: for each kind of machine, this file again

#include "individual/lanes_objective.hpp"

HWY_BEFORE_NAMESPACE();
namespace evenkeel::individual::HWY_NAMESPACE {
namespace {

constexpr int most_evaluations = 100;
constexpr double longest_step = 1.5;    // in any z
constexpr double settled_step = 1e-10;  // the error after it is about its square
constexpr double noise = 1e-12;         // of an objective, relative
constexpr double least_pivot = 1e-4;    // of the Hessian, whose prior part is 1

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

template <int N>
void store(std::size_t lane, const V (&z)[N], const Dual<N>& f, SmallOptimum& out) {
  const Part d;
  for (std::size_t a = 0; a < N; ++a) {
    hn::Store(z[a], d, out.z[a].of.data() + lane);
    hn::Store(f.by.first[a], d, out.gradient[a].of.data() + lane);
  }
  for (std::size_t ab = 0; ab < pairs_of(N); ++ab)
    hn::Store(f.by.second[ab], d, out.hessian[ab].of.data() + lane);
  hn::Store(f.value, d, out.objective.of.data() + lane);
}

// `idle`: 1 in lanes that nobody asks for.
template <int P, int N>
void optimise(const SmallPlan& plan, const LaneNumber& idle, std::size_t lane, SmallOptimum& out) {
  const Part d;
  const V zero = hn::Zero(d);
  Walk<P, N> walk{plan, lane};
  V z[N];
  for (V& v : z) v = zero;
  Objective<N> best;
  walk.at(z, best);
  V damping = zero;
  V evaluations = number(1.0);
  Mask done = hn::Gt(load(idle, lane), zero);
  Mask converged = hn::Lt(zero, zero);
  for (int i = 1; i < most_evaluations; ++i) {
    const NewtonStep<N> step = newton_step(best.f, damping);
    const Mask settled = hn::AndNot(done, hn::And(step.sound, hn::Le(step.size, number(settled_step))));
    converged = hn::Or(converged, settled);
    done = hn::Or(done, settled);
    if (hn::AllTrue(d, done)) break;
    V tried[N];
    for (int a = 0; a < N; ++a) tried[a] = hn::IfThenElse(done, z[a], hn::Add(z[a], step.by[a]));
    Objective<N> trial;
    walk.at(tried, trial);
    const V slack = hn::MulAdd(number(noise), hn::Abs(best.f.value), number(noise));
    const Mask better = hn::AndNot(done, hn::Le(trial.f.value, hn::Add(best.f.value, slack)));
    damping = next_damping(damping, better, best.f);
    take_where(better, trial.f, best.f);
    best.lost = hn::Or(hn::And(better, trial.lost), hn::AndNot(better, best.lost));
    for (int a = 0; a < N; ++a) z[a] = hn::IfThenElse(better, tried[a], z[a]);
    evaluations = hn::IfThenElse(done, evaluations, hn::Add(evaluations, number(1.0)));
  }
  store(lane, z, best.f, out);
  hn::Store(evaluations, d, out.iterations.of.data() + lane);
  hn::Store(hn::IfThenElseZero(hn::AndNot(best.lost, converged), number(1.0)), d,
            out.converged.of.data() + lane);
}

template <int P>
void optimise_all(const SmallPlan& plan, SmallOptimum& out) {
  LaneNumber idle;
  for (std::size_t lane = plan.used; lane < small_lanes; ++lane) idle.of[lane] = 1.0;
  for (std::size_t lane = 0; lane < plan.used; lane += hn::Lanes(Part{})) {
    if (plan.four_effects) {
      optimise<P, 4>(plan, idle, lane, out);
    } else {
      optimise<P, 3>(plan, idle, lane, out);
    }
  }
}

}  // namespace

void find_optimum(const SmallPlan& plan, SmallOptimum& out) {
  const pkpd::FlushToZero flush;
  switch (plan.compartments) {
    case 1:
      return optimise_all<0>(plan, out);
    case 2:
      return optimise_all<1>(plan, out);
    default:
      return optimise_all<2>(plan, out);
  }
}

}  // namespace evenkeel::individual::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace evenkeel::individual {

HWY_EXPORT(find_optimum);

void find_optimum(const SmallPlan& plan, SmallOptimum& out) {
  HWY_DYNAMIC_DISPATCH(find_optimum)(plan, out);
}

}  // namespace evenkeel::individual
#endif
