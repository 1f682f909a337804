// Records: the examples satisfy reader and schema; whatever breaks the schema, the reader refuses; what is
// written reads back the same; and the JSON report is what its schema says.

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "assess/assess.hpp"
#include "content/library_loader.hpp"
#include "content/schema_check.hpp"
#include "exchange/record_reader.hpp"
#include "exchange/record_writer.hpp"
#include "mutations.hpp"
#include "report/json.hpp"

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

std::vector<fs::path> examples() {
  std::vector<fs::path> found;
  for (const auto& entry : fs::directory_iterator(source / "examples")) {
    const bool is_ledger = entry.path().filename().string().starts_with("ledger-");
    if (entry.path().extension() == ".jsonl" && !is_ledger) found.push_back(entry.path());
  }
  return found;
}

// One event of every kind: from the examples, and the kinds they lack.
std::vector<std::string> one_of_each_kind() {
  std::map<std::string, std::string> by_kind;
  for (const fs::path& file : examples()) {
    for (const std::string& line : lines_of(file)) {
      const auto tree = nlohmann::json::parse(line);
      if (tree.contains("kind")) by_kind.emplace(tree["kind"], line);
    }
  }
  for (const std::string& line : lines_of(source / "tests/contract/more_kinds.jsonl")) {
    by_kind.emplace(nlohmann::json::parse(line)["kind"], line);
  }
  std::vector<std::string> lines;
  for (auto& [kind, line] : by_kind) lines.push_back(line);
  return lines;
}

TEST(RecordContract, EveryKindHasAnExampleHere) {
  EXPECT_EQ(one_of_each_kind().size(), std::variant_size_v<care::Body>);
}

TEST(RecordContract, ExamplesSatisfyReaderAndSchema) {
  const auto rules = schema("record-1.schema.json");
  for (const fs::path& file : examples()) {
    std::ifstream in{file};
    const auto reading = read_record(in);
    ASSERT_TRUE(reading) << to_string(reading.error());
    EXPECT_TRUE(reading->set_aside.empty()) << file;
    for (const std::string& line : lines_of(file)) {
      for (const Error& fault : content::contradictions(line, rules))
        ADD_FAILURE() << line << ": " << to_string(fault);
    }
  }
}

TEST(RecordContract, WhateverBreaksTheSchemaTheReaderRefuses) {
  const auto rules = schema("record-1.schema.json");
  std::size_t broken = 0;
  for (const std::string& line : one_of_each_kind()) {
    ASSERT_TRUE(content::contradictions(line, rules).empty()) << line;
    ASSERT_TRUE(read_event(line)) << line << ": " << to_string(read_event(line).error().front());
    for (const auto& mutation : test::mutations(nlohmann::json::parse(line))) {
      const std::string text = mutation.document.dump();
      if (content::contradictions(text, rules).empty()) continue;
      ++broken;
      EXPECT_FALSE(read_event(text)) << "the reader accepts " << mutation.what << ": " << text;
    }
  }
  EXPECT_GT(broken, 300U);
}

TEST(RecordContract, WhatIsWrittenReadsBackTheSame) {
  for (const std::string& line : one_of_each_kind()) {
    const auto event = read_event(line);
    ASSERT_TRUE(event);
    const std::string written = write_event(*event);
    const auto again = read_event(written);
    ASSERT_TRUE(again) << written << ": " << to_string(again.error().front());
    EXPECT_EQ(write_event(*again), written);
    EXPECT_EQ(again->at, event->at);
    EXPECT_EQ(again->body.index(), event->body.index());
  }
}

TEST(RecordContract, AmountsKeepTheDigitsTheyWereWrittenWith) {
  const auto event = read_event(
      R"({"id":"a","patient":"p","at":"2026-03-02T09:00:00Z","recorded_at":"2026-03-02T09:00:00Z",)"
      R"("recorded_by":"n","kind":"session_ended","body":{"session":"s","completion":"completed",)"
      R"("given":{"value":35.50,"unit":"mg","as":"base"}}})");
  ASSERT_TRUE(event);
  EXPECT_NE(write_event(*event).find(R"("value":35.50)"), std::string::npos);
}

TEST(ReportContract, EveryReportIsWhatItsSchemaSays) {
  const auto rules = schema("assessment-1.schema.json");
  const auto library = content::load_library(source / "content");
  ASSERT_TRUE(library);
  for (const fs::path& file : examples()) {
    std::ifstream in{file};
    const auto reading = read_record(in);
    ASSERT_TRUE(reading);
    for (const char* now : {"2026-01-01T00:00:00Z", "2026-03-05T12:00:00Z", "2026-06-16T12:00:00Z",
                            "2026-09-11T10:20:00Z", "2027-01-01T00:00:00Z"}) {
      for (const char* model : {"", "domino-1982", "kamp-2020"}) {
        const auto report =
            report::to_json(assess::assess({reading->record, *library, *Instant::parse(now), model, {}}));
        for (const Error& fault : content::contradictions(report, rules)) {
          ADD_FAILURE() << file << " at " << now << " by " << model << ": " << to_string(fault);
        }
      }
    }
  }
}

TEST(ReportContract, TheSameQuestionGivesTheSameBytes) {
  const auto library = content::load_library(source / "content");
  ASSERT_TRUE(library);
  std::ifstream in{source / "examples/warning-course.jsonl"};
  const auto reading = read_record(in);
  ASSERT_TRUE(reading);
  const auto once = [&] {
    return report::to_json(
        assess::assess({reading->record, *library, *Instant::parse("2026-06-16T12:00:00Z"), "", {}}));
  };
  EXPECT_EQ(once(), once());
}

}  // namespace
}  // namespace evenkeel::exchange
