// What of a record belongs to what of a model: the model for the drug that was given, the patient as the
// model knows one, the output that an assay measures. Pure; safe to use from any thread.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "assess/exposure.hpp"
#include "base/result.hpp"
#include "care/session.hpp"
#include "pkpd/model.hpp"
#include "pkpd/system.hpp"

namespace evenkeel::assess {

// An infusion that is not known may still show this long after, hours.
inline constexpr double carry_over_h = 7 * 24.0;

[[nodiscard]] pkpd::Moiety moiety_of(care::Drug drug);

// The model named, or the preferred one for the drug of the sessions (at least one).
// Errors: not_found; outside_domain for another drug, two drugs, or a model that takes no infusion by vein.
[[nodiscard]] Result<const pkpd::Model*> choose_model(const ExposureQuestion& question);

// All models that take an infusion of `given` by vein and are not kept for those who name them.
[[nodiscard]] std::vector<const pkpd::Model*> applicable_models(std::span<const pkpd::Model> models,
                                                                pkpd::Moiety given);

[[nodiscard]] ModelUsed describe(const pkpd::Model& model, pkpd::Moiety given);

[[nodiscard]] pkpd::Patient patient_at(BodyMass weight, Instant when, const care::Facts& facts);

struct Match {
  std::optional<std::size_t> output;  // of the model
  std::string why_not;                // set when there is none: another site, another moiety
};
// The output that `assay` measures where `given` was dosed.
[[nodiscard]] Match match_assay(const pkpd::Model& model, pkpd::Moiety given, const care::Assay& assay);

}  // namespace evenkeel::assess
