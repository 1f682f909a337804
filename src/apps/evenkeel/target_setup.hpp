// From a model, a patient and an effect site to what a target schedule is planned for, and to what the same
// schedule is shown under: other persons, other delays, other models.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "apps/evenkeel/target_options.hpp"
#include "individual/forecast.hpp"
#include "pkpd/effect.hpp"
#include "pkpd/structure.hpp"

namespace evenkeel::app {

// Where the delay of an effect site comes from.
struct EffectSite {
  std::optional<Duration> half_life;  // as the user gave it, or
  std::optional<pkpd::Effect> effect;
};

struct TargetSetup {
  pkpd::Structure structure;
  pkpd::Patient patient;
  std::optional<EffectSite> effect_site;
  plan::TargetQuestion question;  // whole
  std::vector<std::string> caveats;

  [[nodiscard]] const pkpd::Model& model() const { return structure.model(); }
};

// Errors: those of question_of and of the readers; a patient without a weight; a model for children, or one
// that does not cover the patient; an effect without a published delay, or of another drug, site or model.
[[nodiscard]] Result<TargetSetup, Errors> set_up_target(const TargetOptions& options);

// The site of `values` of a model; empty amounts. `bound`: which end of a published delay. Errors: no plain
// infusion into a vein.
[[nodiscard]] Result<plan::TargetSite> target_site(const pkpd::Structure& structure,
                                                   const pkpd::Values& values,
                                                   const std::optional<EffectSite>& effect_site,
                                                   pkpd::Bound bound = pkpd::Bound::typical);

// So many persons as the model says that they differ. Errors: a model that states no spread.
[[nodiscard]] Result<individual::Forecast> drawn_members(const TargetOptions& options,
                                                         const TargetSetup& setup);

// Another model for the same patient, without the effect site where its delay does not hold there.
struct OtherModel {
  std::string id;
  plan::TargetSite site;
};
[[nodiscard]] Result<std::vector<OtherModel>, Errors> other_models(const TargetOptions& options,
                                                                   const TargetSetup& setup);

}  // namespace evenkeel::app
