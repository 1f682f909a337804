#include "pkpd/tolerance.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "pkpd/trajectory.hpp"

namespace evenkeel::pkpd {
namespace {

using units::h;
using units::L;
using units::mg;

// Kamp et al. 2020, 70 kg: CL 84, V1 25, Q2 161, V2 56, Q3 79, V3 157 (L/h, L).
LinearSystem disposition() {
  LinearSystem system;
  system.rates = Eigen::MatrixXd::Zero(3, 3);
  system.rates << -(84.0 + 161.0 + 79.0) / 25.0, 161.0 / 56.0, 79.0 / 157.0,  //
      161.0 / 25.0, -161.0 / 56.0, 0.0,                                       //
      79.0 / 25.0, 0.0, -79.0 / 157.0;
  system.outputs = {{0, 25.0 * L}};
  return system;
}

// Twelve sessions, twice a week, 35 mg over 40 min.
std::vector<Dose> sessions() {
  std::vector<Dose> doses;
  for (int i = 0; i < 12; ++i) {
    const double day = 7.0 * (i / 2) + (i % 2 == 0 ? 0.0 : 3.0);
    doses.push_back({day * units::day, 40.0 * units::min, 35.0 * mg});
  }
  return doses;
}

const CounterRegulation slow{30.0 * units::day, 1.0};

Trajectory course(const CounterRegulation& regulation) {
  const auto system = with_counter_regulation(disposition(), 0, regulation);
  return *Trajectory::make({{Duration{}, *system}}, sessions());
}

double net_mg_L(const Trajectory& curve, Duration at, const CounterRegulation& by) {
  return net(curve.concentration(at, 0), curve.concentration(at, 1), by).in(mg / L);
}

TEST(Tolerance, TakesNothingFromTheConcentrationItself) {
  const Trajectory with = course(slow);
  const Trajectory without = *Trajectory::make({{Duration{}, disposition()}}, sessions());
  for (double t = 0.1; t < 1000.0; t *= 1.5)
    EXPECT_NEAR(with.concentration(t * h).canonical(), without.concentration(t * h).canonical(), 1e-14);
}

TEST(Tolerance, NeverLeavesMoreToActThanThereIs) {
  for (const double share : {0.0, 0.3, 1.0}) {
    const CounterRegulation by{2.0 * units::day, share};
    const Trajectory curve = course(by);
    for (double t = 0.05; t < 1000.0; t *= 1.07) {
      const double there = curve.concentration(t * h).in(mg / L);
      EXPECT_LE(net_mg_L(curve, t * h, by), there) << share << " at " << t;
      if (share == 0.0) {
        EXPECT_EQ(net_mg_L(curve, t * h, by), there);
      }
    }
  }
}

// R under a constant concentration rises to it as 1 - e^(-kt).
TEST(Tolerance, FollowsAConstantConcentrationWithItsHalfLife) {
  LinearSystem held;
  held.rates = Eigen::MatrixXd::Zero(1, 1);
  held.outputs = {{0, 10.0 * L}};
  const auto system = with_counter_regulation(held, 0, slow);
  const Dose dose{Duration{}, Duration{}, 10.0 * mg};
  const Trajectory curve = *Trajectory::make({{Duration{}, *system}}, {&dose, 1});
  EXPECT_NEAR(curve.concentration(30.0 * units::day, 1).in(mg / L), 0.5, 1e-12);
  EXPECT_NEAR(net(curve.concentration(60.0 * units::day, 0), curve.concentration(60.0 * units::day, 1), slow)
                  .in(mg / L),
              0.25, 1e-12);
}

double minutes_above(double level_mg_L, const Trajectory& curve, Duration from, const CounterRegulation& by) {
  double minutes = 0.0;
  for (double t = 0.0; t < 600.0; t += 0.1)
    minutes += net_mg_L(curve, from + t * units::min, by) >= level_mg_L ? 0.1 : 0.0;
  return minutes;
}

// What was seen (Del Sant 2023): over the weeks the late effect shrinks and the peak does not.
TEST(Tolerance, ShortensTheOffsetMoreThanItLowersThePeak) {
  const Trajectory curve = course(slow);
  const Duration first = sessions().front().at;
  const Duration last = sessions().back().at;
  const Duration end = 40.0 * units::min;
  const double peak_kept = net_mg_L(curve, last + end, slow) / net_mg_L(curve, first + end, slow);
  const double time_kept = minutes_above(0.02, curve, last, slow) / minutes_above(0.02, curve, first, slow);
  EXPECT_GT(peak_kept, 0.95);
  EXPECT_LT(time_kept, 0.95);
  EXPECT_LT(time_kept, peak_kept);
}

TEST(Tolerance, RefusesNumbersThatCannotBe) {
  const double not_a_number = std::nan("");
  for (const CounterRegulation& bad :
       {CounterRegulation{Duration{}, 0.5}, CounterRegulation{-1.0 * h, 0.5},
        CounterRegulation{not_a_number * h, 0.5}, CounterRegulation{1.0 * h, -0.1},
        CounterRegulation{1.0 * h, 1.1}, CounterRegulation{1.0 * h, not_a_number}}) {
    const auto refused = with_counter_regulation(disposition(), 0, bad);
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code, ErrorCode::invalid_input);
  }
}

}  // namespace
}  // namespace evenkeel::pkpd
