// The readers of evidence, criteria, pathway, help lines and the patient's page: a shipped file with one
// thing wrong at a time.

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "content/library_loader.hpp"
#include "content/readers.hpp"

namespace evenkeel::content {
namespace {

std::string shipped(const char* file) {
  return *read_text(std::filesystem::path{EVENKEEL_SOURCE_DIR} / "content" / file);
}

std::string with(std::string text, std::string_view from, std::string_view to) {
  const auto place = text.find(from);
  EXPECT_NE(place, std::string::npos) << from;
  if (place != std::string::npos) text.replace(place, from.size(), to);
  return text;
}

// The first fault, or "read".
template <class T>
std::string fault_of(const Result<T, Errors>& read) {
  return read ? "read" : to_string(read.error().front());
}

#define EXPECT_SAYS(expression, words) EXPECT_NE((expression).find(words), std::string::npos) << (expression)

TEST(ReadEvidence, ASentenceWithANumberNamesItsSources) {
  const std::string text = shipped("evidence/diagnosis-reliability.json");
  EXPECT_EQ(fault_of(read_evidence(text)), "read");
  EXPECT_SAYS(fault_of(read_evidence(with(text, "How the criteria behave", "How 10 criteria behave"))),
              "names its sources");
  EXPECT_SAYS(
      fault_of(read_evidence(with(text, R"("sources": ["cd-sam-2021"])", R"("sources": ["nobody"])"))),
      "'nobody' is not among");
  EXPECT_SAYS(fault_of(read_evidence(with(text, R"("label": "V")", R"("label": "R")"))), "only recalled");
}

TEST(ReadCriteria, ItStaysADraftAndAProposal) {
  const std::string text = shipped("criteria/dependence-review.json");
  EXPECT_EQ(fault_of(read_criteria(text)), "read");
  EXPECT_SAYS(fault_of(read_criteria(with(text, R"("status": "draft")", R"("status": "released")"))),
              "is a draft");
  EXPECT_SAYS(fault_of(read_criteria(with(text, R"("label": "P")", R"("label": "V")"))), "a proposal: P");
  EXPECT_SAYS(fault_of(read_criteria(with(text, R"("id": "craving")", R"("id": "tolerance")"))), "twice");
  EXPECT_SAYS(fault_of(read_criteria(with(text, "A strong wish", "An addict's wish"))), "blames");
}

TEST(ReadPathway, NeverNamesAnAmountOfADrug) {
  const std::string text = shipped("help/pathway.json");
  EXPECT_EQ(fault_of(read_pathway(text)), "read");
  EXPECT_SAYS(fault_of(read_pathway(with(text, "Supportive care,", "Give 5 mg of it, supportive care,"))),
              "an amount of a drug");
}

TEST(ReadPathway, AHigherLevelNeverHasMoreTime) {
  const std::string text = shipped("help/pathway.json");
  EXPECT_SAYS(fault_of(read_pathway(with(text, R"("value": 3, "unit": "d")", R"("value": 30, "unit": "d")"))),
              "longer than at a lower level");
  EXPECT_SAYS(fault_of(read_pathway(with(text, R"("from_level": 2)", R"("from_level": 3)"))),
              "not called for");
}

TEST(ReadHelpLines, ALineHasANumberADayAndACountry) {
  const std::string text = shipped("help/lines.json");
  EXPECT_EQ(fault_of(read_help_lines(text)), "read");
  EXPECT_SAYS(fault_of(read_help_lines(with(text, R"("number": "911")", R"("number": "nine")"))),
              "has a digit");
  EXPECT_SAYS(
      fault_of(read_help_lines(with(text, R"("last_checked": "2026-11-28")", R"("last_checked": "soon")"))),
      "last_checked");
  EXPECT_SAYS(fault_of(read_help_lines(with(text, R"("country": "US")", R"("country": "us")"))),
              "two letters");
  EXPECT_SAYS(fault_of(read_help_lines(with(text, R"("value": 31)", R"("value": 365)"))),
              "at least every 92");
  EXPECT_SAYS(fault_of(read_help_lines(with(text, R"("id": "988")", R"("id": "samhsa")"))), "twice");
}

TEST(ReadPatientPage, AFactCitesEvidenceAndNoSentenceHasAPercentage) {
  const std::string text = shipped("help/patient-page.json");
  EXPECT_EQ(fault_of(read_patient_page(text)), "read");
  EXPECT_SAYS(fault_of(read_patient_page(with(text, "That is why", "Because of 8 % that is why"))),
              "percentage");
  EXPECT_SAYS(fault_of(read_patient_page(with(text, "That is why", "3 reasons say that"))),
              "with a number in it cites");
  EXPECT_SAYS(fault_of(read_patient_page(with(text, R"("kind": "advice")", R"("kind": "fact")"))),
              "states a fact cites");
  EXPECT_SAYS(fault_of(read_patient_page(with(text, "You do not have to", "An addict has to"))), "blames");
  EXPECT_SAYS(fault_of(read_patient_page(with(text, R"("shows_lines": true)", R"("shows_lines": false)"))),
              "stand in one section");
}

}  // namespace
}  // namespace evenkeel::content
