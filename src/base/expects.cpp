#include "base/expects.hpp"

#include <cstdio>
#include <cstdlib>

namespace evenkeel {

void expects(bool condition, const char* what, const char* file, int line) {
  if (condition) return;
  std::fprintf(stderr, "evenkeel: a fault in the program, not in the input: %s (%s:%d)\n", what, file, line);
  std::abort();
}

}  // namespace evenkeel
