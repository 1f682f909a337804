// The library as it is shipped.
#pragma once

#include "content/library_loader.hpp"

namespace evenkeel::test {

// Read once for a test program: it takes a while and never changes.
inline const assess::Library& shipped_library() {
  static const assess::Library library = *content::load_library(EVENKEEL_SOURCE_DIR "/content");
  return library;
}

}  // namespace evenkeel::test
