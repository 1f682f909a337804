// One patient's parameters beside the population's: what the measurements say and how much they say.
// Pure; safe to use from any thread.
#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "individual/posterior.hpp"
#include "individual/problem.hpp"

namespace evenkeel::individual {

struct Percentiles {
  double p5 = 0.0;
  double p50 = 0.0;
  double p95 = 0.0;
};

// A parameter that varies between patients, in its canonical unit (pkpd::Parameter), in the last span.
struct ParameterEstimate {
  std::string name;
  double typical = 0.0;  // of a patient like this one
  double most_likely = 0.0;
  Percentiles population;  // of patients like this one, occasions left out
  Percentiles posterior;   // of this one, occasions left out
  double moved = 0.0;      // the most likely eta in standard deviations of the population
  // Variance of eta after the measurements over that before: 1 where they told nothing.
  double shrinkage = 1.0;
};

// Errors: those of RandomEffects::individual.
[[nodiscard]] Result<std::vector<ParameterEstimate>> summarise(const Problem& problem,
                                                               const Estimate& estimate,
                                                               const Posterior& posterior);

}  // namespace evenkeel::individual
