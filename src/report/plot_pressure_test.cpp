#include "report/plot_pressure.hpp"

#include <gtest/gtest.h>

namespace evenkeel::report {
namespace {

const Instant nine = *Instant::parse("2026-03-02T09:00:00Z");

care::Session session_with(int systolic) {
  care::Session session;
  session.id = "s1";
  session.start = nine;
  care::VitalSigns signs;
  signs.systolic_mmHg = systolic;
  signs.diastolic_mmHg = 80;
  session.vitals.push_back({"v1", nine + 20.0 * units::min, signs});
  return session;
}

assess::Assessment assessed(int systolic) {
  care::Protocol protocol;
  protocol.session.during = {{"systolic-above-180",
                              care::Vital::systolic,
                              true,
                              {180, {"x", Label::proposal, ""}},
                              care::Consequence::stop,
                              {},
                              "stop"}};
  const care::Session session = session_with(systolic);
  assess::Assessment a;
  a.sessions.push_back({session, care::check_session(session, protocol, nine + 2.0 * units::h), {}});
  return a;
}

// The mark is found by the words of the note that check_session writes: they must agree.
TEST(PlotPressure, AReadingThatCrossesALimitIsMarkedWithItsValue) {
  const std::string markup = plot_pressures(assessed(190)).markup;
  EXPECT_NE(markup.find("class=\"crossed\""), std::string::npos);
  EXPECT_NE(markup.find("class=\"crossing\">190</text>"), std::string::npos);
}

TEST(PlotPressure, AReadingWithinTheLimitsIsNotMarked) {
  EXPECT_EQ(plot_pressures(assessed(180)).markup.find("class=\"crossed\""), std::string::npos);
}

TEST(PlotPressure, ASessionWithoutReadingsSaysSo) {
  assess::Assessment a = assessed(150);
  a.sessions[0].session.vitals.clear();
  EXPECT_NE(plot_pressures(a).markup.find("none recorded"), std::string::npos);
}

TEST(PlotPressure, WhatWasNotMeasuredIsNeverBlank) {
  const std::string markup = vitals_table(session_with(150)).finish().markup;
  EXPECT_NE(markup.find("<td class=\"n\">150</td><td class=\"n\">80</td><td class=\"n\">not recorded</td>"),
            std::string::npos);
}

}  // namespace
}  // namespace evenkeel::report
