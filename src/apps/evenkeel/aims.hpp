// Aims of a dose as words of the command line. Errors name the option.
#pragma once

#include <string>

#include "base/result.hpp"
#include "plan/aim.hpp"

namespace evenkeel::app {

// "100 to 250 ng/mL arterial racemic-ketamine, 90 %": the highest concentration lies in the range.
[[nodiscard]] Result<plan::Aim> peak_argument(const std::string& text);

// "mean-arterial-pressure-langsjo-2005 <= 120, 95 %": the effect stays at or below the limit.
[[nodiscard]] Result<plan::Aim> effect_argument(const std::string& text);

}  // namespace evenkeel::app
