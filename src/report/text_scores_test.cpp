// What the text report says of answered instruments beside their totals.

#include <gtest/gtest.h>

#include "report/text.hpp"

namespace evenkeel::report {
namespace {

TEST(TextScores, NameEachScreenThatIsPositive) {
  assess::Assessment a;
  care::TimedScore answered;
  answered.event = "e7";
  answered.instrument = "withdrawal-check";
  answered.score.total = 9;
  a.scores = {answered};
  EXPECT_EQ(to_text(a).find("e7: three or more signs"), std::string::npos);
  a.scores[0].score.positive = {"three or more signs, clearly"};
  EXPECT_NE(to_text(a).find("withdrawal-check, event e7: three or more signs, clearly"), std::string::npos);
}

}  // namespace
}  // namespace evenkeel::report
