#include "watch/planned_interval.hpp"

#include <algorithm>

#include "watch/look.hpp"

namespace evenkeel::watch {

std::vector<PlannedInterval> planned_intervals(const Chart& chart) {
  std::vector<PlannedInterval> found;
  for (const auto& plan : all<care::PlanApproved>(chart))
    found.push_back({plan.event->id, plan.at(), plan.body->interval, plan.body->change_reason});
  // A record takes no change before its first plan.
  for (const auto& change : all<care::PlanChanged>(chart)) {
    if (change.body->interval)
      found.push_back({change.event->id, change.at(), *change.body->interval, change.body->reason});
  }
  std::ranges::stable_sort(found, {}, &PlannedInterval::at);
  return found;
}

const PlannedInterval* interval_at(std::span<const PlannedInterval> planned, Instant when) {
  const PlannedInterval* in_force = nullptr;
  for (const PlannedInterval& each : planned) {
    if (each.at <= when) in_force = &each;
  }
  return in_force;
}

}  // namespace evenkeel::watch
