#include "cohort/runner.hpp"

#include <algorithm>

#include "pkpd/parallel.hpp"

namespace evenkeel::cohort {
namespace {

// Blocks made and not yet taken, for each thread: enough that a slow block does not keep the others waiting,
// few enough that what they hold is nothing.
constexpr std::size_t ahead_of_each = 4;
constexpr std::size_t most_ahead = 64;

}  // namespace

std::vector<Block> blocks_of(const Study& study) {
  std::vector<Block> blocks;
  for (std::uint32_t arm = 0; arm < study.arms.size(); ++arm) {
    for (std::uint32_t first = 0; first < study.patients;) {
      const std::uint32_t count = std::min(block_size, study.patients - first);
      blocks.push_back({arm, first, count});
      first += count;
    }
  }
  return blocks;
}

BlockResult counted(const Study& study, const Block& block, std::vector<Outcome> outcomes) {
  BlockResult result{block, std::vector<Tally>(study.behaviours.size()), std::move(outcomes)};
  for (const Outcome& outcome : result.outcomes)
    result.tallies[outcome.behaviour].add(outcome, study.behaviours[outcome.behaviour].truth);
  return result;
}

BlockResult run_block(const World& world, const Block& block, std::optional<std::size_t> only) {
  std::vector<Outcome> outcomes;
  for (std::uint32_t i = 0; i < block.count; ++i) {
    const std::uint32_t patient = block.first + i;
    if (only && world.behaviour_index(patient) != *only) continue;
    outcomes.push_back(live(world, block.arm, patient));
  }
  return counted(world.study(), block, std::move(outcomes));
}

Tallies no_tallies(const Study& study) {
  return Tallies(study.arms.size(), std::vector<Tally>(study.behaviours.size()));
}

void add(Tallies& tallies, const BlockResult& block) {
  std::vector<Tally>& arm = tallies[block.block.arm];
  for (std::size_t i = 0; i < arm.size(); ++i) arm[i].add(block.tallies[i]);
}

void run(const World& world, const RunOptions& options) {
  const std::vector<Block> blocks = blocks_of(world.study());
  std::vector<std::size_t> wanted;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    if (!options.wanted || options.wanted(i)) wanted.push_back(i);
  }
  const std::size_t ahead =
      options.threads > 0 ? std::min(most_ahead, ahead_of_each * static_cast<std::size_t>(options.threads))
                          : most_ahead;
  std::vector<BlockResult> made(std::min(ahead, std::max<std::size_t>(1, wanted.size())));
  pkpd::in_order(
      {.threads = options.threads,
       .count = wanted.size(),
       .ahead = made.size(),
       .make = [&](std::size_t i) { made[i % made.size()] = run_block(world, blocks[wanted[i]]); },
       .take = [&](std::size_t i) { return options.take(wanted[i], std::move(made[i % made.size()])); }});
}

}  // namespace evenkeel::cohort
