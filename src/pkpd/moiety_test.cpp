#include "pkpd/moiety.hpp"

#include <gtest/gtest.h>

#include <set>

namespace evenkeel::pkpd {
namespace {

TEST(Moiety, ComesBackFromItsText) {
  std::set<std::string_view> seen;
  for (const Moiety moiety :
       {Moiety::racemic_ketamine, Moiety::esketamine, Moiety::arketamine, Moiety::norketamine,
        Moiety::esnorketamine, Moiety::eshydroxynorketamine, Moiety::unspecified}) {
    EXPECT_EQ(moiety_from_text(moiety_text(moiety)), moiety);
    EXPECT_TRUE(seen.insert(moiety_text(moiety)).second);
  }
}

TEST(Moiety, OfAnUnknownNameIsNothing) {
  for (const char* text : {"", "ketamine", "Esketamine", "esketamine ", "s-ketamine"}) {
    EXPECT_FALSE(moiety_from_text(text).has_value()) << text;
  }
}

TEST(SamplingSite, ComesBackFromItsText) {
  EXPECT_EQ(site_from_text(site_text(SamplingSite::arterial)), SamplingSite::arterial);
  EXPECT_EQ(site_from_text(site_text(SamplingSite::venous)), SamplingSite::venous);
  EXPECT_FALSE(site_from_text("capillary").has_value());
}

TEST(Moiety, KeepsTheNumbersThatAreStored) {
  EXPECT_EQ(static_cast<int>(Moiety::racemic_ketamine), 1);
  EXPECT_EQ(static_cast<int>(Moiety::esnorketamine), 5);
  EXPECT_EQ(static_cast<int>(SamplingSite::arterial), 1);
  EXPECT_EQ(static_cast<int>(SamplingSite::venous), 2);
}

}  // namespace
}  // namespace evenkeel::pkpd
