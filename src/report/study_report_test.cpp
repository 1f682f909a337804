// The forms of a study's report: each begins with what is measured, assumed and not said; the patients' table
// carries every number of the result.
#include "report/study_report.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <sstream>

#include "report/page.hpp"
#include "report/study_words.hpp"
#include "support/study_report_example.hpp"

namespace evenkeel::report {
namespace {

using study_test::example_outcomes;
using study_test::example_report;
using study_test::example_study;

StudyReport example() {
  return example_report(example_study(), example_outcomes(example_study(), 11));
}

std::vector<std::string> cells(const std::string& line) {
  std::vector<std::string> found{""};
  for (const char c : line) {
    if (c == ',') {
      found.emplace_back();
    } else {
      found.back() += c;
    }
  }
  return found;
}

// The patients, as whoever has only the CSV sees them.
std::vector<std::map<std::string, std::string>> read_back(const std::string& csv) {
  std::istringstream in{csv};
  std::string line;
  std::getline(in, line);
  const auto names = cells(line);
  std::vector<std::map<std::string, std::string>> rows;
  while (std::getline(in, line)) {
    const auto values = cells(line);
    EXPECT_EQ(values.size(), names.size());
    std::map<std::string, std::string> row;
    for (std::size_t i = 0; i < names.size(); ++i) row[names[i]] = values[i];
    rows.push_back(std::move(row));
  }
  return rows;
}

std::string patients_csv(const cohort::Study& study, const std::vector<cohort::Outcome>& outcomes) {
  std::string csv = patients_csv_header(
      std::vector<std::string>{"craving", "interval", "second-source", "bladder", "quiet"});
  for (const cohort::Outcome& outcome : outcomes) csv += patients_csv_line(study, outcome);
  return csv;
}

TEST(StudyCsv, OfPatientsCarriesTheCountsOfTheResult) {
  const cohort::Study study = example_study();
  const auto outcomes = example_outcomes(study, 21);
  const auto rows = read_back(patients_csv(study, outcomes));
  const auto result = example_report(study, outcomes).result;
  ASSERT_EQ(rows.size(), 3U * study.patients);
  for (std::size_t a = 0; a < study.arms.size(); ++a) {
    std::uint64_t onset = 0, noticed = 0, harmed = 0, early = 0, alarms = 0, days = 0, quiet_days = 0,
                  craving = 0;
    double milligrams = 0.0;
    for (const auto& row : rows) {
      if (row.at("arm") != study.arms[a].id) continue;
      const auto day = [&](const char* name) { return row.at(name).empty() ? -1 : std::stoi(row.at(name)); };
      days += std::stoul(row.at("watched_days"));
      milligrams += std::stod(row.at("clinic_mg"));
      if (row.at("truth") != "sign") {
        alarms += std::stoul(row.at("alarms"));
        quiet_days += std::stoul(row.at("watched_days"));
        continue;
      }
      if (day("onset_day") < 0) continue;
      ++onset;
      noticed += day("noticed_day") >= 0;
      craving += day("first:craving") >= day("onset_day");
      const bool harm = day("harm_day") >= day("onset_day");
      harmed += harm;
      early += harm && day("noticed_day") >= 0 && day("noticed_day") < day("harm_day");
    }
    const cohort::ArmResult& arm = result.arms[a];
    EXPECT_EQ(arm.all.noticing.noticed.of, onset);
    EXPECT_EQ(arm.all.noticing.noticed.count, noticed);
    EXPECT_EQ(arm.all.noticing.before_harm.of, harmed);
    EXPECT_EQ(arm.all.noticing.before_harm.count, early);
    EXPECT_EQ(arm.false_alarms.count, alarms);
    EXPECT_EQ(arm.false_alarms.years, static_cast<double>(quiet_days) / 365.25);
    EXPECT_EQ(arm.all.watched_years, static_cast<double>(days) / 365.25);
    EXPECT_NEAR(arm.all.exposure.mean_clinic_mg, milligrams / study.patients, 1e-9 * milligrams);
    if (arm.watched) {
      EXPECT_EQ(arm.rules[0].noticed.count, craving);
    }
  }
}

TEST(StudyCsv, NumbersReadBackAsTheSameDoubles) {
  const cohort::Study study = example_study();
  const auto outcomes = example_outcomes(study, 22);
  const auto rows = read_back(patients_csv(study, outcomes));
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    EXPECT_EQ(std::stod(rows[i].at("area_mg_h_L")), outcomes[i].area_mg_h_L);
    EXPECT_EQ(std::stod(rows[i].at("phq9_end")), outcomes[i].phq9_end);
    EXPECT_EQ(rows[i].at("harm_day").empty(), outcomes[i].harm == cohort::never);
  }
}

TEST(StudyReport, BeginsWithWhatIsMeasuredAssumedAndNotSaid) {
  const StudyReport report = example();
  const std::string text = study_text(report, false);
  EXPECT_LT(text.find("Measured"), 60U);
  EXPECT_NE(text.substr(0, 1200).find("No percentage of addiction is predicted"), std::string::npos);
  const std::string csv = study_csv(report);
  EXPECT_EQ(csv.find("reading,,,,measured"), csv.find('\n') + 1);
  const std::string page = study_page(report);
  const std::size_t said = page.find("No percentage of addiction is predicted");
  ASSERT_NE(said, std::string::npos);
  EXPECT_LT(said, page.find("<nav"));
  EXPECT_LT(study_json(report).find("not_said"), study_json(report).find("\"arms\""));
}

TEST(StudyText, KeepsToEightyColumns) {
  StudyReport report = example();
  for (int pass = 0; pass < 2; ++pass) {
    std::istringstream in{study_text(report, false)};
    for (std::string line; std::getline(in, line);) EXPECT_LE(width(line), 80U) << line;
    for (auto& arm : report.result.study.arms)
      arm.id = std::string(64, 'a'), arm.title = std::string(200, 't');
    for (auto& each : report.result.study.behaviours) each.id = std::string(64, 'b');
    for (auto& rule : report.result.rules) rule.id = std::string(64, 'r');
  }
}

TEST(StudyPage, EscapesWhatItShowsAndHoldsNoScript) {
  StudyReport report = example();
  const std::string hostile = "<script>alert(1)</script>";
  report.result.study.title = report.result.study.question = hostile;
  for (auto& arm : report.result.study.arms) arm.id = arm.title = hostile;
  for (auto& each : report.result.study.behaviours) each.id = each.title = each.status = hostile;
  for (auto& rule : report.result.rules) rule.id = rule.title = hostile;
  for (auto& each : report.sensitivity.assumptions) each.group = each.words = hostile;
  report.result.study.sources = {{hostile, hostile}};
  report.result.study.assumed = {hostile};
  report.program = hostile;
  EXPECT_EQ(study_page(report).find("<script"), std::string::npos);
}

TEST(StudyPage, HasASentenceAboveEachPlotAndNoIdTwice) {
  const std::string page = study_page(example());
  std::map<std::string, int> ids;
  for (std::size_t at = page.find(" id=\""); at != std::string::npos; at = page.find(" id=\"", at + 1)) {
    const std::size_t from = at + 5;
    EXPECT_EQ(++ids[page.substr(from, page.find('"', from) - from)], 1);
  }
  for (std::size_t at = page.find("<section"); at != std::string::npos; at = page.find("<section", at + 1)) {
    const std::size_t look = page.find("class=\"look\"", at);
    const std::size_t plot = page.find("<svg", at);
    EXPECT_LT(look, plot);
  }
  EXPECT_EQ(page.find("nan"), std::string::npos);
  EXPECT_EQ(page.find("NaN"), std::string::npos);
}

TEST(StudyReport, OfNobodyAndWithoutARankingSaysSo) {
  StudyReport report = example_report(example_study(), {});
  report.sensitivity = {};
  EXPECT_NE(study_text(report, false).find("no assumption was moved"), std::string::npos);
  EXPECT_NE(study_page(report).find("no assumption was moved"), std::string::npos);
  EXPECT_NE(study_json(report).find("\"sensitivity\": null"), std::string::npos);
  EXPECT_EQ(study_page(report).find("nan"), std::string::npos);
}

TEST(StudyWords, SayHowFarAndWhichWay) {
  EXPECT_EQ(study::percent(0.0), "0 %");
  EXPECT_EQ(study::percent(0.0004), "<0.1 %");
  EXPECT_EQ(study::percent(0.034), "3.4 %");
  EXPECT_EQ(study::percent(0.5), "50 %");
  EXPECT_EQ(study::percent(0.99961), ">99.9 %");
  EXPECT_EQ(study::percent(1.0), "100 %");
  EXPECT_EQ(study::lead_words(1.0), "1 day before harm");
  EXPECT_EQ(study::lead_words(-12.0), "12 days after harm");
  EXPECT_EQ(study::points(-0.031), "-3.1 points");
  EXPECT_EQ(study::points(0.0), "0 points");
}

}  // namespace
}  // namespace evenkeel::report
