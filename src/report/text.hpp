// An assessment as text for a terminal or a letter: at most 80 columns, plain unless `colour`.
// Pure; what came from the record is shown without control characters.
#pragma once

#include <string>

#include "assess/assessment.hpp"

namespace evenkeel::report {

struct TextOptions {
  bool colour = false;  // ANSI colours; never the only sign
};

[[nodiscard]] std::string to_text(const assess::Assessment& assessment, const TextOptions& options = {});

}  // namespace evenkeel::report
