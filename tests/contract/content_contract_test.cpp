// Shipped content satisfies reader and schema; whatever breaks the schema, the reader refuses too, and
// names a place. (The reader knows more: names that must exist, sums, bounds.)

#include <gtest/gtest.h>

#include <filesystem>
#include <regex>
#include <set>

#include "content/behaviour_reader.hpp"
#include "content/library_loader.hpp"
#include "content/readers.hpp"
#include "content/schema_check.hpp"
#include "mutations.hpp"

namespace evenkeel::content {
namespace {

namespace fs = std::filesystem;

const fs::path content_dir = fs::path(EVENKEEL_SOURCE_DIR) / "content";

template <class T>
Errors faults_of(Result<T, Errors> result) {
  return result ? Errors{} : result.error();
}

// A folder of files of one kind, or one file of content/help by its name.
Errors read_as(const std::string& kind, const std::string& text) {
  if (kind == "criteria") return faults_of(read_criteria(text));
  if (kind == "help/pathway") return faults_of(read_pathway(text));
  if (kind == "help/lines") return faults_of(read_help_lines(text));
  if (kind == "help/patient-page") return faults_of(read_patient_page(text));
  if (kind == "models") return faults_of(read_model(text));
  if (kind == "effects") return faults_of(read_effect(text));
  if (kind == "interactions") return faults_of(read_interaction(text));
  if (kind == "protocols") return faults_of(read_protocol(text));
  if (kind == "instruments") return faults_of(read_instrument(text));
  if (kind == "rules") return faults_of(read_rule(text));
  if (kind == "behaviours") return faults_of(read_behaviour(text));
  return faults_of(read_evidence(text));
}

class ContentContract : public testing::TestWithParam<const char*> {
 protected:
  [[nodiscard]] std::vector<fs::path> files() const {
    const fs::path only{content_dir / (std::string(GetParam()) + ".json")};
    if (fs::exists(only)) return {only};
    std::vector<fs::path> found;
    for (const auto& entry : fs::directory_iterator(content_dir / GetParam())) {
      if (entry.path().extension() == ".json" && entry.path().filename() != "schema.json")
        found.push_back(entry.path());
    }
    return found;
  }
  [[nodiscard]] std::string schema() const {
    const fs::path own{content_dir / (std::string(GetParam()) + ".schema.json")};
    return *read_text(fs::exists(own) ? own : content_dir / GetParam() / "schema.json");
  }
};

TEST_P(ContentContract, ShippedFilesSatisfyReaderAndSchema) {
  ASSERT_FALSE(files().empty());
  for (const fs::path& file : files()) {
    const std::string text = *read_text(file);
    for (const Error& fault : read_as(GetParam(), text)) ADD_FAILURE() << file << ": " << to_string(fault);
    for (const Error& fault : contradictions(text, schema()))
      ADD_FAILURE() << file << ": " << to_string(fault);
  }
}

// The same break at the same kind of place, whatever the item of a list or the name in the file.
std::string kind_of(const std::string& what) {
  static const std::regex names{"/[0-9]+|(/parameters|/sources|/drives)/[^/]+"};
  return std::regex_replace(what, names, "$1/*");
}

TEST_P(ContentContract, WhateverBreaksTheSchemaTheReaderRefuses) {
  const auto rules = schema();
  std::size_t broken = 0;
  std::set<std::string> seen;
  for (const fs::path& file : files()) {
    for (const auto& mutation : test::mutations(nlohmann::json::parse(*read_text(file)))) {
      if (!seen.insert(kind_of(mutation.what)).second) continue;
      const std::string text = mutation.document.dump();
      if (contradictions(text, rules).empty()) continue;
      ++broken;
      EXPECT_FALSE(read_as(GetParam(), text).empty()) << file << ": the reader accepts " << mutation.what;
    }
  }
  EXPECT_GT(broken, 30U);
}

TEST_P(ContentContract, AnUnknownKeyAnywhereIsRefusedByBoth) {
  const auto rules = schema();
  std::set<std::string> seen;
  for (const fs::path& file : files()) {
    for (const auto& mutation : test::mutations(nlohmann::json::parse(*read_text(file)))) {
      if (!mutation.what.starts_with("unknown key")) continue;
      if (mutation.what.ends_with("/sources")) continue;  // whose keys are the file's own
      if (!seen.insert(kind_of(mutation.what)).second) continue;
      const std::string text = mutation.document.dump();
      EXPECT_FALSE(read_as(GetParam(), text).empty()) << file << ": the reader accepts an " << mutation.what;
      EXPECT_FALSE(contradictions(text, rules).empty())
          << file << ": the schema accepts an " << mutation.what;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Kinds, ContentContract,
                         testing::Values("models", "effects", "interactions", "protocols", "instruments",
                                         "rules", "evidence", "criteria", "help/pathway", "help/lines",
                                         "help/patient-page", "behaviours"),
                         [](const auto& kind) {
                           std::string name{kind.param};
                           std::erase_if(name, [](char c) { return c == '/' || c == '-'; });
                           return name;
                         });

TEST(ContentLibrary, IsInOrderAsAWhole) {
  for (const Error& fault : check_library(content_dir)) ADD_FAILURE() << to_string(fault);
}

// The second weight scaling of Kamp 2020 is a file of its own; only the exponents and what is said of
// them may differ.
TEST(ContentLibrary, TheTwoScalingsOfKampDifferOnlyInTheExponentsOfClearances) {
  auto power = nlohmann::json::parse(*read_text(content_dir / "models/kamp-2020.json"));
  auto linear = nlohmann::json::parse(*read_text(content_dir / "models/kamp-2020-linear.json"));
  for (const char* clearance : {"CL", "Q2", "Q3"}) {
    auto& in_power = power["parameters"][clearance]["effects"][0];
    auto& in_linear = linear["parameters"][clearance]["effects"][0];
    EXPECT_EQ(in_power["exponent"], 0.75) << clearance;
    EXPECT_EQ(in_linear["exponent"], 1) << clearance;
    for (const char* key : {"exponent", "source", "note"}) {
      in_power.erase(key);
      in_linear.erase(key);
    }
  }
  for (auto* model : {&power, &linear}) {
    for (const char* key : {"id", "version", "status", "title", "preferred", "on_request"}) model->erase(key);
    (*model)["caveats"].erase(0);  // on the scaling
  }
  EXPECT_EQ(power, linear);
}

// The claims that clinicians and patients ask about; each says what speaks against it as well.
TEST(ContentLibrary, EveryClaimOfTheQuestionSaysWhatIsForItAgainstItAndNotKnown) {
  const auto library = load_library(content_dir);
  ASSERT_TRUE(library);
  for (const char* id : {"dependence-supervised",
                         "dependence-unsupervised",
                         "tolerance-unsupervised",
                         "tolerance-supervised",
                         "craving-and-dependence",
                         "withdrawal-after-supervised",
                         "withdrawal-unsupervised",
                         "bladder-supervised",
                         "bladder-unsupervised",
                         "liver-supervised",
                         "liver-unsupervised",
                         "cognition-supervised",
                         "cognition-unsupervised",
                         "escalation-unsupervised",
                         "second-prescriber-case",
                         "poly-drug-poisonings",
                         "substance-use-disorder-supervised",
                         "abuse-liability-laboratory",
                         "at-home-use",
                         "diagnosis-reliability",
                         "spontaneous-reports",
                         "early-signs-help-seeking",
                         "severity-scale-ketamine"}) {
    const auto entry = std::ranges::find(library->evidence, id, &watch::Evidence::id);
    ASSERT_NE(entry, library->evidence.end()) << id;
    EXPECT_FALSE(entry->supports.empty()) << id;
    EXPECT_FALSE(entry->against.empty()) << id;
    EXPECT_FALSE(entry->unknown.empty()) << id;
  }
  const auto low = std::ranges::find(library->evidence, "dependence-supervised", &watch::Evidence::id);
  for (const watch::Figure& figure : low->figures) EXPECT_NE(figure.unit, "%") << figure.name;
}

// Read by a twelve-year-old: short sentences. The line is ours; the reader of content sees to the rest.
TEST(ContentLibrary, ThePageForPatientsHasShortSentences) {
  const auto library = load_library(content_dir);
  ASSERT_TRUE(library);
  std::size_t words = 0;
  std::size_t sentences = 0;
  for (const auto& section : library->patient_pages.front().sections) {
    for (const auto& sentence : section.sentences) {
      const auto count = static_cast<std::size_t>(std::ranges::count(sentence.text, ' ')) + 1;
      EXPECT_LE(count, 25U) << sentence.text;
      words += count;
      ++sentences;
    }
  }
  EXPECT_LE(words, 15 * sentences);
}

TEST(ContentLibrary, ReportsEveryFaultOfAFileAtOnce) {
  auto tree = nlohmann::json::parse(*read_text(content_dir / "models/kamp-2020.json"));
  tree["parameters"]["CL"]["unit"] = "furlong";
  tree["parameters"]["V1"]["source"] = "nobody";
  tree["parameters"]["Q2"]["label"] = "R";
  tree["parameters"]["V2"]["low"] = 1000;
  tree.erase("caveats");
  tree["flows"][0]["from"] = "nowhere";
  const auto model = read_model(tree.dump());
  ASSERT_FALSE(model);
  std::string all;
  for (const Error& fault : model.error()) all += to_string(fault) + "\n";
  for (const char* part : {"furlong", "use L/h", "'nobody' is not among", "only recalled",
                           "below its own low bound", "'caveats' is missing"}) {
    EXPECT_NE(all.find(part), std::string::npos) << part << " is not in:\n" << all;
  }
}

}  // namespace
}  // namespace evenkeel::content
