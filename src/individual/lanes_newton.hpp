// One step of Newton's method in every lane. For Highway's foreach_target, as pkpd/lanes.hpp.
//
// Where the Hessian bends the wrong way, it is taken with the absolute values of its eigenvalues (by Jacobi's
// rotations): that step goes down too, and as far in each direction as the bend there allows.
#if defined(EVENKEEL_INDIVIDUAL_LANES_NEWTON_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef EVENKEEL_INDIVIDUAL_LANES_NEWTON_HPP
#undef EVENKEEL_INDIVIDUAL_LANES_NEWTON_HPP
#else
#define EVENKEEL_INDIVIDUAL_LANES_NEWTON_HPP
#endif

#include "individual/lanes_dual.hpp"

HWY_BEFORE_NAMESPACE();
namespace evenkeel::individual::HWY_NAMESPACE {

inline constexpr double least_pivot = 1e-4;  // of the Hessian, whose prior part is 1
inline constexpr double least_bend = 1e-2;   // of an eigenvalue that is not trusted

template <int N>
struct NewtonStep {
  V by[N];
  V size;      // the largest of |by|, before it was shortened
  Mask sound;  // the Hessian was taken as it is
};

// By H = R R', R lower triangular; `sound` where every pivot is large enough.
template <int N>
HWY_INLINE NewtonStep<N> plain_step(const Derivatives<N>& f) {
  NewtonStep<N> step;
  V root[pairs_of(N)];
  V inverse[N];  // of the diagonal
  step.sound = hn::Ge(number(1.0), hn::Zero(Part{}));
  for_pairs<N>([&](int a, int b, int ab) HWY_ATTR {
    V sum = f.second[ab];
    for (int k = 0; k < b; ++k)
      sum = hn::NegMulAdd(root[a * (a + 1) / 2 + k], root[b * (b + 1) / 2 + k], sum);
    if (a == b) {
      const Mask large = hn::Gt(sum, number(least_pivot));
      step.sound = hn::And(step.sound, large);
      root[ab] = hn::Sqrt(hn::IfThenElse(large, sum, number(1.0)));
      inverse[a] = hn::Div(number(1.0), root[ab]);
    } else {
      root[ab] = hn::Mul(sum, inverse[b]);
    }
  });
  for (int a = 0; a < N; ++a) {
    V sum = hn::Neg(f.first[a]);
    for (int k = 0; k < a; ++k) sum = hn::NegMulAdd(root[a * (a + 1) / 2 + k], step.by[k], sum);
    step.by[a] = hn::Mul(sum, inverse[a]);
  }
  step.size = hn::Zero(Part{});
  for (int a = N - 1; a >= 0; --a) {
    V sum = step.by[a];
    for (int k = a + 1; k < N; ++k) sum = hn::NegMulAdd(root[k * (k + 1) / 2 + a], step.by[k], sum);
    step.by[a] = hn::Mul(sum, inverse[a]);
    step.size = hn::Max(step.size, hn::Abs(step.by[a]));
  }
  return step;
}

// Symmetric; `vectors` in columns.
template <int N>
struct Diagonaliser {
  V matrix[N][N];
  V vectors[N][N];
};

HWY_INLINE void turn(V cosine, V sine, V& one, V& other) {
  const V before = one;
  one = hn::NegMulAdd(sine, other, hn::Mul(cosine, before));
  other = hn::MulAdd(sine, before, hn::Mul(cosine, other));
}

// Makes the entry (p, q) zero.
template <int N>
HWY_INLINE void rotate(Diagonaliser<N>& e, int p, int q) {
  const V apart = hn::Sub(e.matrix[q][q], e.matrix[p][p]);
  const V twice = hn::Add(e.matrix[p][q], e.matrix[p][q]);
  const V length = hn::Sqrt(hn::MulAdd(apart, apart, hn::Mul(twice, twice)));
  const V below = hn::Max(hn::Add(hn::Abs(apart), length), number(1e-300));
  const V tangent = hn::Div(hn::IfThenElse(hn::Lt(apart, hn::Zero(Part{})), hn::Neg(twice), twice), below);
  const V cosine = hn::Div(number(1.0), hn::Sqrt(hn::MulAdd(tangent, tangent, number(1.0))));
  const V sine = hn::Mul(tangent, cosine);
  for (int k = 0; k < N; ++k) turn(cosine, sine, e.matrix[k][p], e.matrix[k][q]);
  for (int k = 0; k < N; ++k) turn(cosine, sine, e.matrix[p][k], e.matrix[q][k]);
  for (int k = 0; k < N; ++k) turn(cosine, sine, e.vectors[k][p], e.vectors[k][q]);
}

// In each direction of the Hessian no farther than `reach`.
template <int N>
HWY_INLINE void bent_step(const Derivatives<N>& f, V reach, V (&by)[N]) {
  constexpr int sweeps = 6;
  Diagonaliser<N> e;
  for_pairs<N>([&](int a, int b, int ab) HWY_ATTR {
    e.matrix[a][b] = e.matrix[b][a] = f.second[ab];
    e.vectors[a][b] = e.vectors[b][a] = number(a == b ? 1.0 : 0.0);
  });
  for (int sweep = 0; sweep < sweeps; ++sweep) {
    for (int q = 1; q < N; ++q) {
      for (int p = 0; p < q; ++p) rotate(e, p, q);
    }
  }
  for (V& v : by) v = hn::Zero(Part{});
  for (int j = 0; j < N; ++j) {
    V slope = hn::Zero(Part{});
    for (int a = 0; a < N; ++a) slope = hn::MulAdd(e.vectors[a][j], f.first[a], slope);
    const V bend = hn::Max(hn::Abs(e.matrix[j][j]), number(least_bend));
    const V far = hn::Div(slope, bend);
    const V along = hn::Max(hn::Min(far, reach), hn::Neg(reach));
    for (int a = 0; a < N; ++a) by[a] = hn::NegMulAdd(e.vectors[a][j], along, by[a]);
  }
}

// No longer than `reach` in any unknown, or in any direction of the Hessian.
template <int N>
HWY_INLINE NewtonStep<N> newton_step(const Dual<N>& f, V reach) {
  NewtonStep<N> step = plain_step(f.by);
  const V shorter = hn::Min(number(1.0), hn::Div(reach, step.size));
  for (V& v : step.by) v = hn::Mul(v, shorter);
  if (hn::AllTrue(Part{}, step.sound)) return step;
  V bent[N];
  bent_step(f.by, reach, bent);
  for (int a = 0; a < N; ++a) step.by[a] = hn::IfThenElse(step.sound, step.by[a], bent[a]);
  return step;
}

template <int N>
HWY_INLINE void take_where(Mask mask, const Dual<N>& from, Dual<N>& to) {
  to.value = hn::IfThenElse(mask, from.value, to.value);
  for (int a = 0; a < N; ++a) to.by.first[a] = hn::IfThenElse(mask, from.by.first[a], to.by.first[a]);
  for (int ab = 0; ab < pairs_of(N); ++ab)
    to.by.second[ab] = hn::IfThenElse(mask, from.by.second[ab], to.by.second[ab]);
}

}  // namespace evenkeel::individual::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // per target
