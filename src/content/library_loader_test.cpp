// The library from a folder: a copy of the shipped one with one thing wrong at a time.

#include "content/library_loader.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>

#include "content/schema_check.hpp"

namespace evenkeel::content {
namespace {

namespace fs = std::filesystem;

const fs::path shipped = fs::path{EVENKEEL_SOURCE_DIR} / "content";

// A copy of the shipped content, gone at the end.
class LibraryLoader : public testing::Test {
 protected:
  void SetUp() override {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    folder_ = fs::temp_directory_path() /
              ("evenkeel-content-" + std::string(test->name()) + "-" + std::to_string(getpid()));
    fs::remove_all(folder_);
    fs::copy(shipped, folder_, fs::copy_options::recursive);
  }
  void TearDown() override { fs::remove_all(folder_); }

  void write(const fs::path& file, std::string_view text) {
    std::ofstream out{folder_ / file, std::ios::binary};
    out << text;
  }
  // The file with the first `from` in it replaced by `to`.
  void replace(const fs::path& file, std::string_view from, std::string_view to) {
    std::string text = *read_text(folder_ / file);
    const auto place = text.find(from);
    ASSERT_NE(place, std::string::npos) << file << " has no " << from;
    text.replace(place, from.size(), to);
    write(file, text);
  }
  // The only fault of loading must stand at `where` and have `what` in its words.
  void expect_fault(ErrorCode code, std::string_view where, std::string_view what) {
    const auto loaded = load_library(folder_);
    ASSERT_FALSE(loaded);
    ASSERT_EQ(loaded.error().size(), 1U) << to_string(loaded.error().back());
    EXPECT_EQ(loaded.error()[0].code, code);
    EXPECT_EQ(loaded.error()[0].where, where);
    EXPECT_NE(loaded.error()[0].what.find(what), std::string::npos) << loaded.error()[0].what;
  }

  fs::path folder_;
};

TEST_F(LibraryLoader, LoadsTheShippedContentWithoutAFault) {
  const auto loaded = load_library(folder_);
  ASSERT_TRUE(loaded) << to_string(loaded.error().front());
  EXPECT_TRUE(std::ranges::is_sorted(loaded->rules, {}, &watch::Rule::id));
  EXPECT_TRUE(check_library(folder_).empty());
}

TEST_F(LibraryLoader, AMissingFolderIsAFaultOfStorage) {
  fs::remove_all(folder_ / "rules");
  expect_fault(ErrorCode::storage, (folder_ / "rules").string(), "the folder cannot be read");
  const auto nothing = load_library(folder_ / "nowhere");
  ASSERT_FALSE(nothing);
  EXPECT_EQ(nothing.error().size(), 11U);
  EXPECT_FALSE(check_library(folder_ / "nowhere").empty());
}

TEST_F(LibraryLoader, AFileIsNamedByItsId) {
  fs::rename(folder_ / "instruments/gad-7.json", folder_ / "instruments/gad-8.json");
  expect_fault(ErrorCode::invalid_input, "instruments/gad-8.json: id", "'gad-7' is not the file's name");
}

TEST_F(LibraryLoader, OtherFilesBesideTheContentAreLeftAlone) {
  write("rules/notes.txt", "not JSON");
  write("rules/.json", "not JSON");  // a hidden file without an extension
  EXPECT_TRUE(load_library(folder_));
}

TEST_F(LibraryLoader, AFaultSaysFileAndPlaceAndNothingIsReturned) {
  replace("rules/rate-band.json", R"("unit": "mg/kg/h")", R"("unit": "mg/kg")");
  expect_fault(ErrorCode::invalid_input, "rules/rate-band.json: thresholds.ceiling.unit",
               "'mg/kg' where 'mg/kg/h' is expected");
}

TEST_F(LibraryLoader, FaultsOfAllFilesAreToldAtOnce) {
  write("rules/rate-band.json", "{");
  write("models/kamp-2020.json", "[]");
  const auto loaded = load_library(folder_);
  ASSERT_FALSE(loaded);
  EXPECT_TRUE(
      std::ranges::any_of(loaded.error(), [](const Error& e) { return e.where.starts_with("rules/"); }));
  EXPECT_TRUE(
      std::ranges::any_of(loaded.error(), [](const Error& e) { return e.where.starts_with("models/"); }));
}

TEST_F(LibraryLoader, OneModelIsPreferredForADrug) {
  const auto loaded = load_library(folder_);
  ASSERT_TRUE(loaded);
  const auto model = std::ranges::find_if(loaded->models, &pkpd::Model::preferred);
  ASSERT_NE(model, loaded->models.end());
  const std::string file = "models/" + model->id + ".json";
  fs::copy_file(folder_ / file, folder_ / "models/zz-copy.json");
  replace("models/zz-copy.json", "\"id\": \"" + model->id + "\"", R"("id": "zz-copy")");
  expect_fault(ErrorCode::invalid_input, "models/zz-copy.json: preferred",
               "another model is already preferred");
}

TEST_F(LibraryLoader, ANameMeansOneModel) {
  replace("models/domino-1982.json", R"("dosed")", R"("aliases": ["kamp-2020"], "dosed")");
  expect_fault(ErrorCode::invalid_input, "models/domino-1982.json: aliases",
               "'kamp-2020' already names a model");
}

TEST_F(LibraryLoader, AnEffectIsPairedWithModelsThatExist) {
  replace("effects/sedation-herd-2008.json", R"("models": ["herd-2007"])", R"("models": ["herd-2008"])");
  expect_fault(ErrorCode::not_found, "effects/sedation-herd-2008.json: pairing.models",
               "no model 'herd-2008'");
}

TEST_F(LibraryLoader, AProtocolNamesInstrumentsThatExist) {
  replace("protocols/iv-ket-trd-0.5x40.json", R"("instrument": "gad-7")", R"("instrument": "gad-9")");
  expect_fault(ErrorCode::not_found, "protocols/iv-ket-trd-0.5x40.json: calendar", "no instrument 'gad-9'");
}

TEST_F(LibraryLoader, AProtocolsOutcomeIsAnInstrumentThatExists) {
  replace("protocols/iv-ket-trd-0.5x40.json", R"("outcome_instrument": "phq-9")",
          R"("outcome_instrument": "phq-2")");
  expect_fault(ErrorCode::not_found, "protocols/iv-ket-trd-0.5x40.json: course.outcome_instrument",
               "no instrument 'phq-2'");
}

TEST_F(LibraryLoader, ARuleCitesEvidenceThatExists) {
  fs::remove(folder_ / "evidence/bladder-supervised-case.json");
  expect_fault(ErrorCode::not_found, "rules/bladder-symptoms.json: evidence",
               "no evidence 'bladder-supervised-case'");
}

TEST_F(LibraryLoader, ARulesInstrumentExistsUnlessItIsASitesOwn) {
  replace("rules/dependence-score.json", R"("site_instrument": true,)", "");
  expect_fault(ErrorCode::not_found, "rules/dependence-score.json: instruments.dependence",
               "there is no instrument 'sds'");
}

// A licence keeps the score out of this library; a site that has one loads it, and the rule reads it.
TEST_F(LibraryLoader, ASitesInstrumentJoinsTheRuleThatWaitsForIt) {
  const fs::path site = folder_ / "site";
  fs::create_directories(site);
  fs::copy_file(folder_ / "instruments/pain-0-10.json", site / "sds.json");
  replace("site/sds.json", R"("id": "pain-0-10")", R"("id": "sds")");
  const auto loaded = load_library(folder_, site);
  ASSERT_TRUE(loaded) << to_string(loaded.error().front());
  const auto rule = std::ranges::find(loaded->rules, "dependence-score", &watch::Rule::id);
  ASSERT_NE(rule, loaded->rules.end());
  EXPECT_TRUE(rule->site_instrument);
  EXPECT_EQ(rule->instrument("dependence"), loaded->instruments.back().id);
}

TEST_F(LibraryLoader, ARuleWithoutInstrumentsHasNoneOfASite) {
  replace("rules/rate-band.json", R"("thresholds")", R"("site_instrument": true, "thresholds")");
  expect_fault(ErrorCode::invalid_input, "rules/rate-band.json: site_instrument",
               "stands only beside 'instruments'");
}

TEST_F(LibraryLoader, ARuleNamesACheckOfThisProgramWithItsThresholds) {
  replace("rules/rate-band.json", R"("check": "rate_band")", R"("check": "rate_bend")");
  expect_fault(ErrorCode::invalid_input, "rules/rate-band.json: check", "'rate_bend' is no check");
}

TEST_F(LibraryLoader, ACountThresholdIsWholeAndOthersAboveZero) {
  replace("rules/bladder-symptoms.json", R"("value": 2,)", R"("value": 0,)");
  expect_fault(ErrorCode::invalid_input, "rules/bladder-symptoms.json: thresholds.visits.value",
               "whole number");
}

TEST_F(LibraryLoader, BandsOfAnInstrumentFollowWithoutAGap) {
  replace("instruments/phq-9.json", R"({"from": 5, "to": 9)", R"({"from": 6, "to": 9)");
  expect_fault(ErrorCode::invalid_input, "instruments/phq-9.json: scoring.total.bands",
               "without gap or overlap");
}

TEST_F(LibraryLoader, APageForPatientsCitesEvidenceThatExists) {
  replace("help/patient-page.json", R"("poly-drug-poisonings")", R"("poly-drug-parties")");
  expect_fault(ErrorCode::not_found, "help/patient-page.json: what-lowers-the-risk",
               "no evidence 'poly-drug-parties'");
}

TEST_F(LibraryLoader, ACriterionNamesRulesAndItemsThatExist) {
  replace("criteria/dependence-review.json", R"("craving-between-doses")", R"("craving-on-sundays")");
  expect_fault(ErrorCode::not_found, "criteria/dependence-review.json: craving",
               "no rule 'craving-on-sundays'");
  replace("criteria/dependence-review.json", R"("craving-on-sundays")", R"("craving-between-doses")");
  replace("criteria/dependence-review.json", R"("item": "neglect")", R"("item": "neglected")");
  expect_fault(ErrorCode::not_found, "criteria/dependence-review.json: role-failure", "no item 'neglected'");
}

TEST_F(LibraryLoader, AStepOfThePathwayNamesRulesThatExist) {
  replace("help/pathway.json", R"("bladder-symptoms")", R"("bladder-sympathy")");
  expect_fault(ErrorCode::not_found, "help/pathway.json: urology", "no rule 'bladder-sympathy'");
}

TEST_F(LibraryLoader, ASitesOwnHelpLinesAreReadFromItsFile) {
  const auto own = load_help_lines(folder_ / "help/lines.json");
  ASSERT_TRUE(own);
  EXPECT_NE(watch::place_of(*own, "US"), nullptr);
  replace("help/lines.json", R"("country": "US")", R"("country": "usa")");
  const auto wrong = load_help_lines(folder_ / "help/lines.json");
  ASSERT_FALSE(wrong);
  EXPECT_NE(wrong.error().front().where.find("lines.json"), std::string::npos);
  EXPECT_EQ(load_help_lines(folder_ / "none.json").error().front().code, ErrorCode::storage);
}

TEST_F(LibraryLoader, AnEnormousFileIsNotRead) {
  write("rules/rate-band.json", std::string((4 << 20) + 1, ' '));
  const auto text = read_text(folder_ / "rules/rate-band.json");
  ASSERT_FALSE(text);
  EXPECT_EQ(text.error().code, ErrorCode::invalid_input);
  EXPECT_FALSE(load_library(folder_));
}

TEST_F(LibraryLoader, ReadTextSaysWhatItCannotRead) {
  EXPECT_EQ(read_text(folder_ / "none.json").error().code, ErrorCode::storage);
  EXPECT_EQ(read_text(folder_).error().code, ErrorCode::storage);
  write("empty.json", "");
  EXPECT_EQ(*read_text(folder_ / "empty.json"), "");
}

TEST_F(LibraryLoader, CheckFileGoesByTheFilesOwnSchemaLine) {
  EXPECT_TRUE(check_file(folder_ / "rules/rate-band.json", folder_).empty());
  fs::rename(folder_ / "rules/rate-band.json", folder_ / "anywhere.json");
  EXPECT_TRUE(check_file(folder_ / "anywhere.json", folder_).empty());
  replace("anywhere.json", "evenkeel.rule/1", "evenkeel.rule/2");
  const auto unknown = check_file(folder_ / "anywhere.json", folder_);
  ASSERT_EQ(unknown.size(), 1U);
  EXPECT_TRUE(unknown[0].where.ends_with("anywhere.json: schema"));
  EXPECT_TRUE(unknown[0].what.ends_with("evenkeel.evidence/2 or evenkeel.behaviour/1")) << unknown[0].what;
  write("anywhere.json", "{");
  EXPECT_NE(check_file(folder_ / "anywhere.json", folder_).at(0).what.find("JSON"), std::string::npos);
  EXPECT_EQ(check_file(folder_ / "none.json", folder_).at(0).code, ErrorCode::storage);
}

TEST_F(LibraryLoader, CheckFileAsksTheSchemaWhereTheReaderIsContent) {
  // A schema that refuses what the reader takes.
  replace("rules/schema.json", R"("type": "object")", R"("type": "array")");
  const auto faults = check_file(folder_ / "rules/rate-band.json", folder_);
  ASSERT_FALSE(faults.empty());
  EXPECT_NE(faults[0].what.find("contradicts the schema"), std::string::npos);
}

TEST(FolderOf, NamesEachKind) {
  EXPECT_EQ(folder_of(ContentKind::model), "models");
  EXPECT_EQ(folder_of(ContentKind::interaction), "interactions");
  EXPECT_EQ(folder_of(ContentKind::evidence), "evidence");
  EXPECT_EQ(folder_of(ContentKind::help_lines), "help");
  EXPECT_EQ(folder_of(ContentKind::criteria), "criteria");
}

TEST(Contradictions, NameThePlaceAndStopExceptions) {
  const char* schema = R"({"type":"object","properties":{"a":{"type":"array","items":{"type":"integer"}}}})";
  EXPECT_TRUE(contradictions(R"({"a":[1]})", schema).empty());
  const auto found = contradictions(R"({"a":[1,"x"]})", schema);
  ASSERT_FALSE(found.empty());
  EXPECT_TRUE(std::ranges::any_of(found, [](const Error& e) { return e.where == "a[1]"; }));
  EXPECT_NE(contradictions("{", schema).at(0).what.find("cannot be applied"), std::string::npos);
  EXPECT_NE(contradictions("{}", "{").at(0).what.find("cannot be applied"), std::string::npos);
}

}  // namespace
}  // namespace evenkeel::content
