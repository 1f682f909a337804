// Effects read off the curve of one patient: a column for the value and two for its range.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "apps/evenkeel/ensemble_setup.hpp"

namespace evenkeel::app {

struct EffectColumns {
  std::vector<std::string> names;                        // "drug-high-simons-2022", then _low and _high
  std::vector<std::vector<std::optional<double>>> rows;  // by time; none where no value may be read
  std::vector<std::string> caveats;
};

// Errors: an effect that does not exist or was estimated with another drug, site or model; those of
// schedule().
[[nodiscard]] Result<EffectColumns, Errors> effect_columns(const SimulateOptions& options,
                                                           const EnsembleSetup& setup);

}  // namespace evenkeel::app
