#include "server/curves.hpp"

#include <gtest/gtest.h>

#include "support/events.hpp"

namespace evenkeel::server {
namespace {

using test::minute;

clinic::Chart chart_of(const test::History& history) {
  return {{store::StreamKind::patient, "p"}, history.record(), history.events.size()};
}

class CurvesTest : public testing::Test {
 protected:
  CurvesTest() {
    history_.add(test::zero, test::started("s1"));
    curves_.keep(chart_of(history_), "s1", {"the curve", minute(40)}, minute(1));
  }

  test::History history_;
  Curves curves_;
};

TEST_F(CurvesTest, VitalSignsLeaveItAsItWas) {
  history_.add(minute(10), test::pressure("s1", 150));
  EXPECT_EQ(curves_.of(chart_of(history_), "s1", minute(10)), "the curve");
}

TEST_F(CurvesTest, ANewRateDoesNot) {
  const clinic::Chart before = chart_of(history_);
  history_.add(minute(10), test::rate("s1", "20"));
  EXPECT_FALSE(curves_.of(chart_of(history_), "s1", minute(10)));
  EXPECT_TRUE(curves_.of(before, "s1", minute(10))) << "for who has not read the rate yet";
}

TEST_F(CurvesTest, ItStandsUntilTheInfusionShouldBeIn) {
  EXPECT_TRUE(curves_.of(chart_of(history_), "s1", minute(39)));
  EXPECT_FALSE(curves_.of(chart_of(history_), "s1", minute(40)));
}

TEST_F(CurvesTest, AnotherSessionHasNone) {
  EXPECT_FALSE(curves_.of(chart_of(history_), "s2", minute(10)));
}

TEST_F(CurvesTest, WhatALaterChartGaveIsNotTakenForAnEarlierOne) {
  const clinic::Chart before = chart_of(history_);
  history_.add(minute(10), test::rate("s1", "20"));
  curves_.keep(chart_of(history_), "s1", {"the next", {}}, minute(11));
  curves_.keep(before, "s1", {"the curve", {}}, minute(11));
  EXPECT_FALSE(curves_.of(before, "s1", minute(11)));
  EXPECT_EQ(curves_.of(chart_of(history_), "s1", minute(11)), "the next");
}

TEST_F(CurvesTest, WhatAnotherClockDatesLaterThanNowIsNotInItYetSoItIsNotKept) {
  history_.add(minute(10), test::rate("s1", "20"));
  curves_.keep(chart_of(history_), "s1", {"without the rate", {}}, minute(9));
  EXPECT_FALSE(curves_.of(chart_of(history_), "s1", minute(11)));
}

TEST_F(CurvesTest, TheOldestGoesFirst) {
  for (std::size_t i = 0; i < Curves::most; ++i)
    curves_.keep(chart_of(history_), "x" + std::to_string(i), {"another", {}}, minute(1));
  EXPECT_FALSE(curves_.of(chart_of(history_), "s1", minute(1)));
  EXPECT_TRUE(curves_.of(chart_of(history_), "x0", minute(1)));
}

}  // namespace
}  // namespace evenkeel::server
