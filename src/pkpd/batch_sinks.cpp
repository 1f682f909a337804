#include "pkpd/batch_sinks.hpp"

#include <hwy/cache_control.h>

#include <cmath>

#include "pkpd/log_bins.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "pkpd/batch_sinks.cpp"
#include <hwy/foreach_target.h>  // IWYU: for each kind of machine, this file again
#include "pkpd/lanes.hpp"

HWY_BEFORE_NAMESPACE();
namespace evenkeel::pkpd::HWY_NAMESPACE {
namespace {

// How much of a step of `hours` from a to b lies at or above the level, where one end does.
double share_above(double a, double b, double level, double hours) {
  if (a < level) return hours * (b - level) / (b - a);
  if (b > 0.0) return hours * std::log(a / level) / std::log(a / b);
  return hours * (a - level) / (a - b);
}

// The lanes whose curve crosses the level in this step; seldom any.
void add_crossings(const double* now, double level, double hours, std::size_t lane, LaneSummary& summary) {
  for (std::size_t i = lane; i < lane + hn::Lanes(Part{}); ++i) {
    const double before = summary.previous[i];
    if ((before >= level) != (now[i] >= level))
      summary.above[i] += share_above(before, now[i], level, hours);
  }
}

}  // namespace

void stream(const double* from, std::size_t count, double* to) {
  const Part d;
  for (std::size_t i = 0; i < count; i += hn::Lanes(d)) hn::Stream(hn::Load(d, from + i), d, to + i);
}

void summarise_tile(const double* tile, const Moments& moments, std::size_t outputs, double level_mg_L,
                    LaneSummary& summary) {
  const Part d;
  const V level = number(level_mg_L);
  const std::size_t stride = outputs * eight;
  for (std::size_t lane = 0; lane < eight; lane += hn::Lanes(d)) {
    V peak = hn::Load(d, summary.peak + lane);
    V peak_at = hn::Load(d, summary.peak_at + lane);
    V previous = hn::Load(d, summary.previous + lane);
    Mask was_above = hn::Ge(previous, level);
    for (std::size_t i = 0; i < moments.at_h.size(); ++i) {
      const V now = hn::Load(d, tile + i * stride + lane);
      const Mask higher = hn::Gt(now, peak);
      peak = hn::IfThenElse(higher, now, peak);
      peak_at = hn::IfThenElse(higher, number(moments.at_h[i]), peak_at);
      const Mask is_above = hn::Ge(now, level);
      const double passed_h = moments.passed_h[i];
      if (!hn::AllFalse(d, hn::Or(was_above, is_above)) && passed_h > 0.0) {
        const Mask both = hn::And(was_above, is_above);
        const V above = hn::Load(d, summary.above + lane);
        hn::Store(hn::Add(above, hn::IfThenElseZero(both, number(passed_h))), d, summary.above + lane);
        if (!hn::AllFalse(d, hn::Xor(was_above, is_above))) {
          hn::Store(previous, d, summary.previous + lane);
          add_crossings(tile + i * stride, level_mg_L, passed_h, lane, summary);
        }
      }
      was_above = is_above;
      previous = now;
    }
    hn::Store(peak, d, summary.peak + lane);
    hn::Store(peak_at, d, summary.peak_at + lane);
    hn::Store(previous, d, summary.previous + lane);
  }
}

void bin_tile(const double* tile, std::size_t count, std::uint16_t* bins) {
  const Part d;
  const hn::RebindToUnsigned<Part> whole;
  const hn::Rebind<std::uint16_t, Part> narrow;
  const auto first = hn::Set(whole, log_bins::first_bits);
  for (std::size_t i = 0; i < count; i += hn::Lanes(d)) {
    const V value = hn::Load(d, tile + i);
    const V within = hn::Min(hn::Max(value, number(log_bins::lowest)), number(log_bins::highest));
    const auto bin = hn::ShiftRight<log_bins::shift>(hn::Sub(hn::BitCast(whole, within), first));
    hn::StoreU(hn::TruncateTo(narrow, bin), narrow, bins + i);
  }
}

}  // namespace evenkeel::pkpd::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace evenkeel::pkpd {

HWY_EXPORT(stream);
HWY_EXPORT(summarise_tile);
HWY_EXPORT(bin_tile);

void stream(const double* from, std::size_t count, double* to) {
  HWY_DYNAMIC_DISPATCH(stream)(from, count, to);
}

void end_streaming() {
  hwy::FlushStream();
}

void summarise_tile(const double* tile, const Moments& moments, std::size_t outputs, double level_mg_L,
                    LaneSummary& summary) {
  HWY_DYNAMIC_DISPATCH(summarise_tile)(tile, moments, outputs, level_mg_L, summary);
}

void bin_tile(const double* tile, std::size_t count, std::uint16_t* bins) {
  HWY_DYNAMIC_DISPATCH(bin_tile)(tile, count, bins);
}

}  // namespace evenkeel::pkpd
#endif
