// What the scheduler refuses, in which words, and at which record.
#include "pkpd/dose_rules.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "support/plain_course.hpp"

namespace evenkeel::pkpd {
namespace {

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
constexpr double infinite = std::numeric_limits<double>::infinity();

// The second record is the one at fault.
void expect_refused(const PlainCourse& course, const std::string& words, std::size_t record = 1) {
  const auto timeline = course.scheduled();
  ASSERT_FALSE(timeline.has_value()) << words;
  EXPECT_EQ(timeline.error().record, record) << words;
  EXPECT_EQ(timeline.error().error.code, ErrorCode::invalid_input);
  EXPECT_NE(timeline.error().error.what.find(words), std::string::npos) << timeline.error().error.what;
}

void expect_refused(const DoseSpec& dose, const std::string& words) {
  PlainCourse course;
  expect_refused(course.see({0.0}).dose(1.0, dose), words);
}

TEST(DoseRules, RefuseAnAmountThatCannotBeGiven) {
  for (const double amount_mg : {0.0, -1.0, not_a_number, infinite})
    expect_refused(bolus(amount_mg), "a dose of");
  expect_refused(bolus(1e16), "1e+16 mg");
}

TEST(DoseRules, RefuseARateOrDurationThatIsNotAboveZero) {
  for (const double value : {0.0, -1.0, not_a_number, infinite}) {
    expect_refused(infusion(100.0, value), "a rate of");
    DoseSpec over = bolus(100.0);
    over.form = DoseForm::over_duration;
    over.duration = value * units::h;
    expect_refused(over, "a duration of");
  }
}

TEST(DoseRules, RefuseARepetitionWithoutAnInterval) {
  for (const double interval_h : {0.0, -8.0, not_a_number, infinite}) {
    expect_refused(repeated(bolus(100.0), 1, interval_h), "an interval above zero");
    expect_refused(repeated(bolus(100.0), 0, interval_h, SteadyState::adds), "an interval above zero");
  }
  expect_refused(repeated(bolus(100.0), -1, 8.0), "-1 additional doses");
}

TEST(DoseRules, RefuseAnInfusionSinceEverThatSaysTooMuchOrTooLittle) {
  DoseSpec endless = bolus(0.0);
  endless.steady = SteadyState::replaces;
  expect_refused(endless, "needs a rate");
  endless = infusion(0.0, 10.0);
  endless.steady = SteadyState::replaces;
  DoseSpec again = endless;
  again.interval = 8.0 * units::h;
  expect_refused(again, "no interval");
  again = endless;
  again.additional = 1;
  expect_refused(again, "no additional doses");
}

TEST(DoseRules, RefuseWhatIsLeftToAModelThatHasNothingForIt) {
  DoseSpec dose = bolus(100.0);
  dose.form = DoseForm::modelled_rate;
  expect_refused(dose, "leaves its rate to the model, which has none");
  dose.form = DoseForm::modelled_duration;
  expect_refused(dose, "leaves its duration to the model, which has none");
  for (const double value : {0.0, -2.0, infinite}) {
    PlainCourse course;
    expect_refused(course.with({{"D2", value}}).see({0.0}).dose(1.0, dose),
                   "duration to the model, which makes it");
    PlainCourse other;
    dose.form = DoseForm::modelled_rate;
    expect_refused(other.with({{"R2", value}}).see({0.0}).dose(1.0, dose),
                   "rate to the model, which makes it");
    dose.form = DoseForm::modelled_duration;
  }
}

TEST(DoseRules, RefuseARateByARouteThatDividesTheDose) {
  expect_refused(infusion(100.0, 10.0, by_film), "2 paths");
}

TEST(Schedule, RefusesATimeThatGoesBackOrIsNone) {
  PlainCourse back;
  expect_refused(back.see({2.0, 1.0}), "goes back");
  for (const double at_h : {not_a_number, infinite, -infinite, 2e12}) {
    PlainCourse course;
    expect_refused(course.see({0.0, at_h}), "a time of");
  }
}

TEST(Schedule, RefusesASteadyStateThatNeverComes) {
  PlainCourse stays;
  expect_refused(
      stays.with({{"CL", 0.0}}).see({0.0}).dose(1.0, repeated(bolus(1.0), 0, 8.0, SteadyState::adds)),
      "nothing empties compartment 2");
  PlainCourse slow;
  expect_refused(
      slow.with({{"CL", 1e-12}}).see({0.0}).dose(1.0, repeated(bolus(1.0), 0, 8.0, SteadyState::adds)),
      "drug stays");
  PlainCourse never;  // from the depot nothing reaches the blood
  expect_refused(never.with({{"KA", 0.0}})
                     .see({0.0})
                     .dose(1.0, repeated(bolus(1.0, into_depot), 0, 8.0, SteadyState::adds)),
                 "nothing empties compartment 1");
  expect_refused(repeated(bolus(1e9), 0, 1e-9, SteadyState::replaces), "mg every");
}

TEST(Schedule, RefusesMoreDosesThanAPersonCanGet) {
  PlainCourse many;
  expect_refused(many.dose(0.0, repeated(bolus(1.0), 200'000, 1e-3)).see({1e3}),
                 "more than 100000 additional");
  expect_refused(repeated(infusion(1e6, 1.0), 0, 1.0, SteadyState::replaces), "of one steady state at once");
  PlainCourse lagged;
  expect_refused(
      lagged.with({{"ALAG2", 2e6}}).see({0.0}).dose(1.0, repeated(bolus(1.0), 0, 1.0, SteadyState::adds)),
      "of one steady state at once");
}

TEST(Schedule, RefusesWhatWouldArriveOrEndAtNoTime) {
  PlainCourse course;
  expect_refused(course.with({{"ALAG2", 2e12}}).see({0.0}).dose(1.0, bolus(1.0)), "arrives at");
  expect_refused(infusion(1e6, 1e-300), "an infusion until");
}

// A parameter that turns bad while a dose is on its way: the record that was reached.
TEST(Schedule, NamesTheRecordThatWasReached) {
  PlainCourse course;
  course.with({{"ALAG2", 1.0}}).dose(0.0, repeated(bolus(1.0), 3, 2.0)).see({0.5, 2.0});
  course.with({{"F2", -1.0}}).see({4.0});
  expect_refused(course, "bioavailable fraction of -1", 3);
  PlainCourse rate;
  DoseSpec dose = bolus(100.0);
  dose.form = DoseForm::modelled_rate;
  rate.with({{"R2", 1.0}}).dose(0.0, dose).see({1.0}).with({{"R2", 0.0}}).see({2.0});
  expect_refused(rate, "which makes it 0", 2);
}

}  // namespace
}  // namespace evenkeel::pkpd
