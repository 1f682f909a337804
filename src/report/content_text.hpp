// The library as text: a line for each entry, or one entry whole, with the source and label of each
// number. Pure.
#pragma once

#include <string>
#include <string_view>

#include "assess/library.hpp"
#include "base/result.hpp"

namespace evenkeel::report {

[[nodiscard]] std::string list_text(const assess::Library& library);

// Errors: not_found, with the ids that come closest.
[[nodiscard]] Result<std::string> show_text(const assess::Library& library, std::string_view id);

}  // namespace evenkeel::report
