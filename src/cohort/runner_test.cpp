// Blocks: the same counts from any number of threads, and from outcomes that were kept as bytes.
#include "cohort/runner.hpp"

#include <gtest/gtest.h>

#include <bit>

#include "cohort/outcome_bytes.hpp"
#include "support/virtual_clinic.hpp"

namespace evenkeel::cohort {
namespace {

// Two arms of 300 patients for two weeks: two blocks each, the second not full.
World small_world() {
  Study study = test::study_of("adherent");
  study.patients = 300;
  study.weeks = 2;
  study.mix = {{"adherent", 0.5}, {"escalating-misuse", 0.5}};
  study.arms = {study.arms[3], study.arms[4]};
  auto made = World::make(std::move(study), test::library());
  expects(made.has_value(), "the study of the tests is one");
  return *std::move(made);
}

struct Counted {
  Tallies tallies;
  std::vector<std::size_t> order;
  std::string bytes;
};

Counted run_on(const World& world, int threads) {
  Counted made{no_tallies(world.study()), {}, {}};
  run(world, {.threads = threads, .take = [&](std::size_t block, BlockResult&& result) {
                made.order.push_back(block);
                made.bytes += bytes_of(result.outcomes);
                add(made.tallies, result);
                return true;
              }});
  return made;
}

TEST(Blocks, HoldEveryPatientOfEveryArmOnce) {
  Study study;
  study.arms.resize(3);
  study.patients = 2 * block_size + 1;
  const auto blocks = blocks_of(study);
  ASSERT_EQ(blocks.size(), 9U);
  std::uint32_t patients = 0;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    EXPECT_EQ(blocks[i].arm, i / 3);
    EXPECT_EQ(blocks[i].first, (i % 3) * block_size);
    patients += blocks[i].count;
  }
  EXPECT_EQ(patients, 3 * study.patients);
}

TEST(RunStudy, OneThreadAndTwoGiveTheSameBytesInTheSameOrder) {
  const World world = small_world();
  const Counted one = run_on(world, 1);
  const Counted two = run_on(world, 2);
  EXPECT_EQ(one.order, (std::vector<std::size_t>{0, 1, 2, 3}));
  EXPECT_EQ(one.order, two.order);
  EXPECT_EQ(one.bytes, two.bytes);
  EXPECT_EQ(one.tallies, two.tallies);
}

TEST(RunStudy, StopsWhenToldAndDoesOnlyWhatIsWanted) {
  const World world = small_world();
  std::vector<std::size_t> taken;
  run(world, {.threads = 2,
              .wanted = [](std::size_t block) { return block % 2 == 1; },
              .take =
                  [&](std::size_t block, BlockResult&&) {
                    taken.push_back(block);
                    return false;
                  }});
  EXPECT_EQ(taken, std::vector<std::size_t>{1});
}

// What a moved number of one behaviour can change is that behaviour's patients alone.
TEST(RunStudy, OfOneBehaviourAloneGivesThatBehavioursCounts) {
  const World world = small_world();
  const Block block{1, 0, 60};
  const BlockResult all = run_block(world, block);
  const std::size_t only = world.behaviour_index(0);
  const BlockResult some = run_block(world, block, only);
  EXPECT_LT(some.outcomes.size(), all.outcomes.size());
  EXPECT_EQ(some.tallies[only], all.tallies[only]);
}

TEST(OutcomeBytes, GiveBackEveryFieldToTheLastBit) {
  const World world = small_world();
  BlockResult block = run_block(world, {1, 256, 44});
  block.outcomes[0].weight_kg = std::bit_cast<double>(0x4051'8000'0000'0001ULL);
  block.outcomes[0].first_of_rule = {3, never, 7};
  block.outcomes[0].alarms_of_rule = {1, 0, 2};
  const std::string bytes = bytes_of(block.outcomes);
  const auto read = outcomes_of(bytes, world.study());
  ASSERT_TRUE(read);
  ASSERT_EQ(read->size(), 44U);
  EXPECT_EQ((*read)[0].weight_kg, block.outcomes[0].weight_kg);
  EXPECT_EQ((*read)[0].first_of_rule, block.outcomes[0].first_of_rule);
  EXPECT_EQ(bytes_of(*read), bytes);
  EXPECT_EQ(counted(world.study(), block.block, *read).tallies,
            counted(world.study(), block.block, block.outcomes).tallies);
}

TEST(OutcomeBytes, ThatAreNotTheseAreRefused) {
  const World world = small_world();
  const std::string bytes = bytes_of(run_block(world, {0, 0, 5}).outcomes);
  for (std::size_t length = 0; length < bytes.size(); ++length)
    EXPECT_FALSE(outcomes_of(bytes.substr(0, length), world.study())) << length;
  EXPECT_FALSE(outcomes_of(bytes + '\0', world.study()));
  Study fewer = world.study();
  fewer.patients = 3;
  EXPECT_FALSE(outcomes_of(bytes, fewer));
}

}  // namespace
}  // namespace evenkeel::cohort
