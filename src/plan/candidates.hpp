// Inside propose: the grid as candidates that every limit lets pass, and what was refused.
#pragma once

#include <functional>
#include <span>
#include <variant>
#include <vector>

#include "plan/answer.hpp"
#include "plan/question.hpp"

namespace evenkeel::plan {

// All limits of the question as one set. Errors (invalid_input): those of limits_of() and LimitSet::make().
[[nodiscard]] Result<LimitSet> limits_in_force(const DoseQuestion& question);
// What they are counted with. The weight is known (the caller's duty).
[[nodiscard]] LimitContext context_of(const DoseQuestion& question);

// The grid, or the usual one where none was given. Errors (invalid_input): a grid that is not a grid.
[[nodiscard]] Result<std::vector<Prescription>> wanted_doses(const DoseQuestion& question);

struct Sifted {
  std::vector<Candidate> candidates;  // without predictions
  std::vector<Refused> refused;
  std::size_t same = 0;  // rounded to a dose that was there already
};
[[nodiscard]] Result<Sifted> sift(const DoseQuestion& question, const LimitSet& limits,
                                  const std::vector<Prescription>& wanted);

// One dose held against the limits, as wanted and as delivered. `rise_reason` false: a rise needs none
// (what_if.hpp).
using OneSifted = std::variant<Candidate, Refused>;
[[nodiscard]] Result<OneSifted> sift_one(const DoseQuestion& question, const LimitSet& limits,
                                         const Prescription& wanted, bool rise_reason = true);

// Predicts every candidate in every model. The judgements of aims need more than the bands, so `each` is
// handed what each model predicts for candidate `index`.
using Each = std::function<void(std::size_t index, std::span<const Predicted* const>)>;
[[nodiscard]] Result<bool> predict_all(const DoseQuestion& question, std::vector<Candidate>& candidates,
                                       const Each& each);

[[nodiscard]] std::vector<ModelUsed> models_used(const DoseQuestion& question);

}  // namespace evenkeel::plan
