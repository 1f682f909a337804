#include "pkpd/batch.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <set>

#include "pkpd/flush_to_zero.hpp"

namespace evenkeel::pkpd {
namespace {

// One compartment of 10 L; subject i eliminates at 0.1 (i + 1) per hour.
Batch one_compartment(std::size_t subjects, BatchPlan plan) {
  Batch batch{.subjects = subjects,
              .compartments = 1,
              .outputs = {0},
              .system_of = {},
              .plans = {std::move(plan)},
              .plan_of = {}};
  batch.system_of = [](std::size_t subject, SubjectSystem& into) -> std::optional<Error> {
    into.rates(0, 0) = -0.1 * static_cast<double>(subject + 1);
    into.volumes_L[0] = 10.0;
    return std::nullopt;
  };
  return batch;
}

BatchPlan bolus_plan(double mg, const std::vector<double>& times_h) {
  Timeline timeline;
  timeline.events = {{0.0, AddAmount{0, mg}}};
  return *BatchPlan::make(timeline, times_h);
}

TEST(Simulate, PutsEverySubjectInItsPlaceWhateverTheirNumber) {
  for (const std::size_t subjects : {1U, 7U, 8U, 9U, 4100U}) {
    const auto curves = simulate(one_compartment(subjects, bolus_plan(100.0, {0.0, 1.0, 2.0})));
    ASSERT_TRUE(curves.has_value() && curves->has_value());
    ASSERT_EQ((*curves)->subjects(), subjects);
    const auto plain = (*curves)->subject_major(0);
    for (std::size_t subject = 0; subject < subjects; ++subject) {
      for (std::size_t row = 0; row < 3; ++row) {
        const double rate = 0.1 * static_cast<double>(subject + 1);
        const double expected = 10.0 * std::exp(-rate * static_cast<double>(row));
        if (expected < 1e-300) continue;
        ASSERT_NEAR((*curves)->at(subject, 0, row), expected, 1e-13 * expected);
        ASSERT_EQ(plain[subject * 3 + row], (*curves)->at(subject, 0, row));
      }
    }
  }
}

TEST(Simulate, ReusesTheMemoryOfCurvesNoLongerNeeded) {
  const Batch large = one_compartment(100, bolus_plan(100.0, {0.0, 1.0}));
  const Batch small = one_compartment(9, bolus_plan(50.0, {0.0, 1.0, 2.0}));
  auto curves = *std::move(*simulate(large));
  curves = *std::move(*simulate(small, {}, std::move(curves)));
  EXPECT_EQ(curves.subjects(), 9U);
  EXPECT_EQ(curves.rows(), 3U);
  EXPECT_NEAR(curves.at(8, 0, 2), 5.0 * std::exp(-1.8), 1e-13);
}

TEST(Simulate, GivesEverySubjectItsOwnRegimen) {
  Batch batch = one_compartment(20, bolus_plan(100.0, {0.0}));
  batch.plans.push_back(bolus_plan(7.0, {0.0}));
  for (std::uint32_t i = 0; i < 20; ++i) batch.plan_of.push_back(i % 3 == 0 ? 1 : 0);
  const auto curves = simulate(batch);
  for (std::size_t i = 0; i < 20; ++i) EXPECT_DOUBLE_EQ((*curves)->at(i, 0, 0), i % 3 == 0 ? 0.7 : 10.0);
}

TEST(Simulate, MultipliesDosesWithASubjectsOwnBioavailability) {
  Timeline timeline;
  timeline.events = {{0.0, AddAmount{0, 10.0}}, {0.0, AddRate{0, 5.0}}, {2.0, AddRate{0, -5.0}}};
  const std::vector<double> times{0.0, 1.0, 3.0};
  for (const bool one : {true, false}) {  // by either road: the second output shuts the first
    Batch batch = one_compartment(3, *BatchPlan::make(timeline, times));
    if (!one) batch.outputs = {0, 0};
    batch.system_of = [](std::size_t subject, SubjectSystem& into) -> std::optional<Error> {
      into.rates(0, 0) = -0.4;
      for (double& volume : into.volumes_L) volume = 10.0;
      into.input_scale[0] = 0.5 * static_cast<double>(subject);
      return std::nullopt;
    };
    const auto curves = simulate(batch);
    const double expected = 0.5 * (1.0 * std::exp(-0.4) + 0.5 / 0.4 * (1.0 - std::exp(-0.4)));
    EXPECT_EQ((*curves)->at(0, 0, 1), 0.0);
    EXPECT_NEAR((*curves)->at(1, 0, 1), expected, 1e-13);
    EXPECT_NEAR((*curves)->at(2, 0, 1), 2.0 * expected, 1e-13);
  }
}

TEST(Simulate, NamesTheFirstSubjectWithoutASystem) {
  Batch batch = one_compartment(5000, bolus_plan(100.0, {0.0, 1.0}));
  batch.system_of = [](std::size_t subject, SubjectSystem& into) -> std::optional<Error> {
    if (subject >= 3000) return Error{ErrorCode::invalid_input, "CL", "a clearance below zero"};
    into.rates(0, 0) = -1.0;
    into.volumes_L[0] = 1.0;
    return std::nullopt;
  };
  const auto curves = simulate(batch);
  ASSERT_FALSE(curves.has_value());
  EXPECT_EQ(to_string(curves.error()), "subject 3001: CL: a clearance below zero");
}

TEST(Simulate, RefusesRatesAndVolumesThatCannotBe) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  for (const double rate : {0.5, nan, -std::numeric_limits<double>::infinity()}) {
    Batch batch = one_compartment(9, bolus_plan(1.0, {0.0}));
    batch.system_of = [rate](std::size_t subject, SubjectSystem& into) -> std::optional<Error> {
      into.rates(0, 0) = subject == 4 ? rate : -1.0;
      into.volumes_L[0] = 1.0;
      return std::nullopt;
    };
    const auto curves = simulate(batch);
    ASSERT_FALSE(curves.has_value()) << rate;
    EXPECT_EQ(curves.error().where, "subject 5");
  }
  for (const double volume : {0.0, -1.0, nan}) {
    Batch batch = one_compartment(2, bolus_plan(1.0, {0.0}));
    batch.system_of = [volume](std::size_t, SubjectSystem& into) -> std::optional<Error> {
      into.rates(0, 0) = -1.0;
      into.volumes_L[0] = volume;
      return std::nullopt;
    };
    EXPECT_FALSE(simulate(batch).has_value()) << volume;
  }
}

TEST(Simulate, RefusesPlansOfDifferentLengths) {
  Batch batch = one_compartment(3, bolus_plan(1.0, {0.0}));
  batch.plans.push_back(bolus_plan(1.0, {0.0, 1.0}));
  batch.plan_of = {0, 1, 0};
  const auto curves = simulate(batch);
  ASSERT_FALSE(curves.has_value());
  EXPECT_EQ(curves.error().what, "plans of 1 and of 2 read-outs in one batch");
}

TEST(Simulate, ReturnsNothingWhenStopped) {
  const Batch batch = one_compartment(10'000, bolus_plan(1.0, {0.0}));
  std::vector<std::size_t> seen;
  const auto curves = simulate(batch, {.threads = 2, .go_on = [&](std::size_t done, std::size_t all) {
                                         EXPECT_EQ(all, 10'000U);
                                         seen.push_back(done);
                                         return done < 4000;
                                       }});
  ASSERT_TRUE(curves.has_value());
  EXPECT_FALSE(curves->has_value());
  EXPECT_EQ(seen, (std::vector<std::size_t>{2048, 4096}));
}

TEST(Simulate, ReportsProgressUpToTheLastSubject) {
  std::size_t last = 0;
  const auto curves =
      simulate(one_compartment(5000, bolus_plan(1.0, {0.0})), {.go_on = [&](std::size_t done, std::size_t) {
                 last = done;
                 return true;
               }});
  EXPECT_TRUE(curves->has_value());
  EXPECT_EQ(last, 5000U);
}

TEST(Simulate, AsksForEverySubjectOnce) {
  Batch batch = one_compartment(100, bolus_plan(1.0, {0.0}));
  std::multiset<std::size_t> asked;
  batch.system_of = [&, fill = batch.system_of](std::size_t subject, SubjectSystem& into) {
    asked.insert(subject);
    return fill(subject, into);
  };
  EXPECT_TRUE(simulate(batch, {.threads = 1}).has_value());
  EXPECT_EQ(asked.size(), 100U);
  EXPECT_EQ(std::set(asked.begin(), asked.end()).size(), 100U);
}

TEST(Summarise, TellsPeakAreaAndTimeAboveOfABolus) {
  Timeline timeline;
  timeline.events = {{1.0, AddAmount{0, 100.0}}};
  std::vector<double> times;
  for (int i = 0; i <= 24; ++i) times.push_back(i);
  const Batch batch = one_compartment(10, *BatchPlan::make(timeline, times));
  const std::vector levels{2.0};
  const auto summaries = summarise(batch, levels);
  for (std::size_t subject = 0; subject < 10; ++subject) {
    const CourseSummary& found = (*summaries)->at(subject, 0);
    const double rate = 0.1 * static_cast<double>(subject + 1);
    EXPECT_EQ(found.peak_mg_L, 10.0);
    EXPECT_EQ(found.peak_at_h, 1.0);
    EXPECT_NEAR(found.area_mg_h_L, 10.0 / rate * (1.0 - std::exp(-rate * 23.0)), 1e-12);
    EXPECT_NEAR(found.hours_above, std::log(5.0) / rate, 1e-12) << "an exponential fall is exact";
  }
}

TEST(Summarise, SeesAPeakAtAnInfusionsEndThatNoRowHits) {
  Timeline timeline;
  timeline.events = {{0.0, AddRate{0, 10.0}}, {1.5, AddRate{0, -10.0}}};
  const auto summaries =
      summarise(one_compartment(1, *BatchPlan::make(timeline, std::vector{0.0, 1.0, 2.0})), std::vector{9.0});
  EXPECT_EQ((*summaries)->at(0, 0).peak_at_h, 1.5);
  EXPECT_NEAR((*summaries)->at(0, 0).peak_mg_L, 1.0 / 0.1 * (1.0 - std::exp(-0.15)), 1e-12);
  EXPECT_EQ((*summaries)->at(0, 0).hours_above, 0.0);
}

// What was before a reset is no part of the stretch after it.
TEST(Summarise, CountsNoTimeAcrossAReset) {
  Timeline timeline;
  timeline.events = {{0.0, AddAmount{0, 100.0}}, {1.0, ReadOut{0}}, {50.0, Clear{}}, {51.0, ReadOut{1}}};
  for (const bool one : {true, false}) {
    Batch batch = one_compartment(1, *BatchPlan::make(timeline));
    if (!one) batch.outputs = {0, 0};
    batch.system_of = [](std::size_t, SubjectSystem& into) -> std::optional<Error> {
      into.rates(0, 0) = -0.1;
      for (double& volume : into.volumes_L) volume = 10.0;
      return std::nullopt;
    };
    const auto summaries = summarise(batch, std::vector<double>(batch.outputs.size(), 1.0));
    EXPECT_NEAR((*summaries)->at(0, 0).hours_above, 1.0, 1e-12);
    EXPECT_NEAR((*summaries)->at(0, 0).area_mg_h_L, 100.0 * (1.0 - std::exp(-0.1)), 1e-11);
  }
}

TEST(FlushToZero, LastsAsLongAsItsObject) {
  volatile double small = std::numeric_limits<double>::min();
  {
    const FlushToZero flush;
    EXPECT_EQ(small / 2.0, 0.0);
  }
  EXPECT_GT(small / 2.0, 0.0);
}

}  // namespace
}  // namespace evenkeel::pkpd
