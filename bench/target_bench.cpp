// What one update of a target-controlled infusion costs, and a schedule of an hour with rising and falling
// targets (the problem of tests/support/target_problem.hpp; its values are checked in
// src/plan/target_test.cpp).
#include <benchmark/benchmark.h>

#include "plan/target_steering.hpp"
#include "support/target_problem.hpp"

namespace {

using namespace evenkeel;

// From the given minute of the schedule: 0 is loading from rest, 10 is holding.
void one_update(benchmark::State& state, const plan::TargetQuestion& question) {
  const auto answer = *plan::plan_target(question);
  const plan::TargetSteering steering{question.site, question.update, plan::steps_of(question.pump)};
  const Eigen::VectorXd amounts = answer.course.amounts.col(6 * state.range(0));
  for (auto _ : state) benchmark::DoNotOptimize(steering.next(amounts, question.targets.front().level));
}

// All that a new patient costs before the first update.
void set_up_and_one_update(benchmark::State& state, const plan::TargetQuestion& question) {
  for (auto _ : state) {
    const plan::TargetSteering steering{question.site, question.update, plan::steps_of(question.pump)};
    benchmark::DoNotOptimize(steering.next(question.amounts, question.targets.front().level));
  }
}

void an_hour(benchmark::State& state, const plan::TargetQuestion& question) {
  for (auto _ : state) benchmark::DoNotOptimize(plan::plan_target(question));
}

// Where the largest rate is found to its last digit: no pump cuts it short.
plan::TargetQuestion unbound() {
  auto question = test::effect_site_question();
  question.pump.largest = 1e5 * test::mL_h;
  return question;
}

plan::TargetQuestion by_hand() {
  auto question = test::effect_site_question();
  question.by_hand = 5.0 * units::min;
  question.within = 0.1;
  return question;
}

BENCHMARK_CAPTURE(one_update, effect_site_unbound, unbound())->Arg(0)->ArgName("minute");
BENCHMARK_CAPTURE(one_update, effect_site, test::effect_site_question())->Arg(0)->Arg(10)->ArgName("minute");
BENCHMARK_CAPTURE(one_update, plasma, test::plasma_question())->Arg(0)->Arg(10)->ArgName("minute");
BENCHMARK_CAPTURE(set_up_and_one_update, effect_site, test::effect_site_question());
BENCHMARK_CAPTURE(an_hour, effect_site, test::effect_site_question())->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(an_hour, plasma, test::plasma_question())->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(an_hour, by_hand, by_hand())->Unit(benchmark::kMicrosecond);

}  // namespace
