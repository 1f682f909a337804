// Measures the work of plan_work.hpp with 500 members: the predictions alone, and the whole proposal. Time:
// of the process, all threads added up (cpu), and real.
#include <benchmark/benchmark.h>

#include "plan_work.hpp"

namespace evenkeel::bench {
namespace {

void predict_500_candidates(benchmark::State& state) {
  const auto question = dose_question(500, static_cast<int>(state.range(0)));
  const auto work = predictions();
  for (auto _ : state) {
    auto predicted = plan::predict(question.models.front(), question.start, work.shapes, work.candidates,
                                   question.threads);
    benchmark::DoNotOptimize(predicted->front().peak.p50);
  }
}

void propose_500_candidates(benchmark::State& state) {
  const auto question = dose_question(500, static_cast<int>(state.range(0)));
  for (auto _ : state) {
    auto answer = plan::propose(question);
    benchmark::DoNotOptimize(answer->outcome);
  }
}

BENCHMARK(predict_500_candidates)
    ->ArgName("threads")
    ->Arg(1)
    ->Arg(2)
    ->Unit(benchmark::kMillisecond)
    ->MeasureProcessCPUTime()
    ->UseRealTime();
BENCHMARK(propose_500_candidates)
    ->ArgName("threads")
    ->Arg(1)
    ->Arg(2)
    ->Unit(benchmark::kMillisecond)
    ->MeasureProcessCPUTime()
    ->UseRealTime();

}  // namespace
}  // namespace evenkeel::bench
