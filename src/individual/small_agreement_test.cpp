// The fast road against two plain ones: the exact course of pkpd, and matrix exponentials in long double
// with a likelihood written as its equation stands.
#include <gtest/gtest.h>

#include <cmath>

#include "individual/small_problem.hpp"
#include "pkpd/trajectory.hpp"
#include "support/small_problems.hpp"

namespace evenkeel::individual {
namespace {

pkpd::LinearSystem system_of(const SmallProblem& problem, std::size_t span, const Eigen::VectorXd& z) {
  auto p = problem.spans[span].typical;
  const Eigen::VectorXd eta = problem.root * z;
  for (std::size_t i = 0; i < problem.effects.size(); ++i)
    p[static_cast<std::size_t>(problem.effects[i])] *= std::exp(eta[static_cast<Eigen::Index>(i)]);
  const Eigen::Index n = problem.compartments;
  pkpd::LinearSystem system;
  system.rates = Eigen::MatrixXd::Zero(n, n);
  system.rates(0, 0) = -p[0] / p[1];
  for (Eigen::Index i = 1; i < n; ++i) {
    const auto at = 2 * static_cast<std::size_t>(i);
    system.rates(0, 0) -= p[at] / p[1];
    system.rates(i, 0) = p[at] / p[1];
    system.rates(0, i) = p[at] / p[at + 1];
    system.rates(i, i) = -system.rates(0, i);
  }
  system.outputs = {{0, p[1] * units::L}};
  system.modal = pkpd::modal_form(system.rates);
  return system;
}

pkpd::Trajectory trajectory_of(const SmallProblem& problem, const Eigen::VectorXd& z) {
  std::vector<pkpd::Epoch> epochs;
  for (std::size_t i = 0; i < problem.spans.size(); ++i)
    epochs.push_back({problem.spans[i].from_h * units::h, system_of(problem, i, z)});
  std::vector<pkpd::Dose> doses;
  for (const auto& dose : problem.doses)
    doses.push_back({dose.at_h * units::h, dose.length_h * units::h, dose.amount_mg * units::mg});
  return *pkpd::Trajectory::make(std::move(epochs), doses);
}

// To 1e-10 of the number itself; but the general road keeps 1e-16 of infusions that are over, where two ran
// at once.
void expect_as_trajectory(const SmallProblem& problem, const Eigen::MatrixXd& z,
                          const std::vector<double>& times) {
  const auto result = curves(problem, z, times);
  ASSERT_TRUE(result.has_value()) << to_string(result.error());
  const Eigen::MatrixXd& found = *result;
  for (Eigen::Index column = 0; column < z.cols(); ++column) {
    const auto exact = trajectory_of(problem, z.col(column));
    for (std::size_t i = 0; i < times.size(); ++i) {
      const double expected = exact.concentration(times[i] * units::h).in(units::mg / units::L);
      ASSERT_NEAR(found(static_cast<Eigen::Index>(i), column), expected,
                  1e-10 * expected + 1e-14 * found.col(column).maxCoeff())
          << "at " << times[i] << " h of " << problem.compartments << " compartments";
    }
  }
}

std::vector<double> times_of(RandomProblems& random, const SmallProblem& problem) {
  std::vector<double> times;
  for (const auto& reading : problem.readings) times.push_back(reading.at_h);
  for (const auto& dose : problem.doses) {
    times.push_back(dose.at_h);
    times.push_back(dose.at_h + dose.length_h);
  }
  for (const auto& span : problem.spans) times.push_back(span.from_h);
  for (int i = 0; i < 10; ++i) times.push_back(random.between(-1.0, 60.0));
  return times;
}

TEST(SmallAgreement, CurvesAreThoseOfTheTrajectory) {
  RandomProblems random{1};
  for (int patient = 0; patient < 200; ++patient) {
    SCOPED_TRACE(patient);
    const auto problem = random.problem();
    Eigen::MatrixXd z(std::ssize(problem.effects), 3);
    for (auto column : z.colwise()) column = random.normals(z.rows());
    expect_as_trajectory(problem, z, times_of(random, problem));
  }
}

// Rates of 1e-4 to 1e5 1/h, over a fortnight.
TEST(SmallAgreement, CurvesOfVeryFastBesideVerySlowRatesAreThoseOfTheTrajectory) {
  RandomProblems random{2};
  for (int patient = 0; patient < 200; ++patient) {
    SCOPED_TRACE(patient);
    auto problem = random.problem();
    for (auto& span : problem.spans) {
      for (double& typical : span.typical) typical = random.log_between(0.01, 1000.0);
    }
    auto times = times_of(random, problem);
    times.push_back(336.0);
    expect_as_trajectory(problem, random.normals(std::ssize(problem.effects)), times);
  }
}

// Rates from 1e-11 to 2e9 1/h, a volume that changes; expected: matrix exponentials with 120 digits (mpmath).
// A matrix of doubles cannot hold such a system: it loses the elimination beside the exchange.
TEST(SmallAgreement, CurvesAreExactWhereAMatrixOfRatesIsNot) {
  SmallProblem problem;
  problem.compartments = 3;
  problem.spans = {{0.0, {1e-6, 2e-4, 3e5, 0.02, 4e-3, 5e7}}, {2.0, {1e-5, 3e-4, 5e5, 0.03, 2e-3, 1e4}}};
  problem.doses = {{0.0, 0.5, 40.0}, {1.0, 0.0, 30.0}};
  problem.proportional_sd = 0.1;
  const std::vector<double> times{0.25, 0.5, 1.0, 2.0, 24.0, 720.0, 100000.0};
  const std::vector<double> expected{965.985373410730927,   1885.30245887940308, 151707.539546806889,
                                     1746.00232656048181,   405.729585714293033, 0.00693853398229141202,
                                     0.00693784858770056198};
  const auto found = *curves(problem, Eigen::MatrixXd(0, 1), times);
  for (std::size_t i = 0; i < times.size(); ++i)
    EXPECT_NEAR(found(static_cast<Eigen::Index>(i), 0), expected[i], 1e-13 * expected[i]) << times[i];
}

// As far as parameters may go.
TEST(SmallAgreement, EveryParameterThatIsAllowedGivesNumbers) {
  RandomProblems random{6};
  for (int patient = 0; patient < 1000; ++patient) {
    SCOPED_TRACE(patient);
    auto problem = random.problem();
    for (auto& span : problem.spans) {
      for (double& typical : span.typical) typical = random.log_between(1e-9, 1e9);
    }
    if (problem.additive_sd_mg_L == 0.0) problem.readings.clear();
    const auto curve =
        *curves(problem, random.normals(std::ssize(problem.effects)), times_of(random, problem));
    EXPECT_TRUE(curve.allFinite());
    EXPECT_GE(curve.minCoeff(), -1e-6 * curve.maxCoeff());
    const auto found = estimate(problem);
    ASSERT_TRUE(found.has_value());
    EXPECT_TRUE(std::isfinite(found->objective));
    EXPECT_TRUE(found->hessian.allFinite());
  }
}

TEST(SmallAgreement, LogDensityIsThatOfTheEquation) {
  RandomProblems random{3};
  for (int patient = 0; patient < 200; ++patient) {
    SCOPED_TRACE(patient);
    const auto problem = random.problem();
    const Eigen::VectorXd z = random.normals(std::ssize(problem.effects));
    const auto expected = static_cast<double>(PlainPatient{problem}.objective(z.cast<Real>()));
    const auto found = log_density(problem, z);
    ASSERT_TRUE(found.has_value()) << to_string(found.error());
    EXPECT_NEAR((*found)[0], -expected, 1e-10 * (1.0 + std::abs(expected)));
  }
}

// Central differences of long double; their error is of the order of the step squared.
RealMatrix hessian_by_differences(const PlainPatient& plain, const RealVector& z) {
  const Eigen::Index n = z.size();
  const Real step = 2e-5L;
  const auto at = [&](Eigen::Index a, Real by_a, Eigen::Index b, Real by_b) {
    RealVector moved = z;
    moved[a] += by_a * step;
    moved[b] += by_b * step;
    return plain.objective(moved);
  };
  RealMatrix hessian(n, n);
  for (Eigen::Index a = 0; a < n; ++a) {
    for (Eigen::Index b = 0; b <= a; ++b) {
      hessian(a, b) = hessian(b, a) =
          (at(a, 1, b, 1) - at(a, 1, b, -1) - at(a, -1, b, 1) + at(a, -1, b, -1)) / (4 * step * step);
    }
  }
  return hessian;
}

RealVector gradient_by_differences(const PlainPatient& plain, const RealVector& z) {
  const Real step = 1e-5L;
  RealVector gradient(z.size());
  for (Eigen::Index a = 0; a < z.size(); ++a) {
    const RealVector move = step * RealVector::Unit(z.size(), a);
    const Real near = plain.objective(z + move) - plain.objective(z - move);
    const Real far = plain.objective(z + 2 * move) - plain.objective(z - 2 * move);
    gradient[a] = (8 * near - far) / (12 * step);
  }
  return gradient;
}

void expect_derivatives(const SmallProblem& problem) {
  const auto found = estimate(problem);
  ASSERT_TRUE(found.has_value()) << to_string(found.error());
  EXPECT_TRUE(found->converged) << found->iterations << " evaluations";
  const PlainPatient plain{problem};
  const RealVector z = found->z.cast<Real>();
  const auto objective = static_cast<double>(plain.objective(z));
  EXPECT_NEAR(found->objective, objective, 1e-10 * (1.0 + std::abs(objective)));
  const double size = found->hessian.cwiseAbs().maxCoeff();
  EXPECT_LT(gradient_by_differences(plain, z).cwiseAbs().maxCoeff(), 1e-8 * size);
  const RealMatrix hessian = hessian_by_differences(plain, z);
  EXPECT_LT((hessian - found->hessian.cast<Real>()).cwiseAbs().maxCoeff(), 2e-6 * size) << hessian << "\n\n"
                                                                                        << found->hessian;
}

TEST(SmallAgreement, GradientVanishesAndTheHessianIsThatOfDifferences) {
  RandomProblems random{4};
  for (int patient = 0; patient < 200; ++patient) {
    SCOPED_TRACE(patient);
    expect_derivatives(random.problem());
  }
}

// Where the two peripheral rates are equal or nearly so, at the typical values and on the way.
TEST(SmallAgreement, EqualPeripheralRatesAreNoSpecialCase) {
  for (const double gap : {0.0, 1e-15, 1e-12, 1e-9, 1e-6, 1e-3}) {
    for (const auto& effects : {std::vector{0, 1, 3}, std::vector{0, 1, 2, 5}, std::vector{0, 1}}) {
      SCOPED_TRACE(testing::Message() << "gap " << gap << ", " << effects.size() << " effects");
      auto problem = reference_problem();
      problem.spans = {{0.0, {60.0, 10.0, 40.0, 20.0, 80.0 * (1.0 + gap), 40.0}}};
      problem.spans.push_back({1.0, {61.0, 10.5, 40.5, 21.0, 81.0, 42.0 * (1.0 + gap)}});
      problem.effects = effects;
      const auto n = std::ssize(effects);
      problem.root = 0.3 * SmallMatrix::Identity(n, n);
      expect_derivatives(problem);
      expect_as_trajectory(problem, Eigen::VectorXd::Zero(n), {0.1, 0.5, 1.0, 2.0, 10.0});
    }
  }
}

// A reading far below what is likely, and a limit far above or below it: the tails of Phi.
TEST(SmallAgreement, TailsOfTheNormalDistributionAreExact) {
  for (const double limit : {1e-6, 1e-3, 0.05, 0.1, 0.2, 0.3, 10.0}) {
    for (const double sd : {0.03, 0.1, 0.3}) {
      for (const bool logarithmic : {false, true}) {
        SCOPED_TRACE(testing::Message() << "limit " << limit << ", sd " << sd);
        auto problem = reference_problem();
        problem.readings[1] = {40.0 / 60.0, limit, true};
        (logarithmic ? problem.log_sd : problem.proportional_sd) = sd;
        if (logarithmic) problem.proportional_sd = 0.0;
        expect_derivatives(problem);
      }
    }
  }
}

// Quasi-Newton with gradients from differences, from z = 0, on the plain likelihood.
RealVector plain_optimum(const PlainPatient& plain, Eigen::Index unknowns) {
  RealVector z = RealVector::Zero(unknowns);
  RealMatrix inverse = RealMatrix::Identity(unknowns, unknowns);
  RealVector gradient = gradient_by_differences(plain, z);
  Real best = plain.objective(z);
  for (int i = 0; i < 500 && gradient.cwiseAbs().maxCoeff() > 1e-8L; ++i) {
    RealVector move = -inverse * gradient;
    if (!(move.dot(gradient) < 0)) {
      inverse.setIdentity();
      move = -gradient;
    }
    move *= std::min<Real>(1, 1 / move.cwiseAbs().maxCoeff());
    while (plain.objective(z + move) > best + move.dot(gradient) * 1e-4L &&
           move.cwiseAbs().maxCoeff() > 1e-14L)
      move /= 3;
    const RealVector next = gradient_by_differences(plain, z + move);
    const RealVector change = next - gradient;
    z += move;
    best = plain.objective(z);
    gradient = next;
    const Real along = change.dot(move);
    if (!(along > 0)) continue;
    const RealMatrix rest = RealMatrix::Identity(unknowns, unknowns) - move * change.transpose() / along;
    inverse = rest * inverse * rest.transpose() + move * move.transpose() / along;
  }
  return z;
}

TEST(SmallAgreement, OptimumIsThatOfAnotherMethod) {
  RandomProblems random{5};
  int other_valley = 0;
  for (int patient = 0; patient < 200; ++patient) {
    SCOPED_TRACE(patient);
    const auto problem = random.problem();
    const auto found = estimate(problem);
    ASSERT_TRUE(found.has_value()) << to_string(found.error());
    const PlainPatient plain{problem};
    const RealVector expected = plain_optimum(plain, found->z.size());
    const Real difference = plain.objective(found->z.cast<Real>()) - plain.objective(expected);
    if (std::abs(difference) > 1e-6L) {
      ++other_valley;
      continue;
    }
    EXPECT_LT((found->z.cast<Real>() - expected).cwiseAbs().maxCoeff(), 1e-6L);
  }
  EXPECT_LE(other_valley, 2) << "two methods from one start end in two valleys seldom";
}

}  // namespace
}  // namespace evenkeel::individual
