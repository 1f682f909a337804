// How much each assumption matters: the study again with one number moved to the lowest and to the highest
// that is thought possible, all else and every drawn number alike. A pure plan; who runs studies runs it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cohort/assumption.hpp"
#include "cohort/study.hpp"
#include "cohort/tally.hpp"

namespace evenkeel::cohort {

// One number of the study, moved.
struct Move {
  std::string group;    // "nature", or a behaviour's id
  std::size_t field{};  // of nature_fields() or drive_fields()
  bool up = false;
  double base = 0.0;
  double to = 0.0;
};

// The study that all others are compared with: with sensitivity_patients.
[[nodiscard]] Study sensitivity_base(const Study& study);
// The moves of Nature and of each behaviour that some patient has, in the order of the fields: down and up,
// where the number has room. None where sensitivity_patients is 0.
[[nodiscard]] std::vector<Move> sensitivity_plan(const Study& study);
// sensitivity_base() with one number moved. Of the two ends of an onset, one that would pass the other takes
// it along.
[[nodiscard]] Study moved(const Study& study, const Move& move);

// What a run says in a few numbers; alike in number and order for all runs of one study. The first four are
// of the reference arm (result.hpp), then one for each arm.
struct Headline {
  std::string id;     // "noticed", "harm.unsupervised"
  std::string words;  // "share of signs noticed"
  std::string unit;   // "1", "/a", "d"
  std::optional<double> value;
};
[[nodiscard]] std::vector<Headline> headlines(const Study& study, const Tallies& tallies);

struct Swing {
  std::optional<double> at_low, at_high;  // none where that way has no room or nothing was counted
  double size = 0.0;                      // the highest less the lowest of these and the base
  double relative = 0.0;                  // size over the largest of them without its sign; 0 of 0
};

struct RankedAssumption {
  std::string group;
  std::string name;
  std::string unit;
  std::string words;
  Assumed number;
  std::vector<Swing> swings;  // by headline
  double largest = 0.0;       // of the relative swings: ranked by it
};

struct Ranking {
  std::uint32_t patients = 0;  // in each arm of each run
  std::vector<Headline> base;
  std::vector<RankedAssumption> assumptions;  // the largest first; ties in the order of the plan
};

// `results`: the headlines of each move of `plan`, in its order.
[[nodiscard]] Ranking rank(const Study& study, const std::vector<Headline>& base,
                           const std::vector<Move>& plan, const std::vector<std::vector<Headline>>& results);

}  // namespace evenkeel::cohort
