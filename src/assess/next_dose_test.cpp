#include "assess/next_dose.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "assess/assess.hpp"
#include "content/library_loader.hpp"
#include "content/site_reader.hpp"
#include "exchange/record_reader.hpp"

namespace evenkeel::assess {
namespace {

const std::filesystem::path source = EVENKEEL_SOURCE_DIR;

class NextDoseOfRecord : public testing::Test {
 protected:
  void SetUp() override {
    auto loaded = content::load_library(source / "content");
    ASSERT_TRUE(loaded);
    library = *std::move(loaded);
    const auto text = content::read_text(source / "examples/site.json");
    ASSERT_TRUE(text);
    auto site = content::read_site(*text);
    ASSERT_TRUE(site);
    options.site = *std::move(site);
  }

  [[nodiscard]] Assessment ask(const char* example, const char* now) const {
    std::ifstream in{source / "examples" / example};
    const auto reading = exchange::read_record(in);
    EXPECT_TRUE(reading);
    return assess({reading->record, library, *Instant::parse(now), "", {}, options});
  }

  Library library;
  NextDoseOptions options;
};

const plan::Advice* advice_of(const Assessment& a) {
  return a.next_dose ? std::get_if<plan::Advice>(&a.next_dose->answer.outcome) : nullptr;
}

std::vector<std::string> reasons_of(const Assessment& a) {
  std::vector<std::string> found;
  if (!a.next_dose) return found;
  if (const auto* none = std::get_if<plan::NoAdvice>(&a.next_dose->answer.outcome)) {
    for (const plan::Gap& gap : none->reasons) found.push_back(gap.sentence());
  }
  return found;
}

TEST_F(NextDoseOfRecord, WithoutAnAimThePlansDoseAloneIsHeldAgainstTheLimits) {
  const auto a = ask("steady-course.jsonl", "2026-09-09T08:00:00Z");
  const auto* advice = advice_of(a);
  ASSERT_NE(advice, nullptr);
  ASSERT_EQ(advice->ranked.size(), 1U);
  EXPECT_EQ(advice->ranked[0].delivered.mg, *Decimal::parse("35"));
}

TEST_F(NextDoseOfRecord, TheSessionIsMovedOnToTheClinicsHours) {
  // Due at 19:36 on a Wednesday; the clinic opens again on Friday at 8.
  const auto a = ask("steady-course.jsonl", "2026-09-09T08:00:00Z");
  ASSERT_TRUE(a.next_dose);
  EXPECT_EQ(a.next_dose->start, *Instant::parse("2026-09-11T08:00:00Z"));
}

TEST_F(NextDoseOfRecord, AStartThatIsNamedIsNotMoved) {
  options.start = *Instant::parse("2026-09-12T08:00:00Z");  // a Saturday
  const auto a = ask("steady-course.jsonl", "2026-09-09T08:00:00Z");
  ASSERT_EQ(advice_of(a), nullptr);
  EXPECT_NE(reasons_of(a).front().find("clinic's hours"), std::string::npos) << reasons_of(a).front();
}

TEST_F(NextDoseOfRecord, WhatIsStaleIsNamedAndThereIsNoAdvice) {
  const auto a = ask("steady-course.jsonl", "2026-12-01T09:00:00Z");
  const auto reasons = reasons_of(a);
  ASSERT_FALSE(reasons.empty());
  const auto names = [&](const char* what) {
    return std::ranges::any_of(reasons,
                               [&](const std::string& r) { return r.find(what) != std::string::npos; });
  };
  EXPECT_TRUE(names("weight is stale"));
  EXPECT_TRUE(names("blood pressure is stale"));
}

TEST_F(NextDoseOfRecord, AWorryingCourseGetsNoAdviceUntilSomebodyLooked) {
  const auto a = ask("warning-course.jsonl", "2026-06-16T12:00:00Z");
  EXPECT_EQ(advice_of(a), nullptr);
  const auto reasons = reasons_of(a);
  EXPECT_TRUE(std::ranges::any_of(
      reasons, [](const std::string& r) { return r.find("second-source, level 3") != std::string::npos; }));
}

TEST_F(NextDoseOfRecord, WithoutAPlanThereAreNoLimitsAndNoAdvice) {
  const auto a = ask("measured-course.jsonl", "2026-03-05T12:00:00Z");
  EXPECT_FALSE(a.next_dose);
  EXPECT_NE(a.no_next_dose_because.find("no plan"), std::string::npos) << a.no_next_dose_because;
}

TEST_F(NextDoseOfRecord, BeforeTheFirstInfusionTheModelsAreAskedAllTheSame) {
  const auto a = ask("steady-course.jsonl", "2026-09-04T12:00:00Z");
  ASSERT_TRUE(a.next_dose);
  EXPECT_EQ(a.next_dose->notes.size(), 4U);  // a line for each model that answered
  EXPECT_TRUE(
      std::ranges::none_of(reasons_of(a), [](const std::string& r) { return r.starts_with("prediction"); }));
}

TEST_F(NextDoseOfRecord, AnInteractionThatWasNeverSeenByVeinIsNotApplied) {
  options.interactions = {"clarithromycin"};
  const auto a = ask("steady-course.jsonl", "2026-09-09T08:00:00Z");
  ASSERT_TRUE(a.next_dose && a.next_dose->what_if);
  EXPECT_EQ(a.next_dose->what_if->rows.size(), 4U);
  EXPECT_TRUE(std::ranges::any_of(a.next_dose->not_asked, [](const ModelNotAsked& m) {
    return m.model.find("clarithromycin") != std::string::npos;
  }));
}

}  // namespace
}  // namespace evenkeel::assess
