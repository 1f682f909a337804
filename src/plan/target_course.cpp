#include "plan/target_course.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/expects.hpp"
#include "pkpd/derived.hpp"
#include "pkpd/ensemble.hpp"
#include "pkpd/propagate.hpp"
#include "pkpd/trajectory.hpp"

namespace evenkeel::plan {
namespace {

constexpr double longest_fading_h = 1e4;

std::vector<Concentration> read(const Eigen::MatrixXd& amounts, const pkpd::LinearSystem::Output& output) {
  std::vector<Concentration> found;
  found.reserve(static_cast<std::size_t>(amounts.cols()));
  const auto row = static_cast<Eigen::Index>(output.compartment);
  for (Eigen::Index i = 0; i < amounts.cols(); ++i)
    found.push_back(amounts(row, i) * units::mg / output.volume);
  return found;
}

TargetBand band_of(const std::vector<std::vector<Concentration>>& curves) {
  TargetBand band;
  std::vector<double> values(curves.size());
  for (std::size_t time = 0; time < curves.front().size(); ++time) {
    for (std::size_t i = 0; i < curves.size(); ++i) values[i] = curves[i][time].canonical();
    std::ranges::sort(values);
    band.low.push_back(Concentration::from_canonical(pkpd::percentile(values, 0.05)));
    band.middle.push_back(Concentration::from_canonical(pkpd::percentile(values, 0.50)));
    band.high.push_back(Concentration::from_canonical(pkpd::percentile(values, 0.95)));
  }
  return band;
}

// The state at a moment of the schedule, from the last update before it.
Eigen::VectorXd amounts_at(const TargetSite& site, const TargetAnswer& answer, Duration at) {
  const auto& times = answer.course.times;
  const auto after = std::ranges::upper_bound(times, at);
  const auto index = static_cast<std::size_t>(after - times.begin()) - 1;
  const Eigen::VectorXd amounts = answer.course.amounts.col(static_cast<Eigen::Index>(index));
  if (times[index] == at) return amounts;
  const auto segment = std::ranges::find_if(answer.segments, [&](const auto& each) { return at <= each.to; });
  const Eigen::VectorXd input =
      Eigen::VectorXd::Unit(amounts.size(), static_cast<Eigen::Index>(site.system.input)) *
      (site.fraction * segment->rate.canonical());
  return pkpd::propagate_amounts(site.system, amounts, input, (at - times[index]).in(units::h));
}

Fading fading_of(const pkpd::Trajectory& course, std::size_t output, std::span<const Concentration> levels) {
  const auto below = [&](Concentration level) -> std::optional<Duration> {
    for (double until_h = 1.0; until_h <= longest_fading_h; until_h *= 10.0) {
      if (const auto found = pkpd::below_for_good(course, level, Duration{}, until_h * units::h, output))
        return found;
    }
    return std::nullopt;
  };
  Fading fading;
  fading.at_stop = course.concentration(Duration{}, output);
  fading.highest = course.peak(Duration{}, 24.0 * units::h, output).value;
  if (fading.at_stop > Concentration{}) fading.halved = below(0.5 * fading.at_stop);
  for (const Concentration level : levels) fading.below.push_back(below(level));
  return fading;
}

}  // namespace

TargetCourse follow(const TargetSite& site, const Eigen::VectorXd& amounts,
                    std::span<const RateSegment> segments, Duration update) {
  expects(!segments.empty() && update > Duration{}, "a schedule has a segment");
  const auto count = std::llround(segments.back().to / update);
  const pkpd::Propagator step = pkpd::propagator(site.system, update.in(units::h));
  const Eigen::VectorXd response =
      step.of_input.col(static_cast<Eigen::Index>(site.system.input)) * site.fraction;
  TargetCourse course;
  course.amounts.resize(amounts.size(), count + 1);
  course.amounts.col(0) = amounts;
  Eigen::Index at = 0;
  for (const RateSegment& segment : segments) {
    for (const auto end = std::llround(segment.to / update); at < end; ++at)
      course.amounts.col(at + 1) =
          step.of_amounts * course.amounts.col(at) + response * segment.rate.canonical();
  }
  expects(at == count, "segments are whole updates, without gaps");
  for (Eigen::Index i = 0; i <= count; ++i) course.times.push_back(static_cast<double>(i) * update);
  course.plasma = read(course.amounts, site.system.outputs[site.plasma]);
  if (site.effect_site) course.effect_site = read(course.amounts, site.system.outputs[*site.effect_site]);
  return course;
}

TargetBands bands_of(const individual::Forecast& forecast, std::size_t plasma,
                     std::optional<std::size_t> effect_site, std::span<const RateSegment> segments,
                     Duration update) {
  expects(!forecast.members.empty(), "a forecast has a member");
  TargetBands bands;
  std::vector<std::vector<Concentration>> in_plasma;
  std::vector<std::vector<Concentration>> in_effect_site;
  for (const individual::Member& member : forecast.members) {
    TargetCourse course =
        follow({member.system, plasma, effect_site, member.fraction}, member.amounts, segments, update);
    if (bands.times.empty()) bands.times = std::move(course.times);
    in_plasma.push_back(std::move(course.plasma));
    if (effect_site) in_effect_site.push_back(std::move(course.effect_site));
  }
  bands.plasma = band_of(in_plasma);
  if (effect_site) bands.effect_site = band_of(in_effect_site);
  return bands;
}

Result<Stopped> if_stopped(const TargetSite& site, const TargetAnswer& answer, Duration at,
                           std::span<const Concentration> levels) {
  if (!(at >= Duration{} && at <= answer.course.times.back()))
    return Error{ErrorCode::invalid_input, "at",
                 fmt::format("{:g} min is not within the schedule's {:g} min", at.in(units::min),
                             answer.course.times.back().in(units::min))};
  for (const Concentration level : levels) {
    if (!(is_finite(level) && level > Concentration{}))
      return Error{ErrorCode::invalid_input, "levels", "a level must be a finite number above zero"};
  }
  const Eigen::VectorXd amounts = amounts_at(site, answer, at);
  std::vector<pkpd::TimedEvent> events{{0.0, pkpd::UseSystem{0}}};
  for (Eigen::Index i = 0; i < amounts.size(); ++i)
    events.push_back({0.0, pkpd::AddAmount{static_cast<std::size_t>(i), amounts[i]}});
  const auto course = pkpd::Trajectory::make(pkpd::Timeline{{site.system}, std::move(events)});
  expects(course.has_value(), "amounts that decay make a course");
  Stopped stopped{at, fading_of(*course, site.plasma, levels), std::nullopt};
  if (site.effect_site) stopped.effect_site = fading_of(*course, *site.effect_site, levels);
  return stopped;
}

}  // namespace evenkeel::plan
