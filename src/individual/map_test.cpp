#include "individual/map.hpp"

#include <gtest/gtest.h>

#include "support/three_compartments.hpp"

namespace evenkeel::individual {
namespace {

using units::h;

TEST(MostLikely, IsFlatAndHigherAllAround) {
  const pkpd::Structure structure{test::three_compartments()};
  const auto problem = *Problem::make(test::four_assays(structure));
  const Estimate found = most_likely(problem);
  ASSERT_TRUE(found.converged);
  EXPECT_LT(found.at.gradient.cwiseAbs().maxCoeff(), 1e-7);
  for (Eigen::Index j = 0; j < 3; ++j) {
    for (const double by : {-1e-3, 1e-3})
      EXPECT_GT(problem.objective(found.z + by * Eigen::VectorXd::Unit(3, j)), found.at.objective);
  }
}

TEST(MostLikely, WithoutMeasurementsIsTheTypicalPatientAtOnce) {
  const pkpd::Structure structure{test::three_compartments()};
  Question question = test::four_assays(structure);
  question.measured.clear();
  const Estimate found = most_likely(*Problem::make(question));
  EXPECT_TRUE(found.converged);
  EXPECT_EQ(found.iterations, 0);
  EXPECT_EQ(found.z.size(), 0);
}

// A sample before any dose that found a thousand times the assay's scatter: F is large for good, and no
// reason to stop early.
TEST(MostLikely, AReadingThatNothingExplainsDoesNotLoosenTheOthers) {
  pkpd::Model model = test::three_compartments();
  model.variability.residuals = {{"CP", 0.15, Concentration::from_canonical(1e-3), 0.0, {}}};
  const pkpd::Structure structure{model};
  Question question = test::four_assays(structure);
  question.spans[0].from = -2.0 * h;
  const Estimate expected = most_likely(*Problem::make(question));
  question.measured.push_back({"before", -1.0 * h, 0, Assayed{Concentration::from_canonical(10.0)}});
  const Estimate found = most_likely(*Problem::make(question));
  EXPECT_GT(found.at.objective, 1e7);
  EXPECT_TRUE(found.converged);
  EXPECT_NEAR((found.z - expected.z).cwiseAbs().maxCoeff(), 0.0, 1e-3);
}

TEST(MostLikely, WhatIsImpossibleEverywhereHasNotConverged) {
  const pkpd::Structure structure{test::three_compartments()};
  Question question = test::four_assays(structure);
  question.spans[0].from = -2.0 * h;
  question.measured.push_back({"before", -1.0 * h, 0, Assayed{Concentration::from_canonical(0.1)}});
  const Estimate found = most_likely(*Problem::make(question));
  EXPECT_FALSE(found.converged) << "a proportional error gives no chance where nothing is predicted";
}

}  // namespace
}  // namespace evenkeel::individual
