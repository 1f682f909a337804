// Withdrawal or a returning illness: each threshold at, below and above, and what tells them apart.

#include <gtest/gtest.h>

#include "support/chart.hpp"
#include "support/tolerance_events.hpp"

namespace evenkeel::watch {
namespace {

using namespace test;

// Weekly by plan, infusions on days 0, 7 and 14; the dose of day 21 is not given.
History weekly() {
  History history;
  history.add(day(-1), plan("0.5", 7.0 * units::day));
  history.add(day(-1), withdrawal(0));
  for (int i = 0; i < 3; ++i) history.infuse("s" + std::to_string(i + 1), day(7.0 * i));
  return history;
}
// Answers so many days after day 21.
struct Answer {
  double after;
  int signs;
  int severity = 2;
};
History missed(std::initializer_list<Answer> answers) {
  History history = weekly();
  for (const Answer& each : answers) history.add(day(21 + each.after), withdrawal(each.signs, each.severity));
  return history;
}
RuleOutcome seen(const History& history, Instant now = day(60)) {
  return watched(history, now, "withdrawal-pattern");
}
// The next dose on day 21 + `dose`, and an answer a day after it.
History dosed(History history, double dose, std::optional<int> signs, int severity = 2) {
  history.infuse("next", day(21 + dose));
  if (signs) history.add(day(22 + dose), withdrawal(*signs, severity));
  return history;
}

TEST(WithdrawalPattern, IsNotLookedForWhereEveryDoseCame) {
  const auto outcome = seen(weekly(), day(21));
  EXPECT_EQ(outcome.outcome, Outcome::clear);
  EXPECT_EQ(outcome.why, "no dose was missed, late or spaced in the last 92 days");
  EXPECT_EQ(seen(History{}).outcome, Outcome::not_judged);
}

TEST(WithdrawalPattern, IsNotJudgedWhereADoseWasMissedAndNobodyAsked) {
  const auto outcome = seen(weekly(), day(22));
  EXPECT_EQ(outcome.outcome, Outcome::not_judged);
  EXPECT_EQ(outcome.why, "no withdrawal check after 2026-03-23");
  EXPECT_EQ(seen(weekly(), day(200)).outcome, Outcome::not_judged);
  History no_plan = weekly();
  no_plan.events.erase(no_plan.events.begin());
  EXPECT_EQ(seen(no_plan, day(22)).outcome, Outcome::not_judged);
}

TEST(WithdrawalPattern, TheGapBeginsAtElevenTenthsOfTheInterval) {
  EXPECT_EQ(seen(missed({{0.6, 3}}), day(21.7)).outcome, Outcome::clear);
  EXPECT_EQ(seen(missed({{0.6, 3}}), day(21.71)).outcome, Outcome::found);
}

TEST(WithdrawalPattern, ThatEasesAfterTheNextDoseIsLevelThree) {
  const auto outcome = seen(dosed(missed({{1, 2}, {3, 4}, {5, 3}}), 6, 1));
  ASSERT_EQ(outcome.findings.size(), 1U);
  const Finding& f = outcome.findings[0];
  EXPECT_EQ(f.level, 3);
  EXPECT_EQ(f.since, day(28));
  EXPECT_FALSE(f.yields_to_illness);
  EXPECT_EQ(
      f.text,
      "after the infusion of 2026-03-16 the next was due about 2026-03-23 and was given on 2026-03-29; 4 "
      "signs "
      "new on 2026-03-26: anxiety 0 -> 2, craving 0 -> 2, irritability 0 -> 2, low-mood 0 -> 2; the "
      "checklist's sum was 4 on day 1 (2026-03-24), 8 on day 3 (2026-03-26), 6 on day 5 (2026-03-28); after "
      "that dose it eased to 2 on 2026-03-30; no PHQ-9 over that time");
}

TEST(WithdrawalPattern, BeforeTheNextDoseIsLevelTwoAndSaysWhatWouldTell) {
  const auto outcome = seen(missed({{1, 2}, {3, 4}}), day(25));
  ASSERT_EQ(outcome.findings.size(), 1U);
  EXPECT_EQ(outcome.findings[0].level, 2);
  EXPECT_EQ(outcome.findings[0].since, day(24));
  EXPECT_NE(outcome.findings[0].text.find("has not been given"), std::string::npos);
  EXPECT_NE(outcome.findings[0].text.find("ask again after the next dose"), std::string::npos);
  const auto unasked = seen(dosed(missed({{3, 4}}), 6, {}));
  EXPECT_EQ(unasked.findings.at(0).level, 2);
  EXPECT_NE(unasked.findings.at(0).text.find("it was not asked again within 7 days of that dose"),
            std::string::npos);
}

TEST(WithdrawalPattern, NeedsThreeNewSignsThatAreClear) {
  EXPECT_EQ(seen(missed({{3, 2}})).outcome, Outcome::clear);
  EXPECT_EQ(seen(missed({{3, 3}})).outcome, Outcome::found);
  EXPECT_EQ(seen(missed({{3, 9, 1}})).outcome, Outcome::clear);
}

TEST(WithdrawalPattern, CountsOnlyWhatIsAboveThePatientsUsualAnswers) {
  History history = missed({{3, 4}});
  history.events[1].body = withdrawal(2);  // before treatment two of the four were there as well
  EXPECT_EQ(seen(history).outcome, Outcome::clear);
  history.events[1].body = withdrawal(1);
  EXPECT_EQ(seen(history).outcome, Outcome::found);
  history.events.erase(history.events.begin() + 1);  // never asked before
  const auto outcome = seen(history);
  ASSERT_EQ(outcome.findings.size(), 1U);
  EXPECT_NE(outcome.findings[0].text.find("4 signs new on 2026-03-26: anxiety 2, craving 2"),
            std::string::npos);
}

TEST(WithdrawalPattern, IsAtItsWorstWithinFiveDays) {
  EXPECT_EQ(seen(missed({{0.4, 4}})).outcome, Outcome::not_judged);  // the day itself
  EXPECT_EQ(seen(missed({{0.5, 4}})).outcome, Outcome::found);
  EXPECT_EQ(seen(missed({{5.5, 4}})).outcome, Outcome::found);
  const auto late = seen(missed({{1, 0}, {3, 1}, {5.6, 4}}));
  EXPECT_EQ(late.outcome, Outcome::clear);
  EXPECT_NE(late.why.find("reads like the illness, not like withdrawal"), std::string::npos) << late.why;
  EXPECT_NE(late.why.find("at its worst after day 5"), std::string::npos) << late.why;
}

// It stays on the page: the answer that it did not ease is one bad answer more.
TEST(WithdrawalPattern, SlowWorseningThatNoDoseEasesYieldsToTheIllness) {
  const auto outcome = seen(dosed(missed({{1, 1}, {3, 2}, {5, 3}, {7, 5}}), 8, 5), day(31));
  ASSERT_EQ(outcome.findings.size(), 1U);
  const Finding& found = outcome.findings[0];
  EXPECT_EQ(found.level, 2);
  EXPECT_TRUE(found.yields_to_illness);
  EXPECT_NE(found.text.find(
                "2 on day 1 (2026-03-24), 4 on day 3 (2026-03-26), 6 on day 5 (2026-03-28), 10 on day 7"),
            std::string::npos)
      << found.text;
  EXPECT_NE(found.text.find("10 after that dose, on 2026-04-01: it did not ease"), std::string::npos)
      << found.text;
}

// Until the next dose tells, a look is asked for; where the illness is found to return, that explains it.
TEST(WithdrawalPattern, StillRisingWithoutADoseYieldsToAReturningIllness) {
  const auto rising = seen(missed({{5, 3}, {7, 5}}), day(29));
  ASSERT_EQ(rising.findings.size(), 1U);
  EXPECT_EQ(rising.findings[0].level, 2);
  EXPECT_TRUE(rising.findings[0].yields_to_illness);
  EXPECT_FALSE(seen(missed({{5, 5}, {7, 3}}), day(29)).findings.at(0).yields_to_illness);
}

TEST(WithdrawalPattern, EasesWhenTheSumFallsByHalfWithinAWeekOfTheDose) {
  EXPECT_EQ(seen(dosed(missed({{3, 4}}), 6, 2)).findings.at(0).level, 3);              // 8 to 4
  EXPECT_EQ(seen(dosed(missed({{3, 4}}), 6, 5, 1), day(29)).findings.at(0).level, 2);  // 8 to 5
  History late = dosed(missed({{3, 4}}), 6, {});
  late.add(day(27 + 7.6), withdrawal(0));
  EXPECT_EQ(seen(late, day(36)).findings.at(0).level, 2);
}

TEST(WithdrawalPattern, ASpacedDoseIsFeltFromTheDayItWouldHaveBeen) {
  History history = weekly();
  care::PlanChanged longer;
  longer.reason = care::ChangeReason::spacing;
  longer.note = "a note";
  longer.interval = 14.0 * units::day;
  history.add(day(13),
              longer);  // the gap from day 14 to 28 is as planned, and twice what the patient is used to
  history.add(day(24), withdrawal(4));
  history.infuse("next", day(28));
  history.add(day(29), withdrawal(0));
  EXPECT_EQ(seen(history).findings.at(0).level, 3);
  EXPECT_NE(seen(history).findings.at(0).text.find("due about 2026-03-23"), std::string::npos);
}

TEST(WithdrawalPattern, AMissedAppointmentBeginsAGapOfItsOwn) {
  History history;
  history.add(day(0), plan("0.5", 28.0 * units::day));
  history.infuse("s1", day(1));
  history.add(day(15), care::AppointmentMissed{care::MissedBecause::illness, ""});  // an extra session
  history.add(day(17), withdrawal(4));
  EXPECT_EQ(seen(history, day(18)).outcome, Outcome::found);
  history.events.erase(history.events.begin() + 3);
  EXPECT_EQ(seen(history, day(18)).outcome, Outcome::clear);
}

TEST(WithdrawalPattern, LooksBackNinetyTwoDays) {
  const History history = dosed(missed({{3, 4}}), 6, 0);  // the dose on day 27
  EXPECT_EQ(seen(history, day(119)).outcome, Outcome::found);
  EXPECT_NE(seen(history, day(120)).outcome, Outcome::found);
}

TEST(WithdrawalPattern, AWorseAnswerNeverLowersTheLevel) {
  for (const double after : {1.0, 2.0, 3.0, 4.0, 5.0}) {
    History history = missed({{3, 4}, {5, 3}});
    const int before = seen(history, day(27)).findings.at(0).level;
    history.add(day(21 + after), withdrawal(9, 3));
    EXPECT_GE(seen(history, day(27)).findings.at(0).level, before) << after;
  }
  History eased = dosed(missed({{3, 4}}), 6, 0);
  eased.add(day(30), withdrawal(9, 3));
  EXPECT_EQ(seen(eased).findings.at(0).level, 3);
}

}  // namespace
}  // namespace evenkeel::watch
