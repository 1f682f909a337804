// What of a course depends on one mode alone, as it goes on, with two derivatives by the mode's rate. For
// Highway's foreach_target, as pkpd/lanes.hpp.
//
// Between two events every mode is  h(t) = h e^-lt + r (1 - e^-lt)/l,  a function of the one number l. Its
// derivatives by z follow at a reading, by the chain rule; not at every event.
#if defined(EVENKEEL_INDIVIDUAL_LANES_COURSE_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef EVENKEEL_INDIVIDUAL_LANES_COURSE_HPP
#undef EVENKEEL_INDIVIDUAL_LANES_COURSE_HPP
#else
#define EVENKEEL_INDIVIDUAL_LANES_COURSE_HPP
#endif

#include "individual/lanes_dual.hpp"

HWY_BEFORE_NAMESPACE();
namespace evenkeel::individual::HWY_NAMESPACE {

// A function of l: its value, slope and curve. And a weighted sum of such.
struct Taylor {
  V value;
  V slope;
  V curve;
};

HWY_INLINE Taylor constant_taylor(V value) {
  return {value, hn::Zero(Part{}), hn::Zero(Part{})};
}

// e^-lt times h, from its derivatives -t e^-lt and t^2 e^-lt.
HWY_INLINE Taylor decayed(const Taylor& h, V left, V hours) {
  const V slope = hn::NegMulAdd(hours, h.value, h.slope);
  const V curve = hn::NegMulAdd(hours, hn::Add(h.slope, slope), h.curve);
  return {hn::Mul(h.value, left), hn::Mul(slope, left), hn::Mul(curve, left)};
}

// What a unit rate leads to: t phi(x), phi = (1 - e^-x)/x, x = lt. phi' = (e^-x - phi)/x and
// phi'' = -(e^-x + 2 phi')/x; where x is small phi'' by its series, and from it the other two.
HWY_INLINE Taylor fed(const Decay& step, V x, V hours) {
  const V half = number(0.5);
  const V inverse = hn::Div(number(1.0), x);
  const V large0 = hn::Mul(step.lost, inverse);
  const V large1 = hn::Mul(hn::Sub(step.left, large0), inverse);
  const V large2 = hn::Neg(hn::Mul(hn::MulAdd(number(2.0), large1, step.left), inverse));
  constexpr double coefficient[] = {
      // (k + 1)(k + 2)/(k + 3)!
      1.0 / 3.0,        1.0 / 4.0,         1.0 / 10.0,         1.0 / 36.0,         1.0 / 168.0,
      1.0 / 960.0,      1.0 / 6480.0,      1.0 / 50400.0,      1.0 / 443520.0,     1.0 / 4354560.0,
      1.0 / 47174400.0, 1.0 / 558835200.0, 1.0 / 7185024000.0, 1.0 / 99632332800.0};
  V series = number(coefficient[13]);
  EVENKEEL_UNROLL
  for (int k = 12; k >= 0; --k) series = hn::NegMulAdd(series, x, number(coefficient[k]));
  const V small1 = hn::Neg(hn::Mul(half, hn::MulAdd(x, series, step.left)));
  const V small0 = hn::NegMulAdd(x, small1, step.left);
  const Mask small = hn::Le(x, half);
  const V square = hn::Mul(hours, hours);
  return {hn::Mul(hours, hn::IfThenElse(small, small0, large0)),
          hn::Mul(square, hn::IfThenElse(small, small1, large1)),
          hn::Mul(hn::Mul(square, hours), hn::IfThenElse(small, series, large2))};
}

// A part of the concentration: a coefficient that depends on z times a function of one mode's rate.
template <int N>
struct Term {
  Dual<N> coefficient;
  V along[N];  // coefficient times d rate/dz
  Taylor h;
  Taylor sum;  // of h, each reading with its slope
};

template <int N>
HWY_INLINE void begin(Term<N>& term, const Dual<N>& coefficient, const Derivatives<N>& rate, V value) {
  term.coefficient = coefficient;
  EVENKEEL_UNROLL
  for (int a = 0; a < N; ++a) term.along[a] = hn::Mul(coefficient.value, rate.first[a]);
  term.h = constant_taylor(value);
  term.sum = constant_taylor(hn::Zero(Part{}));
}

// The second derivatives of the term, `h` in place of its function, added to `to`.
template <int N>
HWY_INLINE void add_second(const Term<N>& term, const Derivatives<N>& rate, const Taylor& h,
                           V (&to)[pairs_of(N)]) {
  const auto& x = term.coefficient;
  for_pairs<N>([&](int a, int b, int ab) HWY_ATTR {
    V slope = hn::MulAdd(x.value, rate.second[ab], hn::Mul(x.by.first[a], rate.first[b]));
    slope = hn::MulAdd(x.by.first[b], rate.first[a], slope);
    V sum = hn::MulAdd(x.by.second[ab], h.value, to[ab]);
    sum = hn::MulAdd(slope, h.slope, sum);
    to[ab] = hn::MulAdd(hn::Mul(term.along[a], rate.first[b]), h.curve, sum);
  });
}

// The first derivative by unknown `a`, added to `sum`.
template <int N>
HWY_INLINE V slope_of(const Term<N>& term, int a, V sum) {
  return hn::MulAdd(term.along[a], term.h.slope, hn::MulAdd(term.coefficient.by.first[a], term.h.value, sum));
}

// The term itself.
template <int N>
HWY_INLINE Dual<N> now(const Term<N>& term, const Derivatives<N>& rate) {
  Dual<N> made = zero_dual<N>();
  made.value = hn::Mul(term.coefficient.value, term.h.value);
  EVENKEEL_UNROLL
  for (int a = 0; a < N; ++a) made.by.first[a] = slope_of(term, a, made.by.first[a]);
  add_second(term, rate, term.h, made.by.second);
  return made;
}

}  // namespace evenkeel::individual::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // per target
