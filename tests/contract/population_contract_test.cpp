// Populations: the example satisfies reader and schema, and whatever breaks the schema, the reader refuses.
// (The reader knows more: that a distribution can be drawn from, and which numbers belong together.)

#include <gtest/gtest.h>

#include <filesystem>

#include "content/library_loader.hpp"
#include "content/population_reader.hpp"
#include "content/schema_check.hpp"
#include "mutations.hpp"

namespace evenkeel::content {
namespace {

const std::filesystem::path source{EVENKEEL_SOURCE_DIR};

std::string schema() {
  return *read_text(source / "schema/population-1.schema.json");
}
std::string example() {
  return *read_text(source / "examples/adult-outpatients.population.json");
}

// The example, and with each other shape in place of its own.
std::vector<std::string> populations() {
  auto tree = nlohmann::json::parse(example());
  std::vector<std::string> found{example()};
  tree["age"] = {{"distribution", "uniform"}, {"unit", "years"}, {"low", 18}, {"high", 70},
                 {"source", "evenkeel"},      {"label", "P"}};
  tree["weight"]["distribution"] = "normal";
  tree["weight"]["mean"] = tree["weight"]["median"];
  tree["weight"]["sd"] = 15;
  tree["weight"].erase("median");
  tree["weight"].erase("log_sd");
  found.push_back(tree.dump());
  return found;
}

TEST(PopulationContract, TheExampleSatisfiesReaderAndSchemaAndSaysItIsAnAssumption) {
  for (const std::string& text : populations()) {
    for (const Error& fault : contradictions(text, schema())) ADD_FAILURE() << to_string(fault);
    const auto read = read_population(text);
    ASSERT_TRUE(read) << to_string(read.error().front());
    EXPECT_EQ(read->weight->from.label, Label::proposal);
    EXPECT_EQ(read->age->from.label, Label::proposal);
    EXPECT_EQ(read->asian->from.label, Label::proposal);
  }
}

TEST(PopulationContract, WhateverBreaksTheSchemaTheReaderRefuses) {
  const std::string rules = schema();
  std::size_t broken = 0;
  for (const std::string& text : populations()) {
    for (const auto& mutation : test::mutations(nlohmann::json::parse(text))) {
      const std::string mutated = mutation.document.dump();
      if (contradictions(mutated, rules).empty()) continue;
      ++broken;
      EXPECT_FALSE(read_population(mutated)) << "the reader accepts " << mutation.what;
    }
  }
  EXPECT_GT(broken, 150U);
}

TEST(PopulationContract, AnUnknownKeyAnywhereIsRefusedByBoth) {
  const std::string rules = schema();
  for (const std::string& text : populations()) {
    for (const auto& mutation : test::mutations(nlohmann::json::parse(text))) {
      if (!mutation.what.starts_with("unknown key")) continue;
      const std::string mutated = mutation.document.dump();
      EXPECT_FALSE(contradictions(mutated, rules).empty()) << "the schema accepts an " << mutation.what;
      EXPECT_FALSE(read_population(mutated)) << "the reader accepts an " << mutation.what;
    }
  }
}

// Values at and beyond their bounds: both must judge alike.
TEST(PopulationContract, ReaderAndSchemaHaveTheSameBounds) {
  struct Case {
    const char* place;
    double value;
    bool allowed;
  };
  for (const Case& each :
       {Case{"/weight/median", 0.0, false}, Case{"/weight/median", 651.0, false},
        Case{"/weight/log_sd", 0.0, false}, Case{"/weight/low", -1.0, false},
        Case{"/weight/high", 650.0, true}, Case{"/weight/high", 651.0, false}, Case{"/age/low", 0.0, true},
        Case{"/age/high", 130.0, true}, Case{"/age/high", 131.0, false}, Case{"/age/sd", 0.0, false},
        Case{"/weight_age_correlation/value", 1.0, false}, Case{"/weight_age_correlation/value", -0.99, true},
        Case{"/groups/asian/value", 1.0, true}, Case{"/groups/asian/value", 1.01, false},
        Case{"/groups/japanese/value", 0.0, true}, Case{"/groups/japanese/value", -0.01, false}}) {
    auto tree = nlohmann::json::parse(example());
    tree[nlohmann::json::json_pointer{each.place}] = each.value;
    EXPECT_EQ(contradictions(tree.dump(), schema()).empty(), each.allowed) << each.place << " " << each.value;
    EXPECT_EQ(read_population(tree.dump()).has_value(), each.allowed) << each.place << " " << each.value;
  }
}

}  // namespace
}  // namespace evenkeel::content
