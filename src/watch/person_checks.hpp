// Checks of what the patient reports and of what was found elsewhere. Not for other layers.
#pragma once

#include "watch/outcome.hpp"

namespace evenkeel::watch {

[[nodiscard]] RuleOutcome craving(const Rule& rule, const Chart& chart);
[[nodiscard]] RuleOutcome second_source(const Rule& rule, const Chart& chart);

}  // namespace evenkeel::watch
