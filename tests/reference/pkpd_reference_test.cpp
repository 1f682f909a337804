// The third road: every shipped model by every route, integrated step by step, against the exact solution.
//
//   dA/dt = K A + r,  Runge-Kutta-Fehlberg 7(8) of Boost.Odeint in long double, each step's error
//   below 1e-15 relative; no step crosses the start or the end of what is given.
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

// What reaches one compartment, evenly from one time to another, or at once where they are equal.
struct Input {
  std::size_t compartment = 0;
  double from_h = 0.0;
  double to_h = 0.0;
  double amount_mg = 0.0;
};

std::vector<Input> inputs_of(const Structure& structure, const Values& values,
                             const std::vector<Given>& doses) {
  std::vector<Input> inputs;
  for (const Given& dose : doses) {
    const auto entries = structure.entries(*structure.route(dose.route), values);
    EXPECT_TRUE(entries.has_value());
    for (const Entry& entry : *entries) {
      const double from_h = dose.at_h + entry.lag.in(units::h);
      const double length_h =
          dose.length_h > 0.0 ? dose.length_h : entry.over.value_or(Duration{}).in(units::h);
      inputs.push_back({entry.compartment, from_h, from_h + length_h, entry.fraction * dose.amount_mg});
    }
  }
  return inputs;
}

void step_through(const LinearSystem& system, std::span<const Input> inputs, double from_h, double to_h,
                  State& amounts) {
  State rate_mg_h(amounts.size(), 0.0L);
  for (const Input& input : inputs) {
    if (input.from_h < input.to_h && input.from_h <= from_h && to_h <= input.to_h)
      rate_mg_h[input.compartment] += input.amount_mg / (input.to_h - input.from_h);
  }
  const auto slope = [&](const State& now, State& change, long double) {
    for (std::size_t i = 0; i < now.size(); ++i) {
      long double sum = rate_mg_h[i];
      for (std::size_t j = 0; j < now.size(); ++j)
        sum += system.rates(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j)) * now[j];
      change[i] = sum;
    }
  };
  const auto stepper =
      odeint::make_controlled<odeint::runge_kutta_fehlberg78<State, long double>>(1e-24L, 1e-15L);
  odeint::integrate_adaptive(stepper, slope, amounts, static_cast<long double>(from_h),
                             static_cast<long double>(to_h), static_cast<long double>(to_h - from_h) * 1e-6L);
}

// The amounts at each of `times_h` (rising), after any bolus of that moment.
std::vector<State> integrate(const LinearSystem& system, std::span<const Input> inputs,
                             std::span<const double> times_h) {
  std::vector<double> stops(times_h.begin(), times_h.end());
  for (const Input& input : inputs) {
    stops.push_back(input.from_h);
    stops.push_back(input.to_h);
  }
  std::ranges::sort(stops);
  stops.erase(std::unique(stops.begin(), stops.end()), stops.end());
  std::vector<State> found;
  State amounts(static_cast<std::size_t>(system.rates.rows()), 0.0L);
  for (std::size_t i = 0; i < stops.size(); ++i) {
    if (i > 0) step_through(system, inputs, stops[i - 1], stops[i], amounts);
    for (const Input& input : inputs) {
      if (input.from_h == input.to_h && input.from_h == stops[i])
        amounts[input.compartment] += input.amount_mg;
    }
    if (std::ranges::binary_search(times_h, stops[i])) found.push_back(amounts);
  }
  return found;
}

void expect_the_same_course(const Structure& structure, const Values& values, const std::vector<Given>& doses,
                            std::span<const double> times_h) {
  const LinearSystem system = *structure.system(values);
  const auto stepped = integrate(system, inputs_of(structure, values, doses), times_h);
  ASSERT_EQ(stepped.size(), times_h.size());
  for (const Road road : {Road::best, Road::matrix_exponential}) {
    const Trajectory exact = course_of(structure, values, doses, road);
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

// The numbers that a general model leaves to its user, and a lag and bioavailability worth testing.
std::vector<Override> user_numbers(const Model& model) {
  std::vector<Override> given;
  for (std::size_t i = 0; i < model.parameters.size(); ++i) {
    const Parameter& each = model.parameters[i];
    const bool general = !model.domain.weight;
    const double nth = 1.0 + 0.13 * static_cast<double>(i);
    if (general && each.dimension == Dimension::fraction) given.push_back({i, 0.8});
    if (general && each.name.starts_with("ALAG")) given.push_back({i, 0.21});
    if (each.value) continue;
    if (each.dimension == Dimension::clearance) given.push_back({i, 45.0 * nth});
    if (each.dimension == Dimension::volume) given.push_back({i, 60.0 * nth});
    if (each.dimension == Dimension::rate_constant) given.push_back({i, 1.4 * nth});
  }
  return given;
}

// `doses` name no route: each model takes them by each of its own.
void for_each_shipped_model(std::vector<Given> doses, std::span<const double> times_h) {
  const auto models = shipped_models();
  EXPECT_GE(models.size(), 20U);
  for (const Model& model : models) {
    const Structure structure{model};
    std::size_t patients = 0;
    for (const Patient& patient :
         {Patient{45.0 * units::kg, 30.0, false, false}, Patient{70.0 * units::kg, 72.0, true, true},
          Patient{140.0 * units::kg, 50.0, true, false}, Patient{14.0 * units::kg, 4.0, false, false}}) {
      const auto values = structure.typical(patient, user_numbers(model));
      if (!values && values.error().code == ErrorCode::outside_domain) continue;
      ASSERT_TRUE(values.has_value()) << model.id;
      ++patients;
      for (const Route& route : model.routes) {
        SCOPED_TRACE(testing::Message()
                     << model.id << " " << route.id << ", " << patient.weight->in(units::kg) << " kg");
        for (Given& dose : doses) dose.route = route.id;
        expect_the_same_course(structure, *values, doses, times_h);
      }
    }
    EXPECT_GE(patients, 1U) << model.id << " was not tested";
  }
}

TEST(ThreeRoads, AgreeForOneInfusion) {
  for_each_shipped_model({{"", 0.0, 35.0, 40.0 / 60.0}}, evenly(0.125, 24.0));
}

TEST(ThreeRoads, AgreeForADoseInsideOverlappingInfusions) {
  for_each_shipped_model(
      {{"", 0.0, 40.0, 1.0}, {"", 0.5, 20.0, 1.0}, {"", 0.75, 10.0}, {"", 1.0, 5.0}, {"", 1.0, 5.0}},
      evenly(0.05, 6.0));
}

TEST(ThreeRoads, AgreeForSixSessionsInTwoWeeks) {
  std::vector<Given> doses;
  for (const double day : {0.0, 2.0, 4.0, 7.0, 9.0, 11.0}) {
    doses.push_back({"", 24.0 * day, 42.0, 40.0 / 60.0});
    doses.push_back({"", 24.0 * day + 2.0, 7.0});
  }
  for_each_shipped_model(doses, evenly(6.0, 336.0));
}

}  // namespace
}  // namespace evenkeel::pkpd
