// The nonlinear problem of tests/support/cascade_problem.hpp, 200 subjects with log-normal CL and V1
// (standard deviation 0.3), the response at 1,921 times: by the cascade solver, and by Boost.Odeint on all
// eight states. `error` is the largest difference of the response from dopri5 in long double at 1e-16, over
// ten subjects; the response begins at 1. The numbers: docs/adr/0011-nonlinear-effects.md.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <array>
#include <boost/numeric/odeint.hpp>
#include <cmath>
#include <random>

#include "support/cascade_problem.hpp"

namespace evenkeel::pkpd {
namespace {

namespace odeint = boost::numeric::odeint;
namespace problem = cascade_problem;

constexpr std::size_t compared = 10;

const std::vector<problem::Subject>& subjects() {
  static const auto all = [] {
    std::mt19937_64 rng{1};
    std::normal_distribution<double> eta{0.0, 0.3};
    std::vector<problem::Subject> made(200);
    for (auto& each : made) {
      each.CL *= std::exp(eta(rng));
      each.V1 *= std::exp(eta(rng));
    }
    return made;
  }();
  return all;
}

// The response at the grid, by dense output; steps are counted.
template <class T>
std::vector<T> by_dopri5(const problem::Subject& subject, T relative, T absolute, std::size_t& steps) {
  using State = std::array<T, 8>;
  const auto times = problem::grid_min();
  State y{};
  y[7] = T(1);
  std::vector<double> edges;
  for (const int day : problem::session_days) {
    edges.push_back(day * 1440.0);
    edges.push_back(day * 1440.0 + problem::session_min);
  }
  edges.push_back(problem::until_min);
  std::vector<T> response;
  for (std::size_t k = 0; k + 1 < edges.size(); ++k) {
    const T rate = k % 2 == 0 ? T(problem::rate_mg_min) : T(0);
    const auto slope = [&](const State& now, State& d, T) { problem::slope(subject, now, d, rate); };
    auto stepper = odeint::make_dense_output(absolute, relative, odeint::runge_kutta_dopri5<State, T>());
    stepper.initialize(y, T(edges[k]), T(0.01));
    while (stepper.current_time() < T(edges[k + 1])) {
      stepper.do_step(slope);
      ++steps;
      const T until = std::min(stepper.current_time(), T(edges[k + 1]));
      for (State at; response.size() < times.size() && T(times[response.size()]) < until;) {
        stepper.calc_state(T(times[response.size()]), at);
        response.push_back(at[7]);
      }
    }
    stepper.calc_state(T(edges[k + 1]), y);
  }
  response.push_back(y[7]);
  return response;
}

const std::vector<std::vector<long double>>& reference() {
  static const auto all = [] {
    std::vector<std::vector<long double>> made;
    std::size_t steps = 0;
    for (std::size_t i = 0; i < compared; ++i)
      made.push_back(by_dopri5<long double>(subjects()[i], 1e-16L, 1e-16L, steps));
    return made;
  }();
  return all;
}

// `solve(subject, steps)` gives the response at every time.
template <class Solve>
void measure(benchmark::State& state, Solve&& solve) {
  std::size_t steps = 0;
  std::size_t next = 0;
  std::size_t solved = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(solve(subjects()[next], steps));
    next = (next + 1) % subjects().size();
    ++solved;
  }
  double error = 0.0;
  for (std::size_t i = 0; i < compared; ++i) {
    std::size_t ignored = 0;
    const auto response = solve(subjects()[i], ignored);
    for (std::size_t row = 0; row < reference()[i].size(); ++row) {
      const auto difference = static_cast<long double>(response[row]) - reference()[i][row];
      error = std::max(error, static_cast<double>(std::abs(difference)));
    }
  }
  state.counters["steps"] = static_cast<double>(steps) / static_cast<double>(solved);
  state.counters["error"] = error;
}

double tolerance_of(const benchmark::State& state) {
  return std::pow(10.0, -static_cast<double>(state.range(0)));
}

void cascade(benchmark::State& state) {
  const auto times = problem::grid();
  const CascadeState response = problem::response();
  const double tolerance = tolerance_of(state);
  measure(state, [&](const problem::Subject& subject, std::size_t& steps) {
    const auto curve = solve_cascade(problem::timeline(subject), {&response, 1}, times, tolerance);
    steps += curve->steps;
    return std::vector<double>(curve->states.data(), curve->states.data() + curve->states.size());
  });
}
BENCHMARK(cascade)->DenseRange(4, 10, 2)->Unit(benchmark::kMicrosecond);

void dopri5(benchmark::State& state) {
  const double tolerance = tolerance_of(state);
  measure(state, [&](const problem::Subject& subject, std::size_t& steps) {
    return by_dopri5<double>(subject, tolerance, tolerance / 100.0, steps);
  });
}
BENCHMARK(dopri5)->DenseRange(6, 10, 2)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace evenkeel::pkpd
