// For what cannot happen unless this program is wrong. Input is never checked with it.
#pragma once

#include <source_location>

namespace evenkeel {

// Ends the process, naming the place, when `condition` is false; in every build, because a wrong
// number is worse than none.
void expects(bool condition, const char* what, std::source_location at = std::source_location::current());

}  // namespace evenkeel
