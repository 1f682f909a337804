#include "pkpd/cascade.hpp"

#include <gtest/gtest.h>

#include <Eigen/LU>
#include <cmath>
#include <limits>
#include <vector>

#include "pkpd/effect_site.hpp"
#include "pkpd/radau.hpp"
#include "pkpd/trajectory.hpp"

namespace evenkeel::pkpd {
namespace {

using units::h;
using units::L;
using units::mg;

// One compartment of 10 L that loses `k` per h.
LinearSystem one_compartment(double k_per_h) {
  LinearSystem system;
  system.rates = Eigen::MatrixXd::Constant(1, 1, -k_per_h);
  system.outputs = {{0, 10.0 * L}};
  return system;
}

// 100 mg at once at 1 h, 60 mg over the hour from 5 h on.
Timeline dosed(LinearSystem system) {
  Timeline timeline;
  timeline.systems = {std::move(system)};
  timeline.events = {{1.0, AddAmount{0, 100.0}}, {5.0, AddRate{0, 60.0}}, {6.0, AddRate{0, -60.0}}};
  return timeline;
}

std::vector<Duration> hours(double until, double every) {
  std::vector<Duration> times;
  for (double t = 0.0; t <= until; t += every) times.push_back(t * h);
  return times;
}

// dy/dt = k (x - y), x the concentration or a state before.
CascadeState follows(double k_per_h) {
  return {0.0, [k_per_h](std::span<const double> c, std::span<const double> before) {
            return Drive{k_per_h * (before.empty() ? c[0] : before.back()), k_per_h};
          }};
}

TEST(Radau, DifferentiatesAndInterpolatesPolynomialsExactly) {
  const Radau& rule = Radau::rule();
  EXPECT_EQ(rule.at[Radau::points], 1.0);
  for (int degree = 0; degree <= Radau::points; ++degree) {
    const Radau::Values values = rule.at.array().pow(degree);
    const auto slopes = (rule.slope_start * values[0] + rule.slopes * values.tail<Radau::points>()).eval();
    for (int i = 0; i < Radau::points; ++i) {
      const double exact = degree == 0 ? 0.0 : degree * std::pow(rule.at[i + 1], degree - 1);
      EXPECT_NEAR(slopes[i], exact, 1e-11) << degree;
    }
    for (const double x : {0.0, 0.123, 0.5, 0.99, 1.0})
      EXPECT_NEAR(rule.interpolate(values, x), std::pow(x, degree), 1e-13) << degree;
    EXPECT_NEAR(rule.last_legendre.dot(values), degree == Radau::points ? 1.0 / 12870.0 : 0.0, 1e-13);
  }
}

// Quadrature at the points is exact to degree 14: that makes them Radau's, and no others.
TEST(Radau, IntegratesToDegreeFourteen) {
  const Radau& rule = Radau::rule();
  // From y' = f, y(0) = 0: the last of the solution of slopes y = f is the integral.
  const Eigen::MatrixXd inverse = rule.slopes.inverse();
  for (int degree = 0; degree <= 14; ++degree) {
    const Eigen::VectorXd f = rule.at.tail<Radau::points>().array().pow(degree);
    EXPECT_NEAR((inverse * f)[Radau::points - 1], 1.0 / (degree + 1), 1e-13) << degree;
  }
}

// A linear state is also an effect site, for which there is an exact solution; so are two in a row.
TEST(Cascade, FollowsWhatALinearSystemFollows) {
  const LinearSystem once = with_effect_site(one_compartment(0.4), 0, 3.0);
  const LinearSystem twice = with_effect_site(once, 1, 0.2);
  const Trajectory exact = *Trajectory::make(dosed(twice));
  const std::vector<CascadeState> states{follows(3.0), follows(0.2)};
  const auto times = hours(48.0, 0.173);
  const auto curve = solve_cascade(dosed(one_compartment(0.4)), states, times, 1e-10);
  ASSERT_TRUE(curve.has_value()) << curve.error().what;
  for (std::size_t i = 0; i < times.size(); ++i) {
    const auto row = static_cast<Eigen::Index>(i);
    EXPECT_NEAR(curve->states(row, 0), exact.concentration(times[i], 1).in(mg / L), 1e-9);
    EXPECT_NEAR(curve->states(row, 1), exact.concentration(times[i], 2).in(mg / L), 1e-9);
  }
}

// Occupancy under a concentration that is held: y = C/(C + Kd) (1 - e^-(kon C + koff) t).
TEST(Cascade, OccupancyUnderAHeldConcentrationIsTheClosedForm) {
  Timeline timeline;
  timeline.systems = {one_compartment(0.0)};
  timeline.events = {{0.0, AddAmount{0, 20.0}}};
  const double kon = 0.7;
  const double koff = 0.3;
  const CascadeState occupied{0.0, [=](std::span<const double> c, std::span<const double>) {
                                return Drive{kon * c[0], kon * c[0] + koff};
                              }};
  const auto times = hours(12.0, 0.31);
  const auto curve = solve_cascade(timeline, {&occupied, 1}, times, 1e-11);
  ASSERT_TRUE(curve.has_value()) << curve.error().what;
  for (std::size_t i = 0; i < times.size(); ++i) {
    const double total = kon * 2.0 + koff;
    const double exact = kon * 2.0 / total * -std::expm1(-total * times[i].in(h));
    EXPECT_NEAR(curve->states(static_cast<Eigen::Index>(i), 0), exact, 1e-11);
  }
}

// Turnover whose stimulus saturates; the halved tolerance is the judge of the larger.
TEST(Cascade, KeepsItsTolerance) {
  const CascadeState turnover{1.0, [](std::span<const double> c, std::span<const double>) {
                                const double squared = c[0] * c[0];
                                return Drive{3.0 * (1.0 + 2.0 * squared / (0.04 + squared)), 3.0};
                              }};
  const auto times = hours(72.0, 0.11);
  const Timeline timeline = dosed(one_compartment(1.3));
  const auto tight = solve_cascade(timeline, {&turnover, 1}, times, 1e-12);
  ASSERT_TRUE(tight.has_value()) << tight.error().what;
  std::size_t steps = 0;
  for (const double tolerance : {1e-4, 1e-6, 1e-8, 1e-10}) {
    const auto curve = solve_cascade(timeline, {&turnover, 1}, times, tolerance);
    EXPECT_LT((curve->states - tight->states).cwiseAbs().maxCoeff(), 3.0 * tolerance) << tolerance;
    EXPECT_GT(curve->steps, steps);
    steps = curve->steps;
  }
  EXPECT_LT(steps, 500U);
}

// A loss so fast that the state is where its drive is: explicit methods would need a million steps.
TEST(Cascade, FollowsAStiffStateWithoutSmallSteps) {
  const auto curve = solve_cascade(dosed(one_compartment(0.4)), std::vector{follows(1e6)},
                                   std::vector{0.0 * h, 4.0 * h, 24.0 * h}, 1e-8);
  ASSERT_TRUE(curve.has_value()) << curve.error().what;
  EXPECT_NEAR(curve->states(1, 0), 10.0 * std::exp(-0.4 * 3.0), 1e-5);
  EXPECT_LT(curve->steps, 300U);
}

// Where two rates are equal there are no modes; the exact solution is t e^-kt.
TEST(Cascade, ServesSystemsThatHaveNoModes) {
  LinearSystem system = with_effect_site(one_compartment(0.5), 0, 0.5);
  Timeline timeline;
  timeline.systems = {system};
  timeline.events = {{0.0, AddAmount{0, 100.0}}};
  const CascadeState area{0.0, [](std::span<const double> c, std::span<const double>) {
                            return Drive{c[1], 0.0};
                          }};
  const auto curve = solve_cascade(timeline, {&area, 1}, std::vector{3.0 * h}, 1e-11);
  ASSERT_TRUE(curve.has_value()) << curve.error().what;
  const double exact = 10.0 / 0.5 * (1.0 - std::exp(-1.5) * (1.0 + 1.5));
  EXPECT_NEAR(curve->states(0, 0), exact, 1e-9);
}

TEST(Cascade, AResetBeginsAnew) {
  Timeline timeline = dosed(one_compartment(0.4));
  timeline.events.push_back({8.0, Clear{}});
  CascadeState state = follows(1.0);
  state.start = 0.25;
  const auto curve =
      solve_cascade(timeline, {&state, 1}, std::vector{7.9 * h, 8.0 * h, 8.0 * h, 9.0 * h}, 1e-10);
  ASSERT_TRUE(curve.has_value());
  EXPECT_GT(curve->states(0, 0), 1.0);
  EXPECT_EQ(curve->states(1, 0), 0.25);
  EXPECT_EQ(curve->states(2, 0), 0.25);
  EXPECT_NEAR(curve->states(3, 0), 0.25 * std::exp(-1.0), 1e-9);
}

TEST(Cascade, RefusesWhatItCannotSolve) {
  const Timeline timeline = dosed(one_compartment(0.4));
  const std::vector<CascadeState> states{follows(1.0)};
  const double not_a_number = std::nan("");
  EXPECT_FALSE(solve_cascade(timeline, states, std::vector{2.0 * h, 1.0 * h}));
  EXPECT_FALSE(solve_cascade(timeline, states, std::vector{not_a_number * h}));
  for (const double bad : {0.0, 0.1, -1.0, not_a_number})
    EXPECT_FALSE(solve_cascade(timeline, states, hours(3.0, 1.0), bad)) << bad;
  const auto drive = [](double gain, double loss) {
    return CascadeState{0.0, [=](std::span<const double>, std::span<const double>) {
                          return Drive{gain, loss};
                        }};
  };
  for (const CascadeState& bad : {drive(not_a_number, 1.0), drive(1.0, not_a_number), drive(1.0, -1.0),
                                  drive(std::numeric_limits<double>::infinity(), 1.0)}) {
    const auto refused = solve_cascade(timeline, {&bad, 1}, hours(3.0, 1.0));
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code, ErrorCode::invalid_input);
  }
  Timeline steady = timeline;
  steady.events.insert(steady.events.begin(), {0.0, AddSteadyState{}});
  EXPECT_EQ(solve_cascade(steady, states, hours(3.0, 1.0)).error().what,
            "no steady state is known for a nonlinear state; repeat the doses");
}

}  // namespace
}  // namespace evenkeel::pkpd
