// What is read off a course of updates: when a level is first met, and the extremes between updates. From
// exact solutions. Not for other layers.
#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <optional>
#include <span>

#include "plan/target.hpp"

namespace evenkeel::plan {

class TargetReadOut {
 public:
  // All outlive this. `mg_h`: the rate during each update.
  TargetReadOut(const TargetSite& site, const TargetCourse& course, std::span<const double> mg_h,
                Duration update)
      : site_(site), course_(course), mg_h_(mg_h), update_h_(update.in(units::h)) {}

  struct Interval {  // of updates
    std::size_t first = 0;
    std::size_t last = 0;  // one past the last
  };
  // The first moment within `low` to `high`. A visit that begins and ends within one update is not seen.
  [[nodiscard]] std::optional<Duration> first_within(std::size_t output, Interval updates, Concentration low,
                                                     Concentration high) const;

  enum class Which { lowest, highest };
  // Over the updates; with none, at the moment where they would begin.
  [[nodiscard]] Concentration extreme(std::size_t output, Interval updates, Which which) const;

  // The first of the updates, none beginning before `from`, that does not come nearer to `level` by its end.
  [[nodiscard]] std::size_t settled(std::size_t output, Interval updates, Duration from,
                                    Concentration level) const;

 private:
  struct Line {
    double value = 0.0;
    double slope = 0.0;
  };
  [[nodiscard]] Line at(std::size_t output, std::size_t update, const Eigen::VectorXd& amounts) const;
  [[nodiscard]] Concentration value(std::size_t output, std::size_t time) const;
  [[nodiscard]] Line within(std::size_t output, std::size_t update, double since_h) const;

  const TargetSite& site_;
  const TargetCourse& course_;
  std::span<const double> mg_h_;
  double update_h_;
};

}  // namespace evenkeel::plan
