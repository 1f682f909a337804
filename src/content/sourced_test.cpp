// Numbers with their source and label: what is taken, and each reason for refusing one.

#include "content/sourced.hpp"

#include <gtest/gtest.h>

#include "content/readers.hpp"

namespace evenkeel::content {
namespace {

const Header header{"x", "1.0.0", "draft", "X", {{"here", "A citation"}}};

// The faults of reading `text` as a sourced duration, as "where: what".
std::vector<std::string> faults_of(std::string_view text) {
  const auto tree = json::parse(text);
  if (!tree) return {"not JSON"};
  Errors faults;
  static_cast<void>(read_sourced<Duration>(json::Reader{*tree, faults}, header));
  std::vector<std::string> told;
  for (const Error& fault : faults) told.push_back(to_string(fault));
  return told;
}

std::string number(std::string_view value, std::string_view rest = "", std::string_view label = "V") {
  return R"({"value":)" + std::string(value) + R"(,"unit":"min","source":"here","label":")" +
         std::string(label) + "\"" + std::string(rest) + "}";
}

void refused(std::string_view text, std::string_view what) {
  const auto faults = faults_of(text);
  EXPECT_TRUE(std::ranges::any_of(
      faults, [&](const std::string& fault) { return fault.find(what) != std::string::npos; }))
      << text << ": " << (faults.empty() ? "taken" : faults.front());
}

TEST(Sourced, ANumberCarriesUnitSourceLabelAndNote) {
  const auto tree = json::parse(number("40", R"(,"note":"n")", "V2-"));
  Errors faults;
  const auto read = read_sourced<Duration>(json::Reader{*tree, faults}, header);
  EXPECT_TRUE(faults.empty());
  EXPECT_EQ(read.value, 40.0 * units::min);
  EXPECT_EQ(read.from.source, "here");
  EXPECT_EQ(read.from.label, Label::secondary_unnamed);
  EXPECT_EQ(read.from.note, "n");
}

TEST(Sourced, EveryLabelButTheRecalledOneIsTaken) {
  for (const char* label : {"V", "V2", "V2-", "CALC", "D", "P", "C"})
    EXPECT_TRUE(faults_of(number("1", "", label)).empty()) << label;
  refused(number("1", "", "R"), "a number that was only recalled (R) is not shipped");
  refused(number("1", "", "v"), "'v' is not a label; allowed: V, V2, V2-, CALC, D, P, C");
  refused(number("1", "", ""), "label: an empty text");
}

TEST(Sourced, BoundsHoldTheValueAndMayTouchIt) {
  EXPECT_TRUE(faults_of(number("40", R"(,"low":40,"high":40)")).empty());
  EXPECT_TRUE(faults_of(number("40", R"(,"low":-1)")).empty());
  refused(number("40", R"(,"low":40.1)"), "value: 40 is below its own low bound 40.1");
  refused(number("40", R"(,"high":39.9)"), "value: 40 is above its own high bound 39.9");
  refused(number("40", R"(,"low":"1")"), "low: ");
  refused(number("40", R"(,"high":1e13)"), "high: ");
}

TEST(Sourced, ANumberWithoutSourceOrUnitOrBelowZeroIsRefused) {
  refused(R"({"value":1,"unit":"min","label":"V"})", "'source' is missing");
  refused(R"({"value":1,"unit":"min","source":"here"})", "'label' is missing");
  refused(R"({"value":1,"unit":"min","source":"there","label":"V"})",
          "'there' is not among the file's sources");
  refused(R"({"value":1,"unit":"mg","source":"here","label":"V"})", "is not a unit allowed here");
  refused(number("-1"), "a negative number");
  refused(number("1", R"(,"extra":1)"), "unknown key 'extra'");
  refused(number("\"1\""), "value: ");
  refused("[]", "where an object is expected");
}

TEST(Sourced, ACountIsWholeAndInItsUnit) {
  const auto count = [](std::string_view value, std::string_view unit) {
    const auto tree = json::parse(R"({"value":)" + std::string(value) + R"(,"unit":")" + std::string(unit) +
                                  R"(","source":"here","label":"P"})");
    Errors faults;
    const auto read = read_count(json::Reader{*tree, faults}, header, "sessions");
    return faults.empty() ? std::optional{read.value} : std::nullopt;
  };
  EXPECT_EQ(count("6", "sessions"), 6);
  EXPECT_EQ(count("0", "sessions"), 0);
  EXPECT_EQ(count("100000", "sessions"), 100'000);
  EXPECT_FALSE(count("100001", "sessions"));
  EXPECT_FALSE(count("-1", "sessions"));
  EXPECT_FALSE(count("6.5", "sessions"));
  EXPECT_FALSE(count("6", "visits"));
}

TEST(ReadEvidence, HoldsItsHeadingToItsForm) {
  const auto evidence = [](std::string_view id, std::string_view version, std::string_view status,
                           std::string_view schema) {
    return read_evidence(
        R"({"schema":")" + std::string(schema) + R"(","id":")" + std::string(id) + R"(","version":")" +
        std::string(version) + R"(","status":")" + std::string(status) +
        R"(","title":"t","sources":{"here":"c"},"statement":"s","population":"p",)"
        R"("supervised":"yes","grade":"A","label":"V","figures":[],"supports":[{"text":"s"}],"against":[],)"
        R"("unknown":[{"text":"u"}],"limits":"l"})");
  };
  EXPECT_TRUE(evidence("a", "1.0.0", "draft", "evenkeel.evidence/2"));
  EXPECT_EQ(evidence("a b", "1.0.0", "draft", "evenkeel.evidence/2").error().front().where, "id");
  EXPECT_EQ(evidence("a", "1.0", "draft", "evenkeel.evidence/2").error().front().where, "version");
  EXPECT_EQ(evidence("a", "1.0.00000", "draft", "evenkeel.evidence/2").error().front().where, "version");
  EXPECT_EQ(evidence("a", "1.0.0", "final", "evenkeel.evidence/2").error().front().where, "status");
  EXPECT_EQ(evidence("a", "1.0.0", "draft", "evenkeel.rule/1").error().front().where, "schema");
  EXPECT_EQ(evidence("a b", "x", "y", "z").error().size(), 4U);  // every fault at once
}

TEST(Readers, TakeNothingThatIsNotAnObject) {
  for (const char* text : {"", "3", "[]", "null", "\"x\"", "{", "{}"}) {
    EXPECT_FALSE(read_model(text)) << text;
    EXPECT_FALSE(read_protocol(text)) << text;
    EXPECT_FALSE(read_instrument(text)) << text;
    EXPECT_FALSE(read_rule(text)) << text;
    EXPECT_FALSE(read_evidence(text)) << text;
  }
}

}  // namespace
}  // namespace evenkeel::content
