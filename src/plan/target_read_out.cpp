#include "plan/target_read_out.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <vector>

#include "pkpd/propagate.hpp"

namespace evenkeel::plan {
namespace {

// Where `f`, of another sign at `low` than at `high`, is zero: regula falsi that halves the side that stays
// (Illinois; Dowell and Jarratt, BIT 1971;11:168).
template <class F>
double root(double low, double high, double at_low, double at_high, const F& f) {
  double latest = high;
  for (int i = 0; i < 60 && std::abs(high - low) > 1e-12 * std::abs(high); ++i) {
    double middle = low - at_low * (high - low) / (at_high - at_low);
    if (!(middle > low && middle < high)) middle = (low + high) / 2.0;
    const double there = f(middle);
    if (there == 0.0 || std::abs(middle - latest) <= 1e-11 * std::abs(high)) return middle;
    if ((there > 0.0) == (at_high > 0.0)) {
      if (latest == high) at_low /= 2.0;
      high = middle;
      at_high = there;
    } else {
      if (latest == low) at_high /= 2.0;
      low = middle;
      at_low = there;
    }
    latest = middle;
  }
  return latest;
}

}  // namespace

TargetReadOut::Line TargetReadOut::at(std::size_t output, std::size_t update,
                                      const Eigen::VectorXd& amounts) const {
  const auto& system = site_.system;
  const auto& read = system.outputs[output];
  const auto row = static_cast<Eigen::Index>(read.compartment);
  const double enters_mg_h = read.compartment == system.input ? site_.fraction * mg_h_[update] : 0.0;
  const double volume_L = read.volume.in(units::L);
  return {amounts[row] / volume_L, (system.rates.row(row).dot(amounts) + enters_mg_h) / volume_L};
}

TargetReadOut::Line TargetReadOut::within(std::size_t output, std::size_t update, double since_h) const {
  const Eigen::VectorXd start = course_.amounts.col(static_cast<Eigen::Index>(update));
  Eigen::VectorXd input = Eigen::VectorXd::Zero(start.size());
  input[static_cast<Eigen::Index>(site_.system.input)] = site_.fraction * mg_h_[update];
  return at(output, update, pkpd::propagate_amounts(site_.system, start, input, since_h));
}

std::optional<Duration> TargetReadOut::first_within(std::size_t output, Interval updates, Concentration low,
                                                    Concentration high) const {
  if (value(output, updates.first) >= low && value(output, updates.first) <= high)
    return course_.times[updates.first];
  for (std::size_t update = updates.first; update < updates.last; ++update) {
    const Concentration before = value(output, update);
    const Concentration after = value(output, update + 1);
    const bool rises = before < low;
    if (rises ? !(after >= low) : !(after <= high)) continue;
    const double edge = (rises ? low : high).canonical();
    const double since_h = root(0.0, update_h_, before.canonical() - edge, after.canonical() - edge,
                                [&](double h) { return within(output, update, h).value - edge; });
    return course_.times[update] + since_h * units::h;
  }
  return std::nullopt;
}

Concentration TargetReadOut::value(std::size_t output, std::size_t time) const {
  const auto& read = site_.system.outputs[output];
  return course_.amounts(static_cast<Eigen::Index>(read.compartment), static_cast<Eigen::Index>(time)) *
         units::mg / read.volume;
}

std::size_t TargetReadOut::settled(std::size_t output, Interval updates, Duration from,
                                   Concentration level) const {
  const auto gap = [&](std::size_t time) {
    return std::abs(value(output, time).canonical() - level.canonical());
  };
  std::size_t update = updates.first;
  while (update < updates.last && course_.times[update] < from) ++update;
  while (update < updates.last && gap(update + 1) < gap(update)) ++update;
  return update;
}

Concentration TargetReadOut::extreme(std::size_t output, Interval updates, Which which) const {
  const double sign = which == Which::highest ? 1.0 : -1.0;
  double most = sign * value(output, updates.first).canonical();
  struct Candidate {
    std::size_t update;
    double bound;
    double slope_at_start;
    double slope_at_end;
  };
  std::vector<Candidate> candidates;
  for (std::size_t update = updates.first; update < updates.last; ++update) {
    const Line start = at(output, update, course_.amounts.col(static_cast<Eigen::Index>(update)));
    const Line end = at(output, update, course_.amounts.col(static_cast<Eigen::Index>(update + 1)));
    most = std::max(most, sign * end.value);
    if (!(sign * start.slope > 0.0 && sign * end.slope < 0.0)) continue;
    // A turning point within; where the tangents meet lies beyond it.
    const double meet_h = (end.value - start.value - end.slope * update_h_) / (start.slope - end.slope);
    const double bound = sign * (start.value + start.slope * std::clamp(meet_h, 0.0, update_h_));
    candidates.push_back({update, bound, start.slope, end.slope});
  }
  std::ranges::sort(candidates, std::greater{}, &Candidate::bound);
  for (const Candidate& each : candidates) {
    if (!(each.bound > most)) break;
    const double turns_h = root(0.0, update_h_, each.slope_at_start, each.slope_at_end,
                                [&](double h) { return within(output, each.update, h).slope; });
    most = std::max(most, sign * within(output, each.update, turns_h).value);
  }
  return sign * most * units::mg / units::L;
}

}  // namespace evenkeel::plan
