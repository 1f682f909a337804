// What adds to sedation: each way it comes to light, looked for or not, and what explains it.

#include <gtest/gtest.h>

#include "support/chart.hpp"

namespace evenkeel::watch {
namespace {

using namespace test;
using care::Prescribed;
using care::Substance;

const Duration second = 1.0 * units::s;

RuleOutcome sedated(const History& history, Instant now = day(10)) {
  return watched(history, now, "sedatives");
}
care::MedicineChanged begun(Substance substance, Prescribed by, bool taken = true) {
  return {substance, "x 1 mg", taken, by, ""};
}
care::Toxicology test_with(Substance substance, bool found = true) {
  return {care::Specimen::urine, false, {{substance, found, {}, ""}}};
}
care::PreCheck no_change() {
  return {"s1", care::Check::no_change, care::Screened::clear, ""};
}

TEST(Sedatives, AreJudgedOnlyWhereSomebodyLooked) {
  EXPECT_EQ(sedated(History{}).outcome, Outcome::not_judged);
  for (const care::Body& look : {care::Body{no_change()}, care::Body{test_with(Substance::opioid, false)},
                                 care::Body{looked(care::LookedIn::dispensing_history)},
                                 care::Body{begun(Substance::cannabis, Prescribed::unknown)}}) {
    History history;
    history.add(day(-1), care::SessionCheckedIn{"s1", ""});
    history.add(day(0), look);
    EXPECT_EQ(sedated(history, day(90)).outcome, Outcome::clear) << care::kind_text(look);
    EXPECT_EQ(sedated(history, day(90) + second).outcome, Outcome::not_judged) << care::kind_text(look);
  }
  History elsewhere;
  elsewhere.add(day(0), looked(care::LookedIn::patient_report));
  EXPECT_EQ(sedated(elsewhere).outcome, Outcome::not_judged);
}

TEST(Sedatives, APrescribedOneIsWatchedAndAnotherReviewed) {
  for (const auto& [by, level] :
       {std::pair{Prescribed::here, 1}, std::pair{Prescribed::elsewhere, 1},
        std::pair{Prescribed::not_prescribed, 2}, std::pair{Prescribed::unknown, 2}}) {
    for (const Substance each : {Substance::opioid, Substance::benzodiazepine, Substance::other_sedative,
                                 Substance::ghb, Substance::alcohol}) {
      History history;
      history.add(day(0), begun(each, by));
      ASSERT_EQ(sedated(history).findings.size(), 1U);
      EXPECT_EQ(sedated(history).findings[0].level, level) << care::prescribed_words(by);
    }
  }
}

TEST(Sedatives, OneThatWasStoppedOrIsNoLongerNewIsNoSign) {
  History history;
  history.add(day(0), begun(Substance::opioid, Prescribed::here));
  EXPECT_EQ(sedated(history, day(90)).outcome, Outcome::found);
  EXPECT_EQ(sedated(history, day(90) + second).outcome, Outcome::not_judged);
  history.add(day(3), begun(Substance::opioid, Prescribed::here, false));
  EXPECT_EQ(sedated(history).outcome, Outcome::clear);
  history.add(day(4), begun(Substance::opioid, Prescribed::here));
  EXPECT_EQ(sedated(history).findings.size(), 1U);
}

TEST(Sedatives, AnotherSubstancesEndStopsNothing) {
  History history;
  history.add(day(0), begun(Substance::opioid, Prescribed::here));
  history.add(day(1), begun(Substance::benzodiazepine, Prescribed::here, false));
  EXPECT_EQ(sedated(history).outcome, Outcome::found);
}

TEST(Sedatives, ATestThatFindsWhatIsNotKnownAsksForAReview) {
  History history;
  history.add(day(1), test_with(Substance::opioid));
  const auto outcome = sedated(history);
  ASSERT_EQ(outcome.findings.size(), 1U);
  EXPECT_EQ(outcome.findings[0].level, 2);
  EXPECT_NE(outcome.findings[0].text.find("a screen, not confirmed"), std::string::npos);
  for (const auto& [at, by, known] :
       {std::tuple{0.0, Prescribed::elsewhere, true}, std::tuple{1.5, Prescribed::elsewhere, false},
        std::tuple{0.0, Prescribed::not_prescribed, false}}) {
    History told = history;
    told.add(day(at), begun(Substance::opioid, by));
    const auto tests = std::ranges::count_if(sedated(told).findings,
                                             [](const Finding& f) { return f.events.front() == "e1"; });
    EXPECT_EQ(tests, known ? 0 : 1) << at;
  }
}

TEST(Sedatives, AnAnaestheticNearTheTestExplainsIt) {
  const auto explained = [](double at) {
    History history;
    history.add(day(20), test_with(Substance::benzodiazepine));
    history.add(day(at), care::CircumstanceNoted{care::Circumstance::anaesthetic, ""});
    return !sedated(history, day(30)).findings.at(0).explained_by.empty();
  };
  EXPECT_TRUE(explained(13));
  EXPECT_FALSE(explained(12.99));
}

TEST(Sedatives, KetamineAndStimulantsAreOtherRulesBusiness) {
  for (const Substance each : {Substance::ketamine, Substance::norketamine, Substance::cocaine}) {
    History history;
    history.add(day(0), test_with(each));
    EXPECT_EQ(sedated(history).outcome, Outcome::clear);
  }
}

TEST(Sedatives, ASupplyThatNobodyHereKnewOfAsksForAReview) {
  care::OtherSource look{care::LookedIn::dispensing_history, {}};
  look.found.push_back({"oxycodone", "", "a pharmacy", {}, care::SupplyKind::opioid, 28, true});
  History history;
  history.add(day(1), look);
  EXPECT_EQ(sedated(history).findings.at(0).level, 2);
  History known;
  known.add(day(0), begun(Substance::opioid, Prescribed::elsewhere));
  known.add(day(1), look);
  ASSERT_EQ(sedated(known).findings.size(), 1U);
  EXPECT_EQ(sedated(known).findings[0].level, 1);
  look.found[0].kind = care::SupplyKind::stimulant;
  History stimulant;
  stimulant.add(day(1), look);
  EXPECT_EQ(sedated(stimulant).outcome, Outcome::clear);
}

}  // namespace
}  // namespace evenkeel::watch
