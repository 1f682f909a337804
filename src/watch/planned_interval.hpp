// How far apart sessions were meant to be, over time. Not for other layers.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "watch/rule.hpp"

namespace evenkeel::watch {

struct PlannedInterval {
  std::string event;  // that set it: a plan or a change of one
  Instant at;
  Duration interval;
  std::optional<care::ChangeReason> reason;
};

// Each plan, and each change that states an interval, by time.
[[nodiscard]] std::vector<PlannedInterval> planned_intervals(const Chart& chart);

// The one in force at `when`, or null where no plan was.
[[nodiscard]] const PlannedInterval* interval_at(std::span<const PlannedInterval> planned, Instant when);

}  // namespace evenkeel::watch
