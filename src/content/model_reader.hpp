// The parts of the reader of models, for this layer only. The form: content/models/schema.json.
#pragma once

#include "content/sourced.hpp"
#include "pkpd/model.hpp"

namespace evenkeel::content {

// The member `parameters`: what each is by its unit, its number or who gives it, how covariates act.
[[nodiscard]] std::vector<pkpd::Parameter> read_parameters(json::Reader place, const Header& header);

// The member `variability`. Each covariance that is returned without a fault is square, symmetric and
// positive definite.
[[nodiscard]] pkpd::Variability read_variability(json::Reader place, const Header& header);

// Names used by one part of the file exist in another and fit their use; numbers fit theirs.
void check_model(json::Reader& top, const pkpd::Model& model);

}  // namespace evenkeel::content
