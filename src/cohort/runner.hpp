// A study run: blocks of patients in any order, on any number of threads, processes or machines; counted in
// the order of the blocks. No clock and no files here: who runs it keeps blocks that are done
// (apps/evenkeel/study_run.hpp).
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
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
// With `only`, no patients but those of the behaviour with this index: all that a number of that behaviour
// can change.
[[nodiscard]] BlockResult run_block(const World& world, const Block& block,
                                    std::optional<std::size_t> only = {});
// What run_block() makes of these outcomes.
[[nodiscard]] BlockResult counted(const Study& study, const Block& block, std::vector<Outcome> outcomes);

struct RunOptions {
  int threads = 0;  // 0: one for each processor
  // Which blocks this process does, by their index in blocks_of(); empty: all.
  std::function<bool(std::size_t block)> wanted = {};
  // Called in the order of the blocks, from one thread at a time; false stops the run.
  std::function<bool(std::size_t block, BlockResult&&)> take;
};
// Memory does not grow with the number of patients.
void run(const World& world, const RunOptions& options);

// A tally for each arm and behaviour, of nobody; and a block's counts added to it.
[[nodiscard]] Tallies no_tallies(const Study& study);
void add(Tallies& tallies, const BlockResult& block);

}  // namespace evenkeel::cohort
