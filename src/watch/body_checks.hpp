// Checks of the body and of what is urgent. Each is explained where it is defined. Not for other layers.
#pragma once

#include "watch/outcome.hpp"

namespace evenkeel::watch {

[[nodiscard]] RuleOutcome bladder(const Rule& rule, const Chart& chart);
[[nodiscard]] RuleOutcome liver(const Rule& rule, const Chart& chart);
[[nodiscard]] RuleOutcome cognition(const Rule& rule, const Chart& chart);
[[nodiscard]] RuleOutcome sedatives(const Rule& rule, const Chart& chart);
[[nodiscard]] RuleOutcome urgent_harm(const Rule& rule, const Chart& chart);
[[nodiscard]] RuleOutcome suicide_risk(const Rule& rule, const Chart& chart);

}  // namespace evenkeel::watch
