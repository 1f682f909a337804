// What a clinic sets for itself, as a file (evenkeel.site/1): limits of its own, syringe and pump, how old
// what is known may be, opening hours. Numbers are read as they are written, in decimals: limits are compared
// exactly. docs/site-format.md describes it, schema/site-1.schema.json states it again.
#pragma once

#include <string_view>

#include "base/result.hpp"
#include "plan/site.hpp"

namespace evenkeel::content {

// The value, or every fault of the text at once (invalid_input, by its path). Each limit is of Origin::site,
// above zero and of a kind of its own; together they make a LimitSet. Safe to use from any thread.
[[nodiscard]] Result<plan::Site, Errors> read_site(std::string_view text);

}  // namespace evenkeel::content
