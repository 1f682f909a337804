// Steady states among the records. The central compartment loses a tenth an hour.
#include <gtest/gtest.h>

#include <cmath>

#include "pkpd/schedule.hpp"
#include "support/plain_course.hpp"

namespace evenkeel::pkpd {
namespace {

constexpr auto replaces = SteadyState::replaces;
constexpr auto adds = SteadyState::adds;

// What 1 mg every `interval_h` since ever leaves `hours` after the last.
double steady(double hours, double interval_h) {
  return std::exp(-0.1 * hours) / -std::expm1(-0.1 * interval_h);
}
double left(double hours) {
  return std::exp(-0.1 * hours);
}

TEST(ScheduleSteadily, BeginsWithTheDoseThatEndlessRepetitionEndsIn) {
  PlainCourse course;
  course.dose(5.0, repeated(bolus(100.0), 0, 8.0, replaces)).see({7.0, 13.0});
  expect_all_near(course.central_mg(), {100 * steady(0, 8), 100 * steady(2, 8), 100 * steady(8, 8)});
}

TEST(ScheduleSteadily, KeepsTheCycleWithAdditionalDoses) {
  PlainCourse course;
  course.dose(0.0, repeated(bolus(100.0), 3, 8.0, replaces)).see({8.0, 17.0, 31.5});
  expect_all_near(course.central_mg(),
                  {100 * steady(0, 8), 100 * steady(0, 8), 100 * steady(1, 8), 100 * steady(7.5, 8)});
}

TEST(ScheduleSteadily, IsInTheMiddleOfTheCycleWhereTheDoseIsLagged) {
  PlainCourse course;
  course.with({{"ALAG2", 3.0}}).dose(0.0, repeated(bolus(100.0), 0, 8.0, replaces)).see({2.9, 3.0, 4.0});
  expect_all_near(course.central_mg(),
                  {100 * steady(5, 8), 100 * steady(7.9, 8), 100 * steady(0, 8), 100 * steady(1, 8)});
}

// Lag 19 h, interval 8 h: doses given 16 and 8 h ago arrive after 3 and 11 h, the record's own after 19.
TEST(ScheduleSteadily, BringsInDosesOfThePastThatAreStillOnTheirWay) {
  PlainCourse course;
  course.with({{"ALAG2", 19.0}}).dose(0.0, repeated(bolus(100.0), 0, 8.0, replaces));
  course.see({1.0, 3.0, 11.0, 18.0, 19.0, 27.0});
  expect_all_near(course.central_mg(),
                  {100 * steady(5, 8), 100 * steady(6, 8), 100 * steady(0, 8), 100 * steady(0, 8),
                   100 * steady(7, 8), 100 * steady(0, 8), 100 * steady(8, 8)});
}

TEST(ScheduleSteadily, CountsADoseOfThePastThatArrivesAtTheRecord) {
  for (const double interval_h : {8.0, 0.1}) {
    for (const double times : {1.0, 3.0}) {  // 3 * 0.1 is not 0.3
      PlainCourse course;
      course.with({{"ALAG2", times * interval_h}}).dose(0.0, repeated(bolus(100.0), 0, interval_h, replaces));
      course.see({0.25 * interval_h, interval_h * times, interval_h * (times + 0.5)});
      expect_all_near(course.central_mg(),
                      {100 * steady(0, interval_h), 100 * steady(0.25 * interval_h, interval_h),
                       100 * steady(0, interval_h), 100 * steady(0.5 * interval_h, interval_h)});
    }
  }
}

// 20 h every 8 h: two run all the time, a third half of it. After the record's own, those begun 8 and
// 16 h before it go on for 12 and 4 h.
TEST(ScheduleSteadily, LetsInfusionsLongerThanTheIntervalRunToTheirEnds) {
  PlainCourse course;
  course.with({{"CL", 1.0}})
      .dose(0.0, repeated(infusion(100.0, 5.0), 0, 8.0, replaces))
      .see({4.0, 12.0, 20.0, 25.0});
  const auto found = course.central_mg();
  const auto filled = [](double rate_mg_h, double hours) {
    return -10.0 * rate_mg_h * std::expm1(-0.1 * hours);
  };
  const double at_4 = found[0] * left(4) + filled(15, 4);
  const double at_12 = at_4 * left(8) + filled(10, 8);
  const double at_20 = at_12 * left(8) + filled(5, 8);
  // In the cycle 15 mg/h run for 4 h and 10 for 4: its start is where it ends.
  const double start = (filled(15, 4) * left(4) + filled(10, 4)) / -std::expm1(-0.8);
  expect_all_near(found, {start, at_4, at_12, at_20, at_20 * left(5)});
}

TEST(ScheduleSteadily, RunsOnWithoutAGapWhereTheInfusionLastsTheInterval) {
  for (const double interval_h : {8.0, 0.3}) {
    PlainCourse course;
    const DoseSpec dose = repeated(infusion(10.0 * interval_h, 10.0), 4, interval_h, replaces);
    course.dose(0.0, dose).see({0.5 * interval_h, interval_h, 4.5 * interval_h});
    expect_all_near(course.central_mg(), {100, 100, 100, 100});
  }
}

TEST(ScheduleSteadily, WipesWhatWasThereOnlyWhereItReplaces) {
  const auto course = [](SteadyState how) {
    PlainCourse made;
    made.dose(0.0, bolus(50.0)).dose(0.0, infusion(40.0, 4.0)).with({{"ALAG1", 6.0}});
    made.dose(1.0, bolus(30.0, into_depot)).dose(2.0, repeated(bolus(100.0), 0, 8.0, how)).see({20.0});
    return made;
  };
  PlainCourse only;
  only.dose(2.0, repeated(bolus(100.0), 0, 8.0, replaces)).see({20.0});
  EXPECT_NEAR(course(replaces).central_mg()[4], only.central_mg()[1], 1e-12);
  EXPECT_EQ(course(replaces).amounts_mg(0)[4], 0.0);
  PlainCourse rest;
  rest.dose(0.0, bolus(50.0)).dose(0.0, infusion(40.0, 4.0)).with({{"ALAG1", 6.0}});
  rest.dose(1.0, bolus(30.0, into_depot)).see({2.0, 20.0});
  EXPECT_NEAR(course(adds).central_mg()[4], only.central_mg()[1] + rest.central_mg()[4], 1e-12);
}

TEST(ScheduleSteadily, StopsAnInfusionSinceEverAtItsRecordWhateverLagAndBioavailability) {
  DoseSpec endless = infusion(0.0, 10.0);
  endless.steady = replaces;
  PlainCourse course;
  course.with({{"ALAG2", 3.0}, {"F2", 0.5}}).dose(1.0, bolus(9.0)).dose(2.0, endless).see({3.0, 12.0});
  expect_all_near(course.central_mg(), {0, 100, 100 * left(1), 100 * left(10)});
  endless.steady = adds;
  endless.form = DoseForm::modelled_rate;
  PlainCourse besides;
  besides.with({{"R2", 10.0}}).dose(0.0, bolus(50.0)).dose(2.0, endless).see({3.0});
  expect_all_near(besides.central_mg(), {50, 100 + 50 * left(2), 100 * left(1) + 50 * left(3)});
}

TEST(ScheduleSteadily, UsesTheParametersOfItsRecordForItsPast) {
  PlainCourse course;
  course.with({{"CL", 3.0}, {"F2", 0.1}}).see({0.0}).with({{"CL", 1.0}, {"F2", 1.0}});
  course.dose(1.0, repeated(bolus(100.0), 0, 8.0, replaces)).with({{"CL", 2.0}}).see({2.0});
  expect_all_near(course.central_mg(), {0, 100 * steady(0, 8), 100 * steady(0, 8) * left(2)});
}

TEST(ScheduleSteadily, ResetsAndGivesAtOnceAsEvidFourDoes) {
  PlainCourse course;
  course.dose(0.0, repeated(bolus(50.0), 9, 1.0));
  course.dose(2.5, repeated(bolus(100.0), 1, 8.0, replaces), RecordKind::reset_and_dose).see({10.5});
  expect_all_near(course.central_mg(), {50, 100 * steady(0, 8), 100 * steady(0, 8)});
}

TEST(ScheduleSteadily, ComesByEveryWayOfTheRoute) {
  PlainCourse course;
  course.with({{"LATE", 3.0}}).dose(0.0, repeated(bolus(100.0, by_film), 6, 8.0, replaces)).see({8.0, 40.0});
  const auto depot = course.amounts_mg(0);
  const auto central = course.central_mg();
  for (const std::size_t i : {1U, 2U}) {
    EXPECT_NEAR(depot[i], depot[0], 1e-12 * depot[0] + 1e-12);
    EXPECT_NEAR(central[i], central[0], 1e-12 * central[0]);
  }
  EXPECT_GT(central[0], 0.0);
}

}  // namespace
}  // namespace evenkeel::pkpd
