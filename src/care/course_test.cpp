#include "care/course.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "support/chart.hpp"

namespace evenkeel::care {
namespace {

using namespace test;
using units::kg;
using units::mg;

// Six sessions of induction, reviews after 4 and 6, 20 % least gain, PHQ-9 weekly then every four weeks.
const Protocol& protocol() {
  return protocol_named("iv-ket-trd-0.5x40");
}

CourseStatus status_at(const History& history, Instant now) {
  const Record known = history.record().as_known_at(now);
  const auto valid = known.valid();
  const auto found = sessions(valid, now);
  return course_status({valid, found, protocol(), library().instruments, now});
}

const Due& due(const CourseStatus& status, std::string_view what) {
  const auto found = std::ranges::find(status.due, what, &Due::what);
  expects(found != status.due.end(), "a calendar item");
  return *found;
}

bool noted(const CourseStatus& status, std::string_view text) {
  return std::ranges::any_of(status.notes,
                             [&](const std::string& note) { return note.find(text) != std::string::npos; });
}

// A plan, a baseline PHQ-9 of 20, and `count` sessions a day apart from day 1 on.
History course(int count, PlanApproved approved = plan("0.5", 1.0 * units::day)) {
  History history;
  history.add(day(0), std::move(approved));
  history.add(minute(1), total("phq-9", 20, Moment::baseline));
  for (int i = 1; i <= count; ++i) history.infuse("s" + std::to_string(i), day(i));
  return history;
}

TEST(PlanAt, IsNothingBeforeAnyWasApproved) {
  const auto record = course(0).record();
  EXPECT_FALSE(plan_at(record.valid(), minute(-1)));
  EXPECT_TRUE(plan_at(record.valid(), day(0)));
}

TEST(PlanAt, ChangesOnlyWhatAChangeNames) {
  History history = course(0);
  PlanChanged change;
  change.note = "less often";
  change.interval = 14.0 * units::day;
  change.planned_sessions = 8;
  history.add(day(5), change);
  const auto valid = history.record().valid();
  EXPECT_EQ(plan_at(valid, day(5) - 1.0 * units::s)->plan.interval, 1.0 * units::day);
  const auto after = plan_at(valid, day(5));
  EXPECT_EQ(after->plan.interval, 14.0 * units::day);
  EXPECT_EQ(after->plan.planned_sessions, 8);
  EXPECT_EQ(after->plan.stop_date, date(300));
  EXPECT_EQ(after->doses.size(), 1U);
}

TEST(PlanAt, KeepsEveryDoseWithItsReason) {
  History history = course(0);
  history.add(day(5), dose_change("0.6", ChangeReason::insufficient_response));
  history.add(day(9), dose_change("0.7", ChangeReason::administrative));
  const auto found = plan_at(history.record().valid(), day(10));
  ASSERT_EQ(found->doses.size(), 3U);
  EXPECT_DOUBLE_EQ(found->doses[0].dose.in(mg / kg), 0.5);
  EXPECT_TRUE(found->doses[1].for_response);
  EXPECT_FALSE(found->doses[2].for_response);
  EXPECT_EQ(found->doses[2].event, "e4");
  EXPECT_EQ(found->plan.dose_mg_per_kg, *Decimal::parse("0.7"));
}

TEST(PlanAt, GoesByTimeOfHappeningNotOfWriting) {
  History history = course(0);
  history.add(day(9), dose_change("0.7", ChangeReason::taper));
  history.add(day(5), dose_change("0.6", ChangeReason::taper));  // written last
  EXPECT_EQ(plan_at(history.record().valid(), day(10))->plan.dose_mg_per_kg, *Decimal::parse("0.7"));
}

TEST(PlanAt, ANewPlanReplacesTheOldOneButNotItsHistoryOfDoses) {
  History history = course(0);
  history.add(day(5), dose_change("0.6", ChangeReason::taper));
  history.add(day(9), plan("0.4"));
  const auto found = plan_at(history.record().valid(), day(10));
  EXPECT_EQ(found->approved, day(9));
  EXPECT_EQ(found->plan.dose_mg_per_kg, *Decimal::parse("0.4"));
  ASSERT_EQ(found->doses.size(), 3U);
  EXPECT_EQ(found->doses.front().dose, 0.5 * units::mg / units::kg);
}

// Made of the whole record, they say of each moment what the events until then say.
TEST(Plans, OfAMomentAreThoseOfTheEventsUntilThen) {
  History history = course(0);
  history.add(day(9), dose_change("0.7", ChangeReason::taper));
  history.add(day(5), dose_change("0.6", ChangeReason::insufficient_response));  // written later
  history.add(day(12), plan("0.4"));
  history.add(day(12), dose_change("0.5", ChangeReason::administrative));
  const auto valid = history.record().valid();
  const Plans plans(valid);
  for (const double when : {-1.0, 0.0, 4.9, 5.0, 8.0, 9.0, 11.9, 12.0, 30.0}) {
    std::vector<Event> until;
    std::ranges::copy_if(valid, std::back_inserter(until), [&](const Event& e) { return e.at <= day(when); });
    const auto wanted = plan_at(until, day(100));
    const PlanInForce* found = plans.at(day(when));
    ASSERT_EQ(found != nullptr, wanted.has_value()) << when;
    if (found == nullptr) continue;
    EXPECT_EQ(found->event, wanted->event) << when;
    EXPECT_EQ(found->plan.dose_mg_per_kg, wanted->plan.dose_mg_per_kg) << when;
    EXPECT_EQ(found->taper_since, wanted->taper_since) << when;
    ASSERT_EQ(found->doses.size(), 1U) << when;
    EXPECT_EQ(found->doses.back().event, wanted->doses.back().event) << when;
  }
}

TEST(CourseStatus, PhasesFollowTheSessionsAndTheStopDate) {
  EXPECT_EQ(status_at(course(0), day(1)).phase, Phase::before_treatment);
  EXPECT_EQ(status_at(course(5), day(5.5)).phase, Phase::induction);
  EXPECT_EQ(status_at(course(6), day(6.5)).phase, Phase::maintenance);
  EXPECT_EQ(status_at(course(6), Instant{date(300).day()}).phase, Phase::maintenance);
  EXPECT_EQ(status_at(course(6), Instant{date(301).day()}).phase, Phase::ended);
}

TEST(CourseStatus, ARunningSessionIsNotYetDone) {
  History history = course(5);
  history.add(day(6), started("s6"));
  const CourseStatus status = status_at(history, day(6) + 5.0 * units::min);
  EXPECT_EQ(status.sessions_done, 5);
  EXPECT_EQ(status.phase, Phase::induction);
}

TEST(CourseStatus, CalendarItemsAreDueADayBeforeAndOverdueAfterAQuarterMore) {
  History history = course(1);
  history.add(day(2), total("phq-9", 18));  // weekly in induction: next on day 9
  const auto state = [&](Instant now) { return due(status_at(history, now), "PHQ-9").state; };
  const Duration second = 1.0 * units::s;
  EXPECT_EQ(state(day(8) - second), DueState::done);
  EXPECT_EQ(state(day(8)), DueState::due);
  EXPECT_EQ(state(day(9 + 1.75)), DueState::due);
  EXPECT_EQ(state(day(9 + 1.75) + second), DueState::overdue);
  EXPECT_EQ(due(status_at(history, day(8)), "PHQ-9").next, day(9));
}

TEST(CourseStatus, WhatWasNeverDoneIsNeverNotOverdue) {
  const CourseStatus status = status_at(course(1), day(40));
  EXPECT_EQ(due(status, "bladder symptoms").state, DueState::never);
  EXPECT_EQ(due(status, "bladder symptoms").next, day(0));
  EXPECT_FALSE(due(status, "bladder symptoms").last);
}

TEST(CourseStatus, EachTaskIsDoneByItsOwnKindOfEvent) {
  History history = course(6);
  history.add(day(7), symptom(Symptom::abdominal_pain, Severity::none));  // not the bladder
  history.add(day(7), looked(LookedIn::patient_report));                  // asking is not looking
  history.add(day(7), looked(LookedIn::toxicology));                      // nor is it the dispensing history
  history.add(day(7), reviewed({"rate-band"}, Decision::no_concern));     // not of the plan
  CourseStatus status = status_at(history, day(8));
  for (const char* what : {"bladder symptoms", "check for another source", "plan review by the clinician"})
    EXPECT_EQ(due(status, what).state, DueState::never) << what;
  history.add(day(8), symptom(Symptom::nocturia, Severity::none));
  history.add(day(8), looked(LookedIn::dispensing_history));
  history.add(day(8), plan_review());
  status = status_at(history, day(8));
  for (const char* what : {"bladder symptoms", "check for another source", "plan review by the clinician"})
    EXPECT_EQ(due(status, what).last, day(8)) << what;
}

TEST(CourseStatus, CalendarItemsAreThoseOfThePhase) {
  EXPECT_EQ(status_at(course(6), day(7)).due.size(), 10U);  // maintenance: ten of the entries
  EXPECT_TRUE(status_at(course(6), day(302)).due.empty());  // ended
}

TEST(CourseStatus, TheNextSessionIsAnIntervalAfterTheLast) {
  const History history = course(2, plan("0.5", 7.0 * units::day));
  const auto next = [&](Instant now) { return *status_at(history, now).next_session; };
  EXPECT_EQ(next(day(3)).next, day(9));
  EXPECT_EQ(next(day(3)).last, day(2));
  const Duration second = 1.0 * units::s;
  EXPECT_EQ(next(day(8) - second).state, DueState::done);
  EXPECT_EQ(next(day(8)).state, DueState::due);
  EXPECT_EQ(next(day(10)).state, DueState::due);
  EXPECT_EQ(next(day(10) + second).state, DueState::overdue);
  EXPECT_EQ(status_at(course(0), day(0)).next_session->next, day(0));
}

TEST(CourseStatus, ThereIsNoNextSessionAfterTheLastPlannedOne) {
  EXPECT_TRUE(status_at(course(5), day(5.5)).next_session);
  EXPECT_FALSE(status_at(course(6), day(6.5)).next_session);
  EXPECT_FALSE(status_at(course(5), day(302)).next_session);
}

TEST(CourseStatus, ResponseIsHalfOfTheBaselineAndRemissionBelowFive) {
  const auto response = [](int baseline, int latest) {
    History history;
    history.add(day(0), plan());
    history.add(minute(1), total("phq-9", baseline, Moment::baseline));
    history.infuse("s1", day(1));
    history.add(day(2), total("phq-9", latest));
    return status_at(history, day(3)).response;
  };
  EXPECT_TRUE(response(20, 10).response);
  EXPECT_FALSE(response(20, 10).remission);
  EXPECT_FALSE(response(20, 11).response);
  EXPECT_TRUE(response(19, 9).response);
  EXPECT_TRUE(response(20, 4).remission);
  EXPECT_FALSE(response(20, 5).remission);
  EXPECT_DOUBLE_EQ(*response(20, 24).fall, -0.2);
  EXPECT_FALSE(response(0, 0).fall);  // nothing to fall from
  EXPECT_FALSE(response(0, 0).response);
}

TEST(CourseStatus, TheBaselineIsTheLastScoreBeforeTheFirstInfusion) {
  History history;
  history.add(minute(-60), total("phq-9", 25));
  history.add(minute(0), plan());
  history.add(minute(10), total("phq-9", 18));
  history.add(minute(20), total("phq-9", 99));  // impossible: no total, not a baseline
  history.infuse("s1", minute(30));
  history.add(day(2), total("phq-9", 12));
  history.add(day(3), total("phq-9", 6));
  const Response response = status_at(history, day(4)).response;
  EXPECT_EQ(response.baseline->score.total, 18);
  EXPECT_EQ(response.latest->score.total, 6);
}

TEST(CourseStatus, WithoutABaselineResponseIsNotJudged) {
  History history;
  history.add(day(0), plan());
  history.infuse("s1", day(1));
  history.add(day(2), total("phq-9", 3));
  const CourseStatus status = status_at(history, day(3));
  EXPECT_FALSE(status.response.fall);
  EXPECT_FALSE(status.response.remission);
  EXPECT_TRUE(noted(status, "response cannot be judged"));
}

TEST(CourseStatus, TheDecisionPointIsAtTheEndOfInductionBelowTheLeastGain) {
  const auto at_end = [](int sessions_given, int latest) {
    History history = course(sessions_given);
    history.add(day(sessions_given), total("phq-9", latest));
    return noted(status_at(history, day(sessions_given + 1)), "decision point");
  };
  EXPECT_TRUE(at_end(6, 17));
  EXPECT_FALSE(at_end(6, 16));  // 20 % exactly
  EXPECT_FALSE(at_end(5, 17));
}

TEST(CourseStatus, ReviewsAreAskedForAfterTheirSessionUntilRecorded) {
  EXPECT_FALSE(noted(status_at(course(3), day(3.5)), "review after session"));
  EXPECT_TRUE(noted(status_at(course(4), day(4.5)), "the review after session 4 is not recorded"));
  History history = course(4);
  history.add(day(4) - 1.0 * units::min, plan_review());
  EXPECT_TRUE(noted(status_at(history, day(4.5)), "the review after session 4"));
  history.add(day(4), plan_review());
  EXPECT_FALSE(noted(status_at(history, day(4.5)), "the review after session 4"));
  history.infuse("s5", day(5));
  history.infuse("s6", day(6));
  EXPECT_TRUE(noted(status_at(history, day(6.5)), "the review after session 6"));
  EXPECT_FALSE(noted(status_at(history, day(6.5)), "the review after session 4"));
}

TEST(CourseStatus, SaysWhatContradictsThePlan) {
  PlanApproved approved = plan("0.5", 1.0 * units::day);
  approved.planned_sessions = 2;
  approved.next_review = date(10);
  EXPECT_FALSE(noted(status_at(course(2, approved), day(10)), "the plan's review was due"));
  EXPECT_TRUE(noted(status_at(course(2, approved), day(11)), "the plan's review was due on 2026-03-12"));
  EXPECT_TRUE(noted(status_at(course(3, approved), day(4)), "3 sessions were given; the plan has 2"));
  EXPECT_TRUE(noted(status_at(History{}, day(4)), "no plan is approved"));
}

// Midnight of the day after is after the stop date too.
TEST(CourseStatus, ASessionAfterTheStopDateIsNoted) {
  PlanApproved approved = plan();
  approved.stop_date = date(1);
  const auto late = [&](Instant at) {
    History history = course(0, approved);
    history.infuse("s1", at);
    return noted(status_at(history, at + 1.0 * units::h), "session s1 was given after the plan's stop date");
  };
  EXPECT_FALSE(late(date(2).start() - 1.0 * units::s));
  EXPECT_TRUE(late(date(2).start()));
}

TEST(LatestFacts, AreTheLatestByTimeEachOnItsOwn) {
  PatientFacts first{date(-9000), Sex::female, 170.0, 70.0 * kg};
  PatientFacts second;
  second.weight = 72.0 * kg;
  History history;
  history.add(day(0), first);
  history.infuse("s1", day(2), "35", 71.0);
  history.add(day(1), second);  // written after the session, measured before
  const Facts facts = latest_facts(history.record().valid());
  EXPECT_EQ(facts.born, date(-9000));
  EXPECT_EQ(facts.sex, Sex::female);
  EXPECT_EQ(facts.height_cm, 170.0);
  EXPECT_EQ(facts.weight, 71.0 * kg);
  EXPECT_EQ(facts.weighed, day(2));
  EXPECT_FALSE(latest_facts({}).weight);
}

TEST(Scores, LeaveOutUnknownInstrumentsAndComeByTime) {
  History history;
  history.add(day(2), total("phq-9", 3));
  history.add(day(1), total("phq-9", 9));
  history.add(day(1), total("madrs", 30));
  const auto found = scores(history.record().valid(), library().instruments);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].score.total, 9);
  EXPECT_EQ(found[1].event, "e1");
}

}  // namespace
}  // namespace evenkeel::care
