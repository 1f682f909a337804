#include "server/public_study.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>

#include "cohort/runner.hpp"

namespace evenkeel::server {
namespace {

using cohort::Block;
using cohort::Tally;

// Linux keeps this for each thread. Where it is refused the study is merely less polite.
void give_way() {
  constexpr int to_everybody = 19;
  static_cast<void>(::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), to_everybody));
}

}  // namespace

Result<std::unique_ptr<PublicStudy>> PublicStudy::make(cohort::Study study, const assess::Library& library) {
  auto world = cohort::World::make(std::move(study), library);
  if (!world) return world.error();
  return std::make_unique<PublicStudy>(*std::move(world));
}

PublicStudy::PublicStudy(cohort::World world)
    : world_(std::move(world)),
      states_(world_.study().arms.size()),
      worker_([this](const std::stop_token& stop) { work(stop); }) {}

PublicStudy::State PublicStudy::of(std::size_t arm) {
  const std::scoped_lock lock{mutex_};
  last_ = arm;
  asked_.notify_one();
  return states_[arm];
}

// The arm asked for last; else the first that is not whole. Nothing once all are, or it is to stop.
std::optional<std::size_t> PublicStudy::next(const std::stop_token& stop) {
  std::unique_lock lock{mutex_};
  if (!asked_.wait(lock, stop, [this] { return last_.has_value(); })) return std::nullopt;
  if (!states_[*last_].whole) return *last_;
  const auto open = std::ranges::find(states_, nullptr, &State::whole);
  if (open == states_.end()) return std::nullopt;
  return static_cast<std::size_t>(open - states_.begin());
}

void PublicStudy::work(const std::stop_token& stop) {
  give_way();
  while (const auto arm = next(stop)) {
    auto lived = live_arm(*arm, stop);
    if (!lived) return;
    auto whole = std::make_shared<const ArmTally>(*std::move(lived));
    const std::scoped_lock lock{mutex_};
    states_[*arm].whole = std::move(whole);
  }
}

std::optional<ArmTally> PublicStudy::live_arm(std::size_t arm, const std::stop_token& stop) {
  ArmTally all(study().behaviours.size());
  for (const Block& block : cohort::blocks_of(study())) {
    if (block.arm != arm) continue;
    std::vector<cohort::Outcome> outcomes;
    for (std::uint32_t i = 0; i < block.count; ++i) {
      if (stop.stop_requested()) return std::nullopt;
      outcomes.push_back(cohort::live(world_, block.arm, block.first + i));
      const std::scoped_lock lock{mutex_};
      ++states_[arm].lived;
    }
    const auto counted = cohort::counted(study(), block, std::move(outcomes));
    for (std::size_t i = 0; i < all.size(); ++i) all[i].add(counted.tallies[i]);
  }
  return all;
}

}  // namespace evenkeel::server
