// The roots of the three-compartment system in lanes, all three at once. For Highway's foreach_target, as
// pkpd/lanes.hpp.
//
// Newton's method on the characteristic function times the distance from the pole that the search starts
// at (the product has no pole there); a step that leaves the bracket is a bisection instead.
#if defined(EVENKEEL_INDIVIDUAL_LANES_ROOTS_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef EVENKEEL_INDIVIDUAL_LANES_ROOTS_HPP
#undef EVENKEEL_INDIVIDUAL_LANES_ROOTS_HPP
#else
#define EVENKEEL_INDIVIDUAL_LANES_ROOTS_HPP
#endif

#include "individual/lanes_modes.hpp"

HWY_BEFORE_NAMESPACE();
namespace evenkeel::individual::HWY_NAMESPACE {

// Above both poles; from the terms that grow: offset^2 - b offset - k1i ki1 = 0.
HWY_INLINE Search above_poles(const Modes<2>& m) {
  const V one = number(1.0);
  const V sum = hn::Add(m.elimination, hn::Add(m.coupling[0], m.coupling[1]));
  const V b = hn::Sub(sum, m.pole[0]);
  const V product = hn::Mul(m.coupling[0], m.pole[0]);
  const V root = hn::Sqrt(hn::MulAdd(b, b, hn::Mul(number(4.0), product)));
  const V half = hn::Mul(number(0.5), hn::Add(hn::Abs(b), root));
  const V start = hn::IfThenElse(hn::Lt(b, hn::Zero(Part{})), hn::Div(product, half), half);
  const V bound = hn::Add(sum, hn::Add(m.pole[0], m.pole[1]));
  const Mask never = hn::Lt(one, hn::Zero(Part{}));
  return {m.pole[0], one, hn::Zero(Part{}), bound, hn::Min(start, bound), hn::Not(never), never};
}

// Between a pole and the next, or zero: in the half that the sign in the middle tells.
HWY_INLINE Search below_pole(const Modes<2>& m, int which) {
  const V zero = hn::Zero(Part{});
  const V one = number(1.0);
  const V upper = m.pole[which];
  const V lower = m.pole[which + 1];
  const V half = hn::Mul(number(0.5), hn::Sub(upper, lower));
  const Mask never = hn::Lt(one, zero);
  Search s{lower, one, zero, half, half, hn::Not(never), never};
  const Characteristic middle = characteristic(m, s);
  const Mask in_upper = hn::Gt(middle.value, zero);
  s.origin = hn::IfThenElse(in_upper, upper, lower);
  s.side = hn::IfThenElse(in_upper, number(-1.0), one);
  if (which == 1) s.from_pole = in_upper;
  return s;
}

// One step of a search; the lanes that are done rest.
HWY_INLINE void step(const Modes<2>& m, Search& s) {
  const V one = number(1.0);
  const Characteristic f = characteristic(m, s);
  const Mask beyond = hn::Gt(hn::Mul(s.side, f.value), hn::Zero(Part{}));  // the root is farther
  s.near = hn::IfThenElse(beyond, s.offset, s.near);
  s.far = hn::IfThenElse(beyond, s.far, s.offset);
  const V distance = hn::IfThenElse(s.from_pole, s.offset, one);
  const V slope = hn::MulAdd(hn::Mul(distance, s.side), f.slope, hn::IfThenElseZero(s.from_pole, f.value));
  const V newton = hn::Sub(s.offset, hn::Div(hn::Mul(distance, f.value), slope));
  const Mask above = hn::And(hn::Gt(newton, hn::Zero(Part{})), hn::Ge(newton, s.near));
  const Mask inside = hn::And(above, hn::Le(newton, s.far));
  const V middle = hn::MulAdd(number(0.5), hn::Sub(s.far, s.near), s.near);
  const V next = hn::IfThenElse(inside, newton, middle);
  const Mask settled = hn::Le(hn::Abs(hn::Sub(next, s.offset)), hn::Mul(number(1e-10), next));
  s.offset = hn::IfThenElse(s.done, s.offset, next);
  s.done = hn::Or(s.done, settled);
}

HWY_INLINE void solve(Modes<2>& m) {
  const Part d;
  constexpr int most_steps = 200;
  Search searches[3] = {above_poles(m), below_pole(m, 0), below_pole(m, 1)};
  for (int i = 0; i < most_steps; ++i) {
    EVENKEEL_UNROLL
    for (Search& s : searches) step(m, s);
    if (hn::AllTrue(d, hn::And(searches[0].done, hn::And(searches[1].done, searches[2].done)))) break;
  }
  EVENKEEL_UNROLL
  for (int j = 0; j < 3; ++j) {
    const Search& s = searches[j];
    const Characteristic f = characteristic(m, s);
    m.rate[j] = hn::MulAdd(s.side, s.offset, s.origin);
    m.inverse_gap[j][0] = f.inverse_gap[0];
    m.inverse_gap[j][1] = f.inverse_gap[1];
    m.inverse_gap[j][2] = f.inverse_gap[2];
    m.share[j] = share_of(m, m.inverse_gap[j]);
  }
}

}  // namespace evenkeel::individual::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // per target
