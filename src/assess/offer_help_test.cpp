#include "assess/offer_help.hpp"

#include <gtest/gtest.h>

namespace evenkeel::assess {
namespace {

Library library() {
  Library made;
  const Provenance own{"evenkeel", Label::proposal, ""};
  made.pathways.push_back({"pathway", "1.0.0", "draft", "t", {}, {{"evenkeel", "a proposal"}}});
  made.pathways[0].steps.push_back({"talk", "Talk", "w", "clinician", {}, 2, {}, "b", own});
  watch::DependenceCriteria criteria;
  criteria.id = "review";
  criteria.version = "1.0.0";
  criteria.criteria.push_back({"craving", "w", "q", {"craving"}, {}, true});
  made.criteria.push_back(criteria);
  return made;
}

TEST(OfferHelp, BelowLevelTwoThereIsNeitherPathwayNorReview) {
  Assessment out;
  out.level = 1;
  offer_help(library(), out);
  EXPECT_TRUE(out.help.empty());
  EXPECT_FALSE(out.dependence_review);
  EXPECT_TRUE(out.versions.empty());
}

TEST(OfferHelp, FromLevelTwoOnBothAreThereWithTheirVersions) {
  Assessment out;
  out.level = 2;
  offer_help(library(), out);
  ASSERT_EQ(out.help.size(), 1U);
  EXPECT_EQ(out.help[0].source, "a proposal (a proposal of this software, not a finding)");
  ASSERT_TRUE(out.dependence_review);
  EXPECT_EQ(out.dependence_review->views.size(), 1U);
  EXPECT_EQ(out.versions.size(), 2U);
}

TEST(OfferHelp, ALibraryWithoutHelpOffersNone) {
  Assessment out;
  out.level = 4;
  offer_help(Library{}, out);
  EXPECT_TRUE(out.help.empty());
  EXPECT_FALSE(out.dependence_review);
}

}  // namespace
}  // namespace evenkeel::assess
