// Ledgers: the examples and the page satisfy reader and schema; whatever breaks the schema, the reader
// refuses; what is written reads back the same; and the balance as JSON is what its schema says.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "content/library_loader.hpp"
#include "content/schema_check.hpp"
#include "exchange/ledger_reader.hpp"
#include "exchange/ledger_writer.hpp"
#include "mutations.hpp"
#include "report/ledger_report.hpp"

namespace evenkeel::exchange {
namespace {

namespace fs = std::filesystem;

const fs::path source{EVENKEEL_SOURCE_DIR};

std::string schema(const char* name) {
  return *content::read_text(source / "schema" / name);
}

std::vector<std::string> lines_of(const fs::path& file) {
  std::ifstream in{file};
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

LedgerReading reading_of(const char* example) {
  std::ifstream in{source / "examples" / example};
  auto reading = read_ledger(in);
  EXPECT_TRUE(reading.has_value());
  return *std::move(reading);
}

constexpr const char* examples[] = {"ledger-day.jsonl", "ledger-discrepancy.jsonl"};

std::vector<std::string> one_of_each_kind() {
  std::map<std::string, std::string> by_kind;
  for (const fs::path& file :
       {source / "examples/ledger-day.jsonl", source / "tests/contract/more_ledger_kinds.jsonl"}) {
    for (const std::string& line : lines_of(file)) {
      const auto tree = nlohmann::json::parse(line);
      if (tree.contains("kind")) by_kind.emplace(tree["kind"], line);
    }
  }
  // Waste has two sources: the example's first is of a syringe.
  std::vector<std::string> lines{lines_of(source / "examples/ledger-day.jsonl").back()};
  for (auto& [kind, line] : by_kind) lines.push_back(line);
  return lines;
}

TEST(LedgerContract, EveryKindHasAnExampleHere) {
  EXPECT_EQ(one_of_each_kind().size(), std::variant_size_v<care::ledger::Body> + 1);
}

TEST(LedgerContract, ExamplesSatisfyReaderAndSchema) {
  const auto rules = schema("ledger-1.schema.json");
  for (const char* example : examples) {
    EXPECT_TRUE(reading_of(example).set_aside.empty()) << example;
    for (const std::string& line : lines_of(source / "examples" / example)) {
      for (const Error& fault : content::contradictions(line, rules))
        ADD_FAILURE() << line << ": " << to_string(fault);
    }
  }
}

// Each block of JSON on the page is a line of a ledger; together they are a ledger.
TEST(LedgerContract, ThePagesExamplesAreALedger) {
  const auto rules = schema("ledger-1.schema.json");
  std::string ledger;
  std::size_t count = 0;
  bool inside = false;
  for (const std::string& line : lines_of(source / "docs/ledger-format.md")) {
    if (line.starts_with("```")) {
      inside = line == "```json";
    } else if (inside) {
      EXPECT_TRUE(content::contradictions(line, rules).empty()) << line;
      ledger += line + "\n";
      ++count;
    }
  }
  std::istringstream in{ledger};
  const auto reading = read_ledger(in);
  ASSERT_TRUE(reading) << to_string(reading.error());
  for (const auto& aside : reading->set_aside) ADD_FAILURE() << to_string(aside.error);
  EXPECT_EQ(reading->ledger.size() + 1, count);
  std::set<std::string_view> kinds;
  for (const auto& event : reading->ledger.events()) kinds.insert(kind_text(event.body));
  EXPECT_EQ(kinds.size(), std::variant_size_v<care::ledger::Body>) << "the page shows every kind";
}

TEST(LedgerContract, WhateverBreaksTheSchemaTheReaderRefuses) {
  const auto rules = schema("ledger-1.schema.json");
  std::size_t broken = 0;
  for (const std::string& line : one_of_each_kind()) {
    ASSERT_TRUE(content::contradictions(line, rules).empty()) << line;
    ASSERT_TRUE(read_ledger_event(line))
        << line << ": " << to_string(read_ledger_event(line).error().front());
    for (const auto& mutation : test::mutations(nlohmann::json::parse(line))) {
      const std::string text = mutation.document.dump();
      if (content::contradictions(text, rules).empty()) continue;
      ++broken;
      EXPECT_FALSE(read_ledger_event(text)) << "the reader accepts " << mutation.what << ": " << text;
    }
  }
  EXPECT_GT(broken, 300U);
}

TEST(LedgerContract, WhatIsWrittenReadsBackTheSame) {
  const auto rules = schema("ledger-1.schema.json");
  for (const std::string& line : one_of_each_kind()) {
    const auto event = read_ledger_event(line);
    ASSERT_TRUE(event);
    const std::string written = write_ledger_event(*event);
    EXPECT_TRUE(content::contradictions(written, rules).empty()) << written;
    EXPECT_EQ(nlohmann::json::parse(written), nlohmann::json::parse(line));
    EXPECT_EQ(write_ledger_event(*read_ledger_event(written)), written);
  }
  EXPECT_TRUE(content::contradictions(write_ledger_heading("site-a"), rules).empty());
}

TEST(LedgerContract, EveryBalanceIsWhatItsSchemaSays) {
  const auto rules = schema("ledger-balance-1.schema.json");
  for (const char* example : examples) {
    auto reading = reading_of(example);
    reading.set_aside.push_back({3, "", {ErrorCode::invalid_input, "line 3", "not JSON"}});
    for (const char* now : {"2026-01-01T00:00:00Z", "2026-03-02T11:30:00Z", "2026-03-02T18:00:00Z",
                            "2026-03-20T00:00:00Z", "2028-01-01T00:00:00Z"}) {
      const auto balance = care::ledger::balance(reading.ledger, *Instant::parse(now));
      const std::string json = report::ledger_json({balance, reading.set_aside});
      for (const Error& fault : content::contradictions(json, rules))
        ADD_FAILURE() << example << " at " << now << ": " << to_string(fault);
      EXPECT_EQ(report::ledger_json({balance, reading.set_aside}), json);
    }
  }
}

TEST(LedgerContract, ABalanceWithoutItsLotsContradictsItsSchema) {
  auto tree = nlohmann::json::parse(
      report::ledger_json({care::ledger::balance(reading_of(examples[0]).ledger, {}), {}}));
  tree.erase("lots");
  EXPECT_FALSE(content::contradictions(tree.dump(), schema("ledger-balance-1.schema.json")).empty());
}

}  // namespace
}  // namespace evenkeel::exchange
