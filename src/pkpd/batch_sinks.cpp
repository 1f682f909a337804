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

// In the lanes whose curve crosses the level in this step; seldom any.
void add_crossings(const double* before, const double* now, double level, double hours, double* above) {
  for (std::size_t i = 0; i < hn::Lanes(Part{}); ++i) {
    if (hours > 0.0 && (before[i] >= level) != (now[i] >= level))
      above[i] += share_above(before[i], now[i], level, hours);
  }
}

// One output of a tile, a part of the lanes.
struct Course {
  const double* first;
  std::size_t stride;
  std::size_t moments;
  std::size_t lane;
  [[nodiscard]] const double* at(std::size_t i) const { return first + i * stride + lane; }
};

void take_peak(const Course& course, std::span<const double> at_h, LaneSummary& summary) {
  const Part d;
  V peak = hn::Load(d, summary.peak + course.lane);
  V peak_at = hn::Load(d, summary.peak_at + course.lane);
  for (std::size_t i = 0; i < course.moments; ++i) {
    const V now = hn::Load(d, course.at(i));
    const Mask higher = hn::Gt(now, peak);
    peak = hn::IfThenElse(higher, now, peak);
    peak_at = hn::IfThenElse(higher, number(at_h[i]), peak_at);
  }
  hn::Store(peak, d, summary.peak + course.lane);
  hn::Store(peak_at, d, summary.peak_at + course.lane);
}

void take_above(const Course& course, std::span<const double> passed_h, double level, LaneSummary& summary) {
  const Part d;
  V above = hn::Load(d, summary.above + course.lane);
  const double* before = summary.previous + course.lane;
  Mask was_above = hn::Ge(hn::Load(d, before), number(level));
  for (std::size_t i = 0; i < course.moments; ++i) {
    const double* now = course.at(i);
    const Mask is_above = hn::Ge(hn::Load(d, now), number(level));
    above = hn::Add(above, hn::IfThenElseZero(hn::And(was_above, is_above), number(passed_h[i])));
    if (!hn::AllFalse(d, hn::Xor(was_above, is_above))) {
      hn::Store(above, d, summary.above + course.lane);
      add_crossings(before, now, level, passed_h[i], summary.above + course.lane);
      above = hn::Load(d, summary.above + course.lane);
    }
    was_above = is_above;
    before = now;
  }
  hn::Store(above, d, summary.above + course.lane);
}

}  // namespace

void stream(const double* from, std::size_t count, double* to) {
  const Part d;
  for (std::size_t i = 0; i < count; i += hn::Lanes(d)) hn::Stream(hn::Load(d, from + i), d, to + i);
}

// Most tiles hold no new peak and lie on one side of the level, which their extremes tell.
void summarise_tile(const double* tile, const Moments& moments, std::size_t outputs, double level_mg_L,
                    LaneSummary& summary) {
  const Part d;
  const V level = number(level_mg_L);
  for (std::size_t lane = 0; lane < eight; lane += hn::Lanes(d)) {
    const Course course{tile, outputs * eight, moments.at_h.size(), lane};
    const V before = hn::Load(d, summary.previous + lane);
    V highest = hn::Load(d, course.at(0));
    for (std::size_t i = 1; i < course.moments; ++i) highest = hn::Max(highest, hn::Load(d, course.at(i)));
    if (!hn::AllTrue(d, hn::Le(highest, hn::Load(d, summary.peak + lane))))
      take_peak(course, moments.at_h, summary);
    if (!hn::AllTrue(d, hn::Lt(hn::Max(highest, before), level)))
      take_above(course, moments.passed_h, level_mg_L, summary);
    hn::Store(hn::Load(d, course.at(course.moments - 1)), d, summary.previous + lane);
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
