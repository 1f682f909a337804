// A session held against a protocol: each note, and where it begins.

#include <gtest/gtest.h>

#include <algorithm>

#include "care/session.hpp"
#include "support/visit_events.hpp"

namespace evenkeel::care {
namespace {

using namespace test;
using Kind = SessionNote::Kind;

template <class T>
Sourced<T> sourced(T value) {
  return {value, {"here", Label::proposal, ""}};
}

VitalRule rule(Vital vital, bool above, int value, std::string action) {
  return {"r", vital, above, sourced(value), Consequence::advise, std::nullopt, std::move(action)};
}

Protocol protocol() {
  Protocol made;
  made.session.vitals_every = sourced(10.0 * units::min);
  made.session.vitals_late_after = sourced(5.0 * units::min);
  made.session.vitals_after_end = {sourced(Duration{}), sourced(30.0 * units::min)};
  made.session.discharge.after_end = sourced(60.0 * units::min);
  made.session.discharge.moaas = sourced(5);
  made.session.before_start = {rule(Vital::systolic, true, 140, "wait")};
  made.session.during = {rule(Vital::systolic, true, 180, "stop"), rule(Vital::spo2, false, 92, "look")};
  return made;
}

// A session from 0 to 40 min with pressures taken at `times` (120/70), discharged at 100 min.
History with_pressures(std::initializer_list<double> times) {
  History history;
  history.add(minute(0), started("s1"));
  history.add(minute(40), ended("s1"));
  history.add(minute(100), discharged("s1"));
  for (const double at : times) history.add(minute(at), pressure("s1", 120));
  return history;
}

std::vector<SessionNote> notes_of(const History& history, Instant now = day(1),
                                  const Protocol& held_against = protocol()) {
  const Record record = history.record();
  const auto found = sessions(record.valid(), now);
  expects(found.size() == 1, "one session");
  return check_session(found.front(), held_against, now);
}

bool has(const std::vector<SessionNote>& notes, Kind kind, std::string_view text) {
  return std::ranges::any_of(notes, [&](const SessionNote& note) {
    return note.kind == kind && note.text.find(text) != std::string::npos;
  });
}

TEST(CheckSession, AFullSessionHasNoNotes) {
  EXPECT_TRUE(notes_of(with_pressures({-5, 10, 20, 30, 40, 70})).empty());
}

TEST(CheckSession, AReadingAtTheStartCountsAsBefore) {
  EXPECT_TRUE(notes_of(with_pressures({0, 10, 20, 30, 40, 70})).empty());
}

TEST(CheckSession, NoPressureBeforeTheInfusionIsMissing) {
  const auto notes = notes_of(with_pressures({10, 20, 30, 40, 70}));
  ASSERT_EQ(notes.size(), 1U);
  EXPECT_TRUE(has(notes, Kind::missing, "no blood pressure before the infusion"));
  EXPECT_EQ(notes[0].source.source, "here");
}

TEST(CheckSession, AReadingWithoutPressureDoesNotCount) {
  History history = with_pressures({10, 20, 30, 40, 70});
  VitalSigns only_pulse;
  only_pulse.session = "s1";
  only_pulse.heart_rate_per_min = 70;
  history.add(minute(-5), only_pulse);
  EXPECT_TRUE(has(notes_of(history), Kind::missing, "no blood pressure before"));
}

TEST(CheckSession, AGapOfTheIntervalAndItsGraceIsInTime) {
  EXPECT_TRUE(notes_of(with_pressures({-5, 15, 30, 40, 70})).empty());
  const auto notes = notes_of(with_pressures({-5, 15.1, 30, 40, 70}));
  ASSERT_EQ(notes.size(), 1U);
  EXPECT_TRUE(
      has(notes, Kind::late, "no vital signs from 09:00 UTC to 09:15 UTC (15 min; every 10 min is asked)"));
}

TEST(CheckSession, TheGapToTheEndIsLateToo) {
  const auto notes = notes_of(with_pressures({-5, 10, 20, 44, 70}));  // 44: in time for the end itself
  ASSERT_EQ(notes.size(), 1U);
  EXPECT_TRUE(has(notes, Kind::late, "from 09:20 UTC to 09:40 UTC (20 min"));
}

TEST(CheckSession, WhileItRunsTheGapIsToNow) {
  History history;
  history.add(minute(-1), pressure("", 120));
  history.add(minute(0), started("s1"));
  EXPECT_TRUE(notes_of(history, minute(15)).empty());
  EXPECT_TRUE(has(notes_of(history, minute(16)), Kind::late, "from 09:00 UTC to 09:16 UTC"));
}

TEST(CheckSession, ReadingsAfterTheEndHaveTheGraceOnBothSides) {
  EXPECT_TRUE(notes_of(with_pressures({-5, 10, 20, 30, 45, 75})).empty());
  EXPECT_TRUE(notes_of(with_pressures({-5, 10, 20, 30, 35, 65})).empty());
  const auto late = notes_of(with_pressures({-5, 10, 20, 30, 45.1, 75.1}));
  EXPECT_TRUE(has(late, Kind::missing, "no vital signs at the end"));
  EXPECT_TRUE(has(late, Kind::missing, "no vital signs 30 min after the end"));
  EXPECT_EQ(late.size(), 2U);
}

TEST(CheckSession, WhatIsNotYetDueAfterTheEndIsNotMissing) {
  History history;
  history.add(minute(-1), pressure("", 120));
  history.add(minute(0), started("s1"));
  for (const double at : {10.0, 20.0, 30.0}) history.add(minute(at), pressure("s1", 120));
  history.add(minute(40), ended("s1"));
  EXPECT_TRUE(notes_of(history, minute(44)).empty());
  EXPECT_TRUE(has(notes_of(history, minute(45)), Kind::missing, "at the end"));
}

// It was asked for from the end on, while the patient was still to be observed for an hour.
TEST(CheckSession, ADischargeIsMissingOnlyAfterTheTimeOfObservation) {
  History history;
  history.add(minute(0), started("s1"));
  history.add(minute(40), ended("s1"));
  EXPECT_FALSE(has(notes_of(history, minute(99)), Kind::missing, "no discharge recorded"));
  EXPECT_TRUE(has(notes_of(history, minute(100)), Kind::missing, "no discharge recorded"));
}

TEST(CheckSession, AnEarlyDischargeIsCrossedAndOneInTimeIsNot) {
  const auto notes_at = [](double discharge) {
    History history = with_pressures({-5, 10, 20, 30, 40, 70});
    history.events[2] = event("e3", minute(discharge), discharged("s1"));
    std::ranges::for_each(history.events, [](Event& each) { each.recorded_at = day(0.5); });
    return notes_of(history);
  };
  EXPECT_TRUE(notes_at(100).empty());
  EXPECT_TRUE(has(notes_at(99), Kind::crossed, "discharged 59 min after the end; 60 min are asked"));
}

TEST(CheckSession, DischargeNeedsAnEscortAndAlertness) {
  History history = with_pressures({-5, 10, 20, 30, 40, 70});
  SessionDischarged out = discharged("s1", false);
  out.moaas = 4;
  history.events[2].body = out;
  const auto notes = notes_of(history);
  EXPECT_EQ(notes.size(), 2U);
  EXPECT_TRUE(has(notes, Kind::crossed, "without an escort"));
  EXPECT_TRUE(has(notes, Kind::crossed, "discharged at MOAA/S 4; 5 is asked"));
}

TEST(CheckSession, LimitsAreCrossedAboveAndBelowAndNotAtTheirValue) {
  const auto crossed_by = [](double at, int systolic) {
    History history = with_pressures({-5, 10, 20, 30, 40, 70});
    history.add(minute(at), pressure("s1", systolic));
    return notes_of(history).size();
  };
  EXPECT_EQ(crossed_by(-2, 140), 0U);
  EXPECT_EQ(crossed_by(-2, 141), 1U);
  EXPECT_EQ(crossed_by(0, 141), 1U);  // at the start it is still before
  EXPECT_EQ(crossed_by(1, 141), 0U);  // during the infusion the stop rules hold
  EXPECT_EQ(crossed_by(1, 180), 0U);
  EXPECT_EQ(crossed_by(1, 181), 1U);
  EXPECT_EQ(crossed_by(90, 181), 1U);  // and after its end
}

TEST(CheckSession, ACrossedRuleSaysWhatWasSeenWhenAndWhatToDo) {
  History history = with_pressures({-5, 10, 20, 30, 40, 70});
  VitalSigns low;
  low.session = "s1";
  low.spo2_percent = 91;
  history.add(minute(12), low);
  const auto notes = notes_of(history);
  ASSERT_EQ(notes.size(), 1U);
  EXPECT_EQ(notes[0].text, "oxygen saturation 91 % at 09:12 UTC, below 92: look");
}

TEST(CheckSession, AnUnknownInfusionIsNoted) {
  History history = with_pressures({-5, 10, 20, 30, 40, 70});
  history.events[1].body = ended("s1", "20");
  EXPECT_TRUE(has(notes_of(history), Kind::missing, "add up to 35.0 mg, but 20 mg"));
}

TEST(CheckSession, ARuleThatAsksForMoreThanToBeSeenSaysSo) {
  Protocol asked = protocol();
  asked.session.during[1].consequence = Consequence::stop;
  asked.session.signs = {
      {"chest-pain", "chest pain", Consequence::stop, "call for help", {"here", Label::secondary, ""}}};
  History history = with_pressures({-5, 10, 20, 30, 40, 70});
  history.add(minute(12), saturation("s1", 91));
  history.add(minute(13), sign("s1", "chest-pain"));
  history.add(minute(14), sign("s1", "green-ears"));
  const auto notes = notes_of(history, day(1), asked);
  EXPECT_EQ(notes.size(), 3U);
  EXPECT_TRUE(has(notes, Kind::crossed, "91 % at 09:12 UTC, below 92, stop the infusion: look"));
  EXPECT_TRUE(has(notes, Kind::crossed, "chest pain at 09:13 UTC, stop the infusion: call for help"));
  EXPECT_TRUE(has(notes, Kind::crossed, "'green-ears' at 09:14 UTC, which the protocol does not list"));
}

TEST(CheckSession, ALastingRuleIsCrossedOnlyWhenItHasLasted) {
  Protocol asked = protocol();
  asked.session.during[0].lasting = sourced(5.0 * units::min);
  History history = with_pressures({-5, 10, 20, 30, 40, 70});
  history.add(minute(21), pressure("s1", 185));
  EXPECT_TRUE(notes_of(history, day(1), asked).empty());
  history.add(minute(26), pressure("s1", 185));
  EXPECT_TRUE(
      has(notes_of(history, day(1), asked), Kind::crossed, "at 09:26 UTC, above 180 for 5 min or more"));
}

// R18: who went on past a gate or a rule, and why, stays with the session.
TEST(CheckSession, DecisionsAreListedForReview) {
  History history;
  history.add(minute(-30), checked_in("s1"));
  history.add(minute(-20), checked("s1", Check::fasting, Screened::concern));
  history.add(minute(-15), decision("s1", "fasting"));
  history.add(minute(-10), made_ready("s1"));
  history.add(minute(-1), pressure("s1", 120));
  history.add(minute(0), started("s1"));
  const auto notes = notes_of(history, minute(1));
  ASSERT_EQ(notes.size(), 1U);
  EXPECT_EQ(notes[0].kind, Kind::decided);
  EXPECT_EQ(notes[0].text, "fasting at 08:45 UTC: dr-a decided to go on: weighed");
}

TEST(CheckSession, WhoDepartsOtherwiseIsNotADischargeThatIsMissing) {
  History history;
  history.add(minute(-1), pressure("s1", 120));
  history.events.back().body = pressure("", 120);
  history.add(minute(0), started("s1"));
  history.add(minute(10), stopped("s1", "8.75"));
  const auto notes = notes_of(history);
  EXPECT_TRUE(has(notes, Kind::crossed, "transferred at 09:10 UTC, not discharged: to the ward"));
  EXPECT_FALSE(has(notes, Kind::missing, "no discharge"));
  EXPECT_FALSE(has(notes, Kind::missing, "30 min after the end"));  // nobody was there any more
  const auto found = sessions(history.record().valid(), day(1));
  EXPECT_EQ(found.front().given->mg.to_string(), "8.75");
  EXPECT_TRUE(found.front().stopped);
  EXPECT_EQ(found.front().infusion.size(), 1U);
}

TEST(CheckSession, ANasalSessionHasNoInfusionAndNoFalseNotes) {
  SessionStarted spray = started("s1", "56", 70.0, 10.0);
  spray.route = Route::intranasal;
  History history;
  history.add(minute(-5), pressure("", 120));
  history.add(minute(0), spray);
  history.add(minute(10), ended("s1", "56"));
  for (const double at : {10.0, 40.0}) history.add(minute(at), pressure("s1", 120));
  history.add(minute(120), discharged("s1"));
  Protocol asked = protocol();
  asked.session.discharge.after_start = sourced(120.0 * units::min);
  EXPECT_TRUE(notes_of(history, day(1), asked).empty());
  const auto found = sessions(history.record().valid(), day(1));
  EXPECT_EQ(found.front().infusion_unknown,
            "given by the nose: no model of this program predicts it from a record");
  EXPECT_TRUE(found.front().infusion.empty());
  EXPECT_EQ(found.front().highest_rate(), RatePerBody{});
  EXPECT_EQ(found.front().amount().mg.to_string(), "56");
  asked.session.discharge.after_start = sourced(121.0 * units::min);
  EXPECT_TRUE(
      has(notes_of(history, day(1), asked), Kind::crossed, "discharged 120 min after the start; 121 min"));
}

}  // namespace
}  // namespace evenkeel::care
