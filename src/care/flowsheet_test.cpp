// The sheet of a running and an ended session: times, rules, rates, and each criterion of going home.

#include "care/flowsheet.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "care/record.hpp"
#include "support/session_protocol.hpp"
#include "support/visit_events.hpp"

namespace evenkeel::care {
namespace {

using namespace test;

// A session from minute 0 on, and the sheet of it. The reading before the start is there.
struct Chair {
  Protocol protocol = session_protocol();
  std::vector<Instrument> instruments = session_instruments();
  std::vector<Event> events;

  explicit Chair(SessionStarted start = started("s1")) {
    put(-30, checked_in("s1"));
    put(-25, checked("s1", Check::fasting));
    put(-20, checked("s1", Check::escort));
    put(-10, made_ready("s1", start.dose.mg.to_string(), start.length.in(units::min)));
    put(-5, pressure("s1", 120));
    put(0, start);
  }
  void put(double at, Body body) {
    events.push_back(event("f" + std::to_string(events.size()), minute(at), std::move(body)));
  }
  [[nodiscard]] FlowQuestion at(double minutes) const {
    return {events, protocol, instruments, "s1", minute(minutes)};
  }
  [[nodiscard]] Flowsheet sheet(double minutes) const {
    auto found = flowsheet(at(minutes));
    expects(found.has_value(), "a test's session was started");
    return *std::move(found);
  }
};

// One letter for each time that is due: Taken, Late, Missing, Overdue, to Come.
std::string letters(const Flowsheet& sheet) {
  std::string found;
  for (const VitalsDue& due : sheet.vitals) found += " tlmoc"[static_cast<std::size_t>(due.state)];
  return found;
}

TEST(Flowsheet, ASessionBeforeItsStartHasNone) {
  Chair chair;
  chair.events.pop_back();
  const auto found = flowsheet(chair.at(1));
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().code, ErrorCode::not_found);
  EXPECT_NE(found.error().what.find("no flowsheet before its start"), std::string::npos);
}

TEST(Flowsheet, VitalsAreDueEveryTenMinutesAndLateAfterTheirGrace) {
  Chair chair;
  EXPECT_EQ(letters(chair.sheet(15)), "tc");  // ten minutes and the grace: still in time
  EXPECT_EQ(letters(chair.sheet(15.1)), "to");
  EXPECT_EQ(letters(chair.sheet(20)), "to");
  EXPECT_EQ(letters(chair.sheet(20.1)), "tmc");  // the next is due, the first was never taken
  chair.put(15, pressure("s1", 120));
  EXPECT_EQ(letters(chair.sheet(16)), "ttc");
  EXPECT_EQ(chair.sheet(16).vitals.back().due, minute(25));
  chair.put(30.1, pressure("s1", 120));
  EXPECT_EQ(letters(chair.sheet(31)), "ttlc");
  EXPECT_EQ(chair.sheet(31).vitals[2].taken, minute(30.1));
}

TEST(Flowsheet, TheFirstReadingIsAskedForBeforeTheStart) {
  Chair chair;
  std::erase_if(chair.events, [](const Event& each) { return each.at == minute(-5); });
  EXPECT_EQ(letters(chair.sheet(1)), "mc");
  chair.put(1, saturation("s1", 98));  // no blood pressure: not the set that is due
  EXPECT_EQ(letters(chair.sheet(2)), "mc");
}

TEST(Flowsheet, AfterTheEndTheyAreDueAtTheirTimes) {
  Chair chair;
  for (const double at : {10.0, 20.0, 30.0}) chair.put(at, pressure("s1", 120));
  chair.put(40, ended("s1"));
  EXPECT_EQ(letters(chair.sheet(45)), "ttttcccc");
  EXPECT_EQ(letters(chair.sheet(45.1)), "ttttoccc");
  EXPECT_EQ(letters(chair.sheet(50)), "ttttmccc");  // the next one's time has begun
  chair.put(41, pressure("s1", 120));
  chair.put(60.1, pressure("s1", 120));  // 15 min after, and its grace is over
  EXPECT_EQ(letters(chair.sheet(61)), "tttttlcc");
  chair.put(75, pressure("s1", 120));
  chair.put(95, pressure("s1", 120));
  const Flowsheet sheet = chair.sheet(120);
  EXPECT_EQ(letters(sheet), "tttttltt");
  EXPECT_EQ(sheet.vitals.back().what, "60 min after the end");
  EXPECT_EQ(sheet.vitals.back().source.source, "here");
}

TEST(Flowsheet, ATimeSkippedBeforeTheEndIsMissing) {
  Chair chair;
  chair.put(10, pressure("s1", 120));
  chair.put(40, ended("s1"));
  EXPECT_EQ(letters(chair.sheet(41)), "ttmmcccc");  // at 20 and 30; at 40 the end's own
}

VitalSigns pulse(int rate) {
  VitalSigns body;
  body.session = "s1";
  body.heart_rate_per_min = rate;
  return body;
}

// R14: a rule that fired shows its value, its limit, its source and what it asks for.
TEST(Flowsheet, AFiringShowsValueLimitSourceAndAction) {
  Chair chair;
  chair.put(10, saturation("s1", 92));
  EXPECT_TRUE(chair.sheet(11).firings.empty());
  chair.put(12, saturation("s1", 91));
  const Flowsheet sheet = chair.sheet(13);
  ASSERT_EQ(sheet.firings.size(), 1U);
  const Firing& firing = sheet.firings.front();
  EXPECT_EQ(firing.rule, "spo2-below-92");
  EXPECT_EQ(firing.value, 91);
  EXPECT_EQ(firing.limit, 92);
  EXPECT_EQ(firing.text, "oxygen saturation 91 % at 09:12 UTC, below 92");
  EXPECT_EQ(firing.action, "act");
  EXPECT_EQ(firing.source.source, "here");
  EXPECT_TRUE(sheet.stop_asked);
  EXPECT_FALSE(sheet.hold_asked);
}

TEST(Flowsheet, WhatIsOnlyShownAsksForNothing) {
  Chair chair;
  chair.put(10, pulse(120));
  const Flowsheet sheet = chair.sheet(11);
  ASSERT_EQ(sheet.firings.size(), 1U);
  EXPECT_EQ(sheet.firings.front().answer, Answer::not_asked);
  EXPECT_FALSE(sheet.stop_asked || sheet.hold_asked);
}

std::ptrdiff_t fired(const Flowsheet& sheet, std::string_view rule) {
  return std::ranges::count(sheet.firings, rule, &Firing::rule);
}

TEST(Flowsheet, ALastingRuleFiresWhenItHasLasted) {
  Chair once;
  once.put(10, pressure("s1", 190));
  EXPECT_EQ(fired(once.sheet(11), "systolic-above-180"), 0);
  Chair soon = once;
  soon.put(14.9, pressure("s1", 190));
  EXPECT_EQ(fired(soon.sheet(15), "systolic-above-180"), 0);
  soon.put(15, pressure("s1", 190));  // an unbroken row of five minutes
  EXPECT_EQ(fired(soon.sheet(16), "systolic-above-180"), 1);
  Chair broken = once;
  broken.put(12, pressure("s1", 170));
  broken.put(15, pressure("s1", 190));
  EXPECT_EQ(fired(broken.sheet(16), "systolic-above-180"), 0);
  Chair lasting = once;
  lasting.put(12, saturation("s1", 98));  // another sign breaks no row
  lasting.put(15, pressure("s1", 190));
  EXPECT_EQ(fired(lasting.sheet(16), "systolic-above-180"), 1);
  EXPECT_TRUE(lasting.sheet(16).stop_asked);
}

TEST(Flowsheet, ASignIsARuleToo) {
  Chair chair;
  chair.put(10, sign("s1", "chest-pain"));
  EXPECT_TRUE(chair.sheet(11).stop_asked);
  EXPECT_EQ(chair.sheet(11).firings.front().text, "chest pain at 09:10 UTC");
  Chair mild;
  mild.put(10, sign("s1", "nausea"));
  EXPECT_FALSE(mild.sheet(11).stop_asked || mild.sheet(11).hold_asked);
}

// R15: what the protocol does not know is not passed over.
TEST(Flowsheet, AnUnlistedSignHoldsUntilItIsDecided) {
  Chair chair;
  chair.put(10, sign("s1", "green-ears"));
  EXPECT_TRUE(chair.sheet(11).hold_asked);
  chair.put(12, decision("s1", "green-ears"));
  EXPECT_FALSE(chair.sheet(13).hold_asked);
}

TEST(Flowsheet, AHoldIsAnsweredByAPauseAndAStopIsNot) {
  Chair chair;
  chair.put(10, pressure("s1", 165));
  EXPECT_TRUE(chair.sheet(11).hold_asked);
  chair.put(12, rate("s1", "0"));
  EXPECT_FALSE(chair.sheet(13).hold_asked);
  EXPECT_EQ(chair.sheet(13).firings.front().answer, Answer::paused);
  chair.put(14, saturation("s1", 80));
  EXPECT_TRUE(chair.sheet(15).stop_asked);
  chair.put(16, ended("s1", "10"));
  const Flowsheet sheet = chair.sheet(17);
  EXPECT_FALSE(sheet.stop_asked);
  EXPECT_EQ(sheet.firings.back().answer, Answer::ended);
}

TEST(Flowsheet, AnEarlierPauseOrLowerRateAnswersNothing) {
  Chair chair;
  chair.put(5, rate("s1", "0"));
  chair.put(8, rate("s1", "50"));
  chair.put(10, pressure("s1", 165));
  chair.put(11, rate("s1", "20"));
  EXPECT_TRUE(chair.sheet(12).hold_asked);
}

// R18: a decision answers with its name and reason, and only what fired before it.
TEST(Flowsheet, ADecisionAnswersWhatFiredBeforeIt) {
  Chair chair;
  chair.put(10, saturation("s1", 91));
  chair.put(11, decision("s1", "spo2-below-92", false));
  EXPECT_TRUE(chair.sheet(11.5).stop_asked) << "not to go on is still to stop";
  chair.put(12, decision("s1", "spo2-below-92"));
  EXPECT_FALSE(chair.sheet(13).stop_asked);
  EXPECT_EQ(chair.sheet(13).firings.front().answered_by, "dr-a at 09:12 UTC: weighed");
  chair.put(14, saturation("s1", 90));
  EXPECT_TRUE(chair.sheet(15).stop_asked);
}

TEST(Flowsheet, WhatHasRunInIsByRatesAndTimes) {
  Chair chair;
  chair.put(20, rate("s1", "0"));
  Flowsheet sheet = chair.sheet(30);
  EXPECT_NEAR(sheet.so_far->in(units::mg), 17.5, 1e-9);
  EXPECT_NEAR(sheet.left->in(units::mg), 17.5, 1e-9);
  EXPECT_EQ(sheet.rate, InfusionRate{});
  EXPECT_EQ(sheet.dose_note, "");
  chair.put(30, rate("s1", "52.5"));
  EXPECT_NE(chair.sheet(50.1).dose_note.find("the ordered 35 mg are in"), std::string::npos);
  chair.put(52, ended("s1", "35.0"));
  sheet = chair.sheet(60);
  EXPECT_EQ(sheet.so_far->in(units::mg), 35.0);
  EXPECT_FALSE(sheet.left);
  EXPECT_EQ(sheet.observe_until, minute(120));  // two hours from the start come after an hour from the end
}

TEST(Flowsheet, BySprayNothingIsKnownUntilTheLastOne) {
  SessionStarted spray = started("s1", "56");
  spray.route = Route::intranasal;
  Chair chair{spray};
  EXPECT_FALSE(chair.sheet(5).so_far);
  EXPECT_FALSE(may_run_at(chair.at(5), Decimal{10}));
  chair.put(10, ended("s1", "56"));
  EXPECT_EQ(chair.sheet(11).so_far->in(units::mg), 56.0);
}

// A session that ended at minute 40, with all that a discharge at 120 asks for.
Chair whole() {
  Chair chair;
  chair.put(40, ended("s1"));
  chair.put(110, alertness("s1", 5));
  chair.put(112, home(9));
  chair.put(114, screen(0, 0, Moment::after_dose));
  return chair;
}

Met met(const Flowsheet& sheet, std::string_view id) {
  const auto found = std::ranges::find(sheet.discharge, id, &DischargeCriterion::id);
  expects(found != sheet.discharge.end(), "the protocol asks for it");
  return found->met;
}

TEST(Discharge, WhoMeetsEveryCriterionMayGoHome) {
  const Flowsheet sheet = whole().sheet(120);
  for (const auto& each : sheet.discharge) EXPECT_EQ(each.met, Met::met) << each.id << ": " << each.text;
  EXPECT_EQ(sheet.discharge.size(), 7U);
  EXPECT_TRUE(may_discharge(sheet));
}

// `id` alone is not met after the change, and forbids the discharge.
void expect_forbids(const Chair& chair, double at, std::string_view id, Met how) {
  const Flowsheet sheet = chair.sheet(at);
  EXPECT_FALSE(may_discharge(sheet)) << id;
  for (const auto& each : sheet.discharge)
    EXPECT_EQ(each.met, each.id == id ? how : Met::met) << id << " " << each.id;
}

void drop_at(Chair& chair, double at) {
  std::erase_if(chair.events, [&](const Event& each) { return each.at == minute(at); });
}

TEST(Discharge, EachCriterionAloneForbidsIt) {
  expect_forbids(whole(), 119.9, "time_after_start", Met::not_met);
  Chair late_end = whole();
  drop_at(late_end, 40);
  late_end.events.insert(late_end.events.begin() + 6, event("late", minute(61), ended("s1")));
  expect_forbids(late_end, 120.9, "time_after_end", Met::not_met);
  EXPECT_TRUE(may_discharge(late_end.sheet(121)));

  Chair drowsy = whole();
  drowsy.put(118, alertness("s1", 4));
  expect_forbids(drowsy, 120, "moaas", Met::not_met);
  Chair unseen = whole();
  drop_at(unseen, 110);
  unseen.put(39, alertness("s1", 5));  // before the end
  expect_forbids(unseen, 120, "moaas", Met::unknown);

  Chair low = whole();
  low.put(118, home(8));
  expect_forbids(low, 120, "score", Met::not_met);
  Chair unscored = whole();
  drop_at(unscored, 112);
  expect_forbids(unscored, 120, "score", Met::unknown);

  Chair alone = whole();
  alone.put(118, checked("s1", Check::escort, Screened::concern));
  expect_forbids(alone, 120, "escort", Met::not_met);
  Chair nobody = whole();
  drop_at(nobody, -20);
  expect_forbids(nobody, 120, "escort", Met::unknown);

  Chair unsafe = whole();
  unsafe.put(118, screen(1, 0));
  expect_forbids(unsafe, 120, "suicide_screen", Met::not_met);
  Chair unasked = whole();
  drop_at(unasked, 114);
  unasked.put(0, screen(0, 0));  // at the start: the gate's
  expect_forbids(unasked, 120, "suicide_screen", Met::unknown);

  Chair open = whole();
  open.put(118, saturation("s1", 88));
  expect_forbids(open, 120, "open_stop", Met::not_met);
  open.put(119, decision("s1", "spo2-below-92"));
  EXPECT_TRUE(may_discharge(open.sheet(120)));
}

TEST(Discharge, NobodyGoesHomeWhileItRuns) {
  Chair chair = whole();
  drop_at(chair, 40);
  const Flowsheet sheet = chair.sheet(200);
  EXPECT_FALSE(may_discharge(sheet));
  EXPECT_EQ(met(sheet, "time_after_end"), Met::not_met);
}

TEST(Discharge, AfterItTheSheetStandsAsThePatientLeft) {
  Chair chair = whole();
  chair.put(120, discharged("s1"));
  chair.put(300, saturation("", 80));
  const Flowsheet sheet = chair.sheet(500);
  EXPECT_EQ(sheet.state, "is already discharged");
  EXPECT_TRUE(may_discharge(sheet));
  EXPECT_TRUE(sheet.firings.empty());
}

void expect_rate_refused(const Chair& chair, double at, std::string_view rate, std::string_view what) {
  const auto answer = may_run_at(chair.at(at), *Decimal::parse(rate));
  ASSERT_FALSE(answer) << rate;
  EXPECT_NE(answer.error().what.find(what), std::string::npos) << answer.error().what;
}

// R16: the limit that binds is named, and nothing is clamped to it.
TEST(MayRunAt, TheHighestRateByTheDaysWeightBinds) {
  const Chair chair;  // 70 kg, 1.5 mg/kg/h
  EXPECT_TRUE(may_run_at(chair.at(5), Decimal{105}));
  expect_rate_refused(chair, 5, "105.1", "at 70 kg; iv-ket-trd-0.5x40 allows at most 1.5 mg/kg/h");
  expect_rate_refused(chair, 5, "-1", "a negative rate");
  EXPECT_TRUE(may_run_at(chair.at(5), Decimal{0}));
}

TEST(MayRunAt, TheOrderAndTheSessionsDoseBind) {
  const Chair chair;
  EXPECT_TRUE(may_run_at(chair.at(39.9), *Decimal::parse("52.5")));
  expect_rate_refused(chair, 40, "52.5", "the ordered 35 mg are in");
  const Chair high{started("s1", "71")};
  expect_rate_refused(high, 5, "52.5", "the order of 71 mg is 1.01 mg/kg at 70 kg");
}

TEST(MayRunAt, AHoldWaitsForADecisionAlsoWhenPaused) {
  Chair chair;
  chair.put(10, pressure("s1", 165));
  expect_rate_refused(chair, 11, "52.5", "waits for a decision about 'systolic-above-160'");
  chair.put(12, rate("s1", "0"));
  chair.put(20, pressure("s1", 130));
  expect_rate_refused(chair, 21, "52.5", "waits for a decision");
  chair.put(22, decision("s1", "systolic-above-160"));
  EXPECT_TRUE(may_run_at(chair.at(23), *Decimal::parse("52.5")));
}

TEST(MayRunAt, OnlyWhatRunsHasARate) {
  Chair chair;
  chair.put(40, ended("s1"));
  expect_rate_refused(chair, 41, "10", "there is no rate to change");
}

}  // namespace
}  // namespace evenkeel::care
