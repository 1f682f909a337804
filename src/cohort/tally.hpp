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

// Counts by logarithmic bins, for medians and other shares: 40 to a power of ten, so within 6 %.
struct Histogram {
  std::map<std::int32_t, std::uint64_t> bins;  // by floor(40 log10(value)); values <= 0 in `zero`
  std::uint64_t zero = 0;
  void add(double value);
  void add(const Histogram& other);
  [[nodiscard]] std::uint64_t count() const;
  [[nodiscard]] double quantile(double share) const;  // the geometric middle of its bin; count() > 0
};

// Days, exactly: lead times and delays.
using DayCounts = std::map<std::int32_t, std::uint64_t>;

struct RuleTally {
  std::uint64_t noticed = 0;         // patients with a sign in whom it counted at or after onset
  std::uint64_t alone = 0;           // of them, those in whom no other rule of level 2 or more did in time
  std::uint64_t false_patients = 0;  // patients without a sign in whom it counted
  std::uint64_t alarms = 0;          // openings in patients without a sign
  DayCounts delay;                   // from onset
};

// Of one arm and one behaviour.
struct Tally {
  std::uint64_t patients = 0;
  std::uint64_t watched_days = 0;
  std::uint64_t visits = 0, sessions = 0, uses = 0;
  std::array<std::uint64_t, levels> reached{};  // patients whose highest level it is at least
  std::uint64_t with_onset = 0, noticed = 0, with_harm = 0, noticed_before_harm = 0;
  std::uint64_t alarms = 0;
  std::uint64_t reviews = 0, spaced = 0, stopped = 0, referred = 0;
  DayCounts delay;  // from onset to notice
  DayCounts lead;   // from notice to harm; below zero: noticed after
  Histogram peak, area, hours_above, cumulative_mg;
  double clinic_mg = 0.0, outside_mg = 0.0, area_sum = 0.0, tolerance_sum = 0.0, phq9_gain_sum = 0.0;
  std::vector<RuleTally> rules;

  void add(const Outcome& outcome, Truth truth);
  void add(const Tally& other);
};

// [arm][behaviour]
using Tallies = std::vector<std::vector<Tally>>;

}  // namespace evenkeel::cohort
