// Dose, rate and spacing: each check at its shipped thresholds, one step below and one above.

#include <gtest/gtest.h>

#include "support/chart.hpp"

namespace evenkeel::watch {
namespace {

using namespace test;
using care::ChangeReason;

History with_plan(std::string_view mg_per_kg = "0.5", Duration interval = 7.0 * units::day) {
  History history;
  history.add(day(0), plan(mg_per_kg, interval));
  return history;
}

// One infusion of `mg` at 70 kg, and at another plan and weight.
RuleOutcome dosed(std::string_view mg, std::string_view planned = "0.5", double weight_kg = 70.0) {
  History history = with_plan(planned);
  history.infuse("s1", day(1), mg, weight_kg);
  return watched(history, day(2), "dose-above-plan");
}

TEST(DoseAbovePlan, IsNotJudgedWithoutAnInfusionOrWithoutAPlan) {
  EXPECT_EQ(watched(with_plan(), day(2), "dose-above-plan").outcome, Outcome::not_judged);
  History no_plan;
  no_plan.infuse("s1", day(1));
  const auto outcome = watched(no_plan, day(2), "dose-above-plan");
  EXPECT_EQ(outcome.outcome, Outcome::not_judged);
  EXPECT_EQ(outcome.why, "1 infusion without a plan in force");
}

TEST(DoseAbovePlan, HasRoomForRoundingOfFivePercent) {
  EXPECT_EQ(dosed("35").outcome, Outcome::clear);
  EXPECT_EQ(dosed("36.75").outcome, Outcome::clear);
  EXPECT_EQ(dosed("36.76").outcome, Outcome::found);
}

// 1.05 has no exact binary form: 8.88615 mg at 40.3 kg on a plan of 0.21 mg/kg came out a digit above it.
TEST(DoseAbovePlan, FivePercentExactlyIsNeverCrossedByTheLastDigit) {
  for (const char* planned : {"0.21", "0.35", "0.43", "0.5", "0.57", "0.6", "0.71", "0.9"}) {
    for (const char* weight : {"40.3", "41.8", "43.3", "47.5", "54.4", "57.4", "70", "83.1", "97.6", "110"}) {
      const auto product = multiply(*Decimal::parse(planned), *Decimal::parse("1.05"));
      const auto mg = multiply(*product, *Decimal::parse(weight));
      EXPECT_EQ(dosed(mg->to_string(), planned, Decimal::parse(weight)->to_double()).outcome, Outcome::clear)
          << planned << ' ' << weight;
    }
  }
}

TEST(DoseAbovePlan, NamesTheSessionThePlanAndTheShare) {
  const auto outcome = dosed("42");
  ASSERT_EQ(outcome.findings.size(), 1U);
  const Finding& f = outcome.findings[0];
  EXPECT_EQ(f.level, 1);
  EXPECT_NE(f.text.find("session s1 (2026-03-03): 42 mg at 70.0 kg is 0.60 mg/kg, 20 % above the plan's 0.5"),
            std::string::npos)
      << f.text;
  EXPECT_EQ(f.events, (std::vector<std::string>{"e2", "e1"}));
  EXPECT_EQ(f.latest, day(1));
  EXPECT_FALSE(f.rival.empty());
  EXPECT_FALSE(f.sources.empty());
}

// A fixed dose is judged in mg: 56 mg at 50 kg is 1.12 mg/kg, and nothing is above anything.
History with_fixed(std::string_view mg) {
  History history;
  auto fixed = plan();
  fixed.dose_mg_per_kg = Decimal{};
  fixed.fixed_dose_mg = *Decimal::parse(mg);
  history.add(day(0), fixed);
  return history;
}

TEST(DoseAbovePlan, JudgesAFixedDoseInMilligrams) {
  History history = with_fixed("56");
  history.infuse("s1", day(1), "56", 50.0);
  EXPECT_EQ(watched(history, day(2), "dose-above-plan").outcome, Outcome::clear);
  history.infuse("s2", day(8), "84", 50.0);
  const auto above = watched(history, day(9), "dose-above-plan");
  ASSERT_EQ(above.findings.size(), 1U);
  EXPECT_NE(above.findings[0].text.find("50 % above the plan's 56 mg"), std::string::npos)
      << above.findings[0].text;
}

TEST(DoseAbovePlan, TellsNoRiseBetweenAFixedDoseAndOneByWeight) {
  History history = with_fixed("56");
  for (int i = 1; i <= 5; ++i) history.infuse("s" + std::to_string(i), day(7 * i), "56", 70.0);
  history.add(day(40), dose_change("0.8", ChangeReason::administrative));
  EXPECT_EQ(watched(history, day(41), "dose-above-plan").outcome, Outcome::clear);
}

TEST(DoseAbovePlan, IsSilentAboveTheSignatureOnceASecondClinicianHasSigned) {
  History history = with_plan("1.2");
  history.infuse("s0", day(1), "84");
  EXPECT_EQ(watched(history, day(2), "dose-above-plan").outcome, Outcome::found);
  History with = with_plan("1.2");
  with.add(day(0.5), care::PlanSigned{"e1", "dr-b"});
  with.infuse("s0", day(1), "84");
  EXPECT_EQ(watched(with, day(2), "dose-above-plan").outcome, Outcome::clear);
}

TEST(RateBand, IsOfInfusionsByWeight) {
  History history = with_fixed("84");
  history.infuse("s1", day(1), "84", 50.0);
  const auto outcome = watched(history, day(2), "rate-band");
  EXPECT_EQ(outcome.outcome, Outcome::not_judged);
  EXPECT_NE(outcome.why.find("fixed dose"), std::string::npos);
}

TEST(DoseAbovePlan, SuspectsTheSaltOnlyNearItsRatio) {
  const auto suspected = [](std::string_view mg) {
    return dosed(mg).findings.at(0).text.find("hydrochloride") != std::string::npos;
  };
  EXPECT_TRUE(suspected("40.36"));  // 1.153
  EXPECT_TRUE(suspected("39.6"));   // 1.131
  EXPECT_FALSE(suspected("39.5"));  // 1.129
  EXPECT_FALSE(suspected("41.2"));  // 1.177
}

TEST(DoseAbovePlan, IsHeldAgainstThePlanOfItsOwnTime) {
  History history = with_plan();
  history.infuse("s1", day(1), "42");
  history.add(day(2), dose_change("0.6", ChangeReason::insufficient_response));
  history.infuse("s2", day(3), "42");
  const auto outcome = watched(history, day(4), "dose-above-plan");
  ASSERT_EQ(outcome.findings.size(), 1U);
  EXPECT_EQ(outcome.findings[0].text.find("session s2"), std::string::npos);
}

TEST(DoseAbovePlan, AsksForASecondSignatureAboveOneMgPerKg) {
  EXPECT_EQ(dosed("70", "1.0").outcome, Outcome::clear);
  EXPECT_EQ(dosed("70.01", "1.0").outcome, Outcome::found);
}

TEST(DoseAbovePlan, LooksAtTheLargerOfOrderedAndGiven) {
  History history = with_plan("0.9");
  history.add(day(1), started("s1", "70.5"));
  history.add(day(1) + 40.0 * units::min, ended("s1", "60"));
  EXPECT_EQ(watched(history, day(2), "dose-above-plan").outcome, Outcome::found);
}

// Four sessions; the dose is changed after `after` of them.
History raised(int after, std::string_view to, ChangeReason reason) {
  History history = with_plan();
  for (int i = 1; i <= 4; ++i) {
    history.infuse("s" + std::to_string(i), day(7 * i));
    if (i == after) history.add(day(7 * i + 1), dose_change(to, reason));
  }
  return history;
}
Outcome risen(const History& history) {
  return watched(history, day(60), "dose-above-plan").outcome;
}

TEST(DoseAbovePlan, ARisenPlanIsFoundAboveAQuarter) {
  EXPECT_EQ(risen(raised(3, "0.625", ChangeReason::administrative)), Outcome::clear);
  EXPECT_EQ(risen(raised(3, "0.626", ChangeReason::administrative)), Outcome::found);
}

TEST(DoseAbovePlan, TitrationAndAnswersToTheResponseAreNoRise) {
  EXPECT_EQ(risen(raised(3, "0.8", ChangeReason::insufficient_response)), Outcome::clear);
  EXPECT_EQ(risen(raised(2, "0.8", ChangeReason::administrative)), Outcome::clear);
  History few = with_plan();
  few.infuse("s1", day(1));
  few.add(day(2), dose_change("0.8", ChangeReason::administrative));
  EXPECT_EQ(risen(few), Outcome::clear);
}

// The unexplained rise was forgotten as soon as a further rise had a reason.
TEST(DoseAbovePlan, ALaterExplainedRiseDoesNotExcuseAnUnexplainedOne) {
  History history = raised(3, "0.75", ChangeReason::administrative);
  history.add(day(40), dose_change("0.8", ChangeReason::insufficient_response));
  EXPECT_EQ(risen(history), Outcome::found);
  history.add(day(41), dose_change("0.5", ChangeReason::safety));
  EXPECT_EQ(risen(history), Outcome::clear);  // taken back
}

// A dose said again was called a rise, and a plan approved anew for want of response an unexplained one.
TEST(DoseAbovePlan, APlanThatRepeatsItsDoseOrAnswersTheResponseIsNoRise) {
  History history = raised(3, "0.8", ChangeReason::insufficient_response);
  history.add(day(40), dose_change("0.8", ChangeReason::administrative));
  EXPECT_EQ(risen(history), Outcome::clear);
  care::PlanApproved anew = plan("0.9");
  anew.change_reason = ChangeReason::insufficient_response;
  history.add(day(41), anew);
  EXPECT_EQ(risen(history), Outcome::clear);
  history.add(day(42), plan("1.0"));
  EXPECT_EQ(risen(history), Outcome::found);
}

RuleOutcome rated(std::string_view mg, double weight_kg = 70.0) {
  History history;
  history.infuse("s1", day(1), mg, weight_kg);
  return watched(history, day(2), "rate-band");
}

TEST(RateBand, BeginsAboveOneMgPerKgAndHour) {
  EXPECT_EQ(watched(History{}, day(2), "rate-band").outcome, Outcome::not_judged);
  EXPECT_EQ(rated("46", 69.0).outcome, Outcome::clear);  // 46 mg in 40 min at 69 kg: 1 mg/kg/h
  EXPECT_EQ(rated("46.01", 69.0).outcome, Outcome::found);
}

TEST(RateBand, SeesAShortFastStretch) {
  History history;
  history.add(day(1), started("s1", "40"));  // 60 mg/h
  history.add(day(1) + 20.0 * units::min, rate("s1", "0"));
  history.add(day(1) + 30.0 * units::min, rate("s1", "120"));
  history.add(day(1) + 40.0 * units::min, ended("s1", "40"));
  EXPECT_EQ(watched(history, day(2), "rate-band").outcome, Outcome::found);
}

// The recorded rate of 300 mg/h was passed over, for the total contradicted it: "no sign seen".
TEST(RateBand, IsNotJudgedWhereTheRatesAreNotKnown) {
  History history;
  history.add(day(1), started("s1"));
  history.add(day(1) + 10.0 * units::min, rate("s1", "300"));
  history.add(day(1) + 40.0 * units::min, ended("s1", "35"));
  const auto outcome = watched(history, day(2), "rate-band");
  EXPECT_EQ(outcome.outcome, Outcome::not_judged);
  EXPECT_NE(outcome.why.find("the rates of 1 of 1"), std::string::npos);
  history.infuse("s2", day(3), "60");
  EXPECT_EQ(watched(history, day(4), "rate-band").outcome, Outcome::found);
}

// `count` sessions `gap` days apart from day `first` on.
History spaced(int count, double gap, double first = 1.0) {
  History history = with_plan();
  for (int i = 0; i < count; ++i) history.infuse("s" + std::to_string(i + 1), day(first + i * gap));
  return history;
}

TEST(ShorteningIntervals, NeedsThreeGapsAndAPlan) {
  EXPECT_EQ(watched(spaced(3, 1.0), day(50), "shortening-intervals").outcome, Outcome::not_judged);
  EXPECT_EQ(watched(spaced(4, 1.0), day(50), "shortening-intervals").outcome, Outcome::found);
  History no_plan = spaced(4, 1.0);
  no_plan.events.erase(no_plan.events.begin());
  EXPECT_EQ(watched(no_plan, day(50), "shortening-intervals").outcome, Outcome::not_judged);
}

TEST(ShorteningIntervals, BeginBelowThreeQuartersOfThePlan) {
  EXPECT_EQ(watched(spaced(4, 5.25), day(50), "shortening-intervals").outcome, Outcome::clear);
  EXPECT_EQ(watched(spaced(4, 5.24), day(50), "shortening-intervals").outcome, Outcome::found);
}

TEST(ShorteningIntervals, LookAtTheLastThreeGapsOnly) {
  History history = spaced(4, 1.0);
  for (int i = 5; i <= 7; ++i) history.infuse("s" + std::to_string(i), day(4 + 7.0 * (i - 4)));
  EXPECT_EQ(watched(history, day(60), "shortening-intervals").outcome, Outcome::clear);
}

// Two sessions 30 days apart, then one at `into` days of the course and one `gap` days before it.
Outcome late(double into, double gap) {
  History history;
  history.add(day(0), plan("0.5", 7.0 * units::day));
  history.infuse("s1", day(1));
  history.infuse("s2", day(31));
  history.infuse("s3", day(1 + into - gap));
  history.infuse("s4", day(1 + into));
  return watched(history, day(90), "shortening-intervals").outcome;
}

TEST(ShorteningIntervals, AskLateInTheCourseAboutLessThanAWeek) {
  EXPECT_EQ(late(57, 6.9), Outcome::found);
  EXPECT_EQ(late(57, 7.0), Outcome::clear);
  EXPECT_EQ(late(56, 6.9), Outcome::clear);  // eight weeks exactly
}

}  // namespace
}  // namespace evenkeel::watch
