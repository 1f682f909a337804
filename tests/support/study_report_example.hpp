// A report of the study in study_example.hpp, its assumptions moved at random.
#pragma once

#include "report/study_report.hpp"
#include "support/study_outcomes.hpp"

namespace evenkeel::study_test {

inline cohort::Ranking example_ranking(const cohort::Study& study, const cohort::Tallies& tallies,
                                       std::uint64_t seed) {
  Draws draws{seed};
  const auto plan = cohort::sensitivity_plan(study);
  const auto base = cohort::headlines(study, tallies);
  std::vector<std::vector<cohort::Headline>> results;
  for (std::size_t i = 0; i < plan.size(); ++i) {
    auto found = base;
    for (cohort::Headline& each : found) {
      if (each.value && draws.chance(0.7)) *each.value *= draws.number(0.6, 1.3);
    }
    results.push_back(std::move(found));
  }
  return cohort::rank(study, base, plan, results);
}

inline report::StudyReport example_report(const cohort::Study& study,
                                          const std::vector<cohort::Outcome>& outcomes) {
  const auto tallies = tallied(study, outcomes);
  return {"evenkeel 0.1.0", cohort::result_of(study, tallies, example_rules()),
          example_ranking(study, tallies, 3)};
}

}  // namespace evenkeel::study_test
