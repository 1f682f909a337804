// How patients, occasions and assays differ from a model's typical values, as data.
//
//   parameter = h^-1( h(typical) + eta_subject + eta_occasion ),   eta ~ N(0, Omega)
//   h = log (log_normal), logit (logit_normal) or nothing (normal)
//   observed  = f (1 + e1) + e2,  e1 ~ N(0, proportional^2), e2 ~ N(0, additive^2);  or f exp(e3)
//
// The reader (content/) checks that Omega is symmetric and positive definite. Values.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/provenance.hpp"
#include "base/quantity.hpp"

namespace evenkeel::pkpd {

enum class Distribution : std::uint8_t { log_normal = 1, logit_normal = 2, normal = 3 };
enum class Level : std::uint8_t { subject = 1, occasion = 2 };

// Parameters whose random effects are drawn together.
struct RandomBlock {
  Level level = Level::subject;
  std::vector<std::string> parameters;      // one eta each
  std::vector<Distribution> distributions;  // as `parameters`
  Eigen::MatrixXd covariance;               // Omega of this block, on the scale of h
  Provenance from;
};

// Of one output. A part that the model has not is zero; `log_sd` excludes the other two.
struct ResidualError {
  std::string output;
  double proportional_sd = 0.0;
  Concentration additive_sd;
  double log_sd = 0.0;
  Provenance from;
};

struct Variability {
  std::vector<RandomBlock> blocks;
  std::vector<ResidualError> residuals;
  // Said wherever a spread is shown: "borrowed from ..."; empty when it is the model's own.
  std::string note;
};

}  // namespace evenkeel::pkpd
