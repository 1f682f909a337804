// A record under one model, estimated: the draws that reports and plans are made from.
// Pure; the same record, model and seed give the same draws on any number of threads.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "assess/exposure.hpp"
#include "assess/patient_question.hpp"
#include "base/result.hpp"
#include "individual/fit.hpp"
#include "individual/posterior.hpp"
#include "individual/problem.hpp"
#include "individual/suspect.hpp"
#include "pkpd/structure.hpp"

namespace evenkeel::assess {

struct DrawOptions {
  std::optional<double> assumed_sd = {};  // of assays where the model states no scatter; none: refused
  std::uint64_t seed = 1;
  double effective = 1000.0;
  int threads = 0;
};

struct OwnDraws {
  std::unique_ptr<pkpd::Structure> structure;  // that the problem refers to
  PatientQuestion asked;                       // as measured, before anything was set aside
  individual::Problem problem;                 // without what made an estimate impossible
  individual::Estimate estimate;
  individual::Posterior posterior;
  std::optional<individual::Fit> fit;  // of asked.question.measured; none where nothing was measured
  std::vector<individual::Suspicion> suspicions;
};

// Measurements with which no parameters can be found are left out of the problem, and the fit says which.
// Errors: those of question_of and individual::Problem::make; outside_domain where the model states no spread
// between patients and something was measured, or the estimate does not converge.
[[nodiscard]] Result<OwnDraws> own_draws(const ExposureQuestion& record, const pkpd::Model& model,
                                         const DrawOptions& options);

// The same without its measurements: patients like this one.
[[nodiscard]] Result<OwnDraws> population_draws(const ExposureQuestion& record, const pkpd::Model& model,
                                                const DrawOptions& options);

}  // namespace evenkeel::assess
