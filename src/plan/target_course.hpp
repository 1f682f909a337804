// What a rate schedule gives: in the patient it was made for, in others, and once it is stopped. Exact.
// Pure; safe to use from any thread.
#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "individual/forecast.hpp"
#include "plan/target.hpp"

namespace evenkeel::plan {

// The course of `segments`, which are without gaps, an update apart. `amounts` (mg) at the start. The times
// of the segments are multiples of `update` (the caller's duty; those of a TargetAnswer are).
[[nodiscard]] TargetCourse follow(const TargetSite& site, const Eigen::VectorXd& amounts,
                                  std::span<const RateSegment> segments, Duration update);

// The same schedule in every member of a forecast: 5, 50 and 95 % of the concentration at each time.
struct TargetBand {
  std::vector<Concentration> low;
  std::vector<Concentration> middle;
  std::vector<Concentration> high;
};
struct TargetBands {
  std::vector<Duration> times;
  TargetBand plasma;
  TargetBand effect_site;  // empty where the members have none
};
// `plasma` and `effect_site`: outputs of every member's system. Requires at least one member.
[[nodiscard]] TargetBands bands_of(const individual::Forecast& forecast, std::size_t plasma,
                                   std::optional<std::size_t> effect_site,
                                   std::span<const RateSegment> segments, Duration update);

// If the pump is stopped and nothing more is given: how long until one concentration is below a level for
// good.
struct Fading {
  Concentration at_stop;
  Concentration highest;  // from the stop on: an effect site may rise before it falls
  std::optional<Duration>
      halved;  // below half of what it was at the stop; none within 10,000 h, or from zero
  std::vector<std::optional<Duration>> below;  // as `levels`; zero where it is below already
};
struct Stopped {
  Duration at;
  Fading plasma;
  std::optional<Fading> effect_site;
};
// `at` within the schedule; every level finite and above zero. Errors (invalid_input): another.
[[nodiscard]] Result<Stopped> if_stopped(const TargetSite& site, const TargetAnswer& answer, Duration at,
                                         std::span<const Concentration> levels);

}  // namespace evenkeel::plan
