// Two independent roads to every number: the closed form and the matrix exponential.
#include <gtest/gtest.h>

#include <algorithm>

#include "random_systems.hpp"

namespace evenkeel::pkpd {
namespace {

constexpr double fortnight_h = 336.0;

std::vector<double> moments(RandomSystems& random) {
  std::vector<double> times{0.0};
  for (int i = 0; i < 24; ++i) times.push_back(random.log_between(1e-4, fortnight_h));
  return times;
}

// Relative 1e-10 wherever a compartment holds more than 1e-9 of the most it ever held, however fast the
// fastest rate. With `weak` a peripheral compartment of coupling k1i may also be
// wrong by the last digits of sqrt(k1i/ki1) times the dose: a mode is exact to
// its own length, and that is the scale on which the compartment enters it.
void expect_the_roads_agree(const LinearSystem& system, RandomSystems& random, bool weak = false) {
  const std::vector<Dose> doses = random.regimen();
  const std::vector<double> times_h = moments(random);
  ASSERT_TRUE(system.modal.has_value()) << system.rates;
  const Trajectory modal = follow(system, doses, Road::modal);
  const Trajectory exact = follow(system, doses, Road::matrix_exponential);
  double given_mg = 0.0;
  for (const Dose& dose : doses) given_mg += dose.amount.in(units::mg);
  Eigen::VectorXd most = Eigen::VectorXd::Zero(system.rates.rows());
  for (const double time : times_h) most = most.cwiseMax(exact.amounts(time * units::h));
  for (const double time : times_h) {
    const Eigen::VectorXd one = modal.amounts(time * units::h);
    const Eigen::VectorXd two = exact.amounts(time * units::h);
    for (Eigen::Index i = 0; i < one.size(); ++i) {
      if (two[i] <= 1e-9 * most[i]) continue;
      const double scale = weak && i > 0 ? std::sqrt(system.rates(i, 0) / system.rates(0, i)) : 0.0;
      EXPECT_LE(std::abs(one[i] - two[i]), 1e-10 * two[i] + 4e-16 * scale * given_mg)
          << "compartment " << i << " at " << time << " h holds " << two[i] << " of " << most[i]
          << " mg; K =\n"
          << system.rates;
    }
  }
}

TEST(TwoRoads, AgreeForRandomSystemsAndRegimens) {
  for (std::uint64_t seed = 1; seed <= 400; ++seed) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    RandomSystems random{seed};
    const LinearSystem system = random.mammillary(0.01, 80.0);
    expect_the_roads_agree(system, random);
  }
}

TEST(TwoRoads, AgreeForVeryFastBesideVerySlowRates) {
  for (std::uint64_t seed = 1; seed <= 400; ++seed) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    RandomSystems random{seed};
    const LinearSystem system = random.mammillary(1e-4, 1e6);
    expect_the_roads_agree(system, random);
  }
}

// Near a double root the roots of a polynomial lose half their digits; these must not.
TEST(TwoRoads, AgreeWhenPeripheralRatesAlmostCoincide) {
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    RandomSystems random{seed};
    const double back = random.log_between(0.05, 20.0);
    Eigen::MatrixXd k = Eigen::MatrixXd::Zero(3, 3);
    k(0, 0) = -random.log_between(0.05, 20.0);
    RandomSystems::exchange(k, 1, random.log_between(1e-3, 20.0), back);
    const double other_back = back * (1.0 + random.log_between(1e-14, 0.1));
    RandomSystems::exchange(k, 2, random.log_between(1e-3, 20.0), other_back);
    expect_the_roads_agree(RandomSystems::finished(k), random);
  }
}

TEST(TwoRoads, AgreeWhenDecayRatesAlmostCoincide) {
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    RandomSystems random{seed};
    const double rate = random.log_between(0.05, 20.0);
    const double weak = random.log_between(1e-12, 1e-2);
    Eigen::MatrixXd k = Eigen::MatrixXd::Zero(2, 2);
    k(0, 0) = -rate * (1.0 + (random.chance(0.5) ? random.log_between(1e-13, 1e-2) : 0.0));
    RandomSystems::exchange(k, 1, weak * rate, rate);
    expect_the_roads_agree(RandomSystems::finished(k), random, true);
  }
}

TEST(ModalForm, GivesWayToTheExponentialWhenTwoPeripheralRatesAreEqual) {
  Eigen::MatrixXd k = Eigen::MatrixXd::Zero(3, 3);
  k(0, 0) = -1.0;
  RandomSystems::exchange(k, 1, 2.0, 0.5);
  RandomSystems::exchange(k, 2, 3.0, 0.5);
  EXPECT_FALSE(modal_form(k).has_value());
  // Together they are one compartment of the same rate.
  Eigen::MatrixXd merged = Eigen::MatrixXd::Zero(2, 2);
  merged(0, 0) = -1.0;
  RandomSystems::exchange(merged, 1, 5.0, 0.5);
  const std::vector<Dose> doses{{Duration{}, 0.5 * units::h, 10.0 * units::mg}};
  const Trajectory two = follow(RandomSystems::finished(k), doses);
  const Trajectory one = follow(RandomSystems::finished(merged), doses, Road::modal);
  for (const double time : {0.01, 0.5, 3.0, 40.0}) {
    const double expected = one.amounts(time * units::h)[0];
    EXPECT_NEAR(two.amounts(time * units::h)[0], expected, 1e-12 * expected) << time;
  }
}

// The eigenvalues' sum, product and biorthogonality, which no root finding can get right by chance.
TEST(ModalForm, KeepsTheInvariantsOfItsMatrix) {
  for (std::uint64_t seed = 1; seed <= 500; ++seed) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    RandomSystems random{seed};
    const LinearSystem system = random.mammillary(1e-4, 1e6);
    ASSERT_TRUE(system.modal.has_value());
    const ModalForm& form = *system.modal;
    EXPECT_NEAR(form.decay.sum(), -system.rates.trace(), 1e-13 * form.decay.sum());
    EXPECT_TRUE(std::is_sorted(form.decay.begin(), form.decay.end(), std::greater<>{}));
    double product = -system.rates.col(0).sum();  // k10 k21 k31
    for (Eigen::Index i = 1; i < system.rates.rows(); ++i) product *= system.rates(0, i);
    EXPECT_NEAR(form.decay.prod(), product, 1e-12 * product);
    const Eigen::MatrixXd overlap = form.weights * form.shapes;
    const Eigen::MatrixXd size = form.weights.cwiseAbs() * form.shapes.cwiseAbs();
    for (Eigen::Index i = 0; i < overlap.rows(); ++i) {
      for (Eigen::Index j = 0; j < overlap.cols(); ++j) {
        EXPECT_NEAR(overlap(i, j), i == j ? 1.0 : 0.0, 1e-12 * size(i, j));
      }
    }
  }
}

// The road for systems without a closed form is held against itself by the half-step rule and
// against the same series in long double.
Eigen::MatrixXd exponential_in_long_double(const Eigen::MatrixXd& matrix) {
  using Wide = Eigen::Matrix<long double, Eigen::Dynamic, Eigen::Dynamic>;
  Wide scaled = matrix.cast<long double>();
  const auto n = scaled.rows();
  const long double shift = std::max(0.0L, -scaled.diagonal().minCoeff());
  scaled += shift * Wide::Identity(n, n);
  const long double norm = scaled.colwise().sum().maxCoeff();
  const int halvings = std::max(0, static_cast<int>(std::ceil(std::log2(norm))) + 2);
  const long double part = std::ldexp(1.0L, -halvings);
  scaled *= part;
  Wide term = Wide::Identity(n, n);
  Wide sum = term;
  for (int k = 1; k <= 60; ++k) {
    term = (term * scaled).eval() / static_cast<long double>(k);
    sum += term;
  }
  sum *= std::exp(-shift * part);
  for (int i = 0; i < halvings; ++i) sum = (sum * sum).eval();
  return sum.cast<double>();
}

TEST(Propagator, KeepsTenDigitsOfEverySmallEntryOverAFortnight) {
  double worst = 0.0;
  for (std::uint64_t seed = 1; seed <= 150; ++seed) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    RandomSystems random{seed};
    const LinearSystem system = random.general(0.01, 20.0);  // the sum of flows out reaches 80/h
    for (const double hours : {1e-3, 0.5, 24.0, fortnight_h}) {
      const Eigen::MatrixXd here = propagator(system, hours).of_amounts;
      const Eigen::MatrixXd there = exponential_in_long_double(system.rates * hours);
      for (Eigen::Index i = 0; i < here.size(); ++i) {
        const double expected = there.data()[i];
        if (expected < 1e-250) continue;
        worst = std::max(worst, std::abs(here.data()[i] - expected) / expected);
        ASSERT_NEAR(here.data()[i], expected, 1e-10 * expected) << hours << " h; K =\n" << system.rates;
      }
    }
  }
  RecordProperty("worst_relative_error", testing::PrintToString(worst));
}

TEST(Propagator, KeepsTheEndOfALongChainFromTheFirstMoment) {
  const Eigen::Index n = 12;
  for (const double rest_per_h : {0.0, 1e-3, 7.0, 900.0}) {
    Eigen::MatrixXd k = Eigen::MatrixXd::Zero(n, n);
    for (Eigen::Index i = 0; i + 1 < n; ++i) RandomSystems::flow(k, i, i + 1, 7.0);
    k(n - 1, n - 1) = -rest_per_h;
    const Eigen::MatrixXd here = propagator(RandomSystems::finished(k), 0.1).of_amounts;
    const Eigen::MatrixXd there = exponential_in_long_double(k * 0.1);
    EXPECT_NEAR(here(n - 1, 0), there(n - 1, 0), 1e-13 * there(n - 1, 0)) << rest_per_h;
  }
}

TEST(Propagate, TakesTwoHalfStepsToTheSamePlace) {
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    RandomSystems random{seed};
    const LinearSystem system =
        random.chance(0.5) ? random.general(1e-3, 80.0) : random.mammillary(1e-3, 80.0);
    const auto n = system.rates.rows();
    Eigen::VectorXd amounts(n);
    for (double& amount : amounts) amount = random.log_between(1e-3, 100.0);
    Eigen::VectorXd input = Eigen::VectorXd::Zero(n);
    input[0] = random.chance(0.5) ? random.log_between(0.1, 100.0) : 0.0;
    const double hours = random.log_between(1e-6, fortnight_h);
    const Step whole = propagate(system, amounts, input, hours);
    const Step half = propagate(system, amounts, input, hours / 2.0);
    const Step rest = propagate(system, half.amounts, input, hours / 2.0);
    for (Eigen::Index i = 0; i < n; ++i) {
      EXPECT_NEAR(rest.amounts[i], whole.amounts[i], 1e-10 * whole.amounts[i]);
      const double area = half.integral[i] + rest.integral[i];
      EXPECT_NEAR(area, whole.integral[i], 1e-10 * whole.integral[i]);
    }
  }
}

}  // namespace
}  // namespace evenkeel::pkpd
