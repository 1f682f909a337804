// `evenkeel simulate` on a regimen in JSON: curves, percentiles or a report, of one model or several.
#pragma once

#include <string_view>
#include <vector>

#include "apps/evenkeel/command.hpp"
#include "apps/evenkeel/simulate_options.hpp"
#include "pkpd/model.hpp"

namespace evenkeel::app {

[[nodiscard]] Status simulate_regimen(const SimulateOptions& options, const std::vector<pkpd::Model>& models,
                                      std::string_view regimen);

}  // namespace evenkeel::app
