// Measures the works of work.hpp. Counters: `outputs` a second; `x_textbook`, how many times that is what
// the textbook's sum over doses does on one core; `of_write_limit`, the share of the machine's speed of
// writing to memory; `MB`, the most memory held. One thread: the time of its processor; two: real time.
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

void count(State& state, const Machine& machine, const Batch& batch) {
  const double outputs = outputs_of(batch) * static_cast<double>(state.iterations());
  state.counters["outputs"] = Counter(outputs, Counter::kIsRate);
  state.counters["x_textbook"] = Counter(outputs / machine.textbook_outputs_per_s, Counter::kIsRate);
}

BatchOptions threads_of(const State& state) {
  return {.threads = static_cast<int>(state.range(0))};
}

void run_curves(State& state, const Machine& machine, const Batch& batch, bool reuse) {
  BatchCurves curves;
  if (reuse) curves = *std::move(*pkpd::simulate(batch, threads_of(state)));
  for (auto _ : state) {
    if (!reuse) curves = {};
    curves = *std::move(*pkpd::simulate(batch, threads_of(state), std::move(curves)));
    benchmark::DoNotOptimize(curves.at(0, 0, 0));
  }
  count(state, machine, batch);
  const double bytes = outputs_of(batch) * sizeof(double) * static_cast<double>(state.iterations());
  state.counters["of_write_limit"] = Counter(bytes / machine.write_bytes_per_s, Counter::kIsRate);
}

void run_summaries(State& state, const Machine& machine, const Batch& batch) {
  const std::vector<double> levels(batch.outputs.size(), 0.1);
  for (auto _ : state) benchmark::DoNotOptimize(pkpd::summarise(batch, levels, threads_of(state)));
  count(state, machine, batch);
}

void run_bands(State& state, const Machine& machine, const Batch& batch, bool exact) {
  forget_peak_memory();
  for (auto _ : state)
    benchmark::DoNotOptimize(pkpd::percentile_bands(batch, {.exact = exact}, threads_of(state)));
  state.counters["MB"] = peak_memory_MB();
  count(state, machine, batch);
}

void measure(const std::string& name, std::initializer_list<int> threads, std::function<void(State&)> run) {
  for (const int count : threads) {
    auto* made = benchmark::RegisterBenchmark(name.c_str(), [run](State& state) { run(state); });
    made->Arg(count)->ArgName("threads")->Unit(benchmark::kMillisecond);
    if (count > 1) made->UseRealTime();
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
