#include "base/expects.hpp"

#include <cstdio>
#include <cstdlib>

namespace evenkeel {

void expects(bool condition, const char* what, std::source_location at) {
  if (condition) return;
  std::fprintf(stderr, "evenkeel: a fault in the program, not in the input: %s (%s:%u)\n", what,
               at.file_name(), at.line());
  std::abort();
}

}  // namespace evenkeel
