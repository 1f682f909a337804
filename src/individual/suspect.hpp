// What may have gone wrong with an outlier (fit.hpp): usual mistakes, each tried on what the others predict.
//
// A mistake explains a value that, were it corrected, lies within the central 90 % of what the measurements
// that are no outliers let expect; of two values that were exchanged each within the central 95 %, so that
// the two together are (Bonferroni). Best first: by the likelihood of what was seen if the mistake was made,
//
//   unit      p(c y | others) c                              c the factor of the unit
//   time      mean over the moments tried of p(y at t + shift | others)
//   exchange  p(y_i at j, y_j at i | rest) / p(y_j at j | rest), over the number of partners tried
//   infusing arm, dose not in the record: 1 / (y ln 1e5): as far above as it likes, on the scale of
//   logarithms
//
// All mistakes count as equally common, for nobody has published how common they are. Nothing is changed: a
// person looks at the record, the tube and the laboratory's report. That a metabolite's assay reads other
// molecules too is not tried: no source for how much.
// Pure; the same seed gives the same answer on any number of threads.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "individual/fit.hpp"
#include "individual/problem.hpp"

namespace evenkeel::individual {

// Proposals of this software.
inline constexpr double explained_from = 0.10;          // of the tail probability: the central 90 %
inline constexpr double far_above = 2.0;                // of the 95th percentile expected
inline constexpr double little_left = 0.1;              // of the highest level expected after a dose
inline constexpr double arm_clears_in_h = 10.0 / 60.0;  // after an infusion
inline constexpr double same_blood_h = 1.0 / 60.0;
inline constexpr int minutes_off_most = 30;     // to the minute
inline constexpr int order_minutes_most = 120;  // in steps of 5

enum class Mistake : std::uint8_t {
  thousand_too_high = 1,   // ng/L or the like
  thousand_too_low = 2,    // mg/L or the like
  nanomolar = 3,           // nmol/L read as ng/mL
  converted_twice = 4,     // ng/mL taken for nmol/L and converted
  hydrochloride = 5,       // of the salt, not of the base
  exchanged_times = 6,     // with another time's, or its tube
  exchanged_moieties = 7,  // parent and metabolite of one blood sample
  clock_an_hour_off = 8,
  half_a_day_off = 9,
  minutes_off = 10,
  time_of_order = 11,  // drawn later than ordered, by more than minutes_off allows
  infusing_arm = 12,
  dose_not_recorded = 13,  // or another source, or a mix-up
};

struct Explanation {
  Mistake mistake = Mistake::minutes_off;
  std::string sentence;        // "If this was nmol/L it is 56.3 ng/mL."
  std::optional<double> tail;  // of the corrected value; none where the mistake predicts no value
  double log_likelihood = 0.0;
};

struct Suspicion {
  std::size_t measurement = 0;            // of Question::measured
  std::vector<Explanation> explanations;  // best first; may be empty
  std::string words;                      // all of it
};

// Of each of `outliers` (Fit::outliers), in order. Errors: those of check_fit.
[[nodiscard]] Result<std::vector<Suspicion>> suspect(const Problem& problem,
                                                     std::span<const std::size_t> outliers,
                                                     const FitOptions& options = {});

// g/mol of the base; none where the moiety is not said.
[[nodiscard]] std::optional<double> molar_mass_g_mol(pkpd::Moiety moiety);

}  // namespace evenkeel::individual
