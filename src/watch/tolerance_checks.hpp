// Checks of spacing, withdrawal, effect and drug tests. Each is explained where it is defined. Not for other
// layers.
#pragma once

#include "watch/outcome.hpp"

namespace evenkeel::watch {

[[nodiscard]] RuleOutcome failed_spacing(const Rule& rule, const Chart& chart);
[[nodiscard]] RuleOutcome withdrawal_pattern(const Rule& rule, const Chart& chart);
[[nodiscard]] RuleOutcome benefit_lost(const Rule& rule, const Chart& chart);
[[nodiscard]] RuleOutcome effect_against_model(const Rule& rule, const Chart& chart);
[[nodiscard]] RuleOutcome toxicology(const Rule& rule, const Chart& chart);

}  // namespace evenkeel::watch
