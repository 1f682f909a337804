#include "individual/small_problem.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "support/small_problems.hpp"

namespace evenkeel::individual {
namespace {

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
constexpr double infinite = std::numeric_limits<double>::infinity();

TEST(SmallProblem, FindsTheOptimumThatOtherProgramsFind) {
  const auto problem = reference_problem();
  const auto found = estimate(problem);
  ASSERT_TRUE(found.has_value());
  EXPECT_TRUE(found->converged);
  EXPECT_LT(found->gradient, 1e-9);
  const auto value = [&](Eigen::Index effect, std::size_t parameter) {
    return problem.spans.front().typical[parameter] * std::exp(0.3 * found->z[effect]);
  };
  EXPECT_NEAR(value(0, 0), 144.252023, 5e-7);
  EXPECT_NEAR(value(1, 1), 4.467938, 5e-7);
  EXPECT_NEAR(value(2, 3), 11.013121, 5e-7);
}

TEST(SmallProblem, WithoutReadingsIsThePrior) {
  auto problem = reference_problem();
  problem.readings.clear();
  const auto found = estimate(problem);
  EXPECT_TRUE(found->converged);
  EXPECT_EQ(found->z, Eigen::VectorXd::Zero(3));
  EXPECT_NEAR(found->objective, 1.5 * std::log(2.0 * std::numbers::pi), 1e-15);
  EXPECT_EQ(found->hessian, Eigen::MatrixXd::Identity(3, 3));
}

TEST(SmallProblem, WithoutRandomEffectsIsTheLikelihoodOfTheTypicalPatient) {
  auto problem = reference_problem();
  problem.effects.clear();
  problem.root.resize(0, 0);
  const auto found = estimate(problem);
  EXPECT_TRUE(found->converged);
  EXPECT_EQ(found->z.size(), 0);
  EXPECT_NEAR(found->objective, static_cast<double>(PlainPatient{problem}.objective(RealVector(0))), 1e-12);
}

TEST(SmallProblem, DoesNotDependOnTheOrderOfDosesAndReadings) {
  auto problem = reference_problem();
  problem.doses = {{0.0, 2.0 / 3.0, 35.0}, {1.5, 0.0, 10.0}};
  const auto found = estimate(problem);
  std::ranges::reverse(problem.doses);
  std::ranges::reverse(problem.readings);
  const auto reversed = estimate(problem);
  EXPECT_EQ(reversed->z, found->z);
  EXPECT_EQ(reversed->objective, found->objective);
}

// At the moment of a bolus the reading finds it; at the start of an infusion it finds nothing; at its end
// all.
TEST(SmallProblem, ReadsAfterWhatHappensAtTheMoment) {
  SmallProblem problem;
  problem.spans = {{0.0, {10.0, 20.0}}};
  problem.doses = {{1.0, 0.0, 40.0}, {2.0, 1.0, 60.0}};
  problem.additive_sd_mg_L = 0.1;
  const Eigen::MatrixXd none(0, 1);
  const auto curve = *curves(problem, none, std::vector<double>{3.0, 0.5, 1.0, 2.0});
  EXPECT_EQ(curve(1, 0), 0.0);
  EXPECT_EQ(curve(2, 0), 2.0);
  EXPECT_NEAR(curve(3, 0), 2.0 * std::exp(-0.5), 1e-15);
  EXPECT_NEAR(curve(0, 0), 2.0 * std::exp(-1.0) + 6.0 * (1.0 - std::exp(-0.5)), 4e-15);
}

// A reading of zero probability says so; one below its limit is certain and adds nothing.
TEST(SmallProblem, SaysWhenAReadingCannotBe) {
  auto problem = reference_problem();
  const double before = estimate(problem)->objective;
  problem.readings.push_back({0.0, 0.01, false});
  const auto refused = estimate(problem);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().where, "readings[4]");
  EXPECT_NE(refused.error().what.find("the probability is zero"), std::string::npos);
  problem.readings.back().below = true;
  EXPECT_EQ(estimate(problem)->objective, before);
  problem.readings.back().below = false;
  problem.additive_sd_mg_L = 0.001;
  EXPECT_TRUE(estimate(problem).has_value());
}

// After a month e^-288 of the drug is left: what is read is not explained, and the estimate says so.
TEST(SmallProblem, DoesNotConvergeWhereNothingOfTheDrugIsLeft) {
  auto problem = reference_problem();
  problem.compartments = 1;
  problem.spans = {{0.0, {40.0, 100.0}}};
  problem.effects = {0};
  problem.root = 0.1 * SmallMatrix::Identity(1, 1);
  problem.readings.push_back({24.0 * 30.0, 0.01, false});
  const auto found = estimate(problem);
  ASSERT_TRUE(found.has_value());
  EXPECT_FALSE(found->converged);
  problem.additive_sd_mg_L = 0.01;
  EXPECT_TRUE(estimate(problem)->converged);
  problem.additive_sd_mg_L = 0.0;
  problem.readings.back().below = true;
  EXPECT_TRUE(estimate(problem)->converged);
}

TEST(SmallProblem, OfAbsurdParametersHasNextToNoDensity) {
  const auto problem = reference_problem();
  Eigen::MatrixXd z = Eigen::MatrixXd::Zero(3, 2);
  z.col(1).setConstant(3000.0);
  const auto density = *log_density(problem, z);
  EXPECT_GT(density[0], -100.0);
  EXPECT_LT(density[1], -1e100);
}

void expect_refused(const SmallProblem& problem, const std::string& where) {
  const auto found = estimate(problem);
  ASSERT_FALSE(found.has_value()) << where;
  EXPECT_EQ(found.error().code, ErrorCode::invalid_input);
  EXPECT_EQ(found.error().where, where);
  EXPECT_FALSE(found.error().what.empty());
}

TEST(SmallProblem, RefusesWhatIsNotFinite) {
  for (const double bad : {not_a_number, infinite, -infinite}) {
    const auto with = [&](auto&& change, const std::string& where) {
      auto problem = reference_problem();
      change(problem);
      expect_refused(problem, where);
    };
    with([&](SmallProblem& p) { p.spans[0].from_h = bad; }, "spans[0].from_h");
    with([&](SmallProblem& p) { p.spans[0].typical[5] = bad; }, "spans[0].typical[5]");
    with([&](SmallProblem& p) { p.doses[0].at_h = bad; }, "doses[0]");
    with([&](SmallProblem& p) { p.doses[0].length_h = bad; }, "doses[0]");
    with([&](SmallProblem& p) { p.doses[0].amount_mg = bad; }, "doses[0].amount_mg");
    with([&](SmallProblem& p) { p.readings[2].at_h = bad; }, "readings[2].at_h");
    with([&](SmallProblem& p) { p.readings[2].mg_L = bad; }, "readings[2].mg_L");
    with([&](SmallProblem& p) { p.proportional_sd = bad; }, "proportional_sd");
    with([&](SmallProblem& p) { p.additive_sd_mg_L = bad; }, "additive_sd_mg_L");
    with([&](SmallProblem& p) { p.log_sd = bad; }, "log_sd");
    with([&](SmallProblem& p) { p.root(1, 1) = bad; }, "root");
  }
}

TEST(SmallProblem, RefusesWhatContradictsItself) {
  const auto with = [&](auto&& change, const std::string& where) {
    auto problem = reference_problem();
    change(problem);
    expect_refused(problem, where);
  };
  with([](SmallProblem& p) { p.compartments = 4; }, "compartments");
  with([](SmallProblem& p) { p.compartments = 0; }, "compartments");
  with([](SmallProblem& p) { p.spans.clear(); }, "spans");
  with([](SmallProblem& p) { p.spans.push_back(p.spans.front()); }, "spans[1].from_h");
  with([](SmallProblem& p) { p.spans[0].from_h = 0.5; }, "doses[0].at_h");
  with([](SmallProblem& p) { p.spans[0].typical[0] = 0.0; }, "spans[0].typical[0]");
  with([](SmallProblem& p) { p.doses[0].amount_mg = -1.0; }, "doses[0].amount_mg");
  with([](SmallProblem& p) { p.doses[0].length_h = -1.0; }, "doses[0]");
  with([](SmallProblem& p) { p.readings[1] = {0.5, 0.0, true}; }, "readings[1].mg_L");
  with([](SmallProblem& p) { p.proportional_sd = 0.0; }, "log_sd");
  with([](SmallProblem& p) { p.log_sd = 0.1; }, "log_sd");
  with([](SmallProblem& p) { p.effects[1] = 6; }, "effects[1]");
  with([](SmallProblem& p) { p.effects[1] = -1; }, "effects[1]");
  with([](SmallProblem& p) { p.effects.push_back(4); }, "root");
  with([](SmallProblem& p) { p.effects = {0, 1, 2, 3, 4}; }, "effects");
  with([](SmallProblem& p) { p.root(0, 1) = 0.1; }, "root");
  const auto problem = reference_problem();
  EXPECT_EQ(log_density(problem, Eigen::MatrixXd::Zero(2, 1)).error().where, "z");
  EXPECT_EQ(curves(problem, Eigen::MatrixXd::Constant(3, 1, infinite), {}).error().where, "z");
  EXPECT_EQ(curves(problem, Eigen::MatrixXd::Zero(3, 1), std::vector{0.0, not_a_number}).error().where,
            "times_h[1]");
}

}  // namespace
}  // namespace evenkeel::individual
