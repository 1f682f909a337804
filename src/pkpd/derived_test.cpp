#include "pkpd/derived.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "pkpd/effect_site.hpp"

namespace evenkeel::pkpd {
namespace {

using units::h;
using units::L;
using units::mg;

LinearSystem system_of(Eigen::MatrixXd rates, std::size_t read_from = 0) {
  LinearSystem system;
  system.rates = std::move(rates);
  system.outputs = {{read_from, 10.0 * L}};
  system.modal = modal_form(system.rates);
  return system;
}
LinearSystem one_compartment(double k) {
  return system_of(Eigen::MatrixXd::Constant(1, 1, -k));
}
LinearSystem depot_and_central(double ka, double k) {
  Eigen::Matrix2d rates;
  rates << -ka, 0.0, ka, -k;
  return system_of(rates, 1);
}
LinearSystem two_compartments(double k10, double k12, double k21) {
  Eigen::Matrix2d rates;
  rates << -(k10 + k12), k21, k12, -k21;
  return system_of(rates);
}

TEST(ContextSensitiveHalfTime, OfOneCompartmentIsItsHalfLife) {
  for (const double held_h : {0.0, 1.0, 100.0}) {
    const auto found = context_sensitive_half_time(one_compartment(0.3), 0, held_h * h);
    EXPECT_NEAR(found->in(h), std::numbers::ln2 / 0.3, 1e-12);
  }
}

// Held for ever, both compartments are in balance; then the course is a sum of two exponentials with
// k12/k21 in the second compartment at the start.
TEST(ContextSensitiveHalfTime, AfterALongTimeIsThatOfABalancedBody) {
  const LinearSystem system = two_compartments(0.5, 0.8, 0.2);
  const double found = context_sensitive_half_time(system, 0, 1e4 * h)->in(h);
  const double sum = 0.5 + 0.8 + 0.2;
  const double root = std::sqrt(sum * sum - 4.0 * 0.5 * 0.2);
  const double fast = (sum + root) / 2.0;
  const double slow = (sum - root) / 2.0;
  const double slope = -(0.5 + 0.8) + 0.2 * (0.8 / 0.2);  // dA1/dt at the start of 1 mg
  const double first = (slope + slow) / (slow - fast);
  EXPECT_NEAR(first * std::exp(-fast * found) + (1.0 - first) * std::exp(-slow * found), 0.5, 1e-12);
  EXPECT_LT(context_sensitive_half_time(system, 0, 1.0 * h)->in(h), found);
}

TEST(ContextSensitiveHalfTime, IsNoneWhereNothingLeaves) {
  Eigen::Matrix2d closed;
  closed << -1.0, 3.0, 1.0, -3.0;
  EXPECT_FALSE(context_sensitive_half_time(system_of(closed), 0, 1.0 * h));
}

TEST(SteadyConcentration, IsRateOverClearance) {
  const auto found = steady_concentration(two_compartments(0.5, 0.8, 0.2), 0, 30.0 * mg / h);
  EXPECT_NEAR(found->in(mg / L), 30.0 / 5.0, 1e-12);
  EXPECT_FALSE(steady_concentration(two_compartments(0.0, 0.8, 0.2), 0, 30.0 * mg / h));
}

TEST(Accumulation, OfOneCompartmentIsTheGeometricSeries) {
  for (const double interval_h : {0.5, 8.0, 24.0}) {
    const auto found = accumulation(one_compartment(0.1), 0, Duration{}, interval_h * h);
    const double expected = 1.0 / -std::expm1(-0.1 * interval_h);
    EXPECT_NEAR(found->area, expected, 1e-11 * expected);
    EXPECT_NEAR(found->peak, expected, 1e-11 * expected);
    EXPECT_NEAR(found->trough, expected, 1e-11 * expected);
  }
}

// At steady state an interval sees the whole area of one dose, however long that dose takes.
TEST(Accumulation, OfAreasIsThatOfOneDoseForEverAgainstItsFirstInterval) {
  const LinearSystem system = depot_and_central(1.2, 0.2);
  for (const double length_h : {0.0, 3.0, 8.0, 20.0}) {
    const auto found = accumulation(system, 0, length_h * h, 8.0 * h);
    const Dose dose{Duration{}, length_h * h, 1.0 * mg};
    const Trajectory once = *Trajectory::make({{Duration{}, system}}, std::span{&dose, 1});
    const double expected = once.area(Duration{}, 400.0 * h) / once.area(Duration{}, 8.0 * h);
    EXPECT_NEAR(found->area, expected, 1e-10 * expected) << length_h;
  }
}

TEST(Accumulation, IsAnErrorWithoutASteadyStateOrAWayThere) {
  EXPECT_FALSE(accumulation(two_compartments(0.0, 0.8, 0.2), 0, Duration{}, 8.0 * h));
  Eigen::Matrix2d apart = -0.5 * Eigen::Matrix2d::Identity();
  EXPECT_FALSE(accumulation(system_of(apart, 1), 0, Duration{}, 8.0 * h));
}

TEST(TimeToPeak, AfterFirstOrderAbsorptionIsThatOfBateman) {
  for (const double ka : {0.02, 1.2, 30.0}) {
    const auto found = time_to_peak(depot_and_central(ka, 0.2), 0);
    EXPECT_NEAR(found->in(h), std::log(ka / 0.2) / (ka - 0.2), 1e-9) << ka;
  }
  EXPECT_EQ(time_to_peak(one_compartment(0.2), 0)->in(h), 0.0);
  EXPECT_FALSE(time_to_peak(depot_and_central(1.0, 0.0), 0));  // it rises for ever
}

TEST(TimeToPeak, OfAnEffectSiteIsWhatItsRateConstantWasMadeFor) {
  const LinearSystem system = two_compartments(3.0, 8.0, 2.0);
  for (const double minutes : {0.5, 2.0, 10.0}) {
    const double ke0 = ke0_per_h(system, 0, minutes * units::min);
    const auto found = time_to_peak(with_effect_site(system, 0, ke0), 1);
    EXPECT_NEAR(found->in(units::min), minutes, 1e-6 * minutes);
  }
}

TEST(BelowForGood, IsTheLastCrossing) {
  const std::vector<Dose> doses{{Duration{}, Duration{}, 100.0 * mg}, {20.0 * h, Duration{}, 50.0 * mg}};
  const Trajectory course = *Trajectory::make({{Duration{}, one_compartment(0.1)}}, doses);
  const double at_20 = 10.0 * std::exp(-2.0) + 5.0;  // mg/L
  const auto below = [&](double level, double from_h, double to_h) {
    return below_for_good(course, level * (mg / L), from_h * h, to_h * h);
  };
  EXPECT_NEAR(below(3.0, 0.0, 100.0)->in(h), 20.0 + 10.0 * std::log(at_20 / 3.0), 1e-11);
  EXPECT_NEAR(below(7.0, 0.0, 100.0)->in(h), 10.0 * std::log(10.0 / 7.0),
              1e-11);  // the second stays under it
  EXPECT_EQ(below(7.0, 10.0, 100.0)->in(h), 10.0);
  EXPECT_FALSE(below(3.0, 0.0, 21.0));
  EXPECT_FALSE(below(6.0, 0.0, 20.0));  // the dose of that moment counts
}

}  // namespace
}  // namespace evenkeel::pkpd
