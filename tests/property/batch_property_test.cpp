// Every subject of a batch is computed as if alone, on every kind of machine.
#include <gtest/gtest.h>
#include <tbb/global_control.h>

#include <cmath>

#include "batches.hpp"
#include "pkpd/bands.hpp"

namespace evenkeel::pkpd {
namespace {

constexpr double end_h = 336.0;

// Relative 1e-10 wherever the curve is above 1e-9 of its peak, however fast the fastest rate.
void expect_as_alone(const std::vector<LinearSystem>& systems, const std::vector<Timeline>& timelines,
                     const std::vector<std::uint32_t>& plan_of, const std::vector<double>& times,
                     const BatchCurves& curves) {
  for (std::size_t subject = 0; subject < systems.size(); ++subject) {
    const LinearSystem& system = systems[subject];
    const Trajectory exact = alone(system, timelines[plan_of.empty() ? 0 : plan_of[subject]]);
    for (std::size_t o = 0; o < system.outputs.size(); ++o) {
      double peak = 0.0;
      std::vector<double> expected;
      for (const double time : times) {
        expected.push_back(exact.concentration(time * units::h, o).in(units::mg / units::L));
        peak = std::max(peak, expected.back());
      }
      for (std::size_t row = 0; row < times.size(); ++row) {
        if (expected[row] <= 1e-9 * peak) continue;
        ASSERT_NEAR(curves.at(subject, o, row), expected[row], 1e-10 * expected[row])
            << "subject " << subject << ", output " << o << " at " << times[row] << " h; K =\n"
            << system.rates;
      }
    }
  }
}

class Machines : public testing::TestWithParam<std::int64_t> {};

void keep_central(std::vector<LinearSystem>& systems) {
  for (LinearSystem& system : systems) system.outputs.resize(1);
}

TEST_P(Machines, MammillarySystemsReadCentrallyAreAsAlone) {
  const OnMachine machine{GetParam()};
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    RandomSystems random{seed};
    auto systems = many(19, [&] { return random.mammillary(1e-3, 80.0); });
    keep_central(systems);
    const Timeline timeline = timeline_of(random.regimen());
    const auto times = mixed_times(random, end_h);
    const auto curves = simulate(batch_from(systems, {*BatchPlan::make(timeline, times)}));
    expect_as_alone(systems, {timeline}, {}, times, **curves);
  }
}

TEST_P(Machines, AnySystemReadAnywhereIsAsAlone) {
  const OnMachine machine{GetParam()};
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    RandomSystems random{seed};
    const auto systems = many(11, [&] { return random.general(1e-3, 80.0); });
    const Timeline timeline = timeline_of(random.regimen());
    const auto times = mixed_times(random, 72.0, seed % 2 == 0 ? 5 : 100);
    const auto curves = simulate(batch_from(systems, {*BatchPlan::make(timeline, times)}));
    expect_as_alone(systems, {timeline}, {}, times, **curves);
  }
}

TEST_P(Machines, VeryFastBesideVerySlowRatesAreAsAlone) {
  const OnMachine machine{GetParam()};
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    RandomSystems random{seed};
    auto systems = many(9, [&] { return random.mammillary(1e-4, 1e6); });
    if (seed % 2 == 0) keep_central(systems);
    const Timeline timeline = timeline_of(random.regimen());
    const auto times = mixed_times(random, end_h);
    const auto curves = simulate(batch_from(systems, {*BatchPlan::make(timeline, times)}));
    expect_as_alone(systems, {timeline}, {}, times, **curves);
  }
}

// Where the closed form has a double root, or two roots nearly so, in some lanes and not in others.
TEST_P(Machines, EqualAndNearlyEqualRatesAreAsAlone) {
  const OnMachine machine{GetParam()};
  RandomSystems random{5};
  std::vector<LinearSystem> systems;
  for (const double gap : {0.0, 1e-15, 1e-12, 1e-9, 1e-6, 1e-3, 0.1, 1.0, 0.0}) {
    Eigen::MatrixXd k = Eigen::MatrixXd::Zero(3, 3);
    k(0, 0) = -0.7;
    RandomSystems::exchange(k, 1, random.log_between(0.01, 10.0), 0.9);
    RandomSystems::exchange(k, 2, random.log_between(0.01, 10.0), 0.9 * (1.0 + gap));
    systems.push_back(RandomSystems::finished(std::move(k)));
  }
  keep_central(systems);
  const Timeline timeline = timeline_of(random.regimen());
  const auto times = mixed_times(random, 72.0);
  const auto curves = simulate(batch_from(systems, {*BatchPlan::make(timeline, times)}));
  expect_as_alone(systems, {timeline}, {}, times, **curves);
}

// Metabolites in chains of equal rates: no eigenvectors, no matter.
TEST_P(Machines, ChainsOfEqualRatesAreAsAlone) {
  const OnMachine machine{GetParam()};
  RandomSystems random{6};
  std::vector<LinearSystem> systems;
  for (int subject = 0; subject < 9; ++subject) {
    Eigen::MatrixXd k = Eigen::MatrixXd::Zero(8, 8);
    const double rate = random.log_between(0.1, 10.0);
    for (Eigen::Index i = 0; i + 1 < 8; ++i) RandomSystems::flow(k, i, i + 1, rate);
    k(7, 7) = -rate;
    systems.push_back(RandomSystems::finished(std::move(k)));
  }
  const Timeline timeline = timeline_of(random.regimen());
  const auto times = mixed_times(random, 72.0);
  const auto curves = simulate(batch_from(systems, {*BatchPlan::make(timeline, times)}));
  expect_as_alone(systems, {timeline}, {}, times, **curves);
}

TEST_P(Machines, SubjectsOfDifferentRegimensAreEachAsAlone) {
  const OnMachine machine{GetParam()};
  RandomSystems random{7};
  const auto systems = many(50, [&] { return random.mammillary(1e-2, 20.0); });
  const auto times = mixed_times(random, 72.0);
  std::vector<Timeline> timelines;
  std::vector<BatchPlan> plans;
  for (int i = 0; i < 5; ++i) {
    timelines.push_back(timeline_of(random.regimen()));
    plans.push_back(*BatchPlan::make(timelines.back(), times));
  }
  Batch batch = batch_from(systems, plans);
  for (std::size_t i = 0; i < systems.size(); ++i)
    batch.plan_of.push_back(static_cast<std::uint32_t>(random.count(0, 4)));
  const auto curves = simulate(batch);
  expect_as_alone(systems, timelines, batch.plan_of, times, **curves);
}

TEST_P(Machines, SummariesAreThoseOfTheExactCourse) {
  const OnMachine machine{GetParam()};
  for (std::uint64_t seed = 1; seed <= 2; ++seed) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    RandomSystems random{seed};
    auto systems = seed % 2 == 0 ? many(11, [&] { return random.general(1e-3, 20.0); })
                                 : many(11, [&] { return random.mammillary(1e-3, 20.0); });
    if (seed % 2 == 1) keep_central(systems);
    const Timeline timeline = timeline_of(random.regimen());
    std::vector<double> times;
    for (int i = 0; i <= 6000; ++i) times.push_back(i * 0.01);
    const BatchPlan plan = *BatchPlan::make(timeline, times);
    const std::vector<double> levels(systems.front().outputs.size(), 0.5);
    const auto summaries = summarise(batch_from(systems, {plan}), levels);
    for (std::size_t subject = 0; subject < systems.size(); ++subject) {
      const Trajectory exact = alone(systems[subject], timeline);
      const Duration from = plan.start_h() * units::h;
      const Duration to = plan.end_h() * units::h;
      for (std::size_t o = 0; o < levels.size(); ++o) {
        const CourseSummary& found = (*summaries)->at(subject, o);
        const double area = exact.area(from, to, o).canonical();
        EXPECT_NEAR(found.area_mg_h_L, area, 1e-10 * area);
        const double at_its_time = exact.concentration(found.peak_at_h * units::h, o).canonical();
        EXPECT_NEAR(found.peak_mg_L, at_its_time, 1e-10 * at_its_time);
        const double peak = exact.peak(from, to, o).value.canonical();
        EXPECT_LE(found.peak_mg_L, peak * (1.0 + 1e-10));
        EXPECT_GE(found.peak_mg_L, peak * 0.97);
        const double above_h = exact.time_above(levels[o] * (units::mg / units::L), from, to, o).in(units::h);
        EXPECT_NEAR(found.hours_above, above_h, 0.01);
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Kinds, Machines, testing::ValuesIn(OnMachine::all()),
                         [](const auto& kind) { return std::string{hwy::TargetName(kind.param)}; });

// All numbers of a run on both roads, whatever the machine.
std::vector<double> all_numbers(int threads) {
  RandomSystems random{11};
  std::vector<double> numbers;
  for (const bool central : {true, false}) {
    auto systems = many(333, [&] { return random.mammillary(1e-3, 80.0); });
    if (central) keep_central(systems);
    const Timeline timeline = timeline_of(random.regimen());
    const Batch batch = batch_from(systems, {*BatchPlan::make(timeline, mixed_times(random, 48.0))});
    const BatchOptions options{.threads = threads};
    const auto curves = simulate(batch, options);
    for (std::size_t o = 0; o < batch.outputs.size(); ++o) {
      const auto plain = (*curves)->subject_major(o);
      numbers.insert(numbers.end(), plain.begin(), plain.end());
    }
    const auto summaries = summarise(batch, std::vector<double>(batch.outputs.size(), 0.3), options);
    for (const CourseSummary& each : (*summaries)->of) {
      for (const double n : {each.peak_mg_L, each.peak_at_h, each.area_mg_h_L, each.hours_above})
        numbers.push_back(n);
    }
    for (const bool exact : {false, true}) {
      const auto bands = percentile_bands(batch, {.exact = exact}, options);
      numbers.insert(numbers.end(), (*bands)->mg_L.begin(), (*bands)->mg_L.end());
    }
  }
  return numbers;
}

TEST(Batch, HasTheSameBitsForAnyNumberOfThreads) {
  const tbb::global_control more{tbb::global_control::max_allowed_parallelism, 5};
  const auto one = all_numbers(1);
  EXPECT_EQ(all_numbers(2), one);
  EXPECT_EQ(all_numbers(5), one);
}

TEST(Batch, HasTheSameBitsOnEveryMachineThatFusesMultiplicationAndAddition) {
  if ((hwy::SupportedTargets() & HWY_AVX3) == 0) GTEST_SKIP() << "this machine has no AVX-512";
  std::vector<double> avx2;
  {
    const OnMachine machine{HWY_AVX2};
    avx2 = all_numbers(2);
  }
  const OnMachine machine{HWY_AVX3};
  EXPECT_EQ(all_numbers(2), avx2);
}

TEST(Batch, IsTheSameToATrillionthWithoutFusedMultiplication) {
  const auto fused = all_numbers(2);
  for (const std::int64_t target : {HWY_SSE4, HWY_EMU128}) {
    const OnMachine machine{target};
    const auto bare = all_numbers(2);
    ASSERT_EQ(bare.size(), fused.size());
    EXPECT_NE(bare, fused) << "the machine was not changed";
    for (std::size_t i = 0; i < bare.size(); ++i) ASSERT_NEAR(bare[i], fused[i], 1e-12 * fused[i] + 1e-20);
  }
}

}  // namespace
}  // namespace evenkeel::pkpd
