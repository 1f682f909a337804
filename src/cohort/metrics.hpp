// What a Tally says, with its uncertainty: of one arm and one behaviour, or of several together. Values.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "cohort/intervals.hpp"
#include "cohort/study.hpp"
#include "cohort/tally.hpp"

namespace evenkeel::cohort {

struct Proportion {
  std::uint64_t count = 0;
  std::uint64_t of = 0;
  std::optional<Estimate> share;  // Wilson; none of nobody
};
struct Rate {
  std::uint64_t count = 0;
  double years = 0.0;              // of 365.25 days
  std::optional<Estimate> a_year;  // Garwood; none where nobody was watched
};
struct Quantiles {
  double p05 = 0.0, p25 = 0.0, median = 0.0, p75 = 0.0, p95 = 0.0;
};
struct Days {
  std::uint64_t of = 0;
  std::optional<Quantiles> spread;  // exact; none of nobody
  std::optional<Estimate> median;   // by ranks
};

// Ranges are read off a Histogram: within 0.8 %.
struct Exposure {
  std::optional<Quantiles> peak_ng_mL, area_mg_h_L, hours_above, cumulative_mg, tolerance;
  double mean_clinic_mg = 0.0, mean_outside_mg = 0.0, mean_area = 0.0, mean_tolerance = 0.0;
  double mean_phq9_gain = 0.0;                  // points better at the end
  double mean_sessions = 0.0, mean_uses = 0.0;  // in the clinic, elsewhere
};

// How well a sign is noticed: level 2 or more at or after its onset.
struct Noticing {
  Proportion noticed;      // of those with an onset
  Proportion before_harm;  // of those with an onset and harm after it
  Days delay;              // from onset to notice
  Days lead;               // from notice to harm; below zero: noticed after
};

struct Metrics {
  std::uint64_t patients = 0;
  double watched_years = 0.0;
  std::uint64_t visits = 0, reviews = 0, spaced = 0, stopped = 0, referred = 0;
  Exposure exposure;
  std::array<Proportion, levels> reached;
  Proportion harm;
  Noticing noticing;  // of nobody where there is no sign
};
[[nodiscard]] Metrics metrics_of(const Tally& tally);
[[nodiscard]] Days days_of(const DayCounts& days);
[[nodiscard]] Proportion proportion_of(std::uint64_t count, std::uint64_t of);
[[nodiscard]] double years_of(std::uint64_t days);
// Of a Tally without a sign: openings of level 2 or more a patient-year.
[[nodiscard]] Rate false_alarms_of(const Tally& without_sign);

// All of an arm; and those of its patients who have no sign to notice.
[[nodiscard]] Tally together(const std::vector<Tally>& arm);
[[nodiscard]] Tally without_sign(const std::vector<Tally>& arm, const std::vector<Behaviour>& behaviours);

}  // namespace evenkeel::cohort
