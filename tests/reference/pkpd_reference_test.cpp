// The third road: the shipped models integrated step by step, against the exact solution.
//
//   dA/dt = K A + r,  Runge-Kutta-Fehlberg 7(8) of Boost.Odeint in long double, each step's error
//   below 1e-15 relative; no step crosses the start or the end of a dose.
//
// Agreement to 1e-10 relative wherever the concentration is above 1e-9 of its highest.
#include <gtest/gtest.h>

#include <algorithm>
#include <boost/numeric/odeint/integrate/integrate_adaptive.hpp>
#include <boost/numeric/odeint/stepper/controlled_runge_kutta.hpp>
#include <boost/numeric/odeint/stepper/generation.hpp>
#include <boost/numeric/odeint/stepper/runge_kutta_fehlberg78.hpp>

#include "shipped_models.hpp"

namespace evenkeel::pkpd {
namespace {

namespace odeint = boost::numeric::odeint;
using State = std::vector<long double>;

double rate_mg_h(std::span<const Dose> doses, double from_h, double to_h) {
  double rate = 0.0;
  for (const Dose& dose : doses) {
    const double start = dose.at.in(units::h);
    const double end = (dose.at + dose.length).in(units::h);
    if (start < end && start <= from_h && to_h <= end) rate += dose.amount.in(units::mg) / (end - start);
  }
  return rate;
}

void step_through(const LinearSystem& system, double input_mg_h, double from_h, double to_h, State& amounts) {
  const auto n = system.rates.rows();
  const auto slope = [&](const State& now, State& change, long double) {
    for (Eigen::Index i = 0; i < n; ++i) {
      long double sum = i == static_cast<Eigen::Index>(system.input) ? input_mg_h : 0.0L;
      for (Eigen::Index j = 0; j < n; ++j) sum += system.rates(i, j) * now[static_cast<std::size_t>(j)];
      change[static_cast<std::size_t>(i)] = sum;
    }
  };
  const auto stepper =
      odeint::make_controlled<odeint::runge_kutta_fehlberg78<State, long double>>(1e-24L, 1e-15L);
  odeint::integrate_adaptive(stepper, slope, amounts, static_cast<long double>(from_h),
                             static_cast<long double>(to_h), static_cast<long double>(to_h - from_h) * 1e-6L);
}

// The amounts at each of `times_h` (rising), after any bolus of that moment.
std::vector<State> integrate(const LinearSystem& system, std::span<const Dose> doses,
                             std::span<const double> times_h) {
  std::vector<double> stops(times_h.begin(), times_h.end());
  for (const Dose& dose : doses) {
    stops.push_back(dose.at.in(units::h));
    stops.push_back((dose.at + dose.length).in(units::h));
  }
  std::ranges::sort(stops);
  stops.erase(std::unique(stops.begin(), stops.end()), stops.end());
  std::vector<State> found;
  State amounts(static_cast<std::size_t>(system.rates.rows()), 0.0L);
  for (std::size_t i = 0; i < stops.size(); ++i) {
    if (i > 0)
      step_through(system, rate_mg_h(doses, stops[i - 1], stops[i]), stops[i - 1], stops[i], amounts);
    for (const Dose& dose : doses) {
      if (dose.length == Duration{} && dose.at.in(units::h) == stops[i])
        amounts[system.input] += dose.amount.in(units::mg);
    }
    if (std::ranges::binary_search(times_h, stops[i])) found.push_back(amounts);
  }
  return found;
}

void expect_the_same_course(const LinearSystem& system, std::span<const Dose> doses,
                            std::span<const double> times_h) {
  const auto stepped = integrate(system, doses, times_h);
  ASSERT_EQ(stepped.size(), times_h.size());
  for (const Road road : {Road::best, Road::matrix_exponential}) {
    const Trajectory exact = *Trajectory::make({{Duration{}, system}}, doses, road);
    for (std::size_t output = 0; output < system.outputs.size(); ++output) {
      const auto& read = system.outputs[output];
      std::vector<double> levels;
      for (const State& state : stepped) {
        levels.push_back(static_cast<double>(state[read.compartment]) / read.volume.in(units::L));
      }
      const double highest = *std::ranges::max_element(levels);
      for (std::size_t i = 0; i < times_h.size(); ++i) {
        if (levels[i] <= 1e-9 * highest) continue;
        const double level = exact.concentration(times_h[i] * units::h, output).in(units::mg / units::L);
        EXPECT_NEAR(level, levels[i], 1e-10 * levels[i])
            << "output " << output << " at " << times_h[i] << " h";
      }
    }
  }
}

std::vector<double> evenly(double step_h, double until_h) {
  std::vector<double> times;
  for (int i = 0; i * step_h <= until_h; ++i) times.push_back(i * step_h);
  return times;
}

void for_each_shipped_model(std::span<const Dose> doses, std::span<const double> times_h) {
  const auto models = shipped_models();
  EXPECT_GE(models.size(), 3U);
  for (const Model& model : models) {
    for (const double weight_kg : {45.0, 70.0, 140.0}) {
      const auto system = make_system(model, {weight_kg * units::kg, std::nullopt});
      if (!system && system.error().code == ErrorCode::outside_domain) continue;
      ASSERT_TRUE(system.has_value()) << model.id;
      SCOPED_TRACE(testing::Message() << model.id << ", " << weight_kg << " kg");
      expect_the_same_course(*system, doses, times_h);
    }
  }
}

TEST(ThreeRoads, AgreeForOneInfusion) {
  const std::vector<Dose> doses{{Duration{}, 40.0 * units::min, 35.0 * units::mg}};
  for_each_shipped_model(doses, evenly(0.125, 24.0));
}

TEST(ThreeRoads, AgreeForABolusInsideOverlappingInfusions) {
  const std::vector<Dose> doses{{0.0 * units::h, 1.0 * units::h, 40.0 * units::mg},
                                {0.5 * units::h, 1.0 * units::h, 20.0 * units::mg},
                                {0.75 * units::h, Duration{}, 10.0 * units::mg},
                                {1.0 * units::h, Duration{}, 5.0 * units::mg},
                                {1.0 * units::h, Duration{}, 5.0 * units::mg}};
  for_each_shipped_model(doses, evenly(0.05, 6.0));
}

TEST(ThreeRoads, AgreeForSixSessionsInTwoWeeks) {
  std::vector<Dose> doses;
  for (const double day : {0.0, 2.0, 4.0, 7.0, 9.0, 11.0}) {
    doses.push_back({day * units::day, 40.0 * units::min, 42.0 * units::mg});
  }
  for_each_shipped_model(doses, evenly(3.0, 336.0));
}

}  // namespace
}  // namespace evenkeel::pkpd
