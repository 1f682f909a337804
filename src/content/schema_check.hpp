// A JSON text against a JSON Schema (draft 7), by the valijson library, whose exceptions stop here.
#pragma once

#include <string_view>

#include "base/result.hpp"

namespace evenkeel::content {

// Every place where `document` contradicts `schema`. Both are JSON texts.
[[nodiscard]] Errors contradictions(std::string_view document, std::string_view schema);

}  // namespace evenkeel::content
