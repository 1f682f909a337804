// Checks of what the patient says and does, and of supplies from elsewhere. Not for other layers.
#pragma once

#include "watch/outcome.hpp"

namespace evenkeel::watch {

// preoccupation_checks.cpp
[[nodiscard]] RuleOutcome craving(const Rule& rule, const Chart& chart);
[[nodiscard]] RuleOutcome requests(const Rule& rule, const Chart& chart);
// life_checks.cpp
[[nodiscard]] RuleOutcome neglect(const Rule& rule, const Chart& chart);
[[nodiscard]] RuleOutcome social_withdrawal(const Rule& rule, const Chart& chart);
// illness_checks.cpp
[[nodiscard]] RuleOutcome dependence_score(const Rule& rule, const Chart& chart);
[[nodiscard]] RuleOutcome illness_returning(const Rule& rule, const Chart& chart);
// source_checks.cpp
[[nodiscard]] RuleOutcome second_source(const Rule& rule, const Chart& chart);
[[nodiscard]] RuleOutcome home_supply(const Rule& rule, const Chart& chart);
[[nodiscard]] RuleOutcome many_prescribers(const Rule& rule, const Chart& chart);

}  // namespace evenkeel::watch
