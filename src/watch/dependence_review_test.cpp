#include "watch/dependence_review.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace evenkeel::watch {
namespace {

DependenceCriteria criteria() {
  DependenceCriteria made;
  made.id = "review";
  made.version = "1.0.0";
  made.status = "draft";
  made.supervised = "alone they make no diagnosis";
  made.from = {"evenkeel", Label::proposal, ""};
  made.sources = {{"evenkeel", "a proposal"}};
  made.criteria = {{"craving", "w", "q", {"craving"}, {}, true},
                   {"control", "w", "q", {"source", "supply"}, {}, true},
                   {"tolerance", "w", "q", {"dose"}, {}, false},
                   {"hazard", "w", "q", {}, {}, true}};
  return made;
}

RuleOutcome outcome(const char* rule, Outcome how) {
  RuleOutcome made{rule, "1.0.0", std::string("title of ") + rule, how, "", {}};
  if (how == Outcome::found) {
    Finding finding;
    finding.rule = rule;
    finding.text = std::string("seen by ") + rule;
    made.findings.push_back(finding);
  }
  return made;
}

const CriterionView& view(const DependenceReview& review, const char* id) {
  return *std::ranges::find_if(review.views, [&](const CriterionView& v) { return v.criterion.id == id; });
}

TEST(ReviewDependence, ShowsFindingsNothingAndNotLookedForApart) {
  const std::vector outcomes{outcome("craving", Outcome::found), outcome("source", Outcome::clear),
                             outcome("supply", Outcome::not_judged), outcome("dose", Outcome::not_judged)};
  const auto review = review_dependence(criteria(), outcomes);
  ASSERT_EQ(review.views.size(), 4U);
  EXPECT_EQ(view(review, "craving").spoken, Spoken::found);
  EXPECT_EQ(view(review, "craving").findings.at(0).text, "seen by craving");
  EXPECT_EQ(view(review, "control").spoken, Spoken::nothing);
  EXPECT_EQ(view(review, "control").not_judged, (std::vector<std::string>{"title of supply"}));
  EXPECT_EQ(view(review, "tolerance").spoken, Spoken::not_looked_for);
  EXPECT_EQ(view(review, "hazard").spoken, Spoken::not_looked_for);
}

TEST(ReviewDependence, ARecordWithoutAnyRuleIsNotLookedForAndNeverNothing) {
  for (const CriterionView& each : review_dependence(criteria(), {}).views)
    EXPECT_EQ(each.spoken, Spoken::not_looked_for) << each.criterion.id;
}

TEST(ReviewDependence, ToleranceAloneUnderSupervisionSaysThatItMakesNoDiagnosis) {
  std::vector outcomes{outcome("dose", Outcome::found), outcome("craving", Outcome::clear)};
  EXPECT_EQ(review_dependence(criteria(), outcomes).supervised, "alone they make no diagnosis");
  outcomes[1] = outcome("craving", Outcome::found);
  EXPECT_EQ(review_dependence(criteria(), outcomes).supervised, "");
  outcomes[1].findings[0].closed = Closure{"dr-a", Instant{}, "asked"};
  EXPECT_EQ(review_dependence(criteria(), outcomes).supervised, "alone they make no diagnosis");
  EXPECT_EQ(review_dependence(criteria(), {}).supervised, "");
}

TEST(ReviewDependence, AFindingThatMayBeExplainedStillSpeaksAndSaysSo) {
  std::vector outcomes{outcome("dose", Outcome::found), outcome("craving", Outcome::found)};
  outcomes[1].findings[0].explained_by = "the illness returning";
  const auto review = review_dependence(criteria(), outcomes);
  EXPECT_EQ(review.supervised, "");
  EXPECT_EQ(view(review, "craving").findings.at(0).aside, "may be explained by the illness returning");
}

}  // namespace
}  // namespace evenkeel::watch
