#include "pkpd/steady_state.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "pkpd/propagate.hpp"

namespace evenkeel::pkpd {
namespace {

LinearSystem system_of(Eigen::MatrixXd rates) {
  LinearSystem system;
  system.rates = std::move(rates);
  system.modal = modal_form(system.rates);
  return system;
}
LinearSystem one_compartment(double rate_per_h) {
  return system_of(Eigen::MatrixXd::Constant(1, 1, -rate_per_h));
}

TEST(RunningInfusions, CountsThoseThatHaveNotEnded) {
  const auto running = [](double duration_h, double since_h) {
    return running_infusions({.duration_h = duration_h, .interval_h = 8.0, .since_h = since_h});
  };
  EXPECT_EQ(running(0.0, 8.0), 0);
  EXPECT_EQ(running(3.0, 2.0), 1);
  EXPECT_EQ(running(3.0, 3.0), 0);
  EXPECT_EQ(running(3.0, 8.0), 0);
  EXPECT_EQ(running(8.0, 8.0), 0);
  EXPECT_EQ(running(20.0, 8.0), 2);
  EXPECT_EQ(running(20.0, 1.0), 3);
  EXPECT_EQ(running(24.0, 8.0), 2);
}

TEST(SteadyAmounts, OfABolusAreTheGeometricSeries) {
  for (const double rate : {1e-6, 0.1, 3.0}) {
    for (const double since_h : {1.0, 8.0}) {
      const Repetition repetition{.amount_mg = 100.0, .interval_h = 8.0, .since_h = since_h};
      const double expected = 100.0 * std::exp(-rate * since_h) / -std::expm1(-rate * 8.0);
      EXPECT_NEAR(steady_amounts(one_compartment(rate), repetition)[0], expected, 1e-13 * expected);
    }
  }
}

TEST(SteadyAmounts, OfAnInfusionInTheCycleFillAndFall) {
  const double k = 0.1;  // 3 h at 20 mg/h every 8 h
  const auto filled = [&](double hours) { return -20.0 / k * std::expm1(-k * hours); };
  const double trough = filled(3.0) * std::exp(-k * 5.0) / -std::expm1(-k * 8.0);
  Repetition repetition{.amount_mg = 60.0, .duration_h = 3.0, .interval_h = 8.0, .since_h = 2.0};
  EXPECT_NEAR(steady_amounts(one_compartment(k), repetition)[0], trough * std::exp(-k * 2.0) + filled(2.0),
              1e-11);
  repetition.since_h = 8.0;
  EXPECT_NEAR(steady_amounts(one_compartment(k), repetition)[0], trough, 1e-11);
}

// Whatever its length, an infusion brings in its amount each interval: so much is, on average, there.
TEST(SteadyAmounts, OfAnyInfusionHaveTheSameMeanOverTheCycle) {
  const double k = 0.4;
  for (const double duration_h : {1e-9, 2.0, 8.0, 13.0, 24.0, 100.0}) {
    double area = 0.0;
    // The area from Simpson's rule between the ends: 2000 parts are exact to 1e-10 here.
    const int parts = 2000;
    const double kink_h = std::fmod(duration_h, 8.0);
    const auto add = [&](double from_h, double to_h) {
      for (int i = 0; i <= parts && from_h < to_h; ++i) {
        const double since_h = from_h + (to_h - from_h) * i / parts;
        const Repetition repetition{.amount_mg = 60.0,
                                    .duration_h = duration_h,
                                    .interval_h = 8.0,
                                    .since_h = std::max(since_h, 1e-12)};
        const double weight = i == 0 || i == parts ? 1.0 : i % 2 == 1 ? 4.0 : 2.0;
        area += weight * steady_amounts(one_compartment(k), repetition)[0] * (to_h - from_h) / parts / 3.0;
      }
    };
    add(0.0, kink_h);
    add(kink_h, 8.0);
    EXPECT_NEAR(area, 60.0 / k, 1e-7 * 60.0 / k) << duration_h;
  }
}

TEST(SteadyAmounts, OfAnEndlessInfusionBalanceWhatLeaves) {
  Eigen::Matrix3d k;
  k << -2.0, 0.5, 0.0, 1.2, -0.5, 0.0, 0.8, 0.0, -0.1;
  const LinearSystem system = system_of(k);
  const Eigen::VectorXd amounts = steady_amounts(system, {.compartment = 0, .rate_mg_h = 10.0});
  const Eigen::Vector3d balance = k * amounts + 10.0 * Eigen::Vector3d::UnitX();
  EXPECT_LT(balance.cwiseAbs().maxCoeff(), 1e-12);
  EXPECT_NEAR(amounts[2], 10.0 * 0.8 / 0.8 / 0.1, 1e-11);  // all of it goes that way
}

// A drug that loses a millionth an interval: I - e^(K tau) has ten digits less than K.
TEST(SteadyAmounts, KeepTheirDigitsWhereTheIntervalIsShort) {
  Eigen::Matrix2d k;
  k << -0.3, 0.2, 0.1, -0.2;
  const LinearSystem system = system_of(k);
  const double interval_h = 1e-6;
  const Repetition repetition{.amount_mg = 1e-6, .interval_h = interval_h, .since_h = interval_h};
  const Eigen::VectorXd endless = steady_amounts(system, {.compartment = 0, .rate_mg_h = 1.0});
  const Eigen::VectorXd found = steady_amounts(system, repetition);
  EXPECT_NEAR(found[0], endless[0] - 0.5e-6, 1e-11);  // the middle of the saw is the mean
  EXPECT_NEAR(found[1], endless[1], 1e-11);
}

TEST(SteadyAmounts, LeaveWhatTheDoseDoesNotReachEmpty) {
  Eigen::Matrix3d k = Eigen::Matrix3d::Zero();
  k(0, 0) = -1.0;  // a depot that empties into the second; the third has no way out
  k(1, 0) = 1.0;
  k(1, 1) = -0.5;
  const LinearSystem system = system_of(k);
  EXPECT_FALSE(no_steady_state(system, 0));
  EXPECT_TRUE(no_steady_state(system, 2));
  const Repetition second{.compartment = 1, .amount_mg = 10.0, .interval_h = 4.0, .since_h = 4.0};
  const Eigen::VectorXd amounts = steady_amounts(system, second);
  EXPECT_EQ(amounts[0], 0.0);
  EXPECT_EQ(amounts[2], 0.0);
  EXPECT_NEAR(amounts[1], 10.0 * std::exp(-2.0) / -std::expm1(-2.0), 1e-13);
}

TEST(NoSteadyState, ThereIsOneWhereEveryCompartmentIsEmptiedInTheEnd) {
  Eigen::Matrix2d closed;
  closed << -1.0, 0.5, 1.0, -0.5;
  const auto error = no_steady_state(system_of(closed), 0);
  ASSERT_TRUE(error.has_value());
  EXPECT_NE(error->what.find("nothing empties compartment 1"), std::string::npos);
  Eigen::Matrix2d trap;  // what comes to the second stays
  trap << -1.0, 0.0, 0.5, 0.0;
  EXPECT_NE(no_steady_state(system_of(trap), 0)->what.find("compartment 2"), std::string::npos);
  Eigen::Matrix2d heavier;  // a metabolite of more mass than its parent, emptied
  heavier << -1.0, 0.0, 1.07, -0.3;
  EXPECT_FALSE(no_steady_state(system_of(heavier), 0));
}

TEST(SteadyAmountsDeathTest, WantAMomentWithinTheCycle) {
  const Repetition outside{.amount_mg = 1.0, .interval_h = 4.0, .since_h = 4.5};
  EXPECT_DEATH(static_cast<void>(steady_amounts(one_compartment(1.0), outside)), "within");
}

}  // namespace
}  // namespace evenkeel::pkpd
