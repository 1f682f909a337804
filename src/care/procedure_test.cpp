// What may follow what in a session: each step taken, each wrong order refused with its reason.

#include "care/procedure.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "care/record.hpp"
#include "support/visit_events.hpp"

namespace evenkeel::care {
namespace {

using namespace test;
using State = SessionState;

// The state after `bodies`, one a minute from minute 0, all taken.
State after(std::initializer_list<Body> bodies) {
  State state = NotArrived{"s1"};
  double at = 0.0;
  for (const Body& body : bodies) {
    auto moved = next(state, event("x", minute(at), body));
    expects(moved.has_value(), "a test's session is one that goes");
    state = *std::move(moved);
    at += 1.0;
  }
  return state;
}

const Body in = checked_in("s1");
const Body check = checked("s1", Check::identity_first);
const Body ready = made_ready("s1");
const Body start = started("s1");
const Body end = ended("s1");

State state_of(std::string_view name) {
  if (name == "not arrived") return NotArrived{"s1"};
  if (name == "checked in") return after({in});
  if (name == "pre-checks") return after({in, check});
  if (name == "ready") return after({in, check, ready});
  if (name == "infusing") return after({in, check, ready, start});
  if (name == "observing") return after({in, check, ready, start, end});
  if (name == "discharged") return after({in, check, ready, start, end, discharged("s1")});
  if (name == "stopped") return after({in, check, ready, start, stopped("s1", "10")});
  return after({in, cancelled("s1")});
}

constexpr std::string_view names[] = {"not arrived", "checked in", "pre-checks", "ready",    "infusing",
                                      "observing",   "discharged", "stopped",    "cancelled"};

struct Step {
  Body body;
  // By state, in the order of `names`: the index of the state after, or -1 where it is refused.
  std::array<int, 9> to;
};

const Step steps[] = {
    {in, {1, -1, -1, -1, -1, -1, -1, -1, -1}},
    {check, {-1, 2, 2, -1, -1, -1, -1, -1, -1}},
    {checked("s1", Check::escort), {-1, 2, 2, -1, -1, 5, -1, -1, -1}},
    {ready, {-1, -1, 3, 3, -1, -1, -1, -1, -1}},
    {start, {-1, -1, -1, 4, -1, -1, -1, -1, -1}},
    {rate("s1", "0"), {-1, -1, -1, -1, 4, -1, -1, -1, -1}},
    {end, {-1, -1, -1, -1, 5, -1, -1, -1, -1}},
    {discharged("s1"), {-1, -1, -1, -1, -1, 6, -1, -1, -1}},
    {stopped("s1", "10"), {-1, -1, -1, -1, 7, -1, -1, -1, -1}},
    {stopped("s1"), {-1, -1, -1, -1, -1, 7, -1, -1, -1}},
    {cancelled("s1"), {-1, 8, 8, 8, -1, -1, -1, -1, -1}},
    // Told without moving it; in a final state only what happened before its end.
    {decision("s1", "fasting"), {-1, 1, 2, 3, 4, 5, -1, -1, -1}},
    {sign("s1", "chest-pain"), {-1, 1, 2, 3, 4, 5, -1, -1, -1}},
    {pressure("s1", 120), {-1, 1, 2, 3, 4, 5, 6, 7, 8}},
};

TEST(Procedure, EachStepIsTakenWhereItFitsAndRefusedElsewhere) {
  for (const Step& step : steps) {
    for (std::size_t i = 0; i < std::size(names); ++i) {
      const State before = state_of(names[i]);
      ASSERT_EQ(before.index(), i);
      const auto moved = next(before, event("x", minute(60), step.body));
      const std::string what = fmt::format("{} while {}", kind_text(step.body), names[i]);
      ASSERT_EQ(moved.has_value(), step.to[i] >= 0) << what;
      if (moved) {
        EXPECT_EQ(moved->index(), static_cast<std::size_t>(step.to[i])) << what;
      } else {
        EXPECT_NE(moved.error().what.find("session 's1'"), std::string::npos) << what;
      }
    }
  }
}

void expect_refused(const State& state, const Body& body, std::string_view where, std::string_view what,
                    double at = 60.0) {
  const auto moved = next(state, event("x", minute(at), body));
  ASSERT_FALSE(moved);
  EXPECT_EQ(moved.error().code, ErrorCode::invalid_input);
  EXPECT_EQ(moved.error().where, where);
  EXPECT_NE(moved.error().what.find(what), std::string::npos) << moved.error().what;
}

// R15: the refusal says where the session stands and what it can be instead.
TEST(Procedure, ARefusalSaysWhatTheSessionCanBe) {
  expect_refused(
      state_of("infusing"), discharged("s1"), "body.session",
      "session 's1' is still infusing; it can be paused, changed in its rate, ended or stopped, but not "
      "discharged");
  expect_refused(state_of("not arrived"), start, "body.session",
                 "session 's1' was not checked in; it can be checked in, but not started");
  expect_refused(state_of("discharged"), start, "body.session",
                 "session 's1' is already discharged; nothing follows, so it cannot be started");
}

TEST(Procedure, AnotherSessionsEventsAndThoseOfNoneLeaveItAsItIs) {
  const State infusing = state_of("infusing");
  for (const Body& body : {Body{ended("s2")}, Body{checked_in("s2")}, Body{Contact{}}, Body{plan()},
                           Body{EnteredInError{"x", "y"}}, Body{screened("x")}}) {
    const auto moved = next(infusing, event("x", minute(60), body));
    ASSERT_TRUE(moved) << kind_text(body);
    EXPECT_TRUE(std::holds_alternative<Infusing>(*moved));
  }
}

// R4: who reads the dose back is not the one who records it.
TEST(Procedure, ASecondPersonReadsTheDoseBack) {
  const State checks = state_of("pre-checks");
  expect_refused(checks, made_ready("s1", "35", 40.0, "nurse"), "body.second_checker", "another person");
  expect_refused(checks, made_ready("s1", "35", 40.0, ""), "body.second_checker", "another person");
  EXPECT_TRUE(next(checks, event("x", minute(60), made_ready("s1", "35", 40.0, "nurse-2"))));
}

TEST(Procedure, AStartIsWhatWasMadeReady) {
  const State state = state_of("ready");
  expect_refused(state, started("s1", "36"), "body.dose", "made ready with 35 mg, not 36 mg");
  expect_refused(state, started("s1", "35", 70.0, 41.0), "body.infusion_length", "for 40 min, not 41 min");
  expect_refused(state, started("s1", "35", 0.0), "body.weight", "without the weight");
  SessionStarted in_hours = started("s1", "35.0");
  in_hours.length = (2.0 / 3.0) * units::h;  // the same, written otherwise
  EXPECT_TRUE(next(state, event("x", minute(60), in_hours)));
}

TEST(Procedure, NoDoseAndNoLengthAreNoSession) {
  expect_refused(state_of("pre-checks"), made_ready("s1", "0"), "body.dose", "nothing is drawn up");
  expect_refused(state_of("pre-checks"), made_ready("s1", "35", 0.0), "body.infusion_length", "no length");
  EXPECT_FALSE(begun_elsewhere(started("s1", "0"), zero));
  EXPECT_FALSE(begun_elsewhere(started("s1", "35", 70.0, std::nan("")), zero));
  EXPECT_FALSE(begun_elsewhere(started("s1", "35", std::nan("")), zero));
}

TEST(Procedure, WhatIsGivenIsSaidAtTheStopAndNeverNegative) {
  expect_refused(state_of("infusing"), stopped("s1"), "body.given", "say how much was given");
  expect_refused(state_of("observing"), stopped("s1", "35"), "body.given", "already ended, with 35 mg given");
  expect_refused(state_of("infusing"), stopped("s1", "-1"), "body.given", "negative");
  expect_refused(state_of("infusing"), ended("s1", "-1"), "body.given", "negative");
  expect_refused(state_of("infusing"), rate("s1", "-1"), "body.rate", "negative");
}

TEST(Procedure, AnInfusionThatWasStoppedSaysWhy) {
  SessionEnded stop = ended("s1", "10");
  stop.completion = Completion::stopped;
  expect_refused(state_of("infusing"), stop, "body.reason", "says why");
  stop.reason = "nausea";
  const auto moved = next(state_of("infusing"), event("x", minute(60), stop));
  ASSERT_TRUE(moved);
  EXPECT_EQ(std::get<Observing>(*moved).end.reason, "nausea");
}

TEST(Procedure, TimeNeverRunsBackwardsWithinASession) {
  expect_refused(state_of("infusing"), ended("s1"), "at", "is before an earlier event of session 's1'", 2.9);
  EXPECT_TRUE(next(state_of("infusing"), event("x", minute(3), ended("s1"))));
  expect_refused(state_of("checked in"), decision("s1", "fasting"), "at", "before the check-in", -0.1);
}

// R6: what was decided in time may be written down after the patient left.
TEST(Procedure, ALateEntryAboutAClosedSessionLiesBeforeItsEnd) {
  const State home = state_of("discharged");  // at minute 5
  EXPECT_TRUE(next(home, event("x", minute(5), decision("s1", "spo2-below-92"))));
  expect_refused(home, decision("s1", "spo2-below-92"), "at", "is already discharged", 5.1);
}

TEST(Procedure, AnInfusionKeepsItsRatesAndPauses) {
  State state = state_of("ready");
  const auto go = [&](double at, const Body& body) { state = *next(state, event("x", minute(at), body)); };
  go(10, start);  // 52.5 mg/h
  go(20, rate("s1", "0"));
  go(30, rate("s1", "60.0"));
  const Infusion& run = *infusion_of(state);
  ASSERT_EQ(run.steps.size(), 3U);
  EXPECT_EQ(run.steps[2].mg_per_h->to_string(), "60.0");
  EXPECT_EQ(rate_at(run, minute(15)).in(units::mg / units::h), 52.5);
  EXPECT_EQ(rate_at(run, minute(25)), InfusionRate{});
  EXPECT_EQ(rate_at(run, minute(9)), InfusionRate{});
  EXPECT_NEAR(delivered(run, minute(9)).in(units::mg), 0.0, 1e-12);
  EXPECT_NEAR(delivered(run, minute(20)).in(units::mg), 8.75, 1e-9);
  EXPECT_NEAR(delivered(run, minute(30)).in(units::mg), 8.75, 1e-9);
  EXPECT_NEAR(delivered(run, minute(36)).in(units::mg), 14.75, 1e-9);
}

TEST(Procedure, AStateHoldsWhatHappened) {
  const auto home = std::get<Discharged>(state_of("discharged"));
  EXPECT_EQ(home.visit.checked_in, minute(0));
  EXPECT_EQ(home.infusion.start, minute(3));
  EXPECT_EQ(home.ended, minute(4));
  EXPECT_EQ(home.at, minute(5));
  const auto gone = std::get<Stopped>(state_of("stopped"));
  EXPECT_EQ(gone.given.mg.to_string(), "10");
  EXPECT_EQ(infusion_of(state_of("cancelled")), nullptr);
  EXPECT_EQ(std::get<PreChecks>(state_of("pre-checks")).checks.front().by, "nurse");
}

TEST(Procedure, ASessionFromElsewhereBeginsWithItsInfusion) {
  const std::vector<Event> events{event("a", minute(0), start), event("b", minute(40), end)};
  const State state = session_state(events, "s1");
  EXPECT_TRUE(std::holds_alternative<Observing>(state));
  EXPECT_FALSE(was_checked_in(state));
  EXPECT_TRUE(std::holds_alternative<NotArrived>(session_state(events, "s2")));
}

}  // namespace
}  // namespace evenkeel::care
