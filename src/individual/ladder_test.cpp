// The steps of the ladder beside those of pkpd::propagate, which climbs another way.
#include "individual/ladder.hpp"

#include <gtest/gtest.h>

#include "pkpd/propagate.hpp"
#include "support/random_systems.hpp"

namespace evenkeel::individual {
namespace {

struct Problem {
  pkpd::LinearSystem system;
  pkpd::ZeroPattern pattern;
  std::vector<std::size_t> fed;
  Eigen::VectorXd amounts, input;
};

pkpd::ZeroPattern pattern_of(const Eigen::MatrixXd& rates) {
  std::vector<std::uint64_t> direct(static_cast<std::size_t>(rates.rows()), 0);
  for (Eigen::Index to = 0; to < rates.rows(); ++to) {
    for (Eigen::Index from = 0; from < rates.rows(); ++from) {
      if (to != from && rates(to, from) != 0.0)
        direct[static_cast<std::size_t>(to)] |= std::uint64_t{1} << from;
    }
  }
  return pkpd::ZeroPattern{std::move(direct)};
}

Problem random_problem(pkpd::RandomSystems& random, double slow, double fast) {
  Problem made{
      random.chance(0.5) ? random.mammillary(slow, fast) : random.general(slow, fast), {}, {}, {}, {}};
  const Eigen::Index n = made.system.rates.rows();
  made.pattern = pattern_of(made.system.rates);
  made.amounts = Eigen::VectorXd::Zero(n);
  made.input = Eigen::VectorXd::Zero(n);
  for (Eigen::Index i = 0; i < n; ++i) {
    if (i == 0 || random.chance(0.5)) made.amounts[i] = random.log_between(0.01, 100.0);
    if (random.chance(0.4)) {
      made.fed.push_back(static_cast<std::size_t>(i));
      made.input[i] = random.chance(0.3) ? 0.0 : random.log_between(0.1, 100.0);
    }
  }
  return made;
}

template <class T>
std::vector<T> rates_in(const Problem& problem) {
  std::vector<T> rates;
  for (Eigen::Index i = 0; i < problem.system.rates.rows(); ++i) {
    for (const double rate : problem.system.rates.row(i)) rates.push_back(T{rate});
  }
  return rates;
}

template <class T>
std::vector<T> after(const Problem& problem, const std::vector<T>& rates, double hours) {
  Ladder<T> ladder{problem.pattern, problem.fed, rates};
  std::vector<T> amounts;
  std::vector<T> input;
  for (const double amount : problem.amounts) amounts.push_back(T{amount});
  for (const std::size_t f : problem.fed) input.push_back(T{problem.input[static_cast<Eigen::Index>(f)]});
  ladder.step(hours, amounts, input);
  return amounts;
}

TEST(Ladder, AStepOfAnyLengthIsThatOfTheEngine) {
  pkpd::RandomSystems random{20260101};
  for (int run = 0; run < 1500; ++run) {
    const Problem problem = random_problem(random, 0.01, 100.0);
    const double hours = random.log_between(1.0 / 3600.0, 336.0);
    const std::vector<double> found = after(problem, rates_in<double>(problem), hours);
    const Eigen::VectorXd expected =
        pkpd::propagate_amounts(problem.system, problem.amounts, problem.input, hours);
    const double largest = expected.cwiseAbs().maxCoeff();
    for (Eigen::Index i = 0; i < expected.size(); ++i) {
      EXPECT_NEAR(found[static_cast<std::size_t>(i)], expected[i], 1e-10 * expected[i] + 1e-22 * largest)
          << "run " << run << ", compartment " << i << " after " << hours << " h";
    }
  }
}

TEST(Ladder, TwoStepsAreOneOfBothLengths) {
  pkpd::RandomSystems random{20260102};
  for (int run = 0; run < 300; ++run) {
    const Problem problem = random_problem(random, 0.01, 100.0);
    const double first = random.log_between(0.001, 50.0);
    const double second = random.log_between(0.001, 50.0);
    Ladder<double> ladder{problem.pattern, problem.fed, rates_in<double>(problem)};
    std::vector<double> amounts{problem.amounts.begin(), problem.amounts.end()};
    std::vector<double> input;
    for (const std::size_t f : problem.fed) input.push_back(problem.input[static_cast<Eigen::Index>(f)]);
    ladder.step(first, amounts, input);
    ladder.step(second, amounts, input);
    const std::vector<double> whole = after(problem, rates_in<double>(problem), first + second);
    for (std::size_t i = 0; i < whole.size(); ++i) EXPECT_NEAR(amounts[i], whole[i], 1e-10 * whole[i]) << run;
  }
}

TEST(Ladder, ASystemThatNothingLeavesKeepsWhatIsInIt) {
  Problem problem{};
  problem.system.rates = Eigen::MatrixXd{{-50.0, 0.2}, {50.0, -0.2}};
  problem.pattern = pattern_of(problem.system.rates);
  problem.amounts = Eigen::Vector2d{3.0, 4.0};
  const std::vector<double> found = after(problem, rates_in<double>(problem), 336.0);
  EXPECT_NEAR(found[0] + found[1], 7.0, 1e-10);
}

TEST(Ladder, ASystemWithoutFlowsAddsWhatRunsIn) {
  Problem problem{};
  problem.system.rates = Eigen::MatrixXd::Zero(1, 1);
  problem.pattern = pattern_of(problem.system.rates);
  problem.fed = {0};
  problem.amounts = Eigen::VectorXd::Constant(1, 2.0);
  problem.input = Eigen::VectorXd::Constant(1, 3.0);
  EXPECT_NEAR(after(problem, rates_in<double>(problem), 100.0)[0], 302.0, 302e-12);
}

// One flow of the system becomes e^x as fast; differences of order eight.
TEST(Ladder, TheDualIsTheDerivativeOfTheStep) {
  pkpd::RandomSystems random{20260103};
  for (int run = 0; run < 400; ++run) {
    const Problem problem = random_problem(random, 0.05, 50.0);
    const double hours = random.log_between(1.0 / 3600.0, 100.0);
    const auto n = static_cast<std::size_t>(problem.system.rates.rows());
    const double units = -hours * problem.system.rates.diagonal().minCoeff();
    const double h = 0.1 / (5.0 + units);
    const double rounding = 1e-15 * (100.0 + units);
    const std::vector<double> rates = rates_in<double>(problem);
    const auto faster = [&](double x) {
      std::vector<double> changed = rates;
      for (std::size_t to = 0; to < n; ++to) changed[to * n] *= std::exp(x);
      return after(problem, changed, hours);
    };
    std::vector<Dual<2>> dual = rates_in<Dual<2>>(problem);
    for (std::size_t to = 0; to < n; ++to) dual[to * n].slope[1] = rates[to * n];
    const auto found = after(problem, dual, hours);
    const std::array<double, 4> weight{4.0 / 5.0, -1.0 / 5.0, 4.0 / 105.0, -1.0 / 280.0};
    std::vector<double> expected(n, 0.0);
    for (std::size_t k = 0; k < weight.size(); ++k) {
      const double x = h * static_cast<double>(k + 1);
      const auto up = faster(x);
      const auto down = faster(-x);
      for (std::size_t i = 0; i < n; ++i) expected[i] += weight[k] * (up[i] - down[i]) / h;
    }
    const std::vector<double> plain = after(problem, rates, hours);
    for (std::size_t i = 0; i < n; ++i) {
      EXPECT_EQ(found[i].value, plain[i]);
      EXPECT_EQ(found[i].slope[0], 0.0);
      EXPECT_NEAR(found[i].slope[1], expected[i], 1e-8 * std::abs(expected[i]) + rounding * plain[i] / h)
          << "run " << run << ", compartment " << i << " after " << hours << " h";
    }
  }
}

TEST(Ladder, RatesThatAreNotFiniteGiveNoNumberAndComeToAnEnd) {
  Problem problem{};
  problem.system.rates = Eigen::MatrixXd::Constant(1, 1, -std::numeric_limits<double>::infinity());
  problem.pattern = pattern_of(problem.system.rates);
  problem.amounts = Eigen::VectorXd::Constant(1, 2.0);
  EXPECT_TRUE(std::isnan(after(problem, rates_in<double>(problem), 1.0)[0]));
}

}  // namespace
}  // namespace evenkeel::individual
