#include "plan/amount.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "support/dose_question.hpp"

namespace evenkeel::plan {
namespace {

using test::dec;

TEST(Amount, ThreeTenthsOfFortyOneIsNotMoreThanItself) {
  const auto limit = multiply(dec("0.3"), dec("41"));
  ASSERT_GT(12.3 / 41.0, 0.3);  // what binary arithmetic makes of it
  EXPECT_TRUE(at_most({dec("12.3")}, {*limit}));
  EXPECT_FALSE(at_most({dec("12.300001")}, {*limit}));
}

TEST(Amount, WhatIsNotFiniteIsNoDecimal) {
  for (const double value : {std::nan(""), std::numeric_limits<double>::infinity(), -HUGE_VAL, 1e300})
    EXPECT_FALSE(decimal_of(value, 6)) << value;
  EXPECT_EQ(decimal_of(0.5, 6)->to_string(), "0.5");
  EXPECT_EQ(decimal_of(40.0, 6)->to_string(), "40");
}

TEST(Amount, WhatCannotBeComparedNeverPasses) {
  const Decimal huge = dec("999999999999999999");
  EXPECT_FALSE(at_most({huge, dec("0.000000000001")}, {huge, huge}));
  EXPECT_FALSE(at_most({dec("1"), dec("0")}, {dec("2")}));
  EXPECT_FALSE(at_most({dec("1")}, {dec("2"), dec("-1")}));
}

TEST(Amount, CountsStepsExactly) {
  EXPECT_EQ(whole_steps_within({dec("0.3")}, dec("0.1"))->to_string(), "3");
  EXPECT_EQ(whole_steps_reaching({dec("0.3")}, dec("0.1"))->to_string(), "3");
  EXPECT_EQ(whole_steps_within({dec("1"), dec("3")}, dec("0.1"))->to_string(), "3");
  EXPECT_EQ(whole_steps_reaching({dec("1"), dec("3")}, dec("0.1"))->to_string(), "4");
  EXPECT_FALSE(whole_steps_within({dec("1")}, dec("0")));
  EXPECT_FALSE(whole_steps_within({dec("-1")}, dec("0.1")));
  EXPECT_FALSE(whole_steps_within({dec("1")}, dec("0.000000000001")));
}

}  // namespace
}  // namespace evenkeel::plan
