// exp, log and the normal distribution in lanes. For Highway's foreach_target, as pkpd/lanes.hpp.
//
// Errors are a few units in the last place. erfc: the rational approximations of Cody, Mathematics of
// Computation 23 (1969) 631-637, scaled by exp(t^2), so that nothing is lost in the tail.
#if defined(EVENKEEL_INDIVIDUAL_LANES_NORMAL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef EVENKEEL_INDIVIDUAL_LANES_NORMAL_HPP
#undef EVENKEEL_INDIVIDUAL_LANES_NORMAL_HPP
#else
#define EVENKEEL_INDIVIDUAL_LANES_NORMAL_HPP
#endif

#include "pkpd/lanes.hpp"

HWY_BEFORE_NAMESPACE();
namespace evenkeel::individual::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using pkpd::HWY_NAMESPACE::Decay;
using pkpd::HWY_NAMESPACE::decay;
using pkpd::HWY_NAMESPACE::Mask;
using pkpd::HWY_NAMESPACE::number;
using pkpd::HWY_NAMESPACE::Part;
using pkpd::HWY_NAMESPACE::V;

// e^x; zero below e^-708, infinite above e^708.
HWY_INLINE V exponential(V x) {
  const V left = decay(hn::Abs(x)).left;
  return hn::IfThenElse(hn::Lt(x, hn::Zero(Part{})), left, hn::Div(number(1.0), left));
}

// ln x of a normal x > 0, as portable.hpp: x = 2^k m, ln m = 2 (s + s^3/3 + ...), s = (m - 1)/(m + 1).
HWY_INLINE V logarithm(V x) {
  const Part d;
  const hn::RebindToUnsigned<Part> whole;
  const V one = number(1.0);
  const auto bits = hn::BitCast(whole, x);
  const auto mantissa = hn::And(bits, hn::Set(whole, 0x000F'FFFF'FFFF'FFFFULL));
  V m = hn::BitCast(d, hn::Or(mantissa, hn::BitCast(whole, one)));
  const auto exponent = hn::Or(hn::ShiftRight<52>(bits), hn::BitCast(whole, number(0x1p52)));
  V k = hn::Sub(hn::BitCast(d, exponent), number(0x1p52 + 1023.0));
  const Mask large = hn::Gt(m, number(1.4142135623730951));
  m = hn::IfThenElse(large, hn::Mul(m, number(0.5)), m);
  k = hn::IfThenElse(large, hn::Add(k, one), k);
  const V s = hn::Div(hn::Sub(m, one), hn::Add(m, one));
  const V square = hn::Mul(s, s);
  V series = number(2.0 / 25.0);
  EVENKEEL_UNROLL
  for (int odd = 23; odd >= 3; odd -= 2) series = hn::MulAdd(series, square, number(2.0 / odd));
  const V rest = hn::MulAdd(hn::Mul(series, square), s, hn::Mul(k, number(0x1.ef35793c7673p-45)));
  return hn::MulAdd(k, number(0x1.62e42fefa38p-1), hn::MulAdd(number(2.0), s, rest));
}

// A ratio of polynomials of y, coefficients from the highest power down.
template <std::size_t A, std::size_t B>
HWY_INLINE V ratio(const double (&above)[A], const double (&below)[B], V y) {
  V numerator = number(above[0]);
  for (std::size_t i = 1; i < A; ++i) numerator = hn::MulAdd(numerator, y, number(above[i]));
  V denominator = number(below[0]);
  for (std::size_t i = 1; i < B; ++i) denominator = hn::MulAdd(denominator, y, number(below[i]));
  return hn::Div(numerator, denominator);
}

inline constexpr double erf_above[] = {1.85777706184603153e-1, 3.16112374387056560e0, 1.13864154151050156e2,
                                       3.77485237685302021e2, 3.20937758913846947e3};
inline constexpr double erf_below[] = {1.0, 2.36012909523441209e1, 2.44024637934444173e2,
                                       1.28261652607737228e3, 2.84423683343917062e3};
inline constexpr double middle_above[] = {
    2.15311535474403846e-8, 5.64188496988670089e-1, 8.88314979438837594e0,
    6.61191906371416295e1,  2.98635138197400131e2,  8.81952221241769090e2,
    1.71204761263407058e3,  2.05107837782607147e3,  1.23033935479799725e3};
inline constexpr double middle_below[] = {1.0,
                                          1.57449261107098347e1,
                                          1.17693950891312499e2,
                                          5.37181101862009858e2,
                                          1.62138957456669019e3,
                                          3.29079923573345963e3,
                                          4.36261909014324716e3,
                                          3.43936767414372164e3,
                                          1.23033935480374942e3};
inline constexpr double far_above[] = {1.63153871373020978e-2, 3.05326634961232344e-1,
                                       3.60344899949804439e-1, 1.25781726111229246e-1,
                                       1.60837851487422766e-2, 6.58749161529837803e-4};
inline constexpr double far_below[] = {1.0,
                                       2.56852019228982242e0,
                                       1.87295284992346725e0,
                                       5.27905102951428412e-1,
                                       6.05183413124413191e-2,
                                       2.33520497626869185e-3};

// ln Phi(q), and how it changes: its slope phi/Phi (Mills' ratio), and q + slope, which the second
// derivative -slope (q + slope) needs with all its digits far below zero.
struct NormalLog {
  V value;
  V slope;
  V excess;
};
HWY_INLINE NormalLog normal_log(V q) {
  const V one = number(1.0);
  constexpr double root_half = 0.70710678118654752;
  constexpr double per_root_pi = 0.56418958354775629;
  const V x = hn::Mul(q, number(root_half));
  const V t = hn::Abs(x);
  const V square = hn::Mul(t, t);
  const Mask near = hn::Le(t, number(0.46875));
  const Mask far = hn::Gt(t, number(4.0));
  const V inverse = hn::Div(one, square);
  const V correction = hn::Mul(inverse, ratio(far_above, far_below, inverse));
  const V scaled = hn::IfThenElse(far, hn::Div(hn::Sub(number(per_root_pi), correction), t),
                                  ratio(middle_above, middle_below, t));  // exp(t^2) erfc(t)
  const V left = decay(square).left;
  const V upper = hn::NegMulAdd(hn::Mul(number(0.5), scaled), left, one);
  const V centre = hn::Mul(number(0.5), hn::MulAdd(x, ratio(erf_above, erf_below, square), one));
  const V probability = hn::IfThenElse(near, centre, upper);
  const Mask tail = hn::AndNot(near, hn::Lt(q, hn::Zero(Part{})));
  const V plain = logarithm(hn::IfThenElse(tail, hn::Mul(number(0.5), scaled), probability));
  const V density = hn::Mul(left, number(per_root_pi * root_half));
  const V slope = hn::Div(hn::IfThenElse(tail, number(2.0 * per_root_pi * root_half), density),
                          hn::IfThenElse(tail, scaled, probability));
  const V far_excess = hn::Div(hn::Mul(number(2.0 * root_half), hn::Mul(t, correction)),
                               hn::Sub(number(per_root_pi), correction));
  return {hn::Sub(plain, hn::IfThenElseZero(tail, square)), slope,
          hn::IfThenElse(hn::And(tail, far), far_excess, hn::Add(q, slope))};
}

}  // namespace evenkeel::individual::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // per target
