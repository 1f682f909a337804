// The cascade solver against Boost.Odeint at tight tolerance, on a problem of eight states: three of
// ketamine, two of norketamine, an effect site, tolerance, and the turnover of a response whose C50
// rises with tolerance. The constants of the last three are made up for the comparison.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <boost/numeric/odeint.hpp>
#include <cmath>
#include <vector>

#include "pkpd/cascade.hpp"
#include "pkpd/effect_site.hpp"

namespace evenkeel::pkpd {
namespace {

namespace odeint = boost::numeric::odeint;

// L, L/min; per minute.
constexpr double V1 = 4.41, Q2 = 2.61072, V2 = 10.5697166, Q3 = 2.6019, V3 = 178.212329;
constexpr double CL = 1.93158, CLM = 0.9, VM = 30.0, QM = 0.6, VM2 = 100.0, formed = 0.75288;
constexpr double ke0 = 0.2, ktol = 0.01, kout = 0.05;
constexpr std::array session_days{0, 2, 4, 7, 9, 11};

double stimulus(double site, double tolerance) {
  const double c50 = 0.2 * (1.0 + tolerance / 0.1);
  return 2.0 * site * site / (c50 * c50 + site * site);
}

using State = std::vector<double>;  // of eight

State slope(const State& y, double rate) {
  const double c = y[0] / V1;
  const double q2 = Q2 * (c - y[1] / V2);
  const double q3 = Q3 * (c - y[2] / V3);
  const double cm = y[3] / VM;
  const double qm = QM * (cm - y[4] / VM2);
  return {rate - CL * c - q2 - q3,
          q2,
          q3,
          formed * CL * c - CLM * cm - qm,
          qm,
          ke0 * (c - y[5]),
          ktol * (y[5] - y[6]),
          kout * (1.0 + stimulus(y[5], y[6]) - y[7])};
}

// The response every 20 min for 14 days, by steps between the events.
std::vector<double> by_odeint() {
  State y(8, 0.0);
  y[7] = 1.0;
  std::vector<double> response;
  auto stepper = odeint::make_controlled(1e-13, 1e-13, odeint::runge_kutta_fehlberg78<State>());
  for (int minute = 0; minute <= 20160; minute += 20) {
    response.push_back(y[7]);
    const int in_day = minute % 1440;
    const bool session = std::ranges::find(session_days, minute / 1440) != session_days.end();
    const double rate = session && in_day < 40 ? 0.875 : 0.0;
    odeint::integrate_adaptive(
        stepper, [rate](const State& now, State& d, double) { d = slope(now, rate); }, y, 0.0, 20.0, 0.01);
  }
  return response;
}

LinearSystem disposition() {
  LinearSystem system;
  system.rates = Eigen::MatrixXd::Zero(5, 5);
  const auto flow = [&](int from, int to, double per_min) {
    system.rates(from, from) -= per_min * 60.0;
    if (to >= 0) system.rates(to, from) += per_min * 60.0;
  };
  flow(0, 1, Q2 / V1);
  flow(1, 0, Q2 / V2);
  flow(0, 2, Q3 / V1);
  flow(2, 0, Q3 / V3);
  flow(0, 3, formed * CL / V1);
  flow(0, -1, (1.0 - formed) * CL / V1);
  flow(3, 4, QM / VM);
  flow(4, 3, QM / VM2);
  flow(3, -1, CLM / VM);
  system.outputs = {{0, V1 * units::L}};
  return with_effect_site(with_effect_site(system, 0, ke0 * 60.0), 1, ktol * 60.0);
}

TEST(CascadeReference, AgreesWithAnIndependentSolverOverTwoWeeks) {
  Timeline timeline;
  timeline.systems = {disposition()};
  for (const int day : session_days) {
    timeline.events.push_back({day * 24.0, AddRate{0, 52.5}});
    timeline.events.push_back({day * 24.0 + 40.0 / 60.0, AddRate{0, -52.5}});
  }
  const CascadeState response{1.0, [](std::span<const double> c, std::span<const double>) {
                                return Drive{60.0 * kout * (1.0 + stimulus(c[1], c[2])), 60.0 * kout};
                              }};
  std::vector<Duration> times;
  for (int minute = 0; minute <= 20160; minute += 20) times.push_back(minute * units::min);
  const std::vector<double> reference = by_odeint();
  ASSERT_EQ(reference.size(), times.size());
  for (const double tolerance : {1e-6, 1e-8, 1e-10}) {
    const auto curve = solve_cascade(timeline, {&response, 1}, times, tolerance);
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
