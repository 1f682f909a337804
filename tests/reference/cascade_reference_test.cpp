// The cascade solver against Boost.Odeint at tight tolerance.
#include <gtest/gtest.h>

#include <algorithm>
#include <boost/numeric/odeint.hpp>
#include <cmath>

#include "support/cascade_problem.hpp"

namespace evenkeel::pkpd {
namespace {

namespace odeint = boost::numeric::odeint;
namespace problem = cascade_problem;

// The response at `times_min`, which hold every start and end of an infusion.
std::vector<double> by_odeint(const std::vector<double>& times_min) {
  using State = std::vector<double>;
  State y(8, 0.0);
  y[7] = 1.0;
  auto stepper = odeint::make_controlled(1e-13, 1e-13, odeint::runge_kutta_fehlberg78<State>());
  std::vector<double> response{y[7]};
  for (std::size_t i = 1; i < times_min.size(); ++i) {
    const double from = times_min[i - 1];
    const auto day = static_cast<int>(from / 1440.0);
    const bool session = std::ranges::find(problem::session_days, day) != problem::session_days.end();
    const double rate = session && from - day * 1440.0 < problem::session_min ? problem::rate_mg_min : 0.0;
    const auto slope = [rate](const State& now, State& d, double) { problem::slope({}, now, d, rate); };
    odeint::integrate_adaptive(stepper, slope, y, from, times_min[i], 0.01);
    response.push_back(y[7]);
  }
  return response;
}

TEST(CascadeReference, AgreesWithAnIndependentSolverOverTwoWeeks) {
  const CascadeState response = problem::response();
  const auto times = problem::grid();
  const auto reference = by_odeint(problem::grid_min());
  ASSERT_EQ(times.size(), 1921U);
  for (const double tolerance : {1e-6, 1e-8, 1e-10}) {
    const auto curve = solve_cascade(problem::timeline({}), {&response, 1}, times, tolerance);
    ASSERT_TRUE(curve.has_value()) << curve.error().what;
    double worst = 0.0;
    for (std::size_t i = 0; i < times.size(); ++i)
      worst = std::max(worst, std::abs(curve->states(static_cast<Eigen::Index>(i), 0) - reference[i]));
    EXPECT_LT(worst, 2.0 * tolerance) << tolerance;
    EXPECT_LT(curve->steps, 600U) << tolerance;
  }
}

}  // namespace
}  // namespace evenkeel::pkpd
