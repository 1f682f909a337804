// One shipped model, for the tests beside a layer's code.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "content/readers.hpp"
#include "pkpd/structure.hpp"

namespace evenkeel::test {

inline pkpd::Structure shipped_structure(const std::string& id) {
  std::ifstream stream{std::filesystem::path{EVENKEEL_SOURCE_DIR} / "content" / "models" / (id + ".json")};
  const std::string text{std::istreambuf_iterator<char>{stream}, {}};
  auto model = content::read_model(text);
  EXPECT_TRUE(model.has_value()) << id << ": " << (model ? "" : to_string(model.error().front()));
  return pkpd::Structure{model ? *std::move(model) : pkpd::Model{}};
}

}  // namespace evenkeel::test
