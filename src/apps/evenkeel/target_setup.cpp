#include "apps/evenkeel/target_setup.hpp"

#include <fmt/format.h>

#include <numbers>

#include "apps/evenkeel/arguments.hpp"
#include "apps/evenkeel/command.hpp"
#include "base/overloaded.hpp"
#include "content/library_loader.hpp"
#include "pkpd/effect_site.hpp"
#include "pkpd/population.hpp"
#include "pkpd/read_out.hpp"

namespace evenkeel::app {
namespace {

constexpr double adult_years = 18.0;

Error fault(std::string option, std::string what, ErrorCode code = ErrorCode::invalid_input) {
  return {code, std::move(option), std::move(what)};
}

// A target schedule is for adults in a programme: a model made for children is none for it, whoever it is
// asked for.
std::optional<Error> for_children(const pkpd::Model& model) {
  const auto& ages = model.domain.age_years;
  if (!ages || ages->value.high() > adult_years) return std::nullopt;
  return fault("",
               fmt::format("model {} is for children, up to {:g} years; a target schedule is for adults",
                           model.id, ages->value.high()),
               ErrorCode::outside_domain);
}

pkpd::Predicted predicted_by(const pkpd::Model& model) {
  const auto& output = model.outputs.front();
  return {model.id, output.moiety, output.site};
}

Result<EffectSite, Errors> effect_site_of(const TargetOptions& options, const pkpd::Model& model,
                                          std::vector<std::string>& caveats) {
  if (const auto half_life = half_life_of(options)) return EffectSite{*half_life, std::nullopt};
  auto effect = content::load_effect(content_folder(options.content), options.effect_site);
  if (!effect) {
    for (Error& each : effect.error()) {
      each.where = "--effect-site";
      each.what +=
          "; name an effect with a published delay (evenkeel content list), or a half-life such as 3min";
    }
    return std::move(effect.error());
  }
  const bool delayed =
      std::visit(Overloaded{[](const pkpd::DelayHalfLife&) { return true; },
                            [](const pkpd::DelayToPeak&) { return true; }, [](const auto&) { return false; }},
                 effect->delay);
  if (!delayed)
    return Errors{
        fault("--effect-site",
              fmt::format("no delay was published for {}: there is no effect site to steer; steer plasma, "
                          "or give a half-life",
                          effect->id))};
  const auto paired = pkpd::PairedEffect::make(*effect, predicted_by(model));
  if (!paired) return Errors{paired.error()};
  caveats.insert(caveats.end(), paired->caveats().begin(), paired->caveats().end());
  return EffectSite{std::nullopt, *std::move(effect)};
}

Result<pkpd::Structure, Errors> structure_of(const TargetOptions& options, const std::string& name) {
  auto model = content::load_model(content_folder(options.content), name);
  if (!model) return std::move(model.error());
  if (auto error = for_children(*model)) return Errors{*std::move(error)};
  return pkpd::Structure{*std::move(model)};
}

Result<plan::TargetSite> typical_site(const pkpd::Structure& structure, const pkpd::Patient& patient,
                                      const std::string& parameters,
                                      const std::optional<EffectSite>& effect_site) {
  const auto overrides = parameters_argument(parameters, structure);
  if (!overrides) return overrides.error();
  const auto values = structure.typical(patient, *overrides);
  if (!values) return values.error();
  return target_site(structure, *values, effect_site);
}

void say_what_was_not_checked(TargetSetup& setup) {
  if (setup.model().domain.age_years && !setup.patient.age_years)
    setup.caveats.emplace_back(
        "The patient's age was not given, so the model's range of ages was not checked.");
  if (!setup.effect_site) return;
  setup.caveats.emplace_back(
      "The delay of an effect site is uncertain: tools in use carry ke0 from 0.086 to 5.2 per minute for "
      "ketamine. With another delay the same rates give another course; a shorter one peaks earlier and "
      "higher.");
  if (setup.effect_site->half_life)
    setup.caveats.emplace_back(
        "The delay is the user's own number and belongs to this model alone; nothing published was read.");
}

}  // namespace

Result<plan::TargetSite> target_site(const pkpd::Structure& structure, const pkpd::Values& values,
                                     const std::optional<EffectSite>& effect_site, pkpd::Bound bound) {
  const auto system = structure.system(values);
  if (!system) return system.error();
  const auto entries = structure.entries(structure.route("intravenous").value_or(0), values);
  if (!entries) return entries.error();
  const bool plain = entries->size() == 1 && entries->front().lag == Duration{} && !entries->front().over;
  if (!plain)
    return fault("--model", fmt::format("{} has no plain infusion into a vein", structure.model().id),
                 ErrorCode::outside_domain);
  plan::TargetSite site{*system, 0, std::nullopt, entries->front().fraction};
  site.system.input = entries->front().compartment;
  if (!effect_site) return site;
  if (effect_site->half_life) {
    site.system =
        pkpd::with_effect_site(site.system, 0, std::numbers::ln2 / effect_site->half_life->in(units::h));
    site.effect_site = site.system.outputs.size() - 1;
  } else {
    auto delayed = pkpd::with_delay(*effect_site->effect, std::move(site.system), 0, bound);
    site.system = std::move(delayed.system);
    site.effect_site = delayed.output;
  }
  return site;
}

Result<TargetSetup, Errors> set_up_target(const TargetOptions& options) {
  auto question = question_of(options);
  if (!question) return Errors{question.error()};
  auto structure = structure_of(options, options.model);
  if (!structure) return std::move(structure.error());
  const auto patient = patient_argument(options.patient);
  if (!patient) return Errors{patient.error()};
  if (!patient->weight)
    return Errors{fault("--patient", "rates are told per kg as well: give a weight, as in weight=70,age=40")};
  TargetSetup setup{*std::move(structure), *patient, std::nullopt, *std::move(question), {}};
  setup.caveats = setup.model().caveats;
  if (!options.effect_site.empty()) {
    auto effect_site = effect_site_of(options, setup.model(), setup.caveats);
    if (!effect_site) return std::move(effect_site.error());
    setup.effect_site = *std::move(effect_site);
  }
  auto site = typical_site(setup.structure, *patient, options.parameters, setup.effect_site);
  if (!site) return Errors{site.error()};
  setup.question.site = *std::move(site);
  setup.question.amounts = Eigen::VectorXd::Zero(setup.question.site.system.rates.rows());
  say_what_was_not_checked(setup);
  return setup;
}

Result<individual::Forecast> drawn_members(const TargetOptions& options, const TargetSetup& setup) {
  if (setup.model().variability.blocks.empty())
    return fault("--subjects", fmt::format("model {} states no spread between patients: nothing can be drawn",
                                           setup.model().id));
  const auto overrides = parameters_argument(options.parameters, setup.structure);
  if (!overrides) return overrides.error();
  const auto population = pkpd::Population::make(setup.structure, setup.patient, *options.seed, *overrides);
  if (!population) return population.error();
  individual::Forecast forecast{
      setup.model().id, setup.model().version, individual::Basis::population, setup.model().outputs, {}, {}};
  for (std::size_t i = 0; i < options.subjects; ++i) {
    const auto values = population->subject(static_cast<std::uint32_t>(i));
    if (!values) return values.error();
    auto site = target_site(setup.structure, *values, setup.effect_site);
    if (!site) return site.error();
    forecast.members.push_back({std::move(site->system), setup.question.amounts, site->fraction});
  }
  return forecast;
}

Result<std::vector<OtherModel>, Errors> other_models(const TargetOptions& options, const TargetSetup& setup) {
  std::vector<OtherModel> others;
  for (const std::string& name : options.beside) {
    auto structure = structure_of(options, name);
    if (!structure) {
      for (Error& error : structure.error()) {
        if (error.where == "--model") error.where = "--beside";
      }
      return std::move(structure.error());
    }
    const pkpd::Model& model = structure->model();
    const auto& steered = setup.model().outputs.front();
    if (model.outputs.front().moiety != steered.moiety || model.dosed.front() != setup.model().dosed.front())
      return Errors{fault("--beside",
                          fmt::format("{} is a model of another drug than {}", model.id, setup.model().id))};
    std::optional<EffectSite> effect_site = setup.effect_site;
    // A half-life belongs to its own model; the time of a peak does not, where its source allows others.
    if (effect_site &&
        (effect_site->half_life || !pkpd::PairedEffect::make(*effect_site->effect, predicted_by(model))))
      effect_site.reset();
    auto site = typical_site(*structure, setup.patient, "", effect_site);
    if (!site) return Errors{site.error()};
    others.push_back(
        {fmt::format("{} ({})", model.id, pkpd::site_text(model.outputs.front().site)), *std::move(site)});
  }
  return others;
}

}  // namespace evenkeel::app
