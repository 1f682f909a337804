// Batches from systems made in code, and the kinds of machine to run them on.
#pragma once

#include <hwy/targets.h>

#include <algorithm>
#include <string>
#include <vector>

#include "pkpd/batch.hpp"
#include "random_systems.hpp"

namespace evenkeel::pkpd {

// Kernels run as on that kind of machine while this lives, as far as this one can.
class OnMachine {
 public:
  explicit OnMachine(std::int64_t target) { hwy::SetSupportedTargetsForTest(target); }
  ~OnMachine() { hwy::SetSupportedTargetsForTest(0); }
  OnMachine(const OnMachine&) = delete;
  OnMachine& operator=(const OnMachine&) = delete;

  static std::vector<std::int64_t> all() {
    std::vector<std::int64_t> found;
    for (const std::int64_t target : {HWY_AVX3, HWY_AVX2, HWY_SSE4, HWY_EMU128}) {
      if ((hwy::SupportedTargets() & target) != 0 || target == HWY_EMU128) found.push_back(target);
    }
    return found;
  }
};

// One subject for each system; all have the same compartments and outputs. `systems` must outlive it.
inline Batch batch_from(const std::vector<LinearSystem>& systems, std::vector<BatchPlan> plans) {
  Batch batch{.subjects = systems.size(),
              .compartments = static_cast<std::size_t>(systems.front().rates.rows()),
              .outputs = {},
              .system_of = {},
              .plans = std::move(plans),
              .plan_of = {}};
  for (const auto& output : systems.front().outputs) batch.outputs.push_back(output.compartment);
  batch.system_of = [&systems](std::size_t subject, SubjectSystem& into) -> std::optional<Error> {
    into.rates = systems[subject].rates;
    for (std::size_t o = 0; o < into.volumes_L.size(); ++o)
      into.volumes_L[o] = systems[subject].outputs[o].volume.in(units::L);
    return std::nullopt;
  };
  return batch;
}

// The doses of a regimen into compartment 0, as events.
inline Timeline timeline_of(std::span<const Dose> doses) {
  Timeline timeline;
  for (const Dose& dose : doses) {
    const double at_h = dose.at.in(units::h);
    const double hours = dose.length.in(units::h);
    const double mg = dose.amount.in(units::mg);
    if (hours == 0.0) {
      timeline.events.push_back({at_h, AddAmount{0, mg}});
    } else {
      timeline.events.push_back({at_h, AddRate{0, mg / hours}});
      timeline.events.push_back({at_h + hours, AddRate{0, -(mg / hours)}});
    }
  }
  std::ranges::stable_sort(timeline.events, {}, &TimedEvent::at_h);
  return timeline;
}

inline Trajectory alone(const LinearSystem& system, Timeline timeline, Road road = Road::best) {
  timeline.systems = {system};
  return *Trajectory::make(std::move(timeline), road);
}

// Every hour, every five minutes for a day, and `odd` times of no grid at all.
inline std::vector<double> mixed_times(RandomSystems& random, double end_h, int odd = 60) {
  std::vector<double> times;
  for (int i = 0; i <= static_cast<int>(end_h); ++i) times.push_back(i);
  for (int i = 1; i < 12 * 24; ++i) {
    if (i % 12 != 0) times.push_back(i * 5 / 60.0);
  }
  for (int i = 0; i < odd; ++i) times.push_back(random.between(0.0, end_h));
  std::ranges::sort(times);
  return times;
}

inline std::vector<LinearSystem> many(std::size_t count, auto&& draw) {
  const LinearSystem first = draw();
  std::vector<LinearSystem> systems{first};
  while (systems.size() < count) {
    LinearSystem next = draw();
    if (next.rates.rows() == first.rates.rows()) systems.push_back(std::move(next));
  }
  return systems;
}

}  // namespace evenkeel::pkpd
