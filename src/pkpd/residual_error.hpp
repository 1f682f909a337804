// What an assay would have read where the model predicts f: residual error, drawn.
//
//   observed = f (1 + e1) + e2   or   f exp(e3),   e ~ N(0, sd^2), independent
//
// One e for each subject, row and output: the row is the record's place among the subject's, so another
// output or another subject moves nothing. An additive or proportional error can make `observed` negative,
// as the equation says; whoever shows it compares it with the assay's limit, not with zero.
// Immutable; safe to use from any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/result.hpp"
#include "pkpd/model.hpp"
#include "pkpd/random.hpp"

namespace evenkeel::pkpd {

class ResidualErrors {
 public:
  // Errors (not_found): an output that the model has not. Errors (invalid_input): a negative or non-finite
  // standard deviation, a log_sd beside another, two errors of one output.
  [[nodiscard]] static Result<ResidualErrors> make(const Model& model);

  // None where the model states no residual error for this output (its place in Model::outputs).
  [[nodiscard]] std::optional<Concentration> observed(Concentration predicted, std::size_t output,
                                                      const Draw& draw) const;

 private:
  struct OfOutput {
    double proportional_sd = 0.0;
    Concentration additive_sd;
    double log_sd = 0.0;
    Variable proportional, additive, log;
  };
  std::vector<std::optional<OfOutput>> outputs_;  // as the model's
};

}  // namespace evenkeel::pkpd
