// The points of a course as values: spacing, reviews, the end of induction, reasons to stop, eligibility.

#include <gtest/gtest.h>

#include <algorithm>

#include "care/eligibility.hpp"
#include "care/plan_check.hpp"
#include "support/chart.hpp"

namespace evenkeel::care {
namespace {

using namespace test;

const Protocol& trd() {
  return protocol_named("iv-ket-trd-0.5x40");
}

CourseStatus status_at(const History& history, Instant now) {
  const Record known = history.record().as_known_at(now);
  const auto valid = known.valid();
  const auto found = sessions(valid, now);
  return course_status({valid, found, trd(), library().instruments, now});
}

bool noted(const CourseStatus& status, std::string_view text) {
  return std::ranges::any_of(status.notes,
                             [&](const std::string& note) { return note.find(text) != std::string::npos; });
}

PlanApproved long_plan() {
  PlanApproved approved = plan();
  approved.planned_sessions = 30;
  return approved;
}

// A baseline PHQ-9 of 20, then `count` sessions a week apart from day 1 on.
History weekly(int count) {
  History history;
  history.add(day(0), long_plan());
  history.add(minute(1), total("phq-9", 20, Moment::baseline));
  for (int i = 0; i < count; ++i) history.infuse("s" + std::to_string(i + 1), day(1 + 7 * i));
  return history;
}

TEST(CourseSpacing, IsTheBoundsInInductionAndLengthensStepByStepInMaintenance) {
  struct Case {
    int given;
    double days;
  };
  for (const Case& each : {Case{1, 1.5}, Case{5, 1.5}, Case{6, 7}, Case{7, 7}, Case{8, 14}, Case{9, 14},
                           Case{10, 21}, Case{12, 28}, Case{20, 28}}) {
    const double last = 1 + 7 * (each.given - 1);
    const auto status = status_at(weekly(each.given), day(last + 0.5));
    ASSERT_TRUE(status.spacing) << each.given;
    EXPECT_DOUBLE_EQ(status.spacing->least.in(units::day), each.days) << each.given;
    EXPECT_EQ(status.spacing->not_before, day(last + each.days)) << each.given;
  }
  EXPECT_FALSE(status_at(weekly(0), day(1)).spacing) << "no session yet to count from";
  EXPECT_TRUE(noted(status_at(weekly(8), day(51)), "the protocol has 14 by now"));
  EXPECT_FALSE(noted(status_at(weekly(7), day(44)), "by now"));
}

TEST(CourseTaper, BeginsWithItsReasonAndEachIntervalGrowsByHalf) {
  History history = weekly(7);
  PlanChanged change;
  change.reason = ChangeReason::taper;
  change.note = "well for months";
  change.interval = 14.0 * units::day;
  history.add(day(44), change);
  auto status = status_at(history, day(45));
  EXPECT_EQ(status.phase, Phase::taper);
  EXPECT_EQ(status.sessions_in_taper, 0);
  EXPECT_DOUBLE_EQ(status.spacing->least.in(units::day), 14.0);
  history.infuse("t1", day(58));
  EXPECT_DOUBLE_EQ(status_at(history, day(59)).spacing->least.in(units::day), 21.0);
  history.infuse("t2", day(80));
  EXPECT_DOUBLE_EQ(status_at(history, day(81)).spacing->least.in(units::day), 31.5);
  EXPECT_FALSE(noted(status_at(history, day(81)), "taper's"));
  history.infuse("t3", day(112));
  EXPECT_TRUE(noted(status_at(history, day(113)), "the taper's 3 sessions were given"));
  auto anew = long_plan();
  anew.change_reason = ChangeReason::insufficient_response;
  anew.change_note = "worse again";
  history.add(day(120), anew);
  EXPECT_EQ(status_at(history, day(121)).phase, Phase::maintenance) << "a new plan ends the taper";
}

TEST(CourseReviews, AreReachedOpenAndDoneWithWhoAndWhen) {
  History history = weekly(4);
  auto status = status_at(history, day(23));
  ASSERT_EQ(status.reviews.size(), 2U);
  EXPECT_EQ(status.reviews[0].reached, day(22));
  EXPECT_TRUE(status.reviews[0].open());
  EXPECT_FALSE(status.reviews[1].reached);
  history.add(day(24), plan_review());
  status = status_at(history, day(25));
  EXPECT_FALSE(status.reviews[0].open());
  EXPECT_EQ(status.reviews[0].done, day(24));
  EXPECT_EQ(status.reviews[0].by, "dr-a");
}

TEST(CourseDecision, TooLittleGainByTheEndOfInductionStaysOpenUntilAClinicianDecides) {
  History history = weekly(6);
  history.add(day(37), total("phq-9", 17));  // 15 %
  auto status = status_at(history, day(38));
  EXPECT_TRUE(status.end_of_induction.open());
  EXPECT_DOUBLE_EQ(*status.end_of_induction.gain, 0.15);
  EXPECT_DOUBLE_EQ(status.end_of_induction.least, 0.2);
  ASSERT_EQ(status.stop_reasons.size(), 1U);
  EXPECT_EQ(status.stop_reasons[0].id, "endpoint-not-met");
  EXPECT_TRUE(noted(status, "go on, change or stop?"));
  history.add(day(39), plan_review());
  status = status_at(history, day(40));
  EXPECT_TRUE(status.end_of_induction.reached);
  EXPECT_FALSE(status.end_of_induction.open());
  EXPECT_EQ(status.end_of_induction.by, "dr-a");
  EXPECT_TRUE(noted(status, "a plan review by dr-a on 2026-04-10 decided"));
  EXPECT_FALSE(status_at(weekly(5), day(38)).end_of_induction.reached) << "not before its end";
}

TEST(CourseResponse, AnImportantChangeIsTheInstrumentsOwn) {
  History history = weekly(1);
  history.add(day(3), total("phq-9", 16));
  EXPECT_FALSE(status_at(history, day(4)).response.important) << "four points";
  history.add(day(5), total("phq-9", 15));
  EXPECT_TRUE(status_at(history, day(6)).response.important) << "five, for better";
  history.add(day(7), total("phq-9", 25));
  EXPECT_TRUE(status_at(history, day(7.5)).response.important) << "five, for worse";
}

TEST(CourseStopReasons, AreSeenInWhateverFormTheRecordHasThem) {
  const auto seen = [](Body body) {
    History history = weekly(2);
    history.add(day(9), std::move(body));
    std::string ids;
    for (const StopReason& reason : status_at(history, day(10)).stop_reasons) ids += reason.id + " ";
    return ids;
  };
  EXPECT_EQ(seen(symptom(Symptom::blood_in_urine)), "blood-in-urine ");
  EXPECT_EQ(seen(symptom(Symptom::blood_in_urine, Severity::none)), "");
  EXPECT_EQ(seen(looked(LookedIn::dispensing_history, true)), "source-outside-plan ");
  EXPECT_EQ(seen(looked(LookedIn::dispensing_history)), "");
  EXPECT_EQ(seen(ConsentRecorded{"1", false, "dr-a"}), "consent-withdrawn ");
  EXPECT_EQ(seen(Screening{"active-substance-misuse", Screened::concern, "alcohol"}),
            "active-substance-misuse ");
  EXPECT_EQ(seen(Screening{"active-substance-misuse", Screened::clear, ""}), "");
}

TEST(CourseStopReasons, AReviewDecidesAndALaterClearTakesBack) {
  History history = weekly(2);
  history.add(day(9), Screening{"harm", Screened::concern, "a fall"});
  EXPECT_FALSE(status_at(history, day(10)).stop_reasons.at(0).decided);
  EXPECT_TRUE(noted(status_at(history, day(10)), "reason to end the course"));
  history.add(day(11), plan_review());
  EXPECT_EQ(status_at(history, day(12)).stop_reasons.at(0).decided, day(11));
  history.add(day(13), Screening{"harm", Screened::clear, ""});
  EXPECT_TRUE(status_at(history, day(14)).stop_reasons.empty());
}

TEST(CourseCalendar, CriteriaAndConsentAreDueInTheirOwnWords) {
  History history = weekly(6);
  const auto due = [&](std::string_view what, Instant now) {
    const auto status = status_at(history, now);
    const auto found = std::ranges::find(status.due, what, &Due::what);
    expects(found != status.due.end(), "a calendar item");
    return found->state;
  };
  EXPECT_EQ(due("liver tests", day(37)), DueState::never);
  history.add(day(38), Screening{"liver-tests", Screened::clear, ""});
  history.add(day(38), ConsentRecorded{"1", true, "dr-a"});
  EXPECT_EQ(due("liver tests", day(40)), DueState::done);
  EXPECT_EQ(due("liver tests", day(38 + 91)), DueState::due);
  EXPECT_EQ(due("liver tests", day(38 + 115)), DueState::overdue);
  EXPECT_EQ(due("consent renewed", day(40)), DueState::done);
}

TEST(CourseStatus, CountsWhatIsLeft) {
  const auto status = status_at(weekly(2), day(10));
  EXPECT_EQ(status.sessions_left, 28);
  EXPECT_EQ(status.days_to_stop, 290);
  EXPECT_EQ(status_at(weekly(2), day(310)).days_to_stop, -10);
}

// R16
TEST(CourseStatus, SaysWhenTheSecondSignatureIsMissing) {
  History history = weekly(1);
  EXPECT_EQ(status_at(history, day(2)).second_signature, Signature::not_needed);
  PlanChanged change = dose_change("1.2", ChangeReason::insufficient_response);
  change.infusion_length = 60.0 * units::min;
  const auto event = history.add(day(3), change);
  EXPECT_EQ(status_at(history, day(4)).second_signature, Signature::missing);
  EXPECT_TRUE(noted(status_at(history, day(4)), "second clinician's signature"));
  history.add(day(5), PlanSigned{event, "dr-b"});
  EXPECT_EQ(status_at(history, day(6)).second_signature, Signature::given);
}

TEST(CourseStatus, APlanOutsideItsProtocolIsNoted) {
  History history;
  history.add(day(0), plan("2.5"));
  EXPECT_TRUE(noted(status_at(history, day(1)), "the protocol allows 0.1 to 1.5"));
  EXPECT_FALSE(noted(status_at(weekly(1), day(2)), "the plan:"));
}

TEST(PlanAt, AFixedDoseAndOneByWeightTakeEachOthersPlace) {
  History history;
  history.add(day(0), plan());
  PlanChanged change;
  change.note = "n";
  change.fixed_dose_mg = Decimal{56};
  history.add(day(1), change);
  auto found = *plan_at(history.events, day(2));
  EXPECT_EQ(found.plan.fixed_dose_mg, Decimal{56});
  EXPECT_EQ(found.plan.dose_mg_per_kg, Decimal{});
  EXPECT_EQ(found.doses.back().fixed_mg, Decimal{56});
  EXPECT_EQ(plan_dose_words(found.plan), "56 mg");
  history.add(day(3), dose_change("0.4", ChangeReason::administrative));
  found = *plan_at(history.events, day(4));
  EXPECT_FALSE(found.plan.fixed_dose_mg);
  EXPECT_EQ(plan_dose_words(found.plan), "0.4 mg/kg");
}

TEST(Eligibility, IsMissingUntilEachRequiredCriterionWasLookedAt) {
  std::vector<Event> events;
  auto all = eligibility(events, trd());
  EXPECT_EQ(all.criteria.size(), trd().eligibility.size());
  EXPECT_GT(all.missing, 20);
  EXPECT_FALSE(all.clear_of_bars());
  EXPECT_NE(all.words.find("cannot be told"), std::string::npos);
  for (const Criterion& criterion : trd().eligibility) {
    if (criterion.required)
      events.push_back(event("c-" + criterion.id, day(0), Screening{criterion.id, Screened::clear, ""}));
  }
  all = eligibility(events, trd());
  EXPECT_TRUE(all.clear_of_bars());
  EXPECT_EQ(all.words, "nothing stands against it");
  events.push_back(
      event("later", day(1), Screening{"cardiovascular-disease", Screened::concern, "untreated"}));
  all = eligibility(events, trd());
  EXPECT_TRUE(all.clear_of_bars()) << "weighed, no bar";
  EXPECT_EQ(all.relative, 1);
  events.push_back(event("bar", day(2), Screening{"hypersensitivity", Screened::concern, "hives"}));
  all = eligibility(events, trd());
  EXPECT_FALSE(all.clear_of_bars());
  EXPECT_NE(all.words.find("not eligible"), std::string::npos);
  events.push_back(event("earlier", day(1.5), Screening{"hypersensitivity", Screened::clear, ""}));
  EXPECT_FALSE(eligibility(events, trd()).clear_of_bars()) << "the latest counts, not the last written";
}

}  // namespace
}  // namespace evenkeel::care
