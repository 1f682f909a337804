// Supplies from elsewhere: what is one find, what explains it, what lies before treatment.

#include <gtest/gtest.h>

#include "support/chart.hpp"
#include "support/person_events.hpp"

namespace evenkeel::watch {
namespace {

using namespace test;
using care::Circumstance;
using care::LookedIn;
using care::SupplyKind;

const Duration second = 1.0 * units::s;

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

RuleOutcome sourced(const History& history, Instant now = day(100)) {
  return watched(history, now, "second-source");
}
// Treatment from day 0: a plan and an infusion.
History treated() {
  History history;
  history.add(day(0), plan());
  history.infuse("s1", day(1));
  return history;
}

TEST(SecondSource, OtherControlledDrugsAreNone) {
  History history;
  for (const auto kind : {SupplyKind::opioid, SupplyKind::sedative, SupplyKind::stimulant, SupplyKind::other})
    history.add(day(0), found_in(LookedIn::dispensing_history, {{.substance = "a drug", .kind = kind}}));
  EXPECT_EQ(sourced(history, day(10)).outcome, Outcome::clear);
}

TEST(SecondSource, TheSameFindSeenTwiceIsOneFindingWithBothEvents) {
  History history = treated();
  const auto find = found_in(LookedIn::dispensing_history, {{.supplier = "Clinic B", .dispensed = date(5)}});
  history.add(day(10), find);
  history.add(day(90), find);
  history.add(day(91), found_in(LookedIn::patient_report, {{.supplier = "clinic b", .dispensed = date(30)}}));
  const auto outcome = sourced(history);
  ASSERT_EQ(outcome.findings.size(), 1U);
  EXPECT_EQ(outcome.findings[0].events.size(), 3U);
  EXPECT_EQ(outcome.findings[0].since, day(10));
  EXPECT_EQ(outcome.findings[0].latest, day(91));
  EXPECT_TRUE(has(outcome.findings[0].text, "seen again on 2026-05-31 in the dispensing history"))
      << outcome.findings[0].text;
  history.add(day(92), found_in(LookedIn::patient_report, {{.supplier = "clinic b", .dispensed = date(61)}}));
  EXPECT_EQ(sourced(history).findings.size(), 2U);  // 31 days after the last
}

TEST(SecondSource, ATestWithinThreeDaysOfTheClinicsOwnInfusionIsExplained) {
  const Instant end = day(1) + 40.0 * units::min;
  for (const auto& [at, explained] :
       {std::pair{end + 72.0 * units::h, true}, {end + 72.0 * units::h + second, false}, {day(0.9), false}}) {
    History history;
    history.add(day(0), plan());
    history.infuse("s1", day(1));
    history.add(at, looked(LookedIn::toxicology, true));
    const Finding f = sourced(history).findings.at(0);
    EXPECT_EQ(!f.explained_by.empty(), explained) << at.to_string();
    EXPECT_EQ(test::level_of(history, day(10)), explained ? 0 : 3);
  }
  History history = treated();
  history.add(day(2), looked(LookedIn::patient_report, true));  // words are no test
  EXPECT_TRUE(sourced(history).findings.at(0).explained_by.empty());
}

TEST(SecondSource, AnAnaestheticExplainsWhatWasFoundAroundIt) {
  for (const auto& [at, explained] : {std::pair{20.0, true}, {22.9, true}, {24.0, false}}) {
    History history = treated();
    history.add(day(20), noted(Circumstance::anaesthetic));
    history.add(day(30),
                found_in(LookedIn::outside_record, {{.supplier = "hospital", .dispensed = date(at)}}));
    EXPECT_EQ(!sourced(history).findings.at(0).explained_by.empty(), explained) << at;
  }
  History home = treated();
  home.add(day(20), noted(Circumstance::anaesthetic));
  home.add(day(30), found_in(LookedIn::outside_record,
                             {{.supplier = "hospital", .dispensed = date(20), .days_supply = 30}}));
  EXPECT_TRUE(sourced(home).findings.at(0).explained_by.empty());  // nobody is sent home with an anaesthetic
}

TEST(SecondSource, BeforeTreatmentBeganItIsAReviewAndSinceThenAnAct) {
  const auto level = [](std::optional<Date> dispensed, std::optional<int> days, double at) {
    History history;
    if (at < 0.0) history.add(day(at), found_in(LookedIn::dispensing_history, {{.dispensed = dispensed}}));
    history.add(day(0), plan());
    history.infuse("s1", day(1));
    if (at >= 0.0)
      history.add(day(at),
                  found_in(LookedIn::dispensing_history, {{.dispensed = dispensed, .days_supply = days}}));
    return sourced(history).findings.at(0).level;
  };
  EXPECT_EQ(level(date(-30), {}, 10), 2);
  EXPECT_EQ(level(date(-1), {}, 10), 2);
  EXPECT_EQ(level(date(0), {}, 10), 3);
  EXPECT_EQ(level({}, {}, 10), 3);   // undated
  EXPECT_EQ(level({}, {}, -10), 2);  // seen before
  EXPECT_EQ(level(date(-20), 10, 10), 2);
  EXPECT_EQ(level(date(-20), 30, 10), 3);  // lasts into the treatment
}

TEST(SecondSource, ThePatientsOwnYesCounts) {
  History history;
  history.add(day(-5), dependence({.other_source = 1}));
  history.add(day(0), plan());
  history.add(day(20), dependence({.other_source = 0}));
  ASSERT_EQ(sourced(history).findings.size(), 1U);
  EXPECT_EQ(sourced(history).findings[0].level, 2);
  history.add(day(40), dependence({.other_source = 1}));
  history.add(day(70), dependence({.other_source = 1}));
  const auto outcome = sourced(history);
  ASSERT_EQ(outcome.findings.size(), 2U);
  EXPECT_EQ(outcome.findings[1].level, 3);
  EXPECT_EQ(outcome.findings[1].since, day(40));
  EXPECT_EQ(outcome.findings[1].text,
            "the patient answered that there was ketamine from elsewhere (dependence check): 2026-04-11, "
            "2026-05-11");
}

// One yes near an anaesthetic made another, of months before, look explained.
TEST(SecondSource, AnAnaestheticExplainsOneYesAndNotAnother) {
  History history = treated();
  history.add(day(10), dependence({.other_source = 1}));
  history.add(day(80), noted(Circumstance::anaesthetic));
  history.add(day(90), dependence({.other_source = 1}));
  EXPECT_TRUE(sourced(history).findings.at(0).explained_by.empty());
  history.events[3].body = dependence({.other_source = 0});
  EXPECT_FALSE(sourced(history).findings.at(0).explained_by.empty());
}

RuleOutcome at_home(const History& history, Instant now = day(100)) {
  return watched(history, now, "home-supply");
}
// Supplies of `days` days dispensed on the days given, seen in one look on day 95.
History fetched(int days, std::initializer_list<double> on) {
  History history = treated();
  care::OtherSource look{LookedIn::dispensing_history, {}};
  for (const double each : on)
    look.found.push_back(
        {"ketamine lozenges", "oral", "a pharmacy", date(each), SupplyKind::ketamine, days, true});
  history.add(day(95), look);
  return history;
}

TEST(HomeSupply, IsNotJudgedWithoutALook) {
  EXPECT_EQ(at_home(History{}).outcome, Outcome::not_judged);
  History history = treated();
  history.add(day(5), looked(LookedIn::dispensing_history));
  EXPECT_EQ(at_home(history, day(97)).outcome, Outcome::clear);
  EXPECT_EQ(at_home(history, day(97) + second).outcome, Outcome::not_judged);
}

TEST(HomeSupply, AnyKetamineForHomeIsFoundAndAnInfusionElsewhereIsNot) {
  History history = treated();
  history.add(day(10), found_in(LookedIn::dispensing_history, {{.supplier = "another clinic"}}));
  EXPECT_EQ(at_home(history, day(20)).outcome, Outcome::clear);
  history.add(day(11), found_in(LookedIn::patient_report, {{.supplier = "a pharmacy", .for_home = true}}));
  const auto outcome = at_home(history, day(20));
  ASSERT_EQ(outcome.findings.size(), 1U);
  EXPECT_EQ(outcome.findings[0].level, 3);
  EXPECT_TRUE(
      has(outcome.findings[0].text, "at-home supply, outside every protocol here: ketamine from a pharmacy"));
  EXPECT_EQ(at_home(fetched(30, {50})).findings.size(), 1U);
}

TEST(HomeSupply, FetchedEarlyTwiceIsSaidWithItsDates) {
  EXPECT_EQ(at_home(fetched(30, {20, 44, 68})).findings.size(), 1U);  // 24 days of 30: 80 %
  EXPECT_EQ(at_home(fetched(30, {20, 43, 67})).findings.size(), 1U);  // early once
  const auto outcome = at_home(fetched(30, {20, 43, 66}));
  ASSERT_EQ(outcome.findings.size(), 2U);
  EXPECT_EQ(outcome.findings[1].level, 3);
  EXPECT_EQ(outcome.findings[1].text,
            "fetched before 80 % of the days' supply had passed, 2 times in 90 days: 2026-04-14, 2026-05-07");
  EXPECT_EQ(at_home(fetched(30, {20, 43, 66}), day(132)).findings.size(), 2U);
  EXPECT_EQ(at_home(fetched(30, {20, 43, 66}), day(133)).findings.size(), 1U);
}

TEST(HomeSupply, ShortPrescriptionsThatLookEarlyAreNamed) {
  EXPECT_TRUE(has(at_home(fetched(7, {60, 65, 70})).findings.at(1).text,
                  "each for at most 7 days, and short prescriptions look early"));
  EXPECT_FALSE(has(at_home(fetched(8, {60, 65, 70})).findings.at(1).text, "look early"));
}

RuleOutcome prescribed(const History& history, Instant now = day(182)) {
  return watched(history, now, "many-prescribers");
}
History shopping(int prescriptions, int suppliers, SupplyKind kind = SupplyKind::opioid) {
  History history;
  care::OtherSource look{LookedIn::dispensing_history, {}};
  for (int i = 0; i < prescriptions; ++i)
    look.found.push_back(
        {"a drug", "", "doctor " + std::to_string(i % suppliers), date(10.0 * i), kind, {}, false});
  history.add(day(100), look);
  return history;
}

TEST(ManyPrescribers, SixFromSixInSixMonthsAreFound) {
  EXPECT_EQ(prescribed(History{}).outcome, Outcome::not_judged);
  EXPECT_EQ(prescribed(shopping(5, 5)).outcome, Outcome::clear);
  EXPECT_EQ(prescribed(shopping(9, 5)).outcome, Outcome::clear);
  EXPECT_EQ(prescribed(shopping(6, 6, SupplyKind::other)).outcome, Outcome::clear);
  for (const auto kind :
       {SupplyKind::opioid, SupplyKind::sedative, SupplyKind::stimulant, SupplyKind::ketamine})
    EXPECT_EQ(prescribed(shopping(6, 6, kind)).outcome, Outcome::found);
  const Finding f = prescribed(shopping(6, 6)).findings.at(0);
  EXPECT_EQ(f.level, 2);
  EXPECT_TRUE(
      has(f.text, "6 prescriptions of controlled drugs from 6 suppliers in 183 days: a drug from doctor 0"));
  EXPECT_EQ(prescribed(shopping(6, 6), day(183)).outcome, Outcome::clear);
}

TEST(ManyPrescribers, ThatWhichIsSeenTwiceCountsOnce) {
  History history = shopping(5, 5);
  const care::Body again = history.events.front().body;
  history.add(day(110), again);
  EXPECT_EQ(prescribed(history).outcome, Outcome::clear);
}

}  // namespace
}  // namespace evenkeel::watch
