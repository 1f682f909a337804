// A study run: blocks of patients in any order, on any number of threads, processes or machines; counted in
// the order of the blocks. No clock and no files here: who runs it keeps blocks that are done
// (apps/evenkeel).
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "cohort/tally.hpp"

namespace evenkeel::cohort {

// Patients [first, first + block_size) of one arm, or what is left of them.
struct Block {
  std::uint32_t arm = 0;
  std::uint32_t first = 0;
  std::uint32_t count = 0;
};
[[nodiscard]] std::vector<Block> blocks_of(const Study& study);

struct BlockResult {
  Block block;
  std::vector<Tally> tallies;     // by behaviour
  std::vector<Outcome> outcomes;  // by patient
};
[[nodiscard]] BlockResult run_block(const World& world, const Block& block);

struct RunOptions {
  int threads = 0;  // 0: one for each processor
  // Which blocks this process does, by their index in blocks_of(); empty: all.
  std::function<bool(std::size_t block)> wanted = {};
  // Called in the order of the blocks, from one thread at a time; false stops the run.
  std::function<bool(std::size_t block, BlockResult&&)> take;
};
void run(const World& world, const RunOptions& options);

}  // namespace evenkeel::cohort
