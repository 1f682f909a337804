#include "pkpd/propagate.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace evenkeel::pkpd {
namespace {

LinearSystem one_compartment(double rate_per_h) {
  LinearSystem system{Eigen::MatrixXd::Constant(1, 1, -rate_per_h), 0, {}, std::nullopt};
  system.modal = modal_form(system.rates);
  return system;
}

LinearSystem without_closed_form(Eigen::MatrixXd rates) {
  LinearSystem system;
  system.rates = std::move(rates);
  return system;
}

Eigen::VectorXd just(double value) {
  return Eigen::VectorXd::Constant(1, value);
}

class EachRoad : public testing::TestWithParam<Road> {};
INSTANTIATE_TEST_SUITE_P(Propagate, EachRoad, testing::Values(Road::modal, Road::matrix_exponential),
                         [](const auto& tested) {
                           return tested.param == Road::modal ? "modal" : "matrix_exponential";
                         });

TEST_P(EachRoad, DecaysExponentially) {
  for (const double hours : {0.0, 1e-9, 0.5, 3.0, 300.0}) {
    const Step step = propagate(one_compartment(2.0), just(10.0), just(0.0), hours, GetParam());
    const double expected = 10.0 * std::exp(-2.0 * hours);
    EXPECT_NEAR(step.amounts[0], expected, 1e-13 * expected) << hours;
    const double area = -5.0 * std::expm1(-2.0 * hours);
    EXPECT_NEAR(step.integral[0], area, 1e-14 * area) << hours;
  }
}

TEST_P(EachRoad, FillsUpToInputOverRate) {
  for (const double hours : {1e-9, 1e-4, 0.05, 0.0500001, 0.25, 3.0, 300.0}) {
    const Step step = propagate(one_compartment(2.0), just(0.0), just(50.0), hours, GetParam());
    const double expected = -25.0 * std::expm1(-2.0 * hours);
    EXPECT_NEAR(step.amounts[0], expected, 1e-13 * expected) << hours;
    // 25 t - 12.5 (1 - e^-2t), by its series where that would cancel.
    const double x = 2.0 * hours;
    double area = 12.5 * (x + std::expm1(-x));
    if (x < 0.01) area = 12.5 * x * x * (0.5 - x / 6.0 + x * x / 24.0 - x * x * x / 120.0);
    EXPECT_NEAR(step.integral[0], area, 1e-10 * area) << hours;
  }
}

TEST_P(EachRoad, StaysWhereItIsForNoTime) {
  const Step step = propagate(one_compartment(2.0), just(10.0), just(50.0), 0.0, GetParam());
  EXPECT_EQ(step.amounts[0], 10.0);
  EXPECT_EQ(step.integral[0], 0.0);
}

// An amount that has hardly begun: the difference of modes of full size had no digit left.
TEST_P(EachRoad, KeepsTheFirstTraceInAPeripheralCompartment) {
  Eigen::Matrix2d k;
  k << -5.0, 0.5, 2.0, -0.5;
  const LinearSystem system{k, 0, {}, modal_form(k)};
  const double hours = 1e-10;
  const Eigen::Vector2d bolus{100.0, 0.0};
  const Step after = propagate(system, bolus, Eigen::Vector2d::Zero(), hours, GetParam());
  EXPECT_NEAR(after.amounts[1], 200.0 * hours, 1e-9 * 200.0 * hours);
  EXPECT_NEAR(after.integral[1], 100.0 * hours * hours, 1e-6 * 100.0 * hours * hours);
}

// A chain of twelve: its end begins with the twelfth power of the time.
TEST(Propagate, KeepsTheEndOfAChainFromTheFirstMoment) {
  const Eigen::Index n = 12;
  Eigen::MatrixXd k = Eigen::MatrixXd::Zero(n, n);
  for (Eigen::Index i = 0; i < n; ++i) k(i, i) = -3.0;
  for (Eigen::Index i = 1; i < n; ++i) k(i, i - 1) = 3.0;
  Eigen::VectorXd start = Eigen::VectorXd::Zero(n);
  start[0] = 1.0;
  for (const double hours : {0.001, 0.3, 4.0}) {
    const Step step = propagate(without_closed_form(k), start, Eigen::VectorXd::Zero(n), hours);
    const double x = 3.0 * hours;
    const double expected = std::exp(11.0 * std::log(x) - std::lgamma(12.0) - x);  // x^11 e^-x / 11!
    EXPECT_NEAR(step.amounts[n - 1], expected, 1e-12 * expected) << hours;
  }
}

// 80/h over 14 days: eighteen squarings of a matrix whose entries end 10^-40 apart.
TEST(Propagate, KeepsTenDigitsOfFastAndSlowOverAFortnight) {
  Eigen::Matrix2d k;
  k << -80.0, 0.0, 0.05, -0.01;
  Eigen::Vector2d start{100.0, 0.0};
  const double hours = 336.0;
  const Step step = propagate(without_closed_form(k), start, Eigen::Vector2d::Zero(), hours);
  const double expected = 100.0 * 0.05 / (80.0 - 0.01) * std::exp(-0.01 * hours);
  EXPECT_NEAR(step.amounts[1], expected, 1e-10 * expected);
}

TEST(Propagate, IsAsExactForADoseOfAThousandGrams) {
  Eigen::Matrix2d k;
  k << -2.0, 0.0, 1.0, -0.3;
  const LinearSystem system = without_closed_form(k);
  const Step one = propagate(system, Eigen::Vector2d::Zero(), Eigen::Vector2d{1.0, 0.0}, 5.0);
  const Step many = propagate(system, Eigen::Vector2d::Zero(), Eigen::Vector2d{0x1p20, 0.0}, 5.0);
  EXPECT_EQ(many.amounts[1], 0x1p20 * one.amounts[1]);
}

TEST(PropagateDeathTest, DoesNotGoBackInTime) {
  EXPECT_DEATH(static_cast<void>(propagate(one_compartment(1.0), just(1.0), just(0.0), -1.0)), "forward");
  EXPECT_DEATH(static_cast<void>(propagate(one_compartment(1.0), just(1.0), just(0.0), 0.0 / 0.0)),
               "forward");
}

TEST(PropagateDeathTest, RefusesANegativeFlow) {
  Eigen::Matrix2d k = -Eigen::Matrix2d::Identity();
  k(0, 1) = -1.0;
  const LinearSystem system = without_closed_form(k);
  EXPECT_DEATH(static_cast<void>(propagator(system, 1.0)), "compartment system");
  EXPECT_DEATH(static_cast<void>(propagate(system, Eigen::Vector2d::Zero(), Eigen::Vector2d::Zero(), 1.0)),
               "compartment system");
}

TEST(Propagator, OfNoTimeIsTheIdentity) {
  const Propagator step = propagator(without_closed_form(-Eigen::MatrixXd::Identity(3, 3)), 0.0);
  EXPECT_EQ(step.of_amounts, Eigen::MatrixXd::Identity(3, 3));
  EXPECT_EQ(step.of_input, Eigen::MatrixXd::Zero(3, 3));
}

// A depot that empties in milliseconds to nanoseconds into a compartment that takes a week: over a month
// the matrix is squared up to fifty times.
TEST(Propagator, KeepsTheDigitsOfASlowRateBesideAnyFastOne) {
  for (const double fast : {1e3, 1e6, 1e9, 1e12, 1e15}) {
    Eigen::Matrix3d k = Eigen::Matrix3d::Zero();
    k(0, 0) = -fast;
    k(1, 0) = fast;
    k(1, 1) = -0.004 - 0.002;
    k(2, 1) = 0.002;
    const double hours = 720.0;
    const Step step = propagate(without_closed_form(k), Eigen::Vector3d{100.0, 0.0, 0.0},
                                Eigen::Vector3d{2.0, 0.0, 0.0}, hours);
    const double left = std::exp(-0.006 * hours);
    const double bolus = 100.0 * fast / (fast - 0.006) * left;
    EXPECT_NEAR(step.amounts[1], bolus + 2.0 / 0.006 * (1.0 - left) - 2.0 / fast * left,
                1e-11 * step.amounts[1])
        << fast;
    // All that was given is there or has left by the second compartment.
    EXPECT_NEAR(step.amounts.sum() + 0.004 * step.integral[1], 100.0 + 2.0 * hours, 1e-9) << fast;
  }
}

// Drug rushes to and fro between two compartments and leaves one of them slowly.
TEST(Propagator, KeepsTheDigitsOfASlowLossBehindAFastExchange) {
  for (const double fast : {1e3, 1e6, 1e9}) {
    const double loss = 0x1p-7;  // exact in the sum with `fast`
    Eigen::Matrix2d k;
    k << -(fast + loss), fast, fast, -fast;
    const double hours = 500.0;
    const Step step =
        propagate(without_closed_form(k), Eigen::Vector2d{100.0, 0.0}, Eigen::Vector2d::Zero(), hours);
    // The slow root of the quadratic, and its mode.
    const double sum = 2.0 * fast + loss;
    const double slow = 2.0 * fast * loss / (sum + std::sqrt(sum * sum - 4.0 * fast * loss));
    const double quick = sum - slow;
    const double first = 100.0 * (fast - slow) / (quick - slow) * std::exp(-slow * hours);
    EXPECT_NEAR(step.amounts[0], first, 1e-11 * first) << fast;
  }
}

}  // namespace
}  // namespace evenkeel::pkpd
