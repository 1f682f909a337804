// Checks of the body and of what is urgent. Not for other layers.
#pragma once

#include "watch/outcome.hpp"

namespace evenkeel::watch {

[[nodiscard]] RuleOutcome bladder(const Rule& rule, const Chart& chart);

}  // namespace evenkeel::watch
