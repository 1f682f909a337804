// Eight subjects at once, whatever the width of the machine's vectors: one AVX-512 vector, two of
// AVX2, four of SSE. For Highway's foreach_target: included once for each kind of machine, no include
// guard of the usual form.
//
// A number of eight lanes lies in memory as double[8]. A kernel goes through its parts, each as wide
// as a vector; no lane looks at another, so the width never shows in the result. Where the machine
// fuses multiplication and addition (AVX2 and later), the bits are the same; without, the last ones
// differ.
#if defined(EVENKEEL_PKPD_LANES_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef EVENKEEL_PKPD_LANES_HPP
#undef EVENKEEL_PKPD_LANES_HPP
#else
#define EVENKEEL_PKPD_LANES_HPP
#endif

#include <hwy/highway.h>

#include <cstddef>
#include <cstdint>

// For loops over the modes of a system, so that they stay in registers.
#if defined(__clang__)
#define EVENKEEL_UNROLL _Pragma("clang loop unroll(full)")
#else
#define EVENKEEL_UNROLL _Pragma("GCC unroll 8")
#endif

HWY_BEFORE_NAMESPACE();
namespace evenkeel::pkpd::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using Part = hn::CappedTag<double, 8>;
using V = hn::Vec<Part>;
using Mask = hn::Mask<Part>;

inline constexpr std::size_t eight = 8;

HWY_INLINE V number(double value) {
  return hn::Set(Part{}, value);
}

// What is left of one after a decay by x >= 0, and what is lost: e^-x and 1 - e^-x, each to 2 units
// in the last place. Below e^-708 nothing is left.
struct Decay {
  V left;
  V lost;
};

// e^-x = 2^n e^r with |r| <= ln(2)/2; the Taylor series of e^r - 1 to r^13 is exact to 2e-17 there.
HWY_INLINE Decay decay(V x) {
  const Part d;
  constexpr double round_to_whole = 0x1.8p52;  // added, it leaves the whole number in the low bits
  const V within = hn::Min(x, number(708.0));
  const V shifted = hn::NegMulAdd(within, number(1.4426950408889634074), number(round_to_whole));
  const V n = hn::Sub(shifted, number(round_to_whole));
  V r = hn::NegMulAdd(n, number(0x1.62e42fefa38p-1), hn::Neg(within));  // ln 2, its first 42 bits
  r = hn::NegMulAdd(n, number(0x1.ef35793c7673p-45), r);                // and the rest
  V series = number(1.0 / 6227020800.0);
  series = hn::MulAdd(series, r, number(1.0 / 479001600.0));
  series = hn::MulAdd(series, r, number(1.0 / 39916800.0));
  series = hn::MulAdd(series, r, number(1.0 / 3628800.0));
  series = hn::MulAdd(series, r, number(1.0 / 362880.0));
  series = hn::MulAdd(series, r, number(1.0 / 40320.0));
  series = hn::MulAdd(series, r, number(1.0 / 5040.0));
  series = hn::MulAdd(series, r, number(1.0 / 720.0));
  series = hn::MulAdd(series, r, number(1.0 / 120.0));
  series = hn::MulAdd(series, r, number(1.0 / 24.0));
  series = hn::MulAdd(series, r, number(1.0 / 6.0));
  series = hn::MulAdd(series, r, number(0.5));
  const V grown = hn::MulAdd(series, hn::Mul(r, r), r);  // e^r - 1
  const hn::RebindToSigned<Part> whole;
  const auto exponent = hn::ShiftLeft<52>(hn::BitCast(whole, shifted));
  const V power = hn::BitCast(d, hn::Add(exponent, hn::BitCast(whole, number(1.0))));  // 2^n
  const Mask alive = hn::Le(x, number(708.0));
  const V left = hn::IfThenElseZero(alive, hn::MulAdd(power, grown, power));
  const V lost = hn::NegMulAdd(power, grown, hn::Sub(number(1.0), power));
  return {left, lost};
}

}  // namespace evenkeel::pkpd::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // per target
