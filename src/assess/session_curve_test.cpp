#include "assess/session_curve.hpp"

#include <gtest/gtest.h>

#include "support/chart.hpp"
#include "support/visit_events.hpp"

namespace evenkeel::assess {
namespace {

using test::minute;

// 35 mg over 40 min for 70 kg from `zero` on, and what came after.
class SessionCurveTest : public testing::Test {
 protected:
  SessionCurveTest() {
    history_.add(minute(-60), test::weighed(70.0));
    history_.add(test::zero, test::started("s1"));
  }

  [[nodiscard]] Result<SessionCurve> at(Instant now) const {
    const care::Record record = history_.record();
    return session_curve({record, test::library(), now, "s1"});
  }

  test::History history_;
};

void expect_same(const SessionCurve& a, const SessionCurve& b) {
  EXPECT_EQ(a.start, b.start);
  EXPECT_EQ(a.runs_until, b.runs_until);
  ASSERT_EQ(a.bands.points.size(), b.bands.points.size());
  for (std::size_t i = 0; i < a.bands.points.size(); ++i) {
    EXPECT_EQ(a.bands.points[i].minutes, b.bands.points[i].minutes);
    EXPECT_EQ(a.bands.points[i].population.p50, b.bands.points[i].population.p50);
    EXPECT_EQ(a.bands.points[i].population.p5, b.bands.points[i].population.p5);
    EXPECT_EQ(a.bands.points[i].population.p95, b.bands.points[i].population.p95);
  }
}

TEST_F(SessionCurveTest, WhileItRunsTheCurveIsTheSameAtEveryMoment) {
  const auto first = at(minute(1));
  ASSERT_TRUE(first) << to_string(first.error());
  EXPECT_EQ(first->start, test::zero);
  EXPECT_EQ(first->runs_until, minute(40));
  EXPECT_EQ(first->measured, 0U);
  const auto later = at(minute(39));
  ASSERT_TRUE(later);
  expect_same(*first, *later);
}

TEST_F(SessionCurveTest, OnceItShouldBeInAndNobodySaysSoItIsUnknown) {
  EXPECT_EQ(at(minute(40)).error().code, ErrorCode::outside_domain);
}

TEST_F(SessionCurveTest, OnceItHasEndedItStands) {
  history_.add(minute(40), test::ended("s1"));
  const auto first = at(minute(41));
  ASSERT_TRUE(first) << to_string(first.error());
  EXPECT_FALSE(first->runs_until);
  const auto later = at(test::day(30));
  ASSERT_TRUE(later);
  expect_same(*first, *later);
}

TEST_F(SessionCurveTest, WhatIsSaidNotToMoveItDoesNot) {
  const auto before = at(minute(20));
  const std::vector<care::Body> entered{test::pressure("s1", 150), test::sign("s1", "tearful"),
                                        test::phq9("011201000")};
  for (const care::Body& body : entered) {
    ASSERT_FALSE(moves_curve(body)) << care::kind_text(body);
    history_.add(minute(10), body);
  }
  const auto after = at(minute(20));
  ASSERT_TRUE(before && after);
  expect_same(*before, *after);
}

TEST_F(SessionCurveTest, ARateAndAWeightAndAReadingMoveIt) {
  EXPECT_TRUE(moves_curve(care::RateChanged{}));
  EXPECT_TRUE(moves_curve(care::PatientFacts{}));
  EXPECT_TRUE(moves_curve(care::Assay{}));
  EXPECT_TRUE(moves_curve(care::EnteredInError{}));
}

TEST_F(SessionCurveTest, BeforeTheStartItIsTheOneThatIsPlannedAsIfItBeganNow) {
  const care::SessionStarted planned = test::started("s2");
  history_.add(minute(40), test::ended("s1"));
  const care::Record record = history_.record();
  const auto curve = session_curve({record, test::library(), test::day(3), "s2", planned});
  ASSERT_TRUE(curve) << to_string(curve.error());
  EXPECT_EQ(curve->start, test::day(3));
}

TEST_F(SessionCurveTest, ASessionThatNobodyKnowsHasNone) {
  const care::Record record = history_.record();
  EXPECT_EQ(session_curve({record, test::library(), minute(5), "s9"}).error().code, ErrorCode::not_found);
}

}  // namespace
}  // namespace evenkeel::assess
