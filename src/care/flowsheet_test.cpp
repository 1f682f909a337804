// The sheet of a running and an ended session: times, rules and rates.

#include "care/flowsheet.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "support/chair.hpp"

namespace evenkeel::care {
namespace {

using namespace test;

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

// A reading half a minute after the start ticked off the one ten minutes later.
TEST(Flowsheet, AReadingFarBeforeItsTimeIsOneMore) {
  Chair chair;
  chair.put(0.5, pressure("s1", 120));
  EXPECT_EQ(letters(chair.sheet(1)), "tc");
  EXPECT_EQ(chair.sheet(1).vitals.back().due, minute(10));
  chair.put(5, pressure("s1", 120));  // within the grace before it
  EXPECT_EQ(letters(chair.sheet(6)), "ttc");
  EXPECT_EQ(chair.sheet(6).vitals.back().due, minute(15));
}

TEST(Flowsheet, AfterAHoldTheNextReadingIsDueAtOnce) {
  Chair chair;
  chair.put(10, pressure("s1", 165));
  EXPECT_EQ(letters(chair.sheet(11)), "ttc");
  EXPECT_EQ(chair.sheet(11).vitals.back().due, minute(10));
  EXPECT_EQ(chair.sheet(11).vitals.back().what, "again at once");
  EXPECT_EQ(chair.sheet(11).vitals.back().source.source, "here");
  EXPECT_EQ(letters(chair.sheet(15.1)), "tto");
  EXPECT_EQ(letters(chair.sheet(20.1)), "ttmc");
  chair.put(13, pressure("s1", 140));
  EXPECT_EQ(letters(chair.sheet(14)), "tttc");
  EXPECT_EQ(chair.sheet(14).vitals.back().due, minute(23));
  chair.put(16, saturation("s1", 90));  // no pressure: the whole set is due again
  EXPECT_EQ(chair.sheet(17).vitals.back().due, minute(16));
}

TEST(Flowsheet, AReadingThatAHoldAskedForBeforeTheEndIsMissing) {
  Chair chair;
  chair.put(30, pressure("s1", 165));
  chair.put(38, ended("s1"));
  EXPECT_EQ(letters(chair.sheet(39)), "tmlmcccc");
  EXPECT_EQ(chair.sheet(39).vitals[3].what, "again at once");
}

TEST(Flowsheet, AfterTheEndAHoldAsksForAReadingOfItsOwn) {
  Chair chair;
  for (const double at : {10.0, 20.0, 30.0}) chair.put(at, pressure("s1", 120));
  chair.put(40, ended("s1"));
  chair.put(41, pressure("s1", 165));
  EXPECT_EQ(letters(chair.sheet(42)), "tttttcccc");
  EXPECT_EQ(chair.sheet(42).vitals[5].what, "again at once");
  EXPECT_EQ(letters(chair.sheet(46.1)), "tttttoccc");
  chair.put(47, pressure("s1", 130));
  EXPECT_EQ(letters(chair.sheet(48)), "tttttlccc");
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
  EXPECT_EQ(chair.sheet(13).firings.front().answer, Answer::paused);
  chair.put(14, saturation("s1", 80));
  EXPECT_TRUE(chair.sheet(15).stop_asked);
  chair.put(16, ended("s1", "10"));
  const Flowsheet sheet = chair.sheet(17);
  EXPECT_FALSE(sheet.stop_asked);
  EXPECT_EQ(sheet.firings.back().answer, Answer::ended);
}

// It vanished from everybody's screen with the pause, and with it the way to a decision.
TEST(Flowsheet, APausedHoldWaitsForADecision) {
  Chair chair;
  chair.put(10, pressure("s1", 165));
  EXPECT_FALSE(chair.sheet(11).paused);
  chair.put(12, rate("s1", "0"));
  chair.put(20, pressure("s1", 130));  // a good reading decides nothing
  const Flowsheet sheet = chair.sheet(21);
  EXPECT_TRUE(sheet.paused);
  EXPECT_EQ(sheet.state, "is paused");
  EXPECT_TRUE(sheet.hold_asked);
  EXPECT_FALSE(sheet.firings.front().is_open());
  EXPECT_TRUE(sheet.firings.front().waits());
  chair.put(22, decision("s1", "systolic-above-160"));
  EXPECT_FALSE(chair.sheet(23).hold_asked);
  EXPECT_TRUE(chair.sheet(23).paused);
}

TEST(Flowsheet, WhatFiresDuringAPauseIsToldAnew) {
  Chair chair;
  chair.put(10, pressure("s1", 165));
  chair.put(12, rate("s1", "0"));
  chair.put(20, pressure("s1", 175));
  const Flowsheet sheet = chair.sheet(21);
  EXPECT_EQ(sheet.firings[0].answer, Answer::paused);
  EXPECT_TRUE(sheet.firings[1].is_open());
  EXPECT_EQ(sheet.firings[1].action, "act");
  chair.put(22, decision("s1", "systolic-above-160"));
  EXPECT_FALSE(chair.sheet(23).hold_asked) << "one decision is about all that fired before it";
}

TEST(Flowsheet, APauseThatIsOverAnswersNothing) {
  Chair chair;
  chair.put(10, pressure("s1", 165));
  chair.put(12, rate("s1", "0"));
  chair.put(14, rate("s1", "50"));  // written down although it was not allowed
  EXPECT_TRUE(chair.sheet(15).firings.front().is_open());
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
  EXPECT_EQ(sheet.dose_note, "");
  EXPECT_EQ(sheet.so_far->in(units::mg), 35.0);
  EXPECT_FALSE(sheet.left);
  EXPECT_EQ(sheet.observe_until, minute(120));  // two hours from the start come after an hour from the end
}

// The record takes what is said to be given; the sheet says where it cannot be.
TEST(Flowsheet, WhatCannotHaveBeenGivenIsSaid) {
  Chair short_run;
  short_run.put(2, ended("s1", "15"));
  EXPECT_NE(short_run.sheet(3).dose_note.find("add up to 1.8 mg, but 15 mg are recorded as given"),
            std::string::npos)
      << short_run.sheet(3).dose_note;
  EXPECT_EQ(short_run.sheet(3).so_far->in(units::mg), 15.0);
  Chair above;
  above.put(40, ended("s1", "35.1"));
  EXPECT_EQ(above.sheet(41).dose_note,
            "35.1 mg are recorded as given, more than the 35 mg that were drawn up");
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
