// Measures the work of patients.hpp, on one thread. Counter `per_s`: patients, densities or concentrations.
#include <benchmark/benchmark.h>

#include "patients.hpp"

namespace evenkeel::bench {
namespace {

using benchmark::State;

void count(State& state, Eigen::Index each) {
  state.counters["per_s"] =
      benchmark::Counter(static_cast<double>(each), benchmark::Counter::kIsIterationInvariantRate);
}

void one_patient(State& state) {
  const auto problem = patients(1).front();
  for (auto _ : state) benchmark::DoNotOptimize(individual::estimate(problem));
  count(state, 1);
}
BENCHMARK(one_patient)->Unit(benchmark::kMicrosecond);

void ten_thousand_patients(State& state) {
  const auto problems = patients(10'000);
  for (auto _ : state) benchmark::DoNotOptimize(individual::estimate_each(problems));
  count(state, 10'000);
}
BENCHMARK(ten_thousand_patients)->Unit(benchmark::kMillisecond);

void ten_thousand_densities(State& state) {
  const auto problem = patients(1).front();
  const Eigen::MatrixXd z = parameter_draws(10'000);
  for (auto _ : state) benchmark::DoNotOptimize(individual::log_density(problem, z));
  count(state, z.cols());
}
BENCHMARK(ten_thousand_densities)->Unit(benchmark::kMillisecond);

void thousand_curves_of_a_day(State& state) {
  const auto problem = patients(1).front();
  const Eigen::MatrixXd z = parameter_draws(1000);
  std::vector<double> times;
  for (int minute = 0; minute < 24 * 60; minute += 5) times.push_back(minute / 60.0);
  for (auto _ : state) benchmark::DoNotOptimize(individual::curves(problem, z, times));
  count(state, z.cols() * std::ssize(times));
}
BENCHMARK(thousand_curves_of_a_day)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace evenkeel::bench

BENCHMARK_MAIN();
