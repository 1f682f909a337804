// Each gate: passed, failed, missing, too old; and the bounds of its age.

#include "care/gates.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "support/session_day.hpp"

namespace evenkeel::care {
namespace {

using namespace test;
using Outcome = GateOutcome;

bool says(const GateResult& result, std::string_view what) {
  return result.text.find(what) != std::string::npos;
}

TEST(Gates, APatientForWhomAllIsInOrderMayStart) {
  const Day today;
  const auto results = today.ask();
  for (const GateResult& result : results) EXPECT_TRUE(result.passes()) << result.id << ": " << result.text;
  EXPECT_EQ(results.size(), 17U);  // fifteen gates and two rules before the start
  EXPECT_EQ(today.may(), StartAnswer::Kind::clear);
}

// R14: each answer names what was seen, when, how old it is, and its source.
TEST(Gates, AnAnswerNamesWhatWasSeenItsAgeAndItsSource) {
  const Day today;
  EXPECT_EQ(today.of("weight_today").text, "weight 70 kg, at 2026-03-02 08:00 UTC, 60 min ago");
  EXPECT_EQ(today.of("weight_today").source.source, "here");
  for (const GateResult& result : today.ask()) {
    EXPECT_FALSE(result.text.empty()) << result.id;
    EXPECT_FALSE(result.source.source.empty()) << result.id;
  }
}

// R15: nothing unknown passes.
TEST(Gates, AnEmptyRecordPassesNothing) {
  Day today;
  today.events.clear();
  for (const GateResult& result : today.ask()) {
    if (result.id == "interval") continue;  // the first session is no interval after another
    EXPECT_EQ(result.outcome, Outcome::missing) << result.id << ": " << result.text;
    EXPECT_FALSE(result.lets_start()) << result.id;
  }
  EXPECT_EQ(today.may(), StartAnswer::Kind::blocked);
}

// R4: identity is told to two people.
TEST(Gates, IdentityIsToldToTwoPeople) {
  Day one;
  one.drop_check(Check::identity_second);
  EXPECT_EQ(one.outcome("identity"), Outcome::missing);
  EXPECT_TRUE(says(one.of("identity"), "second check, by another person, is missing"));
  one.put(minute(-5), checked("s1", Check::identity_second), "nurse-1");
  EXPECT_EQ(one.outcome("identity"), Outcome::failed);
  EXPECT_TRUE(says(one.of("identity"), "both checks of identity are by nurse-1"));
  one.put(minute(-4), checked("s1", Check::identity_second), "nurse-3");
  EXPECT_EQ(one.outcome("identity"), Outcome::passed);
  one.put(minute(-3), checked("s1", Check::identity_first, Screened::concern), "nurse-1");
  EXPECT_EQ(one.outcome("identity"), Outcome::failed);
}

TEST(Gates, AChecksLatestAnswerCounts) {
  for (const auto& [check, id] :
       {std::pair{Check::fasting, "fasting"}, std::pair{Check::escort, "escort"},
        std::pair{Check::equipment, "equipment"}, std::pair{Check::no_change, "no_change"},
        std::pair{Check::pregnancy, "pregnancy"}}) {
    Day today;
    today.put(minute(-5), checked("s1", check, Screened::concern));
    EXPECT_EQ(today.outcome(id), Outcome::failed) << id;
    EXPECT_TRUE(says(today.of(id), "a concern: a note")) << today.of(id).text;
    today.put(minute(-4), checked("s1", check, Screened::not_applicable));
    EXPECT_EQ(today.outcome(id), check == Check::pregnancy ? Outcome::not_applicable : Outcome::failed) << id;
    today.put(minute(-3), checked("s1", check));
    EXPECT_EQ(today.outcome(id), Outcome::passed) << id;
    today.drop_check(check);
    today.put(minute(-5), checked("s0", check));  // another session's
    EXPECT_EQ(today.outcome(id), Outcome::missing) << id;
  }
}

// The age of what passes: exactly the limit is in time, a second more is not.
void expect_age_limit(Day today, std::string_view id, Instant seen, Duration limit) {
  EXPECT_EQ(today.outcome(id, seen + limit), Outcome::passed) << today.of(id, seen + limit).text;
  const GateResult late = today.of(id, seen + limit + 1.0 * units::s);
  EXPECT_EQ(late.outcome, Outcome::stale) << late.text;
  EXPECT_FALSE(late.lets_start());
  EXPECT_TRUE(says(late, "is asked for")) << late.text;
}

TEST(Gates, WhatIsTooOldIsNamedFromItsLimitOn) {
  const Day today;
  expect_age_limit(today, "weight_today", minute(-60), 12.0 * units::h);
  expect_age_limit(today, "blood_pressure", minute(-10), 30.0 * units::min);
  expect_age_limit(today, "suicide_screen", minute(-60), 24.0 * units::h);
  expect_age_limit(today, "dispensing_check", day(-10), 90.0 * units::day);
}

TEST(Gates, WithoutAnAgeItIsAskedForSinceTheCheckIn) {
  Day today;
  today.protocol.session.gates[1].not_older_than.reset();
  EXPECT_EQ(today.outcome("weight_today"), Outcome::stale);
  EXPECT_TRUE(says(today.of("weight_today"), "since the check-in"));
  today.put(minute(-30), weighed(70));
  EXPECT_EQ(today.outcome("weight_today"), Outcome::passed);
}

TEST(Gates, PressureRulesHaveEachTheirConsequence) {
  Day today;
  today.put(minute(-5), pressure("s1", 140));
  EXPECT_EQ(today.may(), StartAnswer::Kind::clear);
  today.put(minute(-4), pressure("s1", 141));
  EXPECT_EQ(today.outcome("systolic-above-140"), Outcome::failed);
  EXPECT_TRUE(
      says(today.of("systolic-above-140"), "systolic blood pressure 141 mmHg at 08:56 UTC, above 140"));
  EXPECT_EQ(today.may(), StartAnswer::Kind::needs_decision);
  today.put(minute(-3), pressure("s1", 180));
  EXPECT_EQ(today.may(), StartAnswer::Kind::blocked);
  today.put(minute(-2), pressure("s1", 130));
  EXPECT_EQ(today.may(), StartAnswer::Kind::clear);
}

TEST(Gates, ARuleOfASignThatWasNotReadDoesNotPass) {
  Day today;
  today.protocol.session.before_start.push_back(
      vital_rule("spo2-below-94", Vital::spo2, false, 94, Consequence::decide));
  EXPECT_EQ(today.outcome("spo2-below-94"), Outcome::missing);
  today.put(minute(-40), saturation("", 98));
  EXPECT_EQ(today.outcome("spo2-below-94"), Outcome::stale);
  today.put(minute(-1), saturation("s1", 98));
  EXPECT_EQ(today.outcome("spo2-below-94"), Outcome::passed);
}

TEST(Gates, AnUrgentAnswerStandsUntilItsInstrumentIsAnsweredAnew) {
  Day today;
  today.put(minute(-20), screen(1, 0));
  EXPECT_EQ(today.outcome("suicide_screen"), Outcome::failed);
  EXPECT_TRUE(says(today.of("suicide_screen"), "call the clinician"));
  today.put(minute(-15), phq9("000000000"));  // another instrument says otherwise
  EXPECT_EQ(today.outcome("suicide_screen"), Outcome::failed);
  today.put(minute(-14), total("screen", 0));  // answers no item
  EXPECT_EQ(today.outcome("suicide_screen"), Outcome::failed);
  today.put(minute(-13), screen(0, 0));
  EXPECT_EQ(today.outcome("suicide_screen"), Outcome::passed);
}

TEST(Gates, AScreenThatCannotBeJudgedIsMissing) {
  Day today;
  today.drop<Evaluation>();
  EXPECT_EQ(today.outcome("suicide_screen"), Outcome::missing);
  today.put(minute(-20), phq9("00000000"));  // item 9 left out
  EXPECT_EQ(today.outcome("suicide_screen"), Outcome::missing);
  EXPECT_TRUE(says(today.of("suicide_screen"), "item 9 of phq-9 has no answer"));
  today.put(minute(-19), phq9("333333330"));
  EXPECT_EQ(today.outcome("suicide_screen"), Outcome::passed);
  today.instruments.clear();
  EXPECT_EQ(today.outcome("suicide_screen"), Outcome::missing);
}

TEST(Gates, TheIntervalIsBetweenStarts) {
  const auto with_last = [](Instant start) {
    Day today;
    today.put(start, started("s0"));
    today.put(start + 40.0 * units::min, ended("s0"));
    return today.of("interval");
  };
  EXPECT_EQ(with_last(day(-2)).outcome, Outcome::passed);
  EXPECT_EQ(with_last(day(-2) + 1.0 * units::s).outcome, Outcome::failed);
  EXPECT_TRUE(says(with_last(day(-1)), "at least 48 h between starts are asked for"));
  EXPECT_TRUE(says(Day{}.of("interval"), "no session before"));
  Day none;
  none.protocol.dosing.reset();
  EXPECT_EQ(none.outcome("interval"), Outcome::missing);
}

TEST(Gates, InductionHasItsMostSessionsAWeek) {
  const auto with_first = [](Instant first) {
    Day today;
    int i = 0;
    for (const Instant start : {first, day(-5), day(-3)}) {
      const std::string name = "w" + std::to_string(++i);
      today.put(start, started(name));
      today.put(start + 40.0 * units::min, ended(name));
    }
    return today.of("interval");
  };
  EXPECT_EQ(with_first(day(-7)).outcome, Outcome::passed);  // a week ago is not in this week
  EXPECT_EQ(with_first(day(-7) + 1.0 * units::s).outcome, Outcome::failed);
  EXPECT_TRUE(says(with_first(day(-6.5)), "3 in the last 7 days, and 3 a week are the most"));
}

TEST(Gates, ConsentIsToThePlansVersionAndNotWithdrawn) {
  Day today;
  today.drop<ConsentRecorded>();
  EXPECT_EQ(today.outcome("consent"), Outcome::missing);
  today.put(day(-9), consent("0"));
  EXPECT_EQ(today.outcome("consent"), Outcome::missing);
  today.put(day(-8), consent("1"));
  EXPECT_EQ(today.outcome("consent"), Outcome::passed);
  today.put(day(-7), consent("0", false));
  EXPECT_EQ(today.outcome("consent"), Outcome::failed);
  today.put(day(-6), consent("1"));
  EXPECT_EQ(today.outcome("consent"), Outcome::passed);
  today.protocol.session.gates[10].not_older_than = sourced(5.0 * units::day);
  EXPECT_EQ(today.outcome("consent"), Outcome::stale);
}

TEST(Gates, AFaultOfThePlanIsNamed) {
  const auto with = [](auto&& change) {
    Day today;
    PlanApproved body = plan();
    change(body, today);
    today.put(day(-5), body);
    return today.of("plan_in_force");
  };
  const auto expect = [&](auto&& change, std::string_view what) {
    const GateResult result = with(change);
    EXPECT_EQ(result.outcome, Outcome::failed) << what;
    EXPECT_TRUE(says(result, what)) << result.text;
  };
  EXPECT_EQ(with([](PlanApproved&, Day&) {}).outcome, Outcome::passed);
  EXPECT_EQ(with([](PlanApproved& p, Day&) { p.stop_date = p.next_review = date(0); }).outcome,
            Outcome::passed);
  expect([](PlanApproved& p, Day&) { p.stop_date = date(-1); }, "its stop date was 2026-03-01");
  expect([](PlanApproved& p, Day&) { p.next_review = date(-1); }, "its review was due on 2026-03-01");
  expect([](PlanApproved& p, Day&) { p.protocol_version = "9.0.0"; },
         "9.0.0, but the session is held against");
  expect([](PlanApproved& p, Day&) { p.drug = Drug::esketamine; }, "it is for esketamine");
  expect([](PlanApproved& p, Day&) { p.fixed_dose_mg = Decimal{56}; }, "its dose is fixed");
  expect(
      [](PlanApproved& p, Day& today) {
        p.planned_sessions = 1;
        today.put(day(-4), started("s0"));
        today.put(day(-3.9), ended("s0"));
      },
      "all of its 1 sessions were given");
}

// R4, R16: a dose above the limit of one signature needs another person's.
TEST(Gates, AHighDoseNeedsASecondPersonsSignature) {
  Day today;
  today.drop<PlanApproved>();
  EXPECT_EQ(today.outcome("plan_in_force"), Outcome::missing);
  today.put(day(-9), plan("1.0"), "dr-a");
  EXPECT_EQ(today.outcome("plan_in_force"), Outcome::passed);  // at the limit
  const std::string high = today.put(day(-8), plan("1.1"), "clerk");
  EXPECT_EQ(today.outcome("plan_in_force"), Outcome::missing);
  EXPECT_TRUE(says(today.of("plan_in_force"), "signature of a second clinician"));
  today.put(day(-7), PlanSigned{high, "dr-a"});  // the responsible clinician
  today.put(day(-7), PlanSigned{high, "clerk"});
  EXPECT_EQ(today.outcome("plan_in_force"), Outcome::missing);
  today.put(day(-7), PlanSigned{high, "dr-b"});
  EXPECT_EQ(today.outcome("plan_in_force"), Outcome::passed);
  const std::string higher =
      today.put(day(-6), dose_change("1.2", ChangeReason::insufficient_response), "dr-a");
  EXPECT_EQ(today.outcome("plan_in_force"), Outcome::missing) << "the signature was under another dose";
  today.put(day(-5), PlanSigned{higher, "dr-b"});
  EXPECT_EQ(today.outcome("plan_in_force"), Outcome::passed);
}

TEST(Gates, WhatTheCalendarHasOverdueIsNamed) {
  Day today;
  today.drop<SymptomReport>();
  EXPECT_EQ(today.outcome("evaluations"), Outcome::missing);
  EXPECT_TRUE(says(today.of("evaluations"), "bladder symptoms never done"));
  today.put(day(-36), symptom(Symptom::nocturia, Severity::none));
  EXPECT_EQ(today.outcome("evaluations"), Outcome::stale);
  EXPECT_TRUE(says(today.of("evaluations"), "bladder symptoms overdue, last at"));
  today.put(day(-30), symptom(Symptom::nocturia, Severity::none));  // due, not yet overdue
  EXPECT_EQ(today.outcome("evaluations"), Outcome::passed);
}

TEST(Gates, WhatADispensingHistoryShowsIsForAClinicianAndShutsNobodyOut) {
  Day today;
  today.protocol.session.gates[13].consequence = Consequence::block;
  today.put(day(-1), looked(LookedIn::patient_report, true));  // was not looked for there
  EXPECT_EQ(today.outcome("dispensing_check"), Outcome::passed);
  today.put(day(-1), looked(LookedIn::dispensing_history, true));
  EXPECT_EQ(today.outcome("dispensing_check"), Outcome::failed);
  EXPECT_EQ(today.may(), StartAnswer::Kind::needs_decision);
}

TEST(Gates, EveryCriterionIsScreenedAndNoneIsInTheWay) {
  Day today;
  EXPECT_EQ(today.outcome("ecg"), GateResult{}.outcome);  // where there is a reason: not asked of all
  today.put(day(-1), screened("psychosis", Screened::concern));
  EXPECT_EQ(today.outcome("psychosis"), Outcome::failed);
  EXPECT_EQ(today.may(), StartAnswer::Kind::needs_decision);
  today.put(day(-0.5), screened("aneurysm", Screened::concern));
  EXPECT_EQ(today.may(), StartAnswer::Kind::blocked);
  today.put(minute(-2), decision("s1", "aneurysm"));
  EXPECT_EQ(today.may(), StartAnswer::Kind::blocked) << "what is absolute is nobody's decision at the chair";
  today.put(minute(-1), screened("aneurysm"));
  today.put(minute(-1), screened("psychosis", Screened::not_applicable));
  EXPECT_EQ(today.may(), StartAnswer::Kind::clear);
  today.drop<Screening>([](const Screening& s) { return s.criterion == "history"; });
  EXPECT_EQ(today.outcome("history"), Outcome::missing);
}

}  // namespace
}  // namespace evenkeel::care
