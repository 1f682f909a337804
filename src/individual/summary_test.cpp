#include "individual/summary.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "support/shipped_models.hpp"
#include "support/three_compartments.hpp"

namespace evenkeel::individual {
namespace {

using units::h;
using units::mg;

TEST(Summary, WithoutMeasurementsThePatientIsThePopulation) {
  const pkpd::Structure structure{test::three_compartments()};
  Question question = test::four_assays(structure);
  question.measured.clear();
  const auto problem = *Problem::make(question);
  const Estimate estimate = most_likely(problem);
  const auto all = *summarise(problem, estimate, sample(problem, estimate));
  ASSERT_EQ(all.size(), 3U);
  const double typical = 1.93158 * 60.0;
  EXPECT_EQ(all[0].name, "CL");
  EXPECT_NEAR(all[0].typical, typical, 1e-9);
  EXPECT_NEAR(all[0].population.p5, typical * std::exp(-0.3 * 1.6448536269514722), 1e-9);
  EXPECT_EQ(all[0].posterior.p5, all[0].population.p5);
  EXPECT_EQ(all[0].posterior.p95, all[0].population.p95);
  EXPECT_EQ(all[0].moved, 0.0);
  EXPECT_EQ(all[0].shrinkage, 1.0);
}

TEST(Summary, MeasurementsNarrowWhatTheyTellOf) {
  const pkpd::Structure structure{test::three_compartments()};
  const auto problem = *Problem::make(test::four_assays(structure));
  const Estimate estimate = most_likely(problem);
  const auto all = *summarise(problem, estimate, sample(problem, estimate));
  EXPECT_NEAR(all[0].most_likely, 144.252023, 1e-5);
  EXPECT_NEAR(all[0].moved, std::log(144.252023 / (1.93158 * 60.0)) / 0.3, 1e-6);
  EXPECT_LT(all[0].shrinkage, 0.5);
  EXPECT_GT(all[0].posterior.p5, all[0].population.p5);
  for (const ParameterEstimate& each : all) {
    EXPECT_LT(each.posterior.p5, each.posterior.p50);
    EXPECT_LT(each.posterior.p50, each.posterior.p95);
  }
}

// Otto 2021, the parent alone measured: the metabolite's volume and clearance keep the population's width,
// whatever the number of draws.
TEST(Summary, WhatNothingTellsOfKeepsTheWidthOfThePopulation) {
  const pkpd::Structure structure = pkpd::shipped_structure("otto-2021");
  Question question{&structure, {{0.0 * h, pkpd::of_weight(70.0), 1}}, {{0.0 * h, 1.0 * h, 30.0 * mg}}, {}};
  question.measured = {{"1", 1.0 * h, 0, Assayed{Concentration::from_canonical(0.1)}}};
  const auto problem = *Problem::make(question);
  const Estimate estimate = most_likely(problem);
  for (const std::size_t draws : {7918U, 7919U, 10000U}) {
    const Posterior posterior = sample(problem, estimate, {.effective = 1e6, .most_draws = draws});
    const auto all = *summarise(problem, estimate, posterior);
    for (const std::size_t k : {2U, 3U}) {
      EXPECT_NEAR(all[k].posterior.p5, all[k].population.p5, 0.03 * all[k].population.p5) << draws;
      EXPECT_NEAR(all[k].posterior.p95, all[k].population.p95, 0.03 * all[k].population.p95) << draws;
      EXPECT_NEAR(all[k].shrinkage, 1.0, 1e-12);
    }
  }
}

}  // namespace
}  // namespace evenkeel::individual
