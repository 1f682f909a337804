// The models as they are shipped, read one by one: a fault in other content does not stop these tests.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "content/readers.hpp"
#include "pkpd/trajectory.hpp"

namespace evenkeel::pkpd {

inline std::filesystem::path models_folder() {
  return std::filesystem::path{EVENKEEL_SOURCE_DIR} / "content" / "models";
}

inline Model shipped_model(const std::filesystem::path& file) {
  std::ifstream stream{file};
  const std::string text{std::istreambuf_iterator<char>{stream}, {}};
  auto model = content::read_model(text);
  EXPECT_TRUE(model.has_value()) << file << ": " << (model ? "" : to_string(model.error().front()));
  return model ? *std::move(model) : Model{};
}

inline std::vector<Model> shipped_models() {
  std::vector<Model> models;
  for (const auto& entry : std::filesystem::directory_iterator{models_folder()}) {
    const auto& file = entry.path();
    if (file.extension() == ".json" && file.stem() != "schema") models.push_back(shipped_model(file));
  }
  return models;
}

// The system of a shipped model for a patient of `weight_kg`.
inline LinearSystem shipped_system(const std::string& id, double weight_kg) {
  const auto system =
      make_system(shipped_model(models_folder() / (id + ".json")), {weight_kg * units::kg, std::nullopt});
  EXPECT_TRUE(system.has_value()) << id;
  return *system;
}

}  // namespace evenkeel::pkpd
