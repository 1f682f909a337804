// Studies: the examples satisfy reader and schema, and whatever breaks the schema, the reader refuses. (The
// reader knows more: what behaviours there are, that shares add up, that values lie within their bounds.)

#include <gtest/gtest.h>

#include <filesystem>
#include <regex>
#include <set>

#include "content/behaviour_reader.hpp"
#include "content/library_loader.hpp"
#include "content/schema_check.hpp"
#include "content/study_reader.hpp"
#include "mutations.hpp"

namespace evenkeel::content {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

const fs::path source{EVENKEEL_SOURCE_DIR};

const std::vector<cohort::Behaviour>& behaviours() {
  static const auto read = *load_behaviours(source / "content");
  return read;
}

Result<cohort::Study, Errors> read(const json& tree) {
  return read_study(tree.dump(), {behaviours(), {}});
}

json example(const char* name = "supervised-or-not") {
  return json::parse(*read_text(source / "examples/studies" / (std::string(name) + ".json")));
}

std::string schema() {
  return *read_text(source / "schema/study-file-1.schema.json");
}

// With factors, and numbers in place of a behaviour's own, as well.
json whole() {
  json tree = example();
  json levels = json::array();
  for (json& arm : tree["arms"]) {
    arm["levels"] = {{"arm", arm["id"]}};
    levels.push_back({{"id", arm["id"]}, {"title", arm["title"]}});
  }
  tree["factors"] = {{{"id", "arm"}, {"title", "Arm"}, {"levels", levels}}};
  tree["mix"][1]["drives"] = {{"relapse",
                               {{"value", 0.01},
                                {"low", 0.0},
                                {"high", 0.1},
                                {"unit", "/wk"},
                                {"source", "evenkeel"},
                                {"label", "P"}}}};
  return tree;
}

std::string all_of(const Errors& faults) {
  std::string text;
  for (const Error& fault : faults) text += to_string(fault) + '\n';
  return text;
}

TEST(StudyFileContract, TheExamplesSatisfyReaderAndSchema) {
  std::size_t files = 0;
  for (const auto& entry : fs::directory_iterator(source / "examples/studies")) {
    if (entry.path().extension() != ".json") continue;
    ++files;
    const std::string text = *read_text(entry.path());
    for (const Error& fault : contradictions(text, schema()))
      ADD_FAILURE() << entry.path() << ": " << to_string(fault);
    const auto study = load_study(entry.path(), source / "content");
    ASSERT_TRUE(study) << all_of(study.error());
    EXPECT_EQ(study->id + ".json", entry.path().filename());
    EXPECT_EQ(study->mix.size(), study->behaviours.size());
    const bool says = std::ranges::any_of(study->assumed, [](const std::string& sentence) {
      return sentence.find("no prevalence") != std::string::npos;
    });
    EXPECT_TRUE(says) << "the mix is a supposition, and the file says so";
  }
  EXPECT_EQ(files, 5U);
}

TEST(StudyFileContract, WhateverBreaksTheSchemaTheReaderRefuses) {
  const std::string rules = schema();
  static const std::regex places{"/[0-9]+|(/nature|/sources|/drives)/[^/]+"};
  std::set<std::string> seen;
  std::size_t broken = 0;
  ASSERT_TRUE(contradictions(whole().dump(), rules).empty());
  ASSERT_TRUE(read(whole())) << all_of(read(whole()).error());
  for (const auto& mutation : test::mutations(whole())) {
    if (!seen.insert(std::regex_replace(mutation.what, places, "$1/*")).second) continue;
    const std::string text = mutation.document.dump();
    const bool known_place = mutation.what.starts_with("unknown key") && !mutation.what.ends_with("/sources");
    const bool contradicts = !contradictions(text, rules).empty();
    if (known_place) {
      EXPECT_TRUE(contradicts) << "the schema accepts an " << mutation.what;
    }
    if (!contradicts) continue;
    ++broken;
    EXPECT_FALSE(read(mutation.document)) << "the reader accepts " << mutation.what;
  }
  EXPECT_GT(broken, 150U);
}

TEST(StudyFileContract, EachArmHasALevelOfEachFactorAndNoTwoHaveTheSame) {
  struct Case {
    const char* place;
    json value;
    const char* says;
  };
  for (const Case& each : std::initializer_list<Case>{
           {"/arms/0/levels/arm", "elsewhere", "has no level 'elsewhere'"},
           {"/arms/1/levels/arm", example()["arms"][0]["id"], "another arm has these levels"},
           {"/arms/0/levels", json::object(), "'arm' is missing"},
           {"/factors/0/levels/1/id", example()["arms"][0]["id"], "another level is called"},
           {"/factors/1", whole()["factors"][0], "another factor is called"}}) {
    json tree = whole();
    if (std::string_view{each.place} == "/factors/1")
      tree["factors"].push_back(each.value);
    else
      tree[json::json_pointer{each.place}] = each.value;
    const auto study = read(tree);
    ASSERT_FALSE(study) << each.place;
    EXPECT_NE(all_of(study.error()).find(each.says), std::string::npos) << all_of(study.error());
  }
  json without = whole();
  without.erase("factors");
  ASSERT_FALSE(read(without));
  EXPECT_NE(all_of(read(without).error()).find("the study has no factors"), std::string::npos);
}

TEST(StudyFileContract, FactorsAndLevelsAreBoundedAlike) {
  json many = whole();
  for (int i = 0; i < 8; ++i) {
    json factor = many["factors"][0];
    factor["id"] = "f" + std::to_string(i);
    for (json& arm : many["arms"]) arm["levels"]["f" + std::to_string(i)] = arm["id"];
    many["factors"].push_back(factor);
  }
  EXPECT_FALSE(contradictions(many.dump(), schema()).empty());
  EXPECT_FALSE(read(many)) << "nine factors";
  json deep = whole();
  for (int i = 0; i < 32; ++i)
    deep["factors"][0]["levels"].push_back({{"id", "l" + std::to_string(i)}, {"title", "Another"}});
  EXPECT_FALSE(contradictions(deep.dump(), schema()).empty());
  EXPECT_FALSE(read(deep)) << "more than 32 levels";
}

// Values at and beyond their bounds: both must judge alike.
TEST(StudyFileContract, ReaderAndSchemaHaveTheSameBounds) {
  struct Case {
    const char* place;
    json value;
    bool allowed;
  };
  for (const Case& each : std::initializer_list<Case>{{"/patients", 0, false},
                                                      {"/patients", 1, true},
                                                      {"/weeks", 520, true},
                                                      {"/weeks", 521, false},
                                                      {"/seed", 9007199254740992ULL, true},
                                                      {"/seed", -1, false},
                                                      {"/seed", 1.5, false},
                                                      {"/dependence_harm/value", 0, false},
                                                      {"/arms/0/evaluation_every", 0.05, false},
                                                      {"/arms/0/missed_evaluations", 1, true},
                                                      {"/arms/0/missed_evaluations", 1.01, false},
                                                      {"/arms/2/bioavailability", 1.01, false},
                                                      {"/arms/2/uses_per_week", 0, false},
                                                      {"/nature/responders/high", 1.01, false},
                                                      {"/nature/responders/unit", "%", false},
                                                      {"/assumed", json::array(), false}}) {
    json tree = example();
    tree[json::json_pointer{each.place}] = each.value;
    EXPECT_EQ(contradictions(tree.dump(), schema()).empty(), each.allowed) << each.place << " " << each.value;
    EXPECT_EQ(read(tree).has_value(), each.allowed) << each.place << " " << each.value;
  }
}

TEST(StudyFileContract, ANumberInPlaceOfABehavioursOwnKeepsItsSource) {
  const auto study = read(whole());
  ASSERT_TRUE(study);
  const cohort::Assumed& relapse = study->behaviours[1].drives.relapse;
  EXPECT_EQ(relapse.value, 0.01);
  EXPECT_EQ(relapse.from.source, "study.evenkeel");
  EXPECT_EQ(study->behaviours[1].sources.back().first, "study.evenkeel");
  EXPECT_EQ(study->behaviours[0].drives.relapse.value, read(example())->behaviours[0].drives.relapse.value);
}

TEST(StudyFileContract, SaysEveryFaultAndWhere) {
  json tree = example();
  tree["mix"][0]["behaviour"] = "saint";
  tree["mix"][2]["behaviour"] = tree["mix"][3]["behaviour"];
  tree["arms"][1]["id"] = tree["arms"][0]["id"];
  tree["people"] = "nobody-stated";
  tree["nature"]["benefit"]["value"] = 0.9;  // above its own high end
  tree["nature"]["help_works"]["label"] = "R";
  const auto study = read(tree);
  ASSERT_FALSE(study);
  const std::string all = all_of(study.error());
  for (const char* part :
       {"there is no behaviour 'saint'", "has its share already", "another arm is called",
        "there is no population 'nobody-stated'", "above its own high bound", "only recalled"})
    EXPECT_NE(all.find(part), std::string::npos) << part << " is not in:\n" << all;
  json half = example();
  half["mix"].erase(0);
  EXPECT_NE(all_of(read(half).error()).find("the shares add up to 0.6"), std::string::npos);
}

TEST(StudyFileContract, APopulationMayBeNamedByItsId) {
  json tree = example();
  pkpd::Demographics people;
  people.id = "stated-elsewhere";
  people.title = "People";
  tree["people"] = people.id;
  const auto study = read_study(tree.dump(), {behaviours(), {&people, 1}});
  ASSERT_TRUE(study) << all_of(study.error());
  EXPECT_EQ(study->people.title, "People");
}

TEST(BehaviourContract, SignsNameTheirRulesAndOthersNone) {
  json tree = json::parse(*read_text(source / "content/behaviours/adherent.json"));
  tree["expected"] = {"second-source"};
  EXPECT_FALSE(read_behaviour(tree.dump()));
  tree["truth"] = "sign";
  EXPECT_TRUE(read_behaviour(tree.dump()));
  tree["expected"] = json::array();
  EXPECT_FALSE(read_behaviour(tree.dump()));
  const auto unknown = check_expected(behaviours(), {});
  EXPECT_FALSE(unknown.empty());
  EXPECT_NE(unknown.front().what.find("there is no rule"), std::string::npos);
}

TEST(BehaviourContract, NumbersThatContradictEachOtherAreRefused) {
  const json adherent = json::parse(*read_text(source / "content/behaviours/adherent.json"));
  const auto with = [&](const char* field, double value) {
    json tree = adherent;
    tree["drives"][field]["value"] = value;
    tree["drives"][field]["low"] = value;
    tree["drives"][field]["high"] = value;
    return read_behaviour(tree.dump()).has_value();
  };
  EXPECT_TRUE(with("no_show", 1.0));
  EXPECT_FALSE(with("no_show", 1.01));
  EXPECT_FALSE(with("outside_days", 1.0)) << "and there is no supply";
  EXPECT_FALSE(with("onset_from", 519.0)) << "after the latest onset";
}

}  // namespace
}  // namespace evenkeel::content
