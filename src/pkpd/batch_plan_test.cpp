#include "pkpd/batch_plan.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace evenkeel::pkpd {
namespace {

Timeline infusion(double at_h, double hours, double rate_mg_h) {
  Timeline timeline;
  timeline.events = {{at_h, AddRate{0, rate_mg_h}}, {at_h + hours, AddRate{0, -rate_mg_h}}};
  return timeline;
}

std::vector<double> grid(std::size_t count, double step_h, double from_h = 0.0) {
  std::vector<double> times;
  for (std::size_t i = 0; i < count; ++i) times.push_back(from_h + static_cast<double>(i) * step_h);
  return times;
}

// Where a plan's steps lead, and which of its moments are read out.
struct Walked {
  std::vector<double> read_h;
  std::vector<double> silent_h;
};
Walked walk(const BatchPlan& plan) {
  Walked walked;
  long double at_h = plan.start_h();
  const auto note = [&](Moment moment) {
    if (moment == Moment::read_out) walked.read_h.push_back(static_cast<double>(at_h));
    if (moment == Moment::silent) walked.silent_h.push_back(static_cast<double>(at_h));
  };
  for (const PlanLeg& leg : plan.legs()) {
    note(leg.first);
    for (std::size_t i = 0; i < leg.steps; ++i) {
      at_h += leg.even ? plan.even_h()[leg.length] : plan.uneven_h()[leg.length + i];
      note(leg.each);
    }
  }
  return walked;
}

TEST(BatchPlan, TakesStepsThatRoundingAloneTellsApartAsOneLength) {
  const auto times = grid(4000, 5.0 / 60.0, 1e-3);  // no step of 5 min is a double
  const auto plan = BatchPlan::make(infusion(0.0, 0.7, 50.0), times);
  ASSERT_TRUE(plan.has_value());
  EXPECT_EQ(plan->rows(), 4000U);
  EXPECT_EQ(plan->even_h().size(), 1U);
  EXPECT_LE(plan->uneven_h().size(), 4U);  // around the start, the infusion's end and the first row
}

TEST(BatchPlan, NeverDriftsFromTheTimesAskedFor) {
  std::vector<double> times;
  double at_h = 0.0;
  for (int i = 0; i < 20'000; ++i) times.push_back(at_h += 0.1);  // sums that drift from 0.1 i by themselves
  const auto plan = BatchPlan::make(infusion(0.0, 1.0, 50.0), times);
  const Walked walked = walk(*plan);
  ASSERT_EQ(walked.read_h.size(), times.size());
  for (std::size_t i = 0; i < times.size(); ++i)
    ASSERT_NEAR(walked.read_h[i], times[i], 5.0 * 0x1p-52 * times[i]);
}

TEST(BatchPlan, ReadsAtTheTimeOfABolusAfterIt) {
  Timeline timeline;
  timeline.events = {{0.0, AddAmount{0, 1.0}}, {2.0, AddAmount{0, 1.0}}};
  const auto plan = BatchPlan::make(timeline, std::vector{0.0, 1.0, 2.0, 3.0});
  const auto legs = plan->legs();
  ASSERT_EQ(legs.size(), 3U);
  EXPECT_EQ(legs[0].first, Moment::read_out);
  EXPECT_EQ(plan->changes(legs[0]).size(), 1U);
  EXPECT_EQ(legs[1].each, Moment::silent) << "just before the second dose nobody asked";
  EXPECT_EQ(legs[2].first, Moment::read_out);
  EXPECT_EQ(plan->changes(legs[2]).size(), 1U);
}

TEST(BatchPlan, KeepsTheOrderOfReadOutsAndDosesOfOneMoment) {
  Timeline timeline;
  timeline.events = {{0.0, ReadOut{0}}, {0.0, AddAmount{0, 1.0}}, {0.0, ReadOut{1}}, {1.0, ReadOut{2}}};
  const auto plan = BatchPlan::make(timeline);
  ASSERT_EQ(plan->rows(), 3U);
  EXPECT_TRUE(plan->changes(plan->legs()[0]).empty());
  EXPECT_EQ(plan->legs()[0].first, Moment::read_out);
  EXPECT_EQ(plan->changes(plan->legs()[1]).size(), 1U);
}

TEST(BatchPlan, KeepsReadOutsAtOneTimeAsRowsOfTheirOwn) {
  const auto plan = BatchPlan::make(infusion(0.0, 1.0, 5.0), std::vector{2.0, 2.0, 2.0, 3.0});
  EXPECT_EQ(plan->rows(), 4U);
  EXPECT_EQ(walk(*plan).read_h, (std::vector{2.0, 2.0, 2.0, 3.0}));
}

TEST(BatchPlan, ShowsAnEventThatNobodyAskedForAsASilentMoment) {
  const auto plan = BatchPlan::make(infusion(1.0, 0.5, 5.0), std::vector{0.0, 4.0});
  EXPECT_EQ(walk(*plan).silent_h, (std::vector{1.0, 1.5}));
  EXPECT_EQ(plan->moment_h().size(), 4U);
  EXPECT_EQ(plan->passed_h()[0], 0.0);
  EXPECT_EQ(plan->passed_h()[3], 2.5);
}

TEST(BatchPlan, SaysHowLongEachChangeIsTheLatest) {
  const auto plan = BatchPlan::make(infusion(1.0, 2.0, 5.0), grid(11, 1.0));
  std::vector<double> until;
  for (const PlanLeg& leg : plan->legs()) {
    if (!plan->changes(leg).empty()) until.push_back(leg.until_change_h);
  }
  EXPECT_EQ(until, (std::vector{2.0, 7.0}));
}

TEST(BatchPlan, AddsUpInfusionsAndEndsAtZero) {
  Timeline timeline;
  timeline.events = {{0.0, AddRate{0, 0.1}},
                     {1.0, AddRate{0, 0.2}},
                     {2.0, AddRate{0, -0.1}},
                     {3.0, AddRate{0, -0.2}},
                     {4.0, ReadOut{0}}};
  const auto plan = BatchPlan::make(timeline);
  std::vector<double> rates;
  for (const PlanLeg& leg : plan->legs()) {
    for (const PlanChange& change : plan->changes(leg)) rates.push_back(change.value);
  }
  EXPECT_EQ(rates, (std::vector{0.1, 0.1 + 0.2, 0.2, 0.0}));
}

TEST(BatchPlan, StartsAnewAtAResetEvenAtAnEarlierTime) {
  Timeline timeline;
  timeline.events = {{5.0, AddAmount{0, 1.0}}, {6.0, ReadOut{0}}, {0.0, Clear{}}, {1.0, ReadOut{1}}};
  const auto plan = BatchPlan::make(timeline);
  ASSERT_TRUE(plan.has_value());
  EXPECT_EQ(std::vector(plan->row_h().begin(), plan->row_h().end()), (std::vector{6.0, 1.0}));
}

TEST(BatchPlan, RefusesWhatIsEachSubjectsOwn) {
  Timeline timeline = infusion(0.0, 1.0, 5.0);
  timeline.events.push_back({2.0, UseSystem{1}});
  const auto changed = BatchPlan::make(timeline, std::vector{3.0});
  ASSERT_FALSE(changed.has_value());
  EXPECT_EQ(changed.error().what, "a change of the system is each subject's own: a batch shares its events");
  timeline.events.back() = {2.0, AddSteadyState{}};
  EXPECT_FALSE(BatchPlan::make(timeline, std::vector{3.0}).has_value());
  timeline.events.back() = {2.0, UseSystem{0}};
  EXPECT_TRUE(BatchPlan::make(timeline, std::vector{3.0}).has_value());
}

TEST(BatchPlan, RefusesTimesThatGoBackOrAreNone) {
  const Timeline timeline = infusion(0.0, 1.0, 5.0);
  EXPECT_FALSE(BatchPlan::make(timeline, std::vector{3.0, 2.0}).has_value());
  EXPECT_FALSE(BatchPlan::make(timeline, std::vector{std::numeric_limits<double>::quiet_NaN()}).has_value());
  EXPECT_FALSE(BatchPlan::make(timeline, std::vector{std::numeric_limits<double>::infinity()}).has_value());
  const auto nothing = BatchPlan::make(timeline, std::vector<double>{});
  ASSERT_FALSE(nothing.has_value());
  EXPECT_EQ(nothing.error().what, "nothing is read out");
}

}  // namespace
}  // namespace evenkeel::pkpd
