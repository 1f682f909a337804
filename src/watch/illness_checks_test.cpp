// The illness that comes back, and scores of dependence: at the shipped thresholds and around them.

#include <gtest/gtest.h>

#include "support/chart.hpp"
#include "support/person_events.hpp"

namespace evenkeel::watch {
namespace {

using namespace test;
using care::Moment;

const Duration second = 1.0 * units::s;

// One infusion on day 0; totals of the PHQ-9 every 10 days after it.
History scored(std::initializer_list<int> scores, std::optional<int> baseline = {}) {
  History history;
  if (baseline) history.add(day(-1), total("phq-9", *baseline));
  history.infuse("s1", day(0));
  double at = 10.0;
  for (const int score : scores) {
    history.add(day(at), total("phq-9", score));
    at += 10.0;
  }
  return history;
}
RuleOutcome returning(const History& history, Instant now = day(60)) {
  return watched(history, now, "illness-returning");
}

TEST(IllnessReturning, IsNotJudgedBeforeTreatmentOrWithTooFewAnswers) {
  EXPECT_EQ(returning(History{}).outcome, Outcome::not_judged);
  EXPECT_EQ(returning(scored({})).outcome, Outcome::not_judged);
  EXPECT_EQ(returning(scored({15, 16})).outcome, Outcome::not_judged);
  EXPECT_EQ(returning(scored({6, 6, 6})).outcome, Outcome::clear);
}

TEST(IllnessReturning, NeedsTwoInARowFiveAboveTheBestAndTen) {
  EXPECT_EQ(returning(scored({5, 10, 10})).outcome, Outcome::found);
  EXPECT_EQ(returning(scored({5, 9, 10})).outcome, Outcome::clear);
  EXPECT_EQ(returning(scored({6, 10, 11})).outcome, Outcome::clear);  // 4 above the best
  EXPECT_EQ(returning(scored({6, 11, 11})).outcome, Outcome::found);
  EXPECT_EQ(returning(scored({6, 15})).outcome, Outcome::not_judged);
  EXPECT_EQ(returning(scored({6, 6, 15})).outcome, Outcome::clear);
  EXPECT_EQ(returning(scored({6, 15, 15, 8})).outcome, Outcome::clear);  // better again
}

TEST(IllnessReturning, SaysFromWhatToWhatAndSinceWhen) {
  const auto outcome = returning(scored({6, 14, 15}));
  ASSERT_EQ(outcome.findings.size(), 1U);
  const Finding& f = outcome.findings[0];
  EXPECT_EQ(f.level, 2);
  EXPECT_EQ(f.domain, "illness");
  EXPECT_EQ(f.since, day(30));
  EXPECT_EQ(f.text,
            "the PHQ-9 rose from 6 (2026-03-12) to 14 and 15 (2026-04-01): the illness may be coming back");
}

TEST(IllnessReturning, TheDeadlineDoesNotMoveWithTheNextBadAnswer) {
  EXPECT_EQ(returning(scored({6, 14, 15, 16})).findings.at(0).since, day(30));
}

TEST(IllnessReturning, TheScoreBeforeTreatmentIsABestAsWell) {
  EXPECT_EQ(returning(scored({15, 16}, 9)).outcome, Outcome::found);   // worse than before it began
  EXPECT_EQ(returning(scored({15, 16}, 20)).outcome, Outcome::clear);  // never was well
}

// The virtual clinic showed it: of many answers of a steady patient one is low by chance.
TEST(IllnessReturning, IsSlightWhereFewOfTheBetterAnswersWereMuchBetter) {
  const auto finding = [](const History& history) { return returning(history, day(80)).findings.at(0); };
  EXPECT_FALSE(finding(scored({6, 12, 12})).slight);  // the only one
  EXPECT_EQ(finding(scored({6, 12, 12})).level, 2);
  EXPECT_FALSE(finding(scored({9, 8, 6, 12, 12})).slight);  // one of three
  EXPECT_TRUE(finding(scored({9, 8, 8, 6, 12, 12})).slight);
  EXPECT_EQ(finding(scored({9, 8, 8, 6, 12, 12})).level, 1);
  EXPECT_TRUE(finding(scored({10, 10, 10, 6, 13, 13})).slight);
  EXPECT_FALSE(finding(scored({10, 10, 10, 6, 14, 14})).slight);  // far
  EXPECT_FALSE(finding(scored({6, 27, 27, 12, 12})).slight);      // the bad ones say nothing against it
}

TEST(IllnessReturning, BetterAnswersMakeItFirmForNinetyDays) {
  for (const auto& [at, slight] : {std::pair{110.0, false}, {110.1, true}}) {
    History history = scored({6, 6});  // days 10 and 20
    history.add(day(at), total("phq-9", 14));
    history.add(day(at + 10), total("phq-9", 14));
    EXPECT_EQ(returning(history, day(at + 11)).findings.at(0).slight, slight) << at;
  }
}

TEST(IllnessReturning, AnswersInTheHoursOfADoseDoNotCount) {
  History history = scored({6});
  history.add(day(20), total("phq-9", 15, Moment::after_dose));
  history.add(day(30), total("phq-9", 15, Moment::during_dose));
  EXPECT_EQ(returning(history).outcome, Outcome::not_judged);
}

TEST(IllnessReturning, ALookHoldsForSixtyDays) {
  EXPECT_EQ(returning(scored({6, 14, 15}), day(80)).outcome, Outcome::found);
  EXPECT_EQ(returning(scored({6, 14, 15}), day(80) + second).outcome, Outcome::clear);
  EXPECT_EQ(returning(scored({6, 14, 15}), day(90) + second).outcome, Outcome::not_judged);
}

TEST(IllnessReturning, TwoFormsAtOneVisitAreOneReading) {
  History history = scored({6});
  history.add(day(20), total("phq-9", 15));
  history.add(day(20.4), total("phq-9", 15));
  EXPECT_EQ(returning(history).outcome, Outcome::not_judged);
  history.add(day(20.5), total("phq-9", 15));
  EXPECT_EQ(returning(history).outcome, Outcome::found);
}

History checked(std::initializer_list<int> sums) {
  History history;
  double at = 0.0;
  for (const int sum : sums) {
    history.add(day(at), total("dependence-check", sum));
    at += 28.0;
  }
  return history;
}
RuleOutcome risen(const History& history, Instant now = day(115)) {
  return watched(history, now, "dependence-check-rise");
}

TEST(DependenceScore, NeedsTwoAnswersAndALateOne) {
  EXPECT_EQ(risen(History{}).outcome, Outcome::not_judged);
  EXPECT_EQ(risen(checked({9}), day(1)).outcome, Outcome::not_judged);
  EXPECT_EQ(risen(checked({0, 0}), day(118)).outcome, Outcome::clear);
  EXPECT_EQ(risen(checked({0, 0}), day(118) + second).outcome, Outcome::not_judged);
}

TEST(DependenceScore, ARiseOfThreeOrSixWithAnyRiseIsFound) {
  EXPECT_EQ(risen(checked({0, 2})).outcome, Outcome::clear);
  const auto outcome = risen(checked({0, 3}), day(30));
  ASSERT_EQ(outcome.findings.size(), 1U);
  EXPECT_EQ(outcome.findings[0].level, 2);
  EXPECT_EQ(outcome.findings[0].since, day(28));
  EXPECT_NE(
      outcome.findings[0].text.find("the dependence check rose from 0 to 3: 0 (2026-03-02), 3 (2026-03-30)"),
      std::string::npos)
      << outcome.findings[0].text;
  EXPECT_EQ(risen(checked({6, 6})).outcome, Outcome::clear);
  EXPECT_EQ(risen(checked({5, 6})).outcome, Outcome::found);
  EXPECT_EQ(risen(checked({4, 5})).outcome, Outcome::clear);
  EXPECT_EQ(risen(checked({6, 5})).outcome, Outcome::clear);
}

// A first form full of the need for treatment, then well for months: the rise is from what was usual.
TEST(DependenceScore, IsMeasuredFromWhatWasUsualWhereThatIsLower) {
  EXPECT_EQ(risen(checked({5, 1, 1, 1, 4})).outcome, Outcome::found);
  EXPECT_EQ(risen(checked({5, 1, 1, 1, 3})).outcome, Outcome::clear);
}

TEST(DependenceScore, GoesOnWithEachFurtherHighAnswer) {
  std::vector<int> sums{5, 1, 1, 1};
  for (int more = 0; more < 8; ++more) {
    sums.push_back(5);
    History history;
    double at = 0.0;
    for (const int sum : sums) history.add(day(at += 28.0), total("dependence-check", sum));
    EXPECT_EQ(risen(history, day(at + 1.0)).outcome, Outcome::found) << more;
  }
}

TEST(DependenceScore, OfASiteIsNotJudgedWithoutItsInstrument) {
  const auto outcome = watched(History{}, day(0), "dependence-score");
  EXPECT_EQ(outcome.outcome, Outcome::not_judged);
  EXPECT_EQ(outcome.why, "no severity-of-dependence score is loaded; a site loads its own by --instruments");
}

// The same function on an instrument that a site has loaded, by its own thresholds.
TEST(DependenceScore, OfASiteIsJudgedWithIt) {
  std::vector<care::Instrument> instruments = library().instruments;
  care::Instrument own =
      *std::ranges::find(instruments, std::string{"dependence-check"}, &care::Instrument::id);
  own.id = "sds";
  own.short_title = "a site's score";
  instruments.push_back(own);
  const auto outcome = [&](std::initializer_list<int> sums) {
    History history;
    double at = 0.0;
    for (const int sum : sums) history.add(day(at += 20.0), total("sds", sum));
    const care::Record record = history.record();
    const auto valid = record.valid();
    const auto scores = care::scores(valid, instruments);
    const Prediction none;
    return watch::run(std::span{&rule("dependence-score"), 1},
                      {valid, {}, scores, {}, day(at + 1.0), instruments, none})
        .front();
  };
  EXPECT_EQ(outcome({0, 1}).outcome, Outcome::clear);
  EXPECT_EQ(outcome({0, 2}).outcome, Outcome::found);
  EXPECT_EQ(outcome({3, 4}).outcome, Outcome::found);
  EXPECT_EQ(outcome({4, 4}).outcome, Outcome::clear);  // high, and no change
  EXPECT_NE(outcome({3, 4}).findings.at(0).text.find("a site's score rose from 3 to 4"), std::string::npos);
}

}  // namespace
}  // namespace evenkeel::watch
