#include "content/plain_words.hpp"

#include <gtest/gtest.h>

namespace evenkeel::content {
namespace {

TEST(PlainWords, AnAmountOfADrugIsSeenInAnySpelling) {
  for (const char* text : {"take 5 mg", "0.5mg/kg", "2 g a day", "10 mL", "30 \xC2\xB5g", "1 Milligram"})
    EXPECT_TRUE(names_a_dose(text)) << text;
  for (const char* text :
       {"call 911", "within 4 weeks", "three times the limit", "2 gaps", "a gram scale", ""})
    EXPECT_FALSE(names_a_dose(text)) << text;
}

TEST(PlainWords, APercentageIsSeenInAnySpelling) {
  for (const char* text : {"8 %", "8%", "8 percent", "8 per cent", "Percentage of users"})
    EXPECT_TRUE(names_a_percentage(text)) << text;
  for (const char* text : {"per week", "a cent", "half of them", ""})
    EXPECT_FALSE(names_a_percentage(text)) << text;
}

TEST(PlainWords, AWordThatBlamesIsSeenAndAddictiveIsNone) {
  for (const char* text : {"an addict", "Addicts", "a drug abuser"}) EXPECT_TRUE(blames(text)) << text;
  for (const char* text : {"Is ketamine addictive?", "addiction specialist", "substance abuse", ""})
    EXPECT_FALSE(blames(text)) << text;
}

}  // namespace
}  // namespace evenkeel::content
