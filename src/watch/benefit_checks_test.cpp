// Benefit that was there and is gone: each threshold at, below and above, and what is not a loss.

#include <gtest/gtest.h>

#include "support/chart.hpp"

namespace evenkeel::watch {
namespace {

using namespace test;

// An infusion every two weeks, with the PHQ-9 a week after it (none where it is below 0).
struct Given {
  int phq9;
  const char* mg = "35";
};
History treated(int baseline, std::initializer_list<Given> given, double after = 7) {
  History history;
  history.add(day(0), plan());
  if (baseline >= 0) history.add(day(0), total("phq-9", baseline));
  int number = 0;
  for (const Given& each : given) {
    const double at = 1 + 14.0 * number++;
    history.infuse("s" + std::to_string(number), day(at), each.mg);
    if (each.phq9 >= 0) history.add(day(at + after), total("phq-9", each.phq9));
  }
  return history;
}
RuleOutcome benefit(const History& history, Instant now = day(80)) {
  return watched(history, now, "benefit-lost");
}

TEST(BenefitLost, NeedsABaselineAndAnAnswerInTime) {
  EXPECT_EQ(benefit(History{}).outcome, Outcome::not_judged);
  EXPECT_EQ(benefit(treated(-1, {{5}, {18}, {18}})).outcome, Outcome::not_judged);
  for (const double after : {2.9, 10.1})
    EXPECT_EQ(benefit(treated(20, {{5}, {18}, {18}}, after)).outcome, Outcome::not_judged) << after;
  for (const double after : {3.0, 10.0})
    EXPECT_EQ(benefit(treated(20, {{5}, {18}, {18}}, after)).outcome, Outcome::found) << after;
}

TEST(BenefitLost, IsOfTwoInfusionsInARow) {
  EXPECT_EQ(benefit(treated(20, {{10}, {18}})).outcome, Outcome::clear);
  EXPECT_EQ(benefit(treated(20, {{10}, {18}, {12}, {18}})).outcome, Outcome::clear);
  const auto outcome = benefit(treated(20, {{10}, {18}, {17}}));
  ASSERT_EQ(outcome.findings.size(), 1U);
  EXPECT_EQ(outcome.findings[0].level, 1);
  EXPECT_EQ(outcome.findings[0].since, day(36));
  EXPECT_EQ(
      outcome.findings[0].text,
      "the PHQ-9 was 20 before treatment (2026-03-02); it fell by 10 after 0.50 mg/kg on 2026-03-03, PHQ-9 "
      "10 "
      "on 2026-03-10, and by less than 5 after the last 2 infusions: 0.50 mg/kg on 2026-03-17, PHQ-9 18 on "
      "2026-03-24; 0.50 mg/kg on 2026-03-31, PHQ-9 17 on 2026-04-07");
  EXPECT_EQ(benefit(treated(20, {{10}, {18}, {17}, {19}})).findings.at(0).since, day(36));
}

// The virtual clinic showed it: of many answers of somebody who is not helped, one is better by chance.
TEST(BenefitLost, IsSlightWhereASingleInfusionHelped) {
  EXPECT_TRUE(benefit(treated(20, {{10}, {18}, {17}})).findings.at(0).slight);
  EXPECT_TRUE(benefit(treated(20, {{16}, {15}, {18}, {17}})).findings.at(0).slight);
  EXPECT_FALSE(benefit(treated(20, {{15}, {15}, {18}, {17}})).findings.at(0).slight);
}

TEST(BenefitLost, FivePointsAreBenefit) {
  EXPECT_EQ(benefit(treated(20, {{15}, {16}, {16}})).outcome, Outcome::found);
  EXPECT_EQ(benefit(treated(20, {{15}, {16}, {15}})).outcome, Outcome::clear);
  EXPECT_EQ(benefit(treated(20, {{16}, {18}, {18}})).outcome, Outcome::clear);  // there never was any
}

TEST(BenefitLost, IsToldAtTheSameOrAHigherDose) {
  EXPECT_EQ(benefit(treated(20, {{10}, {18, "33.25"}, {17, "33.25"}})).outcome, Outcome::found);  // 95 %
  EXPECT_EQ(benefit(treated(20, {{10}, {18, "33.2"}, {17, "33.2"}})).outcome, Outcome::clear);
  EXPECT_EQ(benefit(treated(20, {{10}, {18, "49"}, {17, "49"}})).outcome, Outcome::found);
  // It helped at 35 mg too, so that 35 mg no longer does counts, whatever helped in between.
  EXPECT_EQ(benefit(treated(20, {{10}, {8, "49"}, {18}, {17}})).outcome, Outcome::found);
  EXPECT_EQ(benefit(treated(20, {{16}, {8, "49"}, {18}, {17}})).outcome, Outcome::clear);
}

TEST(BenefitLost, NamesAHardEventNearAndStays) {
  History history = treated(20, {{10}, {18}, {17}});
  history.add(day(36), care::CircumstanceNoted{care::Circumstance::bereavement, ""});
  const auto outcome = benefit(history);
  ASSERT_EQ(outcome.findings.size(), 1U);
  EXPECT_TRUE(outcome.findings[0].counts());
  EXPECT_NE(outcome.findings[0].text.find("; a bereavement noted on 2026-04-07: ask about it first"),
            std::string::npos);
  History long_before = treated(20, {{10}, {18}, {17}});
  long_before.events.insert(long_before.events.begin() + 2,
                            event("x", day(1), care::CircumstanceNoted{care::Circumstance::bereavement, ""}));
  EXPECT_EQ(benefit(long_before).findings.at(0).text.find("bereavement"), std::string::npos);
}

TEST(BenefitLost, IsNotToldFromAnOldAnswer) {
  const History history = treated(20, {{10}, {12}});  // the last on day 22
  EXPECT_EQ(benefit(history, day(84)).outcome, Outcome::clear);
  EXPECT_EQ(benefit(history, day(85)).outcome, Outcome::not_judged);
  EXPECT_EQ(benefit(treated(20, {{10}, {18}, {17}}), day(300)).outcome, Outcome::found);
}

TEST(BenefitLost, AWorseAnswerNeverEndsIt) {
  for (const double at : {16.0, 20.0, 25.0, 31.0, 36.5, 40.0}) {
    History history = treated(20, {{10}, {18}, {17}});
    history.add(day(at), total("phq-9", 27));
    EXPECT_EQ(benefit(history).outcome, Outcome::found) << at;
  }
}

}  // namespace
}  // namespace evenkeel::watch
