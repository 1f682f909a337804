// What one reading may come out as where a patient's draws predict it, its own scatter included.
//
//   P(Y < y) = mean over draws d of Phi((g(y) - g(f_d)) / s_d),   g = ln where the error is exp(e), else as
//   it is
//
// The scatter is integrated, not drawn: no random number, and a tail that is as exact in 1e-1000 as in 0.1.
// In mg/L, or the effect's unit. Values; safe to use from any thread.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "base/result.hpp"
#include "individual/posterior.hpp"
#include "individual/predict.hpp"
#include "individual/problem.hpp"

namespace evenkeel::individual {

// A reading that was or could be taken: when, of what, and how far it scatters.
struct Look {
  ReadAt at;
  Scatter scatter = {};
  double effect_sd = 0.0;  // of an effect
};
[[nodiscard]] Look look_of(const Problem& problem, std::size_t measurement);

class ReadingSpread {
 public:
  // `predicted`: mg/L, one for each draw, all equally likely, at least one. `effect`: the one that is read.
  ReadingSpread(std::span<const double> predicted_mg_L, const Look& look, const pkpd::Effect* effect);

  // ln P(Y < y) and ln P(Y > y); minus infinity where it cannot be.
  [[nodiscard]] double log_below(double y) const;
  [[nodiscard]] double log_above(double y) const;
  // 0 < probability < 1; to 1e-4 of the probability.
  [[nodiscard]] double quantile(double probability) const;

  // ln of the two-sided tail probability of what was seen, 2 min(P(Y < y), P(Y > y)), at most 0; for a
  // reading below the limit ln of the probability of that.
  [[nodiscard]] double log_tail(const std::variant<Assayed, Below, EffectSeen>& seen) const;
  // ln of its density, or of the probability of one below the limit.
  [[nodiscard]] double log_likelihood(const std::variant<Assayed, Below, EffectSeen>& seen) const;

  [[nodiscard]] std::size_t draws() const { return centre_.size(); }
  // (g(y) - g(f_d)) / s_d; infinite where the draw scatters by nothing or predicts none.
  [[nodiscard]] double standardised(std::size_t draw, double y) const;

 private:
  [[nodiscard]] double log_density(double y) const;
  [[nodiscard]] double smaller_tail(double y) const;
  [[nodiscard]] double excess(double x, double probability) const;

  std::vector<double> centre_;  // on the scale of g
  std::vector<double> sd_;
  bool logarithmic_ = false;
};

// Of each reading, from `count` equally likely draws. Errors: those of curves.
[[nodiscard]] Result<std::vector<ReadingSpread>> spreads(const Problem& problem, const Posterior& posterior,
                                                         std::span<const Look> looks, std::size_t count,
                                                         int threads = 0);

// What is known of the patient without some of the measurements.
struct Known {
  Problem problem;  // the same but for them
  Estimate estimate;
  Posterior posterior;
};
// `left_out`: numbers of Question::measured. Errors: those of Problem::make; outside_domain where no most
// likely parameters are found.
[[nodiscard]] Result<Known> without(const Problem& problem, std::span<const std::size_t> left_out,
                                    const SampleOptions& options);

// At least three significant digits and no exponent, "56.3", and with the unit: "56.3 ng/mL".
[[nodiscard]] std::string three_digits(double value);
[[nodiscard]] std::string ng_mL(double mg_L);

}  // namespace evenkeel::individual
