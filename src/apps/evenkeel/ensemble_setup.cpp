#include "apps/evenkeel/ensemble_setup.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "apps/evenkeel/arguments.hpp"
#include "apps/evenkeel/command.hpp"
#include "content/library_loader.hpp"
#include "content/population_reader.hpp"
#include "pkpd/interaction.hpp"
#include "pkpd/uncertainty.hpp"

namespace evenkeel::app {
namespace {

constexpr BodyMass reference_weight = 70.0 * units::kg;

Result<pkpd::Who, Errors> who(const SimulateOptions& options) {
  if (options.population.empty()) {
    const auto patient = patient_argument(options.patient);
    if (!patient) return Errors{patient.error()};
    return pkpd::Who{*patient};
  }
  const auto text = content::read_text(options.population);
  if (!text) return Errors{text.error()};
  auto population = content::read_population(*text);
  if (population) return pkpd::Who{*std::move(population)};
  for (Error& fault : population.error()) fault.where = options.population + ": " + fault.where;
  return std::move(population.error());
}

Result<pkpd::Population> population_of(const SimulateOptions& options, const pkpd::Model& model,
                                       const pkpd::Who& who) {
  pkpd::Structure structure{model};
  auto overrides = parameters_argument(options.parameters, structure);
  if (!overrides) return overrides.error();
  if (options.replicate > 0) {
    overrides = pkpd::sample_typical(model, *options.seed, options.replicate, *overrides);
    if (!overrides) return overrides.error();
  }
  return pkpd::Population::make(std::move(structure), who, options.seed.value_or(0), *std::move(overrides));
}

bool follows_covariates(const pkpd::Parameter& parameter) {
  return parameter.per_body_mass || !parameter.effects.empty();
}

std::vector<bool> varying(const pkpd::Population& population, bool drawn, bool members) {
  const auto& parameters = population.structure().model().parameters;
  std::vector<bool> varies(parameters.size(), false);
  for (std::size_t i = 0; members && i < parameters.size(); ++i)
    varies[i] = follows_covariates(parameters[i]);
  if (!drawn) return varies;
  for (const auto& effect : population.effects().effects()) varies[effect.parameter] = true;
  return varies;
}

// Doses per kg follow each member's weight; those that are not do not. Both in one regimen would need a
// factor for each dose.
Result<bool> doses_follow_weight(const exchange::Regimen& regimen, bool members) {
  if (!members || !exchange::needs_weight(regimen)) return false;
  for (const auto& dose : regimen.doses) {
    const auto& amount = dose.amount ? dose.amount : dose.rate;
    if (amount && !amount->per_kg) {
      return Error{ErrorCode::invalid_input, "--population",
                   "a regimen in mg and in mg/kg at once is for one patient, not for a population"};
    }
  }
  return true;
}

std::optional<Error> set_doses(EnsembleSetup& setup, bool members) {
  const auto follow = doses_follow_weight(setup.regimen, members);
  if (!follow) return follow.error();
  const auto weight = *follow ? std::optional{reference_weight} : setup.population->patient(0).weight;
  auto doses = exchange::doses_for(setup.regimen, weight);
  if (!doses) return doses.error();
  setup.ensemble.doses = *std::move(doses);
  if (*follow) {
    setup.ensemble.dose_factor = [population =
                                      setup.population.get()](std::size_t subject) -> Result<double> {
      const auto known = population->patient(static_cast<std::uint32_t>(subject)).weight;
      if (!known) return Error{ErrorCode::invalid_input, "", "a dose per kg, and no weight is known"};
      return *known / reference_weight;
    };
  }
  return std::nullopt;
}

std::optional<Error> set_residuals(const SimulateOptions& options, EnsembleSetup& setup) {
  if (!options.residual) return std::nullopt;
  auto residuals = pkpd::ResidualErrors::make(setup.model());
  if (!residuals) return residuals.error();
  if (setup.model().variability.residuals.empty())
    return Error{ErrorCode::invalid_input, "--residual",
                 fmt::format("model {} states no residual error", setup.model().id)};
  setup.residuals = std::make_unique<const pkpd::ResidualErrors>(*std::move(residuals));
  setup.ensemble.residual = setup.residuals.get();
  return std::nullopt;
}

void set_values(const SimulateOptions& options, EnsembleSetup& setup) {
  const pkpd::Population* population = setup.population.get();
  pkpd::Ensemble& ensemble = setup.ensemble;
  ensemble.occasions = options.seed && population->effects().has_occasions();
  if (options.seed) {
    const bool occasions = ensemble.occasions;
    ensemble.values_of = [population, occasions](std::size_t subject, int occasion) {
      return population->subject(static_cast<std::uint32_t>(subject),
                                 occasions ? std::optional{occasion} : std::nullopt);
    };
  } else {
    const auto typical = population->typical(0);
    ensemble.values_of = [typical](std::size_t, int) { return typical; };
  }
}

// The parameters of every subject beside another drug, as it was seen with the regimen's route.
std::optional<Error> set_interaction(const pkpd::Interaction& interaction, EnsembleSetup& setup) {
  pkpd::Ensemble& ensemble = setup.ensemble;
  const std::size_t route = ensemble.doses.empty() ? 0 : ensemble.doses.front().dose.route;
  for (const auto& each : ensemble.doses) {
    if (each.dose.route != route)
      return Error{ErrorCode::invalid_input, "--interaction",
                   "an interaction is applied to one route at a time"};
  }
  const pkpd::Structure* structure = &setup.structure();
  const auto with = [interaction, structure, route](const pkpd::Values& values) {
    return pkpd::apply(interaction, *structure, values, route, structure->model().dosed.front());
  };
  const auto first = ensemble.values_of(0, 1);
  if (!first) return first.error();
  const auto applied = with(*first);
  if (!applied) return applied.error();
  setup.caveats.push_back("With " + interaction.with + ": " + interaction.title + ".");
  setup.caveats.insert(setup.caveats.end(), applied->caveats.begin(), applied->caveats.end());
  ensemble.values_of = [with, alone = std::move(ensemble.values_of)](std::size_t subject,
                                                                     int occasion) -> Result<pkpd::Values> {
    const auto values = alone(subject, occasion);
    if (!values) return values;
    auto changed = with(*values);
    if (!changed) return changed.error();
    return std::move(changed->values);
  };
  // What acts on one parameter of the one may act on another of the other.
  if (std::ranges::find(ensemble.varies, true) != ensemble.varies.end())
    ensemble.varies.assign(ensemble.varies.size(), true);
  return std::nullopt;
}

}  // namespace

Result<EnsembleSetup, Errors> set_up(const SimulateOptions& options, const pkpd::Model& model,
                                     std::string_view regimen) {
  const auto people = who(options);
  if (!people) return people.error();
  auto population = population_of(options, model, *people);
  if (!population) return Errors{population.error()};
  EnsembleSetup setup;
  setup.population = std::make_unique<const pkpd::Population>(*std::move(population));
  auto read = exchange::read_regimen(regimen, setup.structure());
  if (!read) {
    for (Error& fault : read.error()) fault.where = options.regimen + ": " + fault.where;
    return std::move(read.error());
  }
  setup.regimen = *std::move(read);
  const auto times = times_of(options);
  if (!times) return Errors{times.error()};
  const bool members = std::holds_alternative<pkpd::Demographics>(*people);
  setup.ensemble.structure = &setup.structure();
  setup.ensemble.times = *times;
  setup.ensemble.subjects = options.subjects;
  setup.ensemble.seed = options.seed.value_or(0);
  setup.ensemble.varies = varying(*setup.population, options.seed.has_value(), members);
  set_values(options, setup);
  if (auto error = set_doses(setup, members)) return Errors{*std::move(error)};
  if (auto error = set_residuals(options, setup)) return Errors{*std::move(error)};
  if (!options.interaction.empty()) {
    const auto interaction = content::load_interaction(content_folder(options.content), options.interaction);
    if (!interaction) return interaction.error();
    if (auto error = set_interaction(*interaction, setup)) return Errors{*std::move(error)};
  }
  return setup;
}

}  // namespace evenkeel::app
