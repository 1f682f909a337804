#include "base/provenance.hpp"

#include <gtest/gtest.h>

#include <set>

namespace evenkeel {
namespace {

constexpr Label labels[] = {Label::seen,    Label::secondary, Label::secondary_unnamed, Label::calculated,
                            Label::derived, Label::proposal,  Label::conflicting};

TEST(Label, ComesBackFromItsText) {
  for (const Label label : labels) EXPECT_EQ(label_from_text(label_text(label)), label);
}

TEST(Label, OfARecalledOrUnknownNumberDoesNotExist) {
  for (const char* text : {"", "R", "v", "V3", "V ", "CALC."}) {
    EXPECT_FALSE(label_from_text(text).has_value()) << text;
  }
}

TEST(Label, HasWordsOfItsOwn) {
  std::set<std::string_view> words;
  for (const Label label : labels) EXPECT_TRUE(words.insert(label_words(label)).second);
}

TEST(Label, SaysUnverifiedWhereSourcesConflict) {
  EXPECT_FALSE(is_verified(Label::conflicting));
  EXPECT_NE(label_words(Label::conflicting).find("unverified"), std::string_view::npos);
  EXPECT_TRUE(is_verified(Label::seen));
}

}  // namespace
}  // namespace evenkeel
