// What a recorded decision about a gate covers, and what it does not.

#include <gtest/gtest.h>

#include "care/gates.hpp"
#include "support/session_day.hpp"

namespace evenkeel::care {
namespace {

using namespace test;
using Outcome = GateOutcome;

// R18: a decision with its reason lets it go on.
TEST(Gates, ADecisionLetsItGoOnWithItsReason) {
  Day today;
  today.put(minute(-5), checked("s1", Check::fasting, Screened::concern));
  EXPECT_EQ(today.may(), StartAnswer::Kind::needs_decision);
  const std::string id = today.put(minute(-4), decision("s1", "fasting"));
  const GateResult result = today.of("fasting");
  EXPECT_EQ(result.outcome, Outcome::failed);
  ASSERT_TRUE(result.decision);
  EXPECT_EQ(result.decision->event, id);
  EXPECT_EQ(result.decision->clinician, "dr-a");
  EXPECT_EQ(result.decision->reason, "weighed");
  EXPECT_EQ(today.may(), StartAnswer::Kind::clear);
  today.put(minute(-3), decision("s1", "fasting", false));
  EXPECT_EQ(today.may(), StartAnswer::Kind::needs_decision);
}

TEST(Gates, ADecisionCoversOnlyWhatWasKnown) {
  Day today;
  today.put(minute(-6), decision("s1", "systolic-above-140"));  // before there was anything to decide
  today.put(minute(-5), pressure("s1", 150));
  EXPECT_EQ(today.may(), StartAnswer::Kind::needs_decision);
  today.put(minute(-4), decision("s1", "systolic-above-140"));
  EXPECT_EQ(today.may(), StartAnswer::Kind::clear);
  today.put(minute(-3), pressure("s1", 151));  // a later value needs a new one
  EXPECT_EQ(today.may(), StartAnswer::Kind::needs_decision);
}

TEST(Gates, ADecisionAboutAnotherSessionOrAnotherGateCoversNothing) {
  Day today;
  today.put(minute(-5), checked("s1", Check::fasting, Screened::concern));
  today.put(minute(-4), decision("s0", "fasting"));
  today.put(minute(-4), decision("s1", "escort"));
  EXPECT_EQ(today.may(), StartAnswer::Kind::needs_decision);
}

// What was urgent when it was decided about, and is too old now, is another finding.
TEST(Gates, ADecisionDoesNotCoverWhatBecameTooOld) {
  Day today;
  today.put(minute(-20), screen(1, 0));
  today.put(minute(-10), decision("s1", "suicide_screen"));
  EXPECT_TRUE(today.of("suicide_screen").lets_start());
  const Instant tomorrow = minute(-20) + 24.0 * units::h + 1.0 * units::s;
  EXPECT_EQ(today.outcome("suicide_screen", tomorrow), Outcome::stale);
  EXPECT_FALSE(today.of("suicide_screen", tomorrow).lets_start());
}

TEST(Gates, WhatBlocksIsLiftedByNoDecision) {
  Day today;
  today.drop<PatientFacts>();
  EXPECT_EQ(today.may(), StartAnswer::Kind::blocked);
  today.put(minute(-1), decision("s1", "weight_today"));
  EXPECT_EQ(today.may(), StartAnswer::Kind::blocked);
  const auto open = may_start(today.ask()).open;
  ASSERT_EQ(open.size(), 1U);
  EXPECT_EQ(open.front().id, "weight_today");
}

TEST(Gates, WhatLiesAheadIsNotKnownYet) {
  Day today;
  today.put(minute(1), checked("s1", Check::fasting, Screened::concern));
  EXPECT_EQ(today.may(), StartAnswer::Kind::clear);
  EXPECT_EQ(today.may(minute(1)), StartAnswer::Kind::needs_decision);
}

}  // namespace
}  // namespace evenkeel::care
