// For what cannot happen unless this program is wrong. Input is never checked with it.
#pragma once

namespace evenkeel {

// Ends the process, naming the place of the call, when `condition` is false; in every build, because
// a wrong number is worse than none. (The defaults are std::source_location's, which Clang 14 lacks.)
void expects(bool condition, const char* what, const char* file = __builtin_FILE(),
             int line = __builtin_LINE());

}  // namespace evenkeel
