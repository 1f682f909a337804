#include "watch/help.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace evenkeel::watch {
namespace {

using units::day;

Instant at(const char* text) {
  return *Instant::parse(text);
}

RuleOutcome found(const char* rule, const char* domain, int level, const char* since) {
  RuleOutcome outcome{rule, "1.0.0", rule, Outcome::found, "", {}};
  Finding finding;
  finding.rule = rule;
  finding.domain = domain;
  finding.level = level;
  finding.since = at(since);
  outcome.findings.push_back(finding);
  return outcome;
}

Pathway pathway() {
  const Provenance own{"evenkeel", Label::proposal, ""};
  Pathway made{"pathway", "1.0.0", "draft", "t", {}, {{"evenkeel", "a proposal"}}};
  made.steps.push_back(
      {"talk", "Talk", "w", "clinician", {{2, {7.0 * day, own}}, {3, {3.0 * day, own}}}, 2, {}, "b", own});
  made.steps.push_back(
      {"urology", "Urology", "w", "clinician", {{3, {7.0 * day, own}}}, 3, {"bladder"}, "b", own});
  return made;
}

std::vector<std::string> ids(const std::vector<HelpStep>& steps) {
  std::vector<std::string> all;
  for (const HelpStep& step : steps) all.push_back(step.id);
  return all;
}

TEST(StepsFor, ThereIsNoneBelowLevelTwo) {
  const std::vector outcomes{found("rate", "dose", 1, "2026-03-01T09:00:00Z")};
  EXPECT_TRUE(steps_for(pathway(), 0, {}).empty());
  EXPECT_TRUE(steps_for(pathway(), 1, outcomes).empty());
}

TEST(StepsFor, AStepWithRulesIsCalledForByAFindingThatCounts) {
  std::vector outcomes{found("bladder", "bladder", 3, "2026-03-01T09:00:00Z"),
                       found("second", "source", 3, "2026-03-02T09:00:00Z")};
  EXPECT_EQ(ids(steps_for(pathway(), 3, outcomes)), (std::vector<std::string>{"talk", "urology"}));
  outcomes[0].findings[0].closed = Closure{"dr-a", at("2026-03-03T09:00:00Z"), "infection"};
  EXPECT_EQ(ids(steps_for(pathway(), 3, outcomes)), (std::vector<std::string>{"talk"}));
  outcomes[0].findings[0].closed.reset();
  outcomes[0].findings[0].explained_by = "an infection";
  EXPECT_EQ(ids(steps_for(pathway(), 3, outcomes)), (std::vector<std::string>{"talk"}));
}

TEST(StepsFor, TheDateRunsFromTheFindingAndTheEarliestRowHolds) {
  std::vector outcomes{found("craving", "preoccupation", 2, "2026-03-01T09:00:00Z")};
  EXPECT_EQ(steps_for(pathway(), 2, outcomes).at(0).by, at("2026-03-08T09:00:00Z"));
  // A worse sign a day later brings the date forward.
  outcomes.push_back(found("second", "source", 3, "2026-03-02T09:00:00Z"));
  EXPECT_EQ(steps_for(pathway(), 3, outcomes).at(0).by, at("2026-03-05T09:00:00Z"));
}

// A deadline of seven days was once put off to nine by a worse sign on the sixth.
TEST(StepsFor, AWorseSignNeverPutsADateOff) {
  std::vector outcomes{found("craving", "preoccupation", 2, "2026-03-01T09:00:00Z")};
  const auto before = steps_for(pathway(), 2, outcomes).at(0).by;
  outcomes.push_back(found("second", "source", 3, "2026-03-07T09:00:00Z"));
  EXPECT_LE(steps_for(pathway(), 3, outcomes).at(0).by, before);
}

TEST(StepsFor, TwoDomainsMakeADateFromTheSecondOn) {
  const std::vector outcomes{found("rate", "dose", 1, "2026-03-01T09:00:00Z"),
                             found("gaps", "interval", 1, "2026-03-04T09:00:00Z")};
  EXPECT_EQ(steps_for(pathway(), 2, outcomes).at(0).by, at("2026-03-11T09:00:00Z"));
}

HelpLines lines(const char* id, const char* number, const char* country) {
  const Provenance own{"here", Label::secondary, ""};
  return {"lines",
          "1.0.0",
          "draft",
          "t",
          {31.0 * day, own},
          "none",
          {{country, country, {{id, "name", "p", number, {}, "h", {}, *Date::parse("2026-03-01"), own}}}},
          {{"here", std::string("source of ") + id}}};
}

TEST(IsOld, ALineIsOldAfterTheDaysOfItsFileAndWhenItsDayHasNotCome) {
  const HelpLines all = lines("a", "1", "US");
  const HelpLine& line = all.places[0].lines[0];
  EXPECT_FALSE(is_old(all, line, at("2026-03-01T00:00:00Z")));
  EXPECT_FALSE(is_old(all, line, at("2026-04-01T00:00:00Z")));  // 31 days
  EXPECT_TRUE(is_old(all, line, at("2026-04-01T00:00:01Z")));
  EXPECT_TRUE(is_old(all, line, at("2026-02-28T23:59:59Z")));
}

TEST(Joined, ASitesLineStandsInThePlaceOfOneWithItsIdAndOthersStay) {
  HelpLines site = lines("crisis", "222", "US");
  HelpLines library = lines("crisis", "111", "US");
  library.places[0].lines.push_back(library.places[0].lines[0]);
  library.places[0].lines[1].id = "drugs";
  library.places.push_back({"NZ", "NZ", library.places[0].lines});
  const HelpLines both = joined(site, library);
  ASSERT_NE(place_of(both, "US"), nullptr);
  EXPECT_EQ(place_of(both, "US")->lines.size(), 2U);
  EXPECT_EQ(place_of(both, "US")->lines[0].number, "222");
  EXPECT_EQ(place_of(both, "US")->lines[1].id, "drugs");
  EXPECT_EQ(place_of(both, "NZ")->lines.size(), 2U);
  EXPECT_EQ(place_of(both, "AU"), nullptr);
  // One key of two files stays two sources.
  EXPECT_EQ(both.places[0].lines[0].from.source, "site:here");
  EXPECT_EQ(both.sources.size(), 2U);
}

}  // namespace
}  // namespace evenkeel::watch
