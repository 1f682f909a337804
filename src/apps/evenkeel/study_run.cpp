#include "apps/evenkeel/study_run.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <optional>

#include "base/expects.hpp"
#include "cohort/outcome_bytes.hpp"
#include "cohort/runner.hpp"

namespace evenkeel::app {
namespace {

using cohort::Block;
using cohort::BlockResult;
using cohort::Headline;
using cohort::Move;
using cohort::Study;
using cohort::Tallies;
using cohort::World;

// Nine bytes for each: whether there is a value, and its bits.
constexpr std::size_t bytes_of_value = 9;

std::string bytes_of(const std::vector<Headline>& headlines) {
  std::string bytes;
  for (const Headline& headline : headlines) {
    bytes.push_back(headline.value ? '\1' : '\0');
    const auto bits = std::bit_cast<std::uint64_t>(headline.value.value_or(0.0));
    for (unsigned i = 0; i < 8; ++i) bytes.push_back(static_cast<char>((bits >> (8 * i)) & 0xffU));
  }
  return bytes;
}

// The values into headlines of the same study; false where they are not such.
bool set_values(const std::string& bytes, std::vector<Headline>& headlines) {
  if (bytes.size() != bytes_of_value * headlines.size()) return false;
  for (std::size_t k = 0; k < headlines.size(); ++k) {
    const std::string_view part = std::string_view{bytes}.substr(k * bytes_of_value, bytes_of_value);
    std::uint64_t bits = 0;
    for (unsigned i = 0; i < 8; ++i)
      bits |= std::uint64_t{static_cast<unsigned char>(part[i + 1])} << (8 * i);
    const double value = std::bit_cast<double>(bits);
    if (!std::isfinite(value) || static_cast<unsigned char>(part[0]) > 1) return false;
    headlines[k].value = part[0] == '\1' ? std::optional{value} : std::nullopt;
  }
  return true;
}

World world_of(const Study& study, const World& like) {
  auto world = World::make(study, like.library());
  expects(world.has_value(), "a number moved within its bounds leaves a study that can be run");
  return *std::move(world);
}

// The behaviour whose number is moved; none for what concerns everybody.
std::optional<std::size_t> only_of(const Study& study, const Move& move) {
  const auto found = std::ranges::find(study.behaviours, move.group, &cohort::Behaviour::id);
  if (found == study.behaviours.end()) return std::nullopt;
  return static_cast<std::size_t>(found - study.behaviours.begin());
}

// The counts of the base, with those run again that the move concerns.
Tallies tallies_of(const World& base, const Tallies& base_tallies, const Move& move) {
  const World world = world_of(cohort::moved(base.study(), move), base);
  const auto only = only_of(world.study(), move);
  Tallies again = cohort::no_tallies(world.study());
  for (const Block& block : cohort::blocks_of(world.study()))
    cohort::add(again, cohort::run_block(world, block, only));
  if (!only) return again;
  Tallies tallies = base_tallies;
  for (std::size_t arm = 0; arm < tallies.size(); ++arm) tallies[arm][*only] = again[arm][*only];
  return tallies;
}

}  // namespace

Status run_patients(const World& world, const Hands& hands,
                    const std::function<void(const cohort::Outcome&)>& see, Tallies& tallies) {
  const Study& study = world.study();
  const std::vector<Block> blocks = cohort::blocks_of(study);
  tallies = cohort::no_tallies(study);
  const auto make = [&](std::size_t i) {
    return cohort::bytes_of(cohort::run_block(world, blocks[i]).outcomes);
  };
  const auto take = [&](std::size_t i, const std::string& bytes) {
    auto outcomes = cohort::outcomes_of(bytes, study);
    if (!outcomes || outcomes->size() != blocks[i].count) return false;
    const BlockResult block = cohort::counted(study, blocks[i], *std::move(outcomes));
    cohort::add(tallies, block);
    if (see) std::ranges::for_each(block.outcomes, see);
    return true;
  };
  return do_pieces({"patients", "blocks of patients", blocks.size(), make, take}, hands);
}

Status run_assumptions(const World& world, const Hands& hands, cohort::Ranking& ranking) {
  const Study study = world.study();
  const std::vector<Move> plan = cohort::sensitivity_plan(study);
  const World base = world_of(cohort::sensitivity_base(study), world);
  Tallies tallies = cohort::no_tallies(base.study());
  if (!hands.merge) {
    cohort::run(base, {.threads = hands.threads, .take = [&](std::size_t, BlockResult&& block) {
                         cohort::add(tallies, block);
                         return true;
                       }});
  }
  std::vector<std::vector<Headline>> results;
  std::vector<Headline> unmoved = cohort::headlines(base.study(), tallies);
  // Piece 0 is the base: who merges shares runs nothing.
  const auto make = [&](std::size_t i) {
    return bytes_of(i == 0 ? unmoved
                           : cohort::headlines(base.study(), tallies_of(base, tallies, plan[i - 1])));
  };
  const auto take = [&](std::size_t i, const std::string& bytes) {
    std::vector<Headline> values = unmoved;
    if (!set_values(bytes, values)) return false;
    if (i == 0)
      unmoved = std::move(values);
    else
      results.push_back(std::move(values));
    return true;
  };
  const Status status = do_pieces({"assumptions", "moved assumptions", plan.size() + 1, make, take}, hands);
  if (status == done && hands.takes() && hands.crew->leads())
    ranking = cohort::rank(study, unmoved, plan, results);
  return status;
}

}  // namespace evenkeel::app
