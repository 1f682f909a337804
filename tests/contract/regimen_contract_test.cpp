// Regimens: the examples satisfy reader and schema, and whatever breaks the schema, the reader refuses.

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "content/schema_check.hpp"
#include "exchange/regimen_reader.hpp"
#include "exchange/table_reader.hpp"
#include "mutations.hpp"
#include "support/linear_models.hpp"

namespace evenkeel::exchange {
namespace {

namespace fs = std::filesystem;

const fs::path source{EVENKEEL_SOURCE_DIR};
const pkpd::Structure absorption{test::absorption_model()};

std::string text_of(const fs::path& file) {
  std::ifstream in{file};
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

// The examples, and one regimen with every key.
std::vector<std::string> regimens() {
  std::vector<std::string> found;
  for (const auto& entry : fs::directory_iterator(source / "examples")) {
    const std::string name = entry.path().filename().string();
    if (name.ends_with(".json") && !name.ends_with(".population.json") && name != "site.json" &&
        name != "protocol-settings.json" && name != "openid.json")
      found.push_back(text_of(entry.path()));
  }
  found.push_back(text_of(source / "tests/contract/every_key.regimen.json"));
  return found;
}

TEST(RegimenContract, ExamplesSatisfyReaderAndSchema) {
  const auto rules = text_of(source / "schema/regimen-1.schema.json");
  ASSERT_GE(regimens().size(), 3U);
  for (const std::string& text : regimens()) {
    for (const Error& fault : content::contradictions(text, rules)) ADD_FAILURE() << text << to_string(fault);
    const auto regimen = read_regimen(text, absorption);
    ASSERT_TRUE(regimen) << text << to_string(regimen.error().front());
    EXPECT_TRUE(doses_for(*regimen, 70.0 * units::kg));
  }
}

TEST(RegimenContract, WhateverBreaksTheSchemaTheReaderRefuses) {
  const auto rules = text_of(source / "schema/regimen-1.schema.json");
  std::size_t broken = 0;
  for (const std::string& text : regimens()) {
    for (const auto& mutation : test::mutations(nlohmann::json::parse(text))) {
      const std::string mutated = mutation.document.dump();
      const bool schema_refuses = !content::contradictions(mutated, rules).empty();
      broken += schema_refuses ? 1 : 0;
      EXPECT_EQ(schema_refuses, !read_regimen(mutated, absorption)) << mutation.what << ": " << mutated;
    }
  }
  EXPECT_GT(broken, 150U);
}

// Pairs that do not go together, and values at and beyond their bounds: both must judge alike.
TEST(RegimenContract, ReaderAndSchemaAgreeOnWhatGoesTogether) {
  const auto rules = text_of(source / "schema/regimen-1.schema.json");
  const std::string amount = R"("amount":{"value":5,"unit":"mg","as":"base"})";
  const std::string rate = R"("rate":{"value":5,"unit":"mg/h","as":"base"})";
  const std::string zero_rate = R"("rate":{"value":0,"unit":"mg/h","as":"base"})";
  const std::string over = R"("over":{"value":1,"unit":"h"})";
  const std::string segment =
      R"({"rate":{"value":5,"unit":"mg/h","as":"base"},"for":{"value":1,"unit":"h"}})";
  const std::string segments = R"("segments":[)" + segment + "]";
  const std::string repeat = R"("repeat":{"every":{"value":1,"unit":"d"},"total":2})";
  const std::vector<std::pair<std::string, bool>> cases{
      {"", false},
      {amount, true},
      {amount + "," + over, true},
      {amount + "," + rate, true},
      {amount + "," + zero_rate, false},
      {amount + "," + over + "," + rate, false},
      {amount + "," + segments, false},
      {segments, true},
      {segments + "," + over, false},
      {segments + "," + rate, false},
      {segments + "," + repeat, true},
      {segments + "," + repeat + R"(,"steady_state":true)", false},
      {segments + R"(,"steady_state":false)", false},
      {amount + "," + repeat + R"(,"steady_state":true)", true},
      {amount + R"(,"steady_state":true)", false},
      {amount + R"(,"steady_state":false)", true},
      {R"("amount":{"value":0,"unit":"mg","as":"base"})", false},
      {R"("amount":{"value":-5,"unit":"mg/kg","as":"base"})", false},
      {R"("amount":{"value":5,"unit":"mg/kg","as":"salt"})", false},
      {amount + R"(,"over":{"value":0,"unit":"h"})", false},
      {amount + R"(,"repeat":{"every":{"value":0,"unit":"d"},"total":2})", false},
      {amount + R"(,"repeat":{"every":{"value":1,"unit":"d"},"total":0})", false},
      {amount + R"(,"repeat":{"every":{"value":1,"unit":"d"},"total":2.5})", false},
      {R"("segments":[])", false}};
  for (const auto& [keys, allowed] : cases) {
    const std::string text = R"({"schema":"evenkeel.regimen/1","doses":[{"at":{"value":0,"unit":"h"})" +
                             (keys.empty() ? "" : "," + keys) + "}]}";
    EXPECT_EQ(content::contradictions(text, rules).empty(), allowed) << text;
    EXPECT_EQ(read_regimen(text, absorption).has_value(), allowed) << text;
  }
}

TEST(TableContract, TheExampleIsReadWhole) {
  std::ifstream in{source / "examples/steady-state.csv"};
  auto reader = TableReader::open(in, absorption, {.name = "steady-state.csv"});
  ASSERT_TRUE(reader) << to_string(reader.error());
  EXPECT_TRUE(reader->ignored().empty());
  std::size_t rows = 0;
  while (true) {
    const auto subject = reader->next();
    ASSERT_TRUE(subject) << to_string(subject.error());
    if (!*subject) break;
    rows += (*subject)->rows.size();
    const auto made = pkpd::make_subject(absorption, (*subject)->history);
    ASSERT_TRUE(made) << to_string(reader->located(**subject, made.error()));
    EXPECT_TRUE(pkpd::schedule(absorption, *made));
  }
  EXPECT_EQ(rows, 11U);
}

}  // namespace
}  // namespace evenkeel::exchange
