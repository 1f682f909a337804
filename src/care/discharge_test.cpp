// What is in the way of going home: each criterion alone, and what fires after the end.

#include <gtest/gtest.h>

#include <algorithm>

#include "care/flowsheet.hpp"
#include "support/chair.hpp"

namespace evenkeel::care {
namespace {

using namespace test;

TEST(Discharge, WhoMeetsEveryCriterionMayGoHome) {
  const Flowsheet sheet = whole().sheet(120);
  for (const auto& each : sheet.discharge) EXPECT_EQ(each.met, Met::met) << each.id << ": " << each.text;
  EXPECT_EQ(sheet.discharge.size(), 8U);
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
  open.put(116, saturation("s1", 88));
  open.put(117, saturation("s1", 97));
  expect_forbids(open, 120, "open_stop", Met::not_met);
  open.put(119, decision("s1", "spo2-below-92"));
  EXPECT_TRUE(may_discharge(open.sheet(120)));

  Chair decided = whole();
  decided.put(116, saturation("s1", 88));
  decided.put(117, decision("s1", "spo2-below-92"));
  expect_forbids(decided, 120, "vital_signs", Met::not_met);
}

// A patient went home with 195/99: after the end no hold was told, and only stops stood in the way.
TEST(Discharge, AHoldAfterTheEndIsToldAndWaitsForADecision) {
  Chair chair = whole();
  chair.put(115, pressure("s1", 165));
  const Flowsheet told = chair.sheet(116);
  ASSERT_EQ(told.firings.size(), 1U);
  EXPECT_TRUE(told.hold_asked);
  EXPECT_TRUE(told.firings.front().is_open());
  EXPECT_TRUE(told.firings.front().after_end);
  EXPECT_EQ(told.firings.front().action,
            "after the infusion: a clinician looks and decides before the patient leaves; act");
  EXPECT_FALSE(may_discharge(chair.sheet(120)));
  EXPECT_NE(criterion(chair.sheet(120), "open_stop").text.find("165 mmHg at 10:55 UTC, above 160: waits"),
            std::string::npos);

  chair.put(117, decision("s1", "systolic-above-160"));
  EXPECT_FALSE(chair.sheet(120).hold_asked);
  expect_forbids(chair, 120, "vital_signs", Met::not_met);
  EXPECT_NE(criterion(chair.sheet(120), "vital_signs").text.find("165 mmHg"), std::string::npos);
  chair.put(119, pressure("s1", 150));
  EXPECT_TRUE(may_discharge(chair.sheet(120)));
}

TEST(Discharge, WhatFiredBeforeTheEndAndWasNotReadAgainForbidsIt) {
  Chair chair;
  chair.put(38, pressure("s1", 165));
  chair.put(40, ended("s1"));
  chair.put(110, alertness("s1", 5));
  chair.put(112, home(9));
  chair.put(114, screen(0, 0, Moment::after_dose));
  EXPECT_EQ(chair.sheet(120).firings.front().answer, Answer::ended);
  expect_forbids(chair, 120, "vital_signs", Met::not_met);
}

// Written in the same minute: what was known at the end was answered by it.
TEST(Discharge, AtTheMomentOfTheEndTheOrderOfWritingDecides) {
  Chair before;
  before.put(40, pressure("s1", 165));
  before.put(40, ended("s1"));
  EXPECT_EQ(before.sheet(41).firings.front().answer, Answer::ended);
  Chair after;
  after.put(40, ended("s1"));
  after.put(40, pressure("s1", 165));
  EXPECT_TRUE(after.sheet(41).firings.front().is_open());
}

TEST(Discharge, NotToGoOnKeepsThePatientHere) {
  Chair chair = whole();
  chair.put(115, sign("s1", "green-ears"));
  chair.put(116, decision("s1", "green-ears", false));
  expect_forbids(chair, 120, "open_stop", Met::not_met);
  EXPECT_EQ(chair.sheet(120).firings.front().answered_by, "dr-a at 10:56 UTC: not to go on, weighed");
}

TEST(Discharge, AScoreOfTheRunningDrugIsNone) {
  Chair chair;
  chair.put(40, home(10));
  chair.put(40, ended("s1"));
  EXPECT_EQ(criterion(chair.sheet(120), "score").met, Met::unknown);
  Evaluation before = home(10);
  before.moment = Moment::before_dose;
  chair.put(50, before);
  EXPECT_EQ(criterion(chair.sheet(120), "score").met, Met::unknown);
  chair.put(60, home(10));
  EXPECT_EQ(criterion(chair.sheet(120), "score").met, Met::met);
}

// Whoever left is asked nothing more; how it was then is still shown.
TEST(Discharge, AVisitThatIsOverAsksForNothing) {
  Chair chair = whole();
  chair.put(119, pressure("s1", 165));
  chair.put(120, discharged("s1"));
  const Flowsheet sheet = chair.sheet(130);
  EXPECT_FALSE(sheet.hold_asked);
  EXPECT_EQ(sheet.firings.front().answer, Answer::none);
  EXPECT_FALSE(may_discharge(sheet));
}

TEST(Discharge, NobodyGoesHomeWhileItRuns) {
  Chair chair = whole();
  drop_at(chair, 40);
  const Flowsheet sheet = chair.sheet(200);
  EXPECT_FALSE(may_discharge(sheet));
  EXPECT_EQ(criterion(sheet, "time_after_end").met, Met::not_met);
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

}  // namespace
}  // namespace evenkeel::care
