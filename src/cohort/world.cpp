// What the patients of a study share, checked before the first of them lives.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "assess/matching.hpp"
#include "base/expects.hpp"
#include "cohort/body.hpp"
#include "cohort/draws.hpp"
#include "cohort/life.hpp"

namespace evenkeel::cohort {
namespace {

constexpr double shares_agree = 1e-9;
constexpr double most_uses_per_week = 84.0;  // twelve a day
constexpr int longest_weeks = 520;

constexpr pkpd::Variable behaviour_luck = luck("behaviour");

Error refuse(std::string where, std::string what) {
  return {ErrorCode::invalid_input, std::move(where), std::move(what)};
}

Result<void> check_mix(const Study& study) {
  double sum = 0.0;
  for (const Share& share : study.mix) {
    if (!(share.share >= 0.0))
      return refuse("mix", fmt::format("{} has a share of {}: below zero", share.behaviour, share.share));
    if (std::ranges::find(study.behaviours, share.behaviour, &Behaviour::id) == study.behaviours.end())
      return refuse("mix", fmt::format("there is no behaviour '{}'", share.behaviour));
    sum += share.share;
  }
  if (!(std::fabs(sum - 1.0) <= shares_agree))
    return refuse("mix", fmt::format("the shares add up to {}; they must add up to 1", sum));
  return {};
}

Result<const care::Protocol*> protocol_of(const Supervised& clinic, const assess::Library& library,
                                          const std::string& where) {
  const auto found = std::ranges::find(library.protocols, clinic.protocol, &care::Protocol::id);
  if (found == library.protocols.end())
    return refuse(where, fmt::format("there is no protocol '{}'", clinic.protocol));
  if (!found->dosing || found->route != care::Route::intravenous)
    return refuse(where, fmt::format("protocol {} has no infusion by body weight, which the virtual clinic "
                                     "needs: no model here predicts a spray from a record",
                                     clinic.protocol));
  return &*found;
}

Result<void> check_supervised(const Supervised& clinic, const assess::Library& library,
                              const std::string& where) {
  const auto protocol = protocol_of(clinic, library, where);
  if (!protocol) return protocol.error();
  for (const std::string_view needed : {"phq-9", "craving-0-10", "dissociation-0-10"}) {
    if (std::ranges::find(library.instruments, needed, &care::Instrument::id) == library.instruments.end())
      return refuse(where, fmt::format("there is no instrument '{}'", needed));
  }
  if (!(clinic.evaluation_every > 0.0))
    return refuse(where, fmt::format("evaluation_every is {}; it must be above 0", clinic.evaluation_every));
  if (!(clinic.missed_evaluations >= 0.0 && clinic.missed_evaluations <= 1.0))
    return refuse(where, fmt::format("missed_evaluations is {}, outside 0 to 1", clinic.missed_evaluations));
  if (!(clinic.dispensing_check_weeks >= 0.0 && clinic.toxicology_weeks >= 0.0))
    return refuse(where, "an interval in weeks is below zero");
  if (!(clinic.days_to_review >= 0.0 && clinic.days_to_review <= 3650.0))
    return refuse(where, fmt::format("days_to_review is {}, outside 0 to 3650", clinic.days_to_review));
  return {};
}

Result<void> check_unsupervised(const Unsupervised& regimen, const std::string& where) {
  if (!(regimen.uses_per_week >= 0.0 && regimen.uses_per_week <= most_uses_per_week))
    return refuse(
        where, fmt::format("{} uses a week are outside 0 to {}", regimen.uses_per_week, most_uses_per_week));
  const bool meant = regimen.mg_per_use >= 0.0 && regimen.growth_per_week >= 0.0 &&
                     regimen.bioavailability >= 0.0 && regimen.bioavailability <= 1.0;
  if (!meant) return refuse(where, "an amount or growth below zero, or a bioavailability outside 0 to 1");
  return {};
}

Result<void> check_arms(const Study& study, const assess::Library& library) {
  for (const Arm& arm : study.arms) {
    const std::string where = "arm " + arm.id;
    const auto* clinic = std::get_if<Supervised>(&arm.regimen);
    auto checked = clinic != nullptr ? check_supervised(*clinic, library, where)
                                     : check_unsupervised(std::get<Unsupervised>(arm.regimen), where);
    if (!checked) return checked;
  }
  if (study.weeks < 1 || study.weeks > longest_weeks)
    return refuse("weeks", fmt::format("{} is outside 1 to {}", study.weeks, longest_weeks));
  return {};
}

// The model by which lives are lived and by which the rules predict.
Result<const pkpd::Model*> model_of(const Study& study, const assess::Library& library) {
  care::Session infusion;
  infusion.drug = care::Drug::racemic_ketamine;
  return assess::choose_model({{}, std::span{&infusion, 1}, library.models, study.model, {}, false});
}

}  // namespace

Result<World> World::make(Study study, const assess::Library& library) {
  if (auto checked = check_mix(study); !checked) return checked.error();
  if (auto checked = check_arms(study, library); !checked) return checked.error();
  const auto model = model_of(study, library);
  if (!model) return model.error();
  auto people = pkpd::Population::make(pkpd::Structure(**model), study.people, study.seed);
  if (!people) return people.error();
  if (const auto first = Body::make(*people, 0); !first) return first.error();
  if (!people->patient(0).weight || !people->patient(0).age_years)
    return refuse("people", "the clinic needs a weight and an age of everybody");
  return World(std::move(study), library, assess::Predictor(**model), *std::move(people));
}

const care::Protocol& World::protocol(const Supervised& clinic) const {
  const auto found = std::ranges::find(library_->protocols, clinic.protocol, &care::Protocol::id);
  expects(found != library_->protocols.end(), "World::make saw the protocol");
  return *found;
}

std::size_t World::behaviour_index(std::uint32_t patient) const {
  const double u = Draws(study_.seed, patient).even(behaviour_luck);
  double sum = 0.0;
  const Share* chosen = &study_.mix.front();
  for (const Share& share : study_.mix) {
    if (share.share > 0.0 && u >= sum) chosen = &share;
    sum += share.share;
  }
  const auto found = std::ranges::find(study_.behaviours, chosen->behaviour, &Behaviour::id);
  return static_cast<std::size_t>(found - study_.behaviours.begin());
}

const Behaviour& World::behaviour_of(std::uint32_t patient) const {
  return study_.behaviours[behaviour_index(patient)];
}

}  // namespace evenkeel::cohort
