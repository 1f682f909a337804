// From ensembles to a report's value: curves, percentiles, and what is read off them.
#pragma once

#include <vector>

#include "apps/evenkeel/ensemble_setup.hpp"
#include "report/simulation.hpp"

namespace evenkeel::app {

// None when the user stopped it. Errors: those of the ensembles.
[[nodiscard]] Result<std::optional<report::Simulation>> simulation_of(
    const SimulateOptions& options, const std::vector<EnsembleSetup>& setups);

}  // namespace evenkeel::app
