// Measures the works of work.hpp. Counters: `outputs_per_s`; `x_textbook`, how many times that is what the
// textbook's sum over doses does on one core; `of_write_limit`, the share of what one core can write to
// memory; `MB`, the most memory held. Time: of the processor with one thread, real with two.
#include <benchmark/benchmark.h>

#include <functional>
#include <iostream>

#include "machine.hpp"
#include "pkpd/bands.hpp"
#include "work.hpp"

namespace evenkeel::bench {
namespace {

using benchmark::Counter;
using benchmark::State;
using pkpd::Batch;
using pkpd::BatchCurves;
using pkpd::BatchOptions;
using pkpd::BatchPlan;

double outputs_of(const Batch& batch) {
  return static_cast<double>(batch.subjects * batch.outputs.size() * batch.plans.front().rows());
}

BatchOptions threads_of(const State& state) {
  return {.threads = static_cast<int>(state.range(0))};
}

// Times `work`, state by state; the seconds of one, on average.
template <class Work>
double seconds_of(State& state, const Work& work) {
  const bool alone = state.range(0) == 1;
  double total = 0.0;
  for (auto _ : state) {
    const double start = alone ? processor_seconds() : real_seconds();
    work();
    const double seconds = (alone ? processor_seconds() : real_seconds()) - start;
    state.SetIterationTime(seconds);
    total += seconds;
  }
  return total / static_cast<double>(state.iterations());
}

void count(State& state, const Machine& machine, const Batch& batch, double seconds) {
  const double outputs_per_s = outputs_of(batch) / seconds;
  state.counters["outputs_per_s"] = outputs_per_s;
  state.counters["x_textbook"] = outputs_per_s / machine.textbook_outputs_per_s;
}

void run_curves(State& state, const Machine& machine, const Batch& batch, bool reuse) {
  BatchCurves curves;
  if (reuse) curves = *std::move(*pkpd::simulate(batch, threads_of(state)));
  const double seconds = seconds_of(state, [&] {
    if (!reuse) curves = {};
    curves = *std::move(*pkpd::simulate(batch, threads_of(state), std::move(curves)));
    benchmark::DoNotOptimize(curves.at(0, 0, 0));
  });
  count(state, machine, batch, seconds);
  state.counters["of_write_limit"] = outputs_of(batch) * sizeof(double) / seconds / machine.write_bytes_per_s;
}

void run_summaries(State& state, const Machine& machine, const Batch& batch) {
  const std::vector<double> levels(batch.outputs.size(), 0.1);
  const double seconds =
      seconds_of(state, [&] { benchmark::DoNotOptimize(pkpd::summarise(batch, levels, threads_of(state))); });
  count(state, machine, batch, seconds);
}

void run_bands(State& state, const Machine& machine, const Batch& batch, bool exact) {
  forget_peak_memory();
  const double seconds = seconds_of(state, [&] {
    benchmark::DoNotOptimize(pkpd::percentile_bands(batch, {.exact = exact}, threads_of(state)));
  });
  state.counters["MB"] = peak_memory_MB();
  count(state, machine, batch, seconds);
}

void measure(const std::string& name, std::initializer_list<int> threads, std::function<void(State&)> run) {
  for (const int count : threads) {
    auto* made = benchmark::RegisterBenchmark(name.c_str(), [run](State& state) { run(state); });
    made->Arg(count)->ArgName("threads")->Unit(benchmark::kMillisecond)->UseManualTime();
  }
}

Batch mixed_regimens(const Cohort& cohort, std::size_t regimens) {
  std::vector<BatchPlan> plans;
  for (const auto& regimen : different_regimens(regimens))
    plans.push_back(*BatchPlan::make(timeline_of(regimen), fortnight_grid_h()));
  Batch batch = cohort.batch(std::move(plans));
  for (std::size_t i = 0; i < batch.subjects; ++i)
    batch.plan_of.push_back(static_cast<std::uint32_t>(i % regimens));
  return batch;
}

struct Works {
  Cohort three = three_compartment_cohort(10'000);
  Cohort many = three_compartment_cohort(100'000);
  Cohort simons = simons_cohort(1000);
  BatchPlan even = *BatchPlan::make(timeline_of(six_infusions()), fortnight_grid_h());
  BatchPlan uneven = *BatchPlan::make(timeline_of(six_infusions()), irregular_grid_h());
};

void register_all(const Machine& machine, const Works& works) {
  const auto curves = [&machine](Batch batch, bool reuse = true) {
    return [&machine, batch, reuse](State& state) { run_curves(state, machine, batch, reuse); };
  };
  const auto bands = [&machine](Batch batch, bool exact) {
    return [&machine, batch, exact](State& state) { run_bands(state, machine, batch, exact); };
  };
  measure("bands/100000_subjects", {1, 2}, bands(works.many.batch({works.even}), false));
  measure("bands/100000_subjects_exact", {1, 2}, bands(works.many.batch({works.even}), true));
  measure("bands/10000_subjects", {1, 2}, bands(works.three.batch({works.even}), false));
  measure("curves/three_compartments", {1, 2}, curves(works.three.batch({works.even})));
  measure("curves/three_compartments_fresh_memory", {1, 2}, curves(works.three.batch({works.even}), false));
  measure("curves/irregular_times", {1, 2}, curves(works.three.batch({works.uneven})));
  measure("curves/100_regimens", {1, 2}, curves(mixed_regimens(works.three, 100)));
  measure("curves/eleven_compartments", {1, 2}, curves(works.simons.batch({works.even})));
  measure("curves/eleven_compartments_irregular", {1, 2}, curves(works.simons.batch({works.uneven})));
  const Batch summary = works.three.batch({works.even});
  measure("summaries/three_compartments", {1, 2},
          [&machine, summary](State& state) { run_summaries(state, machine, summary); });
  const Batch eleven = works.simons.batch({works.even});
  measure("summaries/eleven_compartments", {1, 2},
          [&machine, eleven](State& state) { run_summaries(state, machine, eleven); });
}

}  // namespace
}  // namespace evenkeel::bench

int main(int argc, char** argv) {
  using namespace evenkeel::bench;
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  const Machine machine = measure_machine();
  std::cerr << "writing to memory: " << machine.write_bytes_per_s / 1e9
            << " GB/s; the textbook: " << machine.textbook_outputs_per_s / 1e6 << " million outputs/s\n";
  const Works works;
  register_all(machine, works);
  benchmark::RunSpecifiedBenchmarks();
}
