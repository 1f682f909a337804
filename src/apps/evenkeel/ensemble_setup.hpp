// From a regimen, a model and the command line to an ensemble of subjects.
#pragma once

#include <memory>
#include <string_view>

#include "apps/evenkeel/simulate_options.hpp"
#include "exchange/regimen_reader.hpp"
#include "pkpd/ensemble.hpp"
#include "pkpd/population.hpp"

namespace evenkeel::app {

// What an ensemble refers to, kept in one place: it does not move.
struct EnsembleSetup {
  std::unique_ptr<const pkpd::Population> population;
  std::unique_ptr<const pkpd::ResidualErrors> residuals;
  exchange::Regimen regimen;
  pkpd::Ensemble ensemble;
  std::vector<std::string> caveats;  // beside the model's own

  [[nodiscard]] const pkpd::Structure& structure() const { return population->structure(); }
  [[nodiscard]] const pkpd::Model& model() const { return structure().model(); }
};

// `regimen` is the file's text, `name` its name for messages. Errors: those of the readers, of Population and
// of doses_for; an interaction that the model or a route cannot show.
[[nodiscard]] Result<EnsembleSetup, Errors> set_up(const SimulateOptions& options, const pkpd::Model& model,
                                                   std::string_view regimen);

}  // namespace evenkeel::app
