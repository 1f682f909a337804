#include "pkpd/schedule.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "support/plain_course.hpp"

// In these tests the central compartment loses a tenth an hour: what is left of 1 mg is e^(-t/10).
namespace evenkeel::pkpd {
namespace {

double left(double hours) {
  return std::exp(-0.1 * hours);
}
// mg after `hours` of 1 mg/h.
double filled(double hours) {
  return -10.0 * std::expm1(-0.1 * hours);
}

TEST(Schedule, ShowsADoseOnlyToTheRecordsThatStandAfterIt) {
  expect_all_near(PlainCourse{}.see({1.0}).dose(1.0, bolus(100.0)).see({1.0}).central_mg(), {0, 100, 100});
}

TEST(Schedule, ReadsOutEveryRecordAfterItHasActed) {
  PlainCourse course;
  course.dose(0.0, bolus(100.0)).reset(1.0).dose(2.0, bolus(40.0), RecordKind::reset_and_dose);
  course.add(3.0, RecordKind::other);
  expect_all_near(course.central_mg(), {100, 0, 40, 40 * left(1)});
}

TEST(Schedule, GivesWhatArrivesByItselfBeforeTheRecordsOfItsTime) {
  PlainCourse lagged;
  lagged.with({{"ALAG2", 2.0}}).dose(0.0, bolus(100.0)).see({2.0, 3.0});
  expect_all_near(lagged.central_mg(), {0, 100, 100 * left(1)});
  PlainCourse additional;
  additional.dose(0.0, repeated(bolus(100.0), 1, 2.0)).see({2.0, 4.0});
  expect_all_near(additional.central_mg(), {100, 100 + 100 * left(2), 100 * left(2) + 100 * left(4)});
}

TEST(Schedule, WipesWhatArrivesAtTheTimeOfAReset) {
  PlainCourse course;
  course.with({{"ALAG2", 2.0}}).dose(0.0, bolus(100.0)).reset(2.0).see({3.0});
  expect_all_near(course.central_mg(), {0, 0, 0});
}

TEST(Schedule, TakesTimesThatMeetButForRoundingForOneMoment) {
  ASSERT_NE(0.1 + 0.2, 0.3);
  PlainCourse lagged;
  lagged.with({{"ALAG2", 0.2}}).dose(0.1, bolus(100.0)).see({0.3});
  EXPECT_EQ(lagged.central_mg()[1], 100.0);
  PlainCourse additional;
  additional.with({{"CL", 0.0}}).dose(0.0, repeated(bolus(1.0), 3, 0.1)).see({0.1, 0.2, 0.3});
  expect_all_near(additional.central_mg(), {1, 2, 3, 4});
  PlainCourse backwards;
  backwards.dose(0.1 + 0.2, bolus(100.0)).see({0.3});
  EXPECT_EQ(backwards.central_mg()[1], 100.0);
  PlainCourse apart;  // a millisecond is no rounding
  apart.with({{"ALAG2", 0.2000003}}).dose(0.1, bolus(100.0)).see({0.3});
  EXPECT_EQ(apart.central_mg()[1], 0.0);
}

TEST(Schedule, LosesNoneOfTenThousandAdditionalDoses) {
  PlainCourse course;
  course.with({{"CL", 0.0}}).dose(0.7, repeated(bolus(1.0), 10'000, 0.1));
  for (int i = 1; i <= 100; ++i) course.see({0.7 + 10.0 * i});
  const auto found = course.central_mg();
  for (std::size_t i = 0; i < found.size(); ++i) EXPECT_EQ(found[i], 100.0 * static_cast<double>(i) + 1.0);
}

TEST(Schedule, LosesNoInfusionThatIsTooShortForItsClock) {
  for (const double at_h : {0.0, 490'000.0, 1e9}) {
    for (const double hours : {1e-15, 1e-12, 1e-9, 1e-6, 1e-3}) {
      PlainCourse course;
      course.with({{"CL", 0.0}}).dose(at_h, infusion(100.0, 100.0 / hours)).see({at_h + 1.0});
      EXPECT_NEAR(course.central_mg()[1], 100.0, 1e-11) << hours << " h at " << at_h << " h";
    }
  }
}

TEST(Schedule, EndsAnInfusionExactlyAtAnotherEvent) {
  PlainCourse course;  // 30 mg at 10 mg/h end at 3 h, where another begins, one is seen and one added
  course.dose(0.0, repeated(infusion(30.0, 10.0), 1, 3.0)).dose(3.0, bolus(5.0)).see({3.0, 6.0, 7.0});
  const double at_3 = 10 * filled(3) + 5;
  const double at_6 = at_3 * left(3) + 10 * filled(3);
  expect_all_near(course.central_mg(), {0, at_3, at_3, at_6, at_6 * left(1)});
}

TEST(Schedule, LetsBioavailabilityChangeTheDurationOfARateAndTheRateOfADuration) {
  PlainCourse at_rate;  // 50 mg in 5 h
  at_rate.with({{"F2", 0.5}}).dose(0.0, infusion(100.0, 10.0)).see({5.0, 6.0});
  expect_all_near(at_rate.central_mg(), {0, 10 * filled(5), 10 * filled(5) * left(1)});
  PlainCourse over;  // 50 mg in 10 h
  DoseSpec dose = bolus(100.0);
  dose.form = DoseForm::over_duration;
  dose.duration = 10.0 * units::h;
  over.with({{"F2", 0.5}}).dose(0.0, dose).see({5.0, 11.0});
  expect_all_near(over.central_mg(), {0, 5 * filled(5), 5 * filled(10) * left(1)});
}

TEST(Schedule, LeavesRateOrDurationToTheModelWhereTheDoseDoes) {
  DoseSpec dose = bolus(100.0);
  dose.form = DoseForm::modelled_duration;
  PlainCourse over;
  over.with({{"F2", 0.5}, {"D2", 10.0}}).dose(0.0, dose).see({5.0, 11.0});
  expect_all_near(over.central_mg(), {0, 5 * filled(5), 5 * filled(10) * left(1)});
  dose.form = DoseForm::modelled_rate;
  PlainCourse at_rate;
  at_rate.with({{"F2", 0.5}, {"R2", 10.0}}).dose(0.0, dose).see({5.0, 6.0});
  expect_all_near(at_rate.central_mg(), {0, 10 * filled(5), 10 * filled(5) * left(1)});
}

// 100 mg: 2 h at 20 mg/h, then 3 h at 10, then 1 h at 30, which is the rest.
TEST(Schedule, LetsAModelledRateFollowTheParametersUntilTheDoseIsIn) {
  DoseSpec dose = bolus(100.0);
  dose.form = DoseForm::modelled_rate;
  PlainCourse course;
  course.with({{"CL", 0.0}, {"R2", 20.0}}).dose(0.0, dose).see({2.0});
  course.with({{"R2", 10.0}}).see({5.0}).with({{"R2", 30.0}}).see({5.5, 6.0, 9.0});
  expect_all_near(course.central_mg(), {0, 40, 70, 85, 100, 100});
}

TEST(Schedule, DividesADoseOverTheWaysOfItsRoute) {
  PlainCourse course;  // 60 mg over half an hour into the depot, 40 mg into the blood an hour late
  course.with({{"KA", 0.0}, {"CL", 0.0}, {"LATE", 1.0}})
      .dose(0.0, bolus(100.0, by_film))
      .see({0.25, 0.5, 1.0});
  expect_all_near(course.amounts_mg(0), {0, 30, 60, 60});
  expect_all_near(course.amounts_mg(1), {0, 0, 0, 40});
  PlainCourse longer;  // its own duration is that of each way
  DoseSpec dose = bolus(100.0, by_film);
  dose.form = DoseForm::over_duration;
  dose.duration = 2.0 * units::h;
  longer.with({{"KA", 0.0}, {"CL", 0.0}}).dose(0.0, dose).see({1.0, 2.0});
  expect_all_near(longer.amounts_mg(0), {0, 30, 60});
  expect_all_near(longer.amounts_mg(1), {0, 20, 40});
}

TEST(Schedule, TakesTheLagOfTheDosesRecordForItsAdditionalDosesToo) {
  PlainCourse course;
  course.with({{"CL", 0.0}, {"ALAG2", 1.0}}).dose(0.0, repeated(bolus(10.0), 2, 4.0));
  course.with({{"ALAG2", 3.0}}).see({0.5, 1.0, 4.5, 5.0, 8.5, 9.0});
  expect_all_near(course.central_mg(), {0, 0, 10, 10, 20, 20, 30});
}

TEST(Schedule, TakesTheBioavailabilityInForceWhenADoseArrives) {
  PlainCourse course;
  course.with({{"CL", 0.0}, {"F2", 0.5}}).dose(0.0, repeated(bolus(10.0), 2, 4.0)).see({3.0});
  course.with({{"F2", 0.8}}).see({4.0}).with({{"F2", 1.0}}).see({7.0, 9.0});
  expect_all_near(course.central_mg(), {5, 5, 13, 13, 23});
  PlainCourse running;  // what runs stays as it began
  running.with({{"CL", 0.0}, {"F2", 0.5}})
      .dose(0.0, infusion(100.0, 10.0))
      .with({{"F2", 1.0}})
      .see({4.0, 9.0});
  expect_all_near(running.central_mg(), {0, 40, 50});
}

TEST(Schedule, UsesTheParametersOfTheLaterRecordBetweenTwo) {
  PlainCourse course;
  course.dose(0.0, bolus(100.0)).see({1.0}).with({{"CL", 4.0}}).see({2.0});
  expect_all_near(course.central_mg(), {100, 100 * left(1), 100 * left(5)});
}

TEST(Schedule, UsesWhatARecordSaysAboutTheTimeBeforeIt) {
  PlainCourse course;
  course.with({{"F2", 0.5}}).dose(0.0, repeated(bolus(100.0), 1, 2.0));
  const InForce first = course.subject().with(course.values());
  course.with({{"CL", 4.0}, {"F2", 1.0}}).see({3.0});
  const InForce second = course.subject().with(course.values());
  course.subject().subject().records.back().before = {{2.0 * units::h, first}, {3.0 * units::h, second}};
  // The dose at 2 h arrives within the first stretch, at its end.
  expect_all_near(course.central_mg(), {50, (50 * left(2) + 50) * left(4)});
}

TEST(Schedule, ForgetsLaggedAdditionalAndRunningDosesAtAReset) {
  PlainCourse lagged;
  lagged.with({{"ALAG2", 5.0}}).dose(0.0, bolus(100.0)).reset(4.0).see({6.0});
  expect_all_near(lagged.central_mg(), {0, 0, 0});
  PlainCourse additional;
  additional.dose(0.0, repeated(bolus(100.0), 9, 3.0)).reset(4.0).see({7.0});
  expect_all_near(additional.central_mg(), {100, 0, 0});
  PlainCourse running;
  running.dose(0.0, infusion(100.0, 10.0)).dose(4.0, bolus(7.0), RecordKind::reset_and_dose).see({6.0});
  expect_all_near(running.central_mg(), {0, 7, 7 * left(2)});
}

TEST(Schedule, ResetsOnceForADoseWithAdditionalOnes) {
  PlainCourse course;
  course.dose(0.0, bolus(100.0))
      .dose(1.0, repeated(bolus(10.0), 1, 2.0), RecordKind::reset_and_dose)
      .see({3.0});
  expect_all_near(course.central_mg(), {100, 10, 10 + 10 * left(2)});
}

TEST(Schedule, LetsTimeBeginAnewAtAReset) {
  PlainCourse course;
  course.dose(5.0, repeated(bolus(100.0), 5, 1.0))
      .with({{"CL", 2.0}})
      .reset(0.0)
      .dose(1.0, bolus(8.0))
      .see({2.0});
  expect_all_near(course.central_mg(), {100, 0, 8, 8 * left(2)});
}

TEST(Schedule, GivesWhatIsDueBeforeAResetToTheCourse) {
  PlainCourse course;
  course.dose(0.0, repeated(bolus(100.0), 9, 3.0)).dose(0.0, infusion(50.0, 10.0)).reset(40.0);
  const auto timeline = course.scheduled();
  ASSERT_TRUE(timeline.has_value());
  int doses = 0;
  double rate_mg_h = 0.0;
  for (const TimedEvent& event : timeline->events) {
    if (std::holds_alternative<AddAmount>(event.change)) ++doses;
    if (const auto* change = std::get_if<AddRate>(&event.change)) rate_mg_h += change->rate_mg_h;
  }
  EXPECT_EQ(doses, 10);
  EXPECT_EQ(rate_mg_h, 0.0);
}

TEST(Schedule, GivesWhatIsStillDueAfterTheLastRecordWhenAsked) {
  PlainCourse course;
  course.with({{"ALAG2", 1.0}}).dose(0.0, repeated(infusion(10.0, 5.0), 2, 4.0));
  const auto nothing = course.scheduled(AfterLastRecord::nothing);
  ASSERT_TRUE(nothing.has_value());
  EXPECT_EQ(nothing->events.back().at_h, 0.0);
  const auto all = course.scheduled(AfterLastRecord::all_that_is_due);
  ASSERT_TRUE(all.has_value());
  EXPECT_EQ(all->events.back().at_h, 11.0);
}

TEST(Schedule, OfNoRecordsIsEmpty) {
  const Structure structure{plain_model()};
  const auto timeline = schedule(structure, Subject{}, AfterLastRecord::all_that_is_due);
  ASSERT_TRUE(timeline.has_value());
  EXPECT_TRUE(timeline->events.empty());
}

}  // namespace
}  // namespace evenkeel::pkpd
