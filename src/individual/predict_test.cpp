#include "individual/predict.hpp"

#include <gtest/gtest.h>

#include "pkpd/propagate.hpp"
#include "support/patient_course.hpp"
#include "support/shipped_models.hpp"
#include "support/three_compartments.hpp"

namespace evenkeel::individual {
namespace {

using units::h;
using units::mg;

struct Made {
  explicit Made(Question asked) : question(std::move(asked)) {}
  Question question;
  Problem problem = *Problem::make(question);
  Estimate estimate = most_likely(problem);
  Posterior posterior = sample(problem, estimate, {.effective = 1000.0});
};

TEST(Curve, PassesThroughWhatIsPredictedOfTheMeasurements) {
  const pkpd::Structure structure{test::three_compartments()};
  const Made made{test::four_assays(structure)};
  std::vector<ReadAt> read_at;
  for (const Measured& each : made.question.measured) read_at.push_back({each.at});
  const auto found = *curve(made.problem, made.estimate.z, read_at);
  for (std::size_t i = 0; i < found.size(); ++i) {
    const double expected = made.estimate.at.predicted[static_cast<Eigen::Index>(i)];
    EXPECT_NEAR(found[i], expected, 1e-12 * expected);
  }
}

TEST(Curves, AreThoseOfTheMembersOnAnyNumberOfThreads) {
  const pkpd::Structure structure{test::three_compartments()};
  const Made made{test::four_assays(structure)};
  const std::vector<ReadAt> read_at{{2.0 * h}, {0.5 * h}};
  const auto one = *curves(made.problem, made.posterior, read_at, 50, 1);
  EXPECT_EQ(one, *curves(made.problem, made.posterior, read_at, 50, 2));
  const auto chosen = equally_likely(made.posterior, 50);
  for (const Eigen::Index i : {0, 17, 49}) {
    const Eigen::VectorXd z =
        made.posterior.z.col(static_cast<Eigen::Index>(chosen[static_cast<std::size_t>(i)]));
    const auto course = test::course_of(made.question, {*made.problem.values(z, 0)});
    EXPECT_NEAR(one(0, i), course.concentration(2.0 * h).canonical(), 1e-11);
    EXPECT_NEAR(one(1, i), course.concentration(0.5 * h).canonical(), 1e-11);
  }
}

TEST(Curves, WithoutMeasurementsAreThePopulations) {
  const pkpd::Structure structure{test::three_compartments()};
  Question question = test::four_assays(structure);
  question.measured.clear();
  const Made made{question};
  const std::vector<ReadAt> read_at{{1.0 * h}};
  const auto found = *curves(made.problem, made.posterior, read_at, 200);
  for (const std::uint32_t member : {0U, 5U, 199U}) {
    std::vector<double> etas(3, 0.0);
    made.problem.effects().add_subject_etas(made.posterior.seed, member, etas);
    const auto values = *made.problem.effects().individual(made.problem.typical()[0], etas);
    const double expected = test::course_of(question, {values}).concentration(1.0 * h).canonical();
    EXPECT_NEAR(found(0, static_cast<Eigen::Index>(member)), expected, 1e-11);
  }
}

TEST(Bands, ArePercentilesOfEachRow) {
  Eigen::MatrixXd curves(2, 101);
  for (Eigen::Index i = 0; i <= 100; ++i) curves.col(i) << static_cast<double>(100 - i), 7.0;
  const std::vector<double> probabilities{0.05, 0.5};
  const auto found = bands(curves, probabilities);
  EXPECT_NEAR(found(0, 0), 5.0, 0.6);
  EXPECT_NEAR(found(0, 1), 50.0, 0.6);
  EXPECT_EQ(found(1, 0), 7.0);
}

TEST(Forecast, MembersGoOnAsTheirCurvesDo) {
  const pkpd::Structure structure{test::three_compartments()};
  const Made made{test::four_assays(structure)};
  const auto found = forecast(made.problem, made.posterior, {4.0 * h, {}, 2}, 20);
  ASSERT_TRUE(found.has_value()) << to_string(found.error());
  EXPECT_EQ(found->basis, Basis::measured);
  ASSERT_EQ(found->members.size(), 20U);
  const std::vector<ReadAt> later{{9.0 * h}};
  const auto expected = *curves(made.problem, made.posterior, later, 20);
  for (std::size_t i = 0; i < found->members.size(); ++i) {
    const Member& member = found->members[i];
    const Eigen::VectorXd amounts =
        pkpd::propagate_amounts(member.system, member.amounts, Eigen::VectorXd::Zero(3), 5.0);
    const double level = amounts[0] / member.system.outputs[0].volume.canonical();
    EXPECT_NEAR(level, expected(0, static_cast<Eigen::Index>(i)), 1e-10 * level);
  }
}

TEST(Forecast, SaysWhatItRestsOn) {
  pkpd::Model model = test::three_compartments();
  const pkpd::Structure varied{model};
  Question question = test::four_assays(varied);
  question.measured.clear();
  const Made population{question};
  EXPECT_EQ(forecast(population.problem, population.posterior, {9.0 * h, {}, 2}, 5)->basis,
            Basis::population);
  model.variability.blocks.clear();
  const pkpd::Structure even{model};
  question.structure = &even;
  const Made typical{question};
  const auto found = forecast(typical.problem, typical.posterior, {9.0 * h, {}, 2}, 5);
  EXPECT_EQ(found->basis, Basis::typical);
  EXPECT_EQ(found->members.size(), 1U);
}

TEST(Forecast, RefusesToBeginBeforeSomethingThatWasGivenOrMeasured) {
  const pkpd::Structure structure{test::three_compartments()};
  const Made made{test::four_assays(structure)};
  for (const double early_h : {-1.0, 0.0, 0.5, 3.0}) {
    const auto found = forecast(made.problem, made.posterior, {early_h * h, {}, 2}, 5);
    ASSERT_FALSE(found.has_value()) << early_h;
    EXPECT_EQ(found.error().code, ErrorCode::invalid_input);
  }
}

// A swallowed dose enters over some time; the state at its end is not that at `now`.
TEST(Forecast, RefusesToBeginWhileADoseIsStillEntering) {
  const pkpd::Structure structure = pkpd::shipped_structure("perez-ruixo-2021");
  const pkpd::Patient patient{70.0 * units::kg, 40.0, false, false};
  const std::size_t oral = *structure.route("oral");
  const auto typical = *structure.typical(patient);
  const Duration over = *structure.entries(oral, typical)->front().over;
  const Made made{{&structure, {{0.0 * h, patient, 1}}, {{0.0 * h, {}, 40.0 * mg, oral}}, {}}};
  const auto early = forecast(made.problem, made.posterior, {0.5 * over, patient, 2}, 5);
  ASSERT_FALSE(early.has_value());
  EXPECT_EQ(early.error().code, ErrorCode::invalid_input);
  EXPECT_TRUE(forecast(made.problem, made.posterior, {1.1 * over, patient, 2}, 5).has_value());
}

}  // namespace
}  // namespace evenkeel::individual
