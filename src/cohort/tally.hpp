// Outcomes counted: what a study keeps of its patients, however many there are.
//
// Counts are whole numbers, and sums of numbers are kept by block of patients and added in the order of the
// blocks: the same bits for any number of threads, processes or machines. A block is a fixed stretch of
// patients of one arm.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "cohort/life.hpp"

namespace evenkeel::cohort {

inline constexpr std::uint32_t block_size = 256;

// Counts by bins, for medians and other shares: each doubling is cut into 64 equal parts, so that what is
// read off lies within 0.8 % of the value itself. Bins are found by exact arithmetic (frexp): no logarithm
// whose last bit a machine could choose.
struct Histogram {
  static constexpr int parts = 64;
  std::map<std::int32_t, std::uint64_t> bins;  // of values above 0, by bin_of()
  std::uint64_t zero = 0;                      // values of 0
  void add(double value);                      // finite, 0 or more
  void add(const Histogram& other);
  [[nodiscard]] std::uint64_t count() const;
  // The middle of the bin that holds the value of rank ceil(share count()), at least the first; count() > 0.
  [[nodiscard]] double quantile(double share) const;
  // value = m 2^e with 1/2 <= m < 1: 64 e + floor(64 (2 m - 1)).
  [[nodiscard]] static std::int32_t bin_of(double value);  // value > 0
  [[nodiscard]] static double middle_of(std::int32_t bin);
  friend bool operator==(const Histogram&, const Histogram&) = default;
};

// Days, exactly: lead times and delays.
using DayCounts = std::map<std::int32_t, std::uint64_t>;
[[nodiscard]] std::uint64_t count(const DayCounts& days);
// The day of this rank, from 1 to count().
[[nodiscard]] std::int32_t day_of_rank(const DayCounts& days, std::uint64_t rank);
// ceil(share count), at least 1 and at most count.
[[nodiscard]] std::uint64_t rank_of(double share, std::uint64_t count);

// A rule counts "in time" on a day from onset on and before harm, or any such day where no harm came.
struct RuleTally {
  std::uint64_t noticed = 0;         // patients with a sign in whom it counted at or after onset
  std::uint64_t alone = 0;           // noticed in time, and no other rule counted in time
  std::uint64_t false_patients = 0;  // patients without a sign in whom it counted
  std::uint64_t alarms = 0;          // openings in patients without a sign
  DayCounts delay;                   // from onset
  friend bool operator==(const RuleTally&, const RuleTally&) = default;
};

// Of one arm and one behaviour. Sums of doubles are those of one block in the order of its patients; add()
// them block by block, in the order of the blocks, and the bits are always the same.
struct Tally {
  std::uint64_t patients = 0;
  std::uint64_t watched_days = 0;
  std::uint64_t visits = 0, sessions = 0, uses = 0;
  std::array<std::uint64_t, levels> reached{};  // patients whose highest level is at least this
  std::uint64_t with_onset = 0, noticed = 0;
  std::uint64_t with_harm = 0;            // any
  std::uint64_t onset_harm = 0;           // at or after an onset
  std::uint64_t noticed_before_harm = 0;  // of onset_harm: on an earlier day
  std::uint64_t alarms = 0;
  std::uint64_t reviews = 0, spaced = 0, stopped = 0, referred = 0;
  DayCounts delay;  // from onset to notice
  DayCounts lead;   // from notice to harm, of onset_harm; below zero: noticed after
  Histogram peak, area, hours_above, cumulative_mg, tolerance;
  double clinic_mg = 0.0, outside_mg = 0.0, area_sum = 0.0, tolerance_sum = 0.0, phq9_gain_sum = 0.0;
  std::vector<RuleTally> rules;

  void add(const Outcome& outcome, Truth truth);
  void add(const Tally& other);
  friend bool operator==(const Tally&, const Tally&) = default;
};

// [arm][behaviour]
using Tallies = std::vector<std::vector<Tally>>;

}  // namespace evenkeel::cohort
