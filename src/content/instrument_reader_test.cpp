// A shipped instrument with one thing wrong at a time, and what every shipped instrument must carry.

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>

#include "content/library_loader.hpp"
#include "content/readers.hpp"
#include "content/schema_check.hpp"
#include "json/write.hpp"

namespace evenkeel::content {
namespace {

namespace fs = std::filesystem;

const fs::path folder = fs::path{EVENKEEL_SOURCE_DIR} / "content/instruments";

struct Broken {
  const char* name;
  const char* id;
  const char* from;
  const char* to;
  const char* where;
  const char* what;
};

void PrintTo(const Broken& row, std::ostream* out) {
  *out << row.name;
}

class BrokenInstrument : public testing::TestWithParam<Broken> {};

TEST_P(BrokenInstrument, IsRefusedWithThePlaceAndTheReason) {
  const Broken& row = GetParam();
  std::string text = *read_text(folder / (std::string{row.id} + ".json"));
  const auto place = text.find(row.from);
  ASSERT_NE(place, std::string::npos);
  text.replace(place, std::string_view{row.from}.size(), row.to);
  const auto read = read_instrument(text);
  ASSERT_FALSE(read);
  const bool told = std::ranges::any_of(read.error(), [&](const Error& fault) {
    return fault.where == row.where && fault.what.find(row.what) != std::string::npos;
  });
  std::string all;
  for (const Error& fault : read.error()) all += to_string(fault) + "\n";
  EXPECT_TRUE(told) << all;
}

constexpr const char* text_item = R"({"linkId": "stem", "text": "Ask the patient:", "type": "display"})";

INSTANTIATE_TEST_SUITE_P(
    Rows, BrokenInstrument,
    testing::Values(
        Broken{"TheFormBefore", "phq-9", "evenkeel.instrument/2", "evenkeel.instrument/1", "schema",
               "no longer read; docs/instrument-format.md"},
        Broken{"AnotherResource", "phq-9", R"("Questionnaire")", R"("Patient")", "questionnaire.resourceType",
               "'Patient' where the file says 'Questionnaire'"},
        Broken{"AnotherVersionWithin", "phq-9", R"(phq-9",
    "version": "2.0.0")",
               R"(phq-9",
    "version": "2.0.1")",
               "questionnaire.version", "'2.0.1' where the file says '2.0.0'"},
        Broken{"ActiveWhereTheFileIsNotReleased", "phq-9", R"("status": "released")", R"("status": "draft")",
               "questionnaire.status", "'active' where the file is released"},
        Broken{"AnAddressThatIsNone", "phq-9", "https://evenkeel.example/fhir", "evenkeel",
               "questionnaire.url", "not an absolute address"},
        Broken{"ALinkIdTwice", "asq", R"("linkId": "2")", R"("linkId": "1")", "questionnaire.item[2].linkId",
               "'1' appears twice"},
        Broken{"ADisplayThatIsRequired", "asq", text_item,
               R"({"linkId": "stem", "text": "Ask", "type": "display", "required": true})",
               "questionnaire.item[0].required", "does not belong to an item of this type"},
        Broken{"AGroupWithoutItems", "asq", text_item,
               R"({"linkId": "stem", "text": "Ask", "type": "group"})", "questionnaire.item[0]",
               "a group holds items"},
        Broken{"AChoiceWithoutAnswers", "asq", text_item,
               R"({"linkId": "stem", "text": "Ask", "type": "choice"})", "questionnaire.item[0]",
               "a choice has 'answerOption'"},
        Broken{"AnIntegerWithoutARange", "asq", text_item,
               R"({"linkId": "stem", "text": "Ask", "type": "integer"})", "questionnaire.item[0]",
               "its least and its most value"},
        Broken{"AnUnknownType", "asq", text_item,
               R"({"linkId": "stem", "text": "Ask", "type": "open-choice"})", "questionnaire.item[0].type",
               "not known here"},
        Broken{"AConditionOnALaterItem", "asq", R"("enableWhen": [{"question": "4")",
               R"("enableWhen": [{"question": "5")", "questionnaire.item[5].enableWhen[0].question",
               "no item '5' with an answer before"},
        Broken{"AConditionOfAnotherType", "asq", R"("answerBoolean": true)", R"("answerInteger": 1)",
               "questionnaire.item[5].enableWhen[0]", "not of the type of item '4'"},
        Broken{"AConditionOnAnOptionThatIsNot", "ham-d", R"("answerCoding": {"code": "1"})",
               R"("answerCoding": {"code": "2"})", "questionnaire.item[17].enableWhen[0].answerCoding",
               "has no option '2'"},
        Broken{"SeveralConditionsWithoutABehaviour", "asq", R"(,
        "enableBehavior": "any")",
               "", "questionnaire.item[7]", "'enableBehavior' is needed"},
        Broken{"AnOptionsValueTwice", "cgi-s", R"("valueDecimal": 2)", R"("valueDecimal": 1)",
               "questionnaire.item[0].answerOption[1].extension", "this value appears twice"},
        Broken{"AnOptionsCodeTwice", "cgi-s", R"("code": "2")", R"("code": "1")",
               "questionnaire.item[0].answerOption[1].valueCoding", "this code appears twice"},
        Broken{"HalfAPoint", "cgi-s", R"("valueDecimal": 2)", R"("valueDecimal": 2.5)",
               "questionnaire.item[0].answerOption[1].extension[0].valueDecimal", "2.5"},
        Broken{"ACodeOfAnotherSystem", "phq-9", "http://loinc.org", "http://snomed.info/sct",
               "questionnaire.code[0]", "is of the system http://loinc.org"},
        Broken{"ScoringAnItemThatIsNot", "gad-7", R"({"item": "7"})", R"({"item": "8"})",
               "scoring.total.items[6].item", "there is no item '8'"},
        Broken{"ScoringAnItemTwice", "gad-7", R"({"item": "7"})", R"({"item": "6"})",
               "scoring.total.items[6].item", "an item counts once"},
        Broken{"ScoringWords", "asq", R"({"item": "1"})", R"({"item": "4-how"})",
               "scoring.total.items[0].item", "no item '4-how' with an answer to score"},
        Broken{"ARangeThatTheItemsDoNotGive", "gad-7", R"("high": 21)", R"("high": 20)",
               "scoring.total.bands", "bands end at 21, not at 20"},
        Broken{"AWeightThatChangesTheRange", "pain-0-10", R"({"item": "1"})", R"({"item": "1", "weight": 2})",
               "scoring.total", "add up to 0 to 20, but the range says 0 to 10"},
        Broken{"BandsThatLeaveAGap", "gad-7", R"({"from": 5, "to": 9)", R"({"from": 6, "to": 9)",
               "scoring.total.bands", "begins at 6, not at 5"},
        Broken{"BandsByAnItemThatIsNot", "slums", R"("bands_by": "education")", R"("bands_by": "school")",
               "scoring.total.bands_by", "no item 'school'"},
        Broken{"ABandWithoutItsAnswer", "slums", R"("when": 0,)", "", "scoring.total.bands[0]",
               "'when' stands with 'bands_by'"},
        Broken{"ProratingItemsThatAreNotAlike", "slums", R"("rule": "none_allowed")",
               R"("rule": "prorate", "at_most": 2, "rounding": "up")", "scoring.total.missing",
               "their mean means nothing"},
        Broken{"ProratingWithoutRounding", "gad-7", R"("rule": "none_allowed")",
               R"("rule": "prorate", "at_most": 2)", "scoring.total.missing", "'rounding' is missing from"},
        Broken{"ProratingFromNothing", "gad-7", R"("rule": "none_allowed")",
               R"("rule": "prorate", "at_most": 7, "rounding": "up")", "scoring.total.missing.at_most",
               "at least one item"},
        Broken{"CountingAsNoAnswer", "gad-7", R"("rule": "none_allowed")",
               R"("rule": "count_as", "at_most": 2, "value": 4)", "scoring.total.missing.value",
               "4 is no answer to item '1'"},
        Broken{"AnUrgentItemThatIsNot", "phq-9", R"("item": "9",)", R"("item": "10",)",
               "scoring.urgent[0].item", "there is no item '10'"},
        Broken{"AnUrgentAnswerThatIsNone", "phq-9", R"("at_least": 1)", R"("at_least": 4)",
               "scoring.urgent[0].at_least", "no answer to item '9' reaches 4"},
        Broken{"AScreenOfMoreThanItsItems", "asq", R"("count": 1)", R"("count": 5)",
               "scoring.screens[0].count", "more than there are items"},
        Broken{"ANumberOnlyRecalled", "phq-9", R"("label": "V")", R"("label": "R")",
               "scoring.total.bands[0].label", "only recalled"}),
    [](const auto& row) { return std::string(row.param.name); });

std::vector<care::Instrument> all_shipped() {
  std::vector<care::Instrument> all;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().filename() == "schema.json") continue;
    auto read = read_instrument(*read_text(entry.path()));
    EXPECT_TRUE(read) << entry.path();
    if (read) all.push_back(*std::move(read));
  }
  return all;
}

TEST(ShippedInstruments, AreThoseThatThePlanOfCareNeeds) {
  const auto all = all_shipped();
  for (const char* id :
       {"phq-9", "gad-7", "ham-d", "cgi-s", "cgi-i", "bprs-positive", "audit-c", "asq", "slums",
        "craving-0-10", "dissociation-0-10", "pain-0-10", "bladder-check", "withdrawal-check",
        "sedation-check", "discharge-readiness", "dependence-check", "daily-life"}) {
    EXPECT_NE(std::ranges::find(all, id, &care::Instrument::id), all.end()) << id;
  }
}

// One is either Evenkeel's own and says so, or published, and then says where its wording was read.
TEST(ShippedInstruments, CarryLicenceNoticeIntervalAndTheSourceOfTheirWording) {
  for (const care::Instrument& each : all_shipped()) {
    EXPECT_FALSE(each.licence.empty()) << each.id;
    EXPECT_FALSE(each.notice.empty()) << each.id;
    EXPECT_FALSE(each.interval.text.empty()) << each.id;
    const bool own = each.notice.find("Own wording of Evenkeel") != std::string::npos;
    const bool read = std::ranges::any_of(each.sources, [](const auto& source) {
      return source.second.find("read 2026") != std::string::npos ||
             source.second.find("2026-11-28") != std::string::npos;
    });
    EXPECT_NE(own, read) << each.id << ": published and own wording are told apart";
    if (!own) {
      EXPECT_NE(each.licence.find("wording"), std::string::npos) << each.id;
    }
  }
}

TEST(ShippedInstruments, NoneIsOneWhoseLicenceForbidsIt) {
  for (const auto& entry : fs::directory_iterator(folder)) {
    std::string name = entry.path().stem().string();
    std::ranges::transform(name, name.begin(), [](unsigned char c) { return std::tolower(c); });
    for (const char* forbidden : {"c-ssrs", "cssrs", "madrs", "moca", "qids", "cadss", "kset", "dast", "sds",
                                  "assist", "dlcq", "icsi", "oabss", "comm", "pmq", "pwc", "wsas", "eq-5d"}) {
      EXPECT_FALSE(name.starts_with(forbidden)) << name;
    }
    const std::string text = *read_text(entry.path());
    for (const char* marker :
         {"Columbia-Suicide", "Montgomery", "Montreal Cognitive", "Clinician-Administered Dissociative",
          "Quick Inventory of Depressive", "Severity of Dependence Scale", "Ketamine Side Effect"}) {
      EXPECT_EQ(text.find(marker), std::string::npos) << name << ": " << marker;
    }
  }
}

TEST(ShippedInstruments, TheZeroOptionOfGad7IsNotAtAll) {  // "not at all sure" is a known wrong copy
  const auto all = all_shipped();
  const auto gad = std::ranges::find(all, "gad-7", &care::Instrument::id);
  for (const care::Item& item : gad->items) {
    if (item.type == care::ItemType::choice) {
      EXPECT_EQ(item.options.front().text, "Not at all");
    }
  }
}

TEST(ShippedInstruments, GiveTheirFhirQuestionnaireBackAsItStandsInTheFile) {
  for (const care::Instrument& each : all_shipped()) {
    const auto file = json::parse(*read_text(folder / (each.id + ".json")));
    const auto questionnaire = std::ranges::find(file->members, "questionnaire", &json::Member::key);
    EXPECT_EQ(each.questionnaire, json::dump(questionnaire->value)) << each.id;
    EXPECT_NE(each.questionnaire.find(R"("resourceType":"Questionnaire")"), std::string::npos);
  }
}

// Three troubles are summed; company, where more is better, and an illness of the body are read by
// themselves.
TEST(DailyLife, SumsTroubleAndClaimsNoCutOff) {
  const auto all = all_shipped();
  const auto life = std::ranges::find(all, "daily-life", &care::Instrument::id);
  ASSERT_NE(life, all.end());
  const auto total = [&](int contacts, int body) {
    return care::score(
        *life, {"daily-life",
                care::Moment::between_doses,
                {{"work", 3}, {"contacts", contacts}, {"sleep", 2}, {"concentration", 1}, {"body", body}},
                {}});
  };
  EXPECT_EQ(total(7, 0).total, 6);
  EXPECT_EQ(total(0, 1).total, 6);
  EXPECT_EQ(total(0, 1).band, "");
  const auto contacts = std::ranges::find(life->items, "contacts", &care::Item::id);
  EXPECT_EQ(contacts->low, 0);
  EXPECT_EQ(contacts->high, 7);
  EXPECT_FALSE(total(8, 0).total);  // a week has seven days
}

// The example of the how-to is one that can be copied.
TEST(SiteInstrument, TheExampleOfTheHowToIsReadWithoutAFault) {
  const std::string page = *read_text(fs::path{EVENKEEL_SOURCE_DIR} / "docs/how-to/add-an-instrument.md");
  const auto begin = page.find("```json\n") + 8;
  const std::string example = page.substr(begin, page.find("```", begin) - begin);
  const auto read = read_instrument(example);
  ASSERT_TRUE(read) << to_string(read.error().front());
  EXPECT_TRUE(contradictions(example, *read_text(folder / "schema.json")).empty());
  const care::Score found =
      care::score(*read, {read->id, care::Moment::baseline, {{"asleep", 2}, {"rested", 2}, {"naps", 1}}, {}});
  EXPECT_EQ(found.total, 2 + (3 - 2) + 1);
  EXPECT_EQ(found.band, "some trouble");
}

class SiteInstruments : public testing::Test {
 protected:
  void SetUp() override {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    site_ = fs::temp_directory_path() /
            ("evenkeel-site-" + std::string(test->name()) + "-" + std::to_string(getpid()));
    fs::remove_all(site_);
    fs::create_directories(site_);
  }
  void TearDown() override { fs::remove_all(site_); }

  // The shipped pain scale under another id.
  void own(const std::string& id, const std::string& file) {
    std::string text = *read_text(folder / "pain-0-10.json");
    text.replace(text.find(R"("id": "pain-0-10")"), 17, R"("id": ")" + id + "\"");
    std::ofstream{site_ / file} << text;
  }
  [[nodiscard]] Result<assess::Library, Errors> load() const {
    return load_library(folder.parent_path(), site_);
  }

  fs::path site_;
};

TEST_F(SiteInstruments, JoinThoseOfTheLibrary) {
  own("site-pain", "site-pain.json");
  const auto library = load();
  ASSERT_TRUE(library) << to_string(library.error().front());
  const auto alone = load_library(folder.parent_path());
  EXPECT_EQ(library->instruments.size(), alone->instruments.size() + 1);
  EXPECT_EQ(library->instruments.back().id, "site-pain");
}

TEST_F(SiteInstruments, ReplaceNoneOfTheLibrary) {
  own("pain-0-10", "pain-0-10.json");
  const auto library = load();
  ASSERT_FALSE(library);
  EXPECT_NE(library.error().front().what.find("has an instrument 'pain-0-10' already"), std::string::npos);
}

TEST_F(SiteInstruments, AreReadAsStrictlyAsTheShipped) {
  std::ofstream{site_ / "broken.json"} << "{}";
  own("another", "name.json");
  const auto library = load();
  ASSERT_FALSE(library);
  const auto told = [&](std::string_view part) {
    return std::ranges::any_of(library.error(), [&](const Error& fault) {
      return to_string(fault).find(part) != std::string::npos;
    });
  };
  EXPECT_TRUE(told("broken.json"));
  EXPECT_TRUE(told("'another' is not the file's name"));
}

TEST_F(SiteInstruments, AFolderThatIsNotThereIsAFaultAndNotNothing) {
  fs::remove_all(site_);
  const auto library = load();
  ASSERT_FALSE(library);
  EXPECT_EQ(library.error().front().code, ErrorCode::storage);
}

}  // namespace
}  // namespace evenkeel::content
