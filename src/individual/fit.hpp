// Whether a patient fits the model: each measurement beside what the model expects, and all of them together.
//
// An outlier is a measurement that what the others say makes improbable:
//
//   p_i = 2 min(P(Y_i < y_i | the others), P(Y_i > y_i | the others));  below the limit: P(Y_i < limit | ...)
//   outlier where n p_i < 0.01,  n the number of measurements (Bonferroni)
//
// Each p_i is uniform for a patient of the model, so such a patient has any outlier with a chance of at most
// 0.01. Each is found from draws of its own, estimated anew without it. The most improbable is set aside
// and the rest tried again without it, until none is left, for one bad value bends what is expected of the
// good ones; at the end each that was set aside is held against those kept, and taken back where it fits
// them.
// Where nothing can be estimated from the others, the population stands for them.
//
// Together: the posterior predictive p-value of the sum of squared weighted residuals, of readings drawn anew
// against those seen (Gelman, Meng and Stern, Statistica Sinica 1996;6:733). It sees the same data twice, so
// a patient of the model has a value below 0.01 less often than that. A reading below the limit counts as the
// middle of its probability, Phi^-1(P / 2). Pure; the same seed gives the same answer on any number of
// threads.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "individual/posterior.hpp"
#include "individual/problem.hpp"
#include "individual/reading.hpp"
#include "individual/summary.hpp"

namespace evenkeel::individual {

// Proposals of this software.
inline constexpr double outlier_below = 0.01;  // of n p_i
inline constexpr double misfit_below = 0.01;   // of the p-value of all together

struct FitOptions {
  SampleOptions sample = {.effective = 1000.0};
  std::size_t draws = 1000;  // equally likely ones, that predict
};

// Predictions in mg/L, or the effect's unit.
struct MeasurementFit {
  std::string id;
  double population = 0.0;  // of the typical patient
  double individual = 0.0;  // at the most likely parameters
  Percentiles posterior;    // of a reading, scatter included, by all measurements
  double tail = 1.0;        // of what was seen, by all measurements: two-sided; below the limit, of that
  // (seen - individual) over its standard deviation, of logarithms where the error is one of them; none for a
  // reading below the limit, or an impossible one.
  std::optional<double> weighted_residual;
  Percentiles by_others;         // of a reading, by the others that are no outliers
  double log_tail_others = 0.0;  // ln p_i
  bool outlier = false;
};

struct Fit {
  std::vector<MeasurementFit> measurements;  // as Question::measured
  std::vector<std::size_t> outliers;         // the most improbable first
  std::vector<std::size_t> impossible;       // see below
  // Not in the columns "by all measurements" and the p-value: what is impossible, and all outliers where with
  // them no most likely parameters are found. Empty otherwise.
  std::vector<std::size_t> left_out;
  double p_value = 1.0;  // of all together
  bool fits = true;      // no outliers, and the p-value is not below the limit
  std::string words;
};

// The measurements that no parameters make possible: something was found where the model has nothing. With
// them nothing can be estimated.
[[nodiscard]] std::vector<std::size_t> impossible(const Problem& problem);

// Errors: those of Problem::make and curves; outside_domain where no most likely parameters are found.
[[nodiscard]] Result<Fit> check_fit(const Problem& problem, const FitOptions& options = {});

// What was seen: "56.3 ng/mL", "below 2.00 ng/mL"; an effect's number alone.
[[nodiscard]] std::string seen_words(const Measured& measured);

}  // namespace evenkeel::individual
