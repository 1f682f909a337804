#include "individual/problem.hpp"

#include <gtest/gtest.h>

#include <Eigen/Cholesky>
#include <array>
#include <limits>
#include <random>

#include "support/shipped_models.hpp"
#include "support/three_compartments.hpp"

namespace evenkeel::individual {
namespace {

using units::h;
using units::mg;

Concentration mg_L(double value) {
  return Concentration::from_canonical(value);
}

pkpd::RandomBlock block_of(pkpd::Level level, std::vector<std::string> parameters,
                           pkpd::Distribution distribution, Eigen::MatrixXd covariance) {
  pkpd::RandomBlock block;
  block.level = level;
  block.distributions.assign(parameters.size(), distribution);
  block.parameters = std::move(parameters);
  block.covariance = std::move(covariance);
  return block;
}

// The three compartments with every kind of effect: two that go together, one on the logit, one added, and
// two that are drawn anew on every occasion, one of them of a parameter that varies between patients too.
pkpd::Model every_kind() {
  using enum pkpd::Distribution;
  pkpd::Model model = test::three_compartments();
  pkpd::Parameter share;
  share.name = "F";
  share.value = 0.7;
  model.parameters.push_back(share);
  model.routes.front().paths.front().fraction = {{{"F"}, false}};
  model.variability.blocks = {
      block_of(pkpd::Level::subject, {"CL", "V1"}, log_normal, Eigen::MatrixXd{{0.09, 0.03}, {0.03, 0.04}}),
      block_of(pkpd::Level::subject, {"F"}, logit_normal, Eigen::MatrixXd{{0.5}}),
      block_of(pkpd::Level::subject, {"V3"}, normal, Eigen::MatrixXd{{400.0}}),
      block_of(pkpd::Level::occasion, {"F"}, logit_normal, Eigen::MatrixXd{{0.2}}),
      block_of(pkpd::Level::occasion, {"CL"}, log_normal, Eigen::MatrixXd{{0.02}})};
  model.variability.residuals = {{"CP", 0.15, mg_L(0.002), 0.0, {}}};
  return model;
}

// Two sessions a day apart, the patient's four assays and one below the limit in the first, one in the
// second.
Question two_sessions(const pkpd::Structure& structure) {
  Question question = test::four_assays(structure);
  question.spans.push_back({24.0 * h, {}, 2});
  question.given.push_back({24.0 * h, {}, 20.0 * mg});
  question.measured.push_back({"5", 10.0 * h, 0, Below{mg_L(0.004)}});
  question.measured.push_back({"6", 25.0 * h, 0, Assayed{mg_L(0.09)}});
  return question;
}

Eigen::VectorXd random_z(std::mt19937_64& rng, std::size_t n) {
  std::normal_distribution<double> normal;
  Eigen::VectorXd z(static_cast<Eigen::Index>(n));
  for (double& each : z) each = normal(rng);
  return z;
}

double difference(const Problem& problem, const Eigen::VectorXd& z, Eigen::Index j) {
  constexpr double apart = 0.01;
  constexpr std::array<double, 4> weight{4.0 / 5.0, -1.0 / 5.0, 4.0 / 105.0, -1.0 / 280.0};
  double sum = 0.0;
  for (std::size_t k = 0; k < weight.size(); ++k) {
    const Eigen::VectorXd by = static_cast<double>(k + 1) * apart * Eigen::VectorXd::Unit(z.size(), j);
    sum += weight[k] * (problem.objective(z + by) - problem.objective(z - by)) / apart;
  }
  return sum;
}

void expect_gradient(const Question& question, std::uint64_t seed) {
  const auto problem = *Problem::make(question);
  std::mt19937_64 rng{seed};
  for (int run = 0; run < 20; ++run) {
    const Eigen::VectorXd z = random_z(rng, problem.dimensions());
    const Evaluation at = problem.evaluate(z);
    EXPECT_EQ(at.objective, problem.objective(z));
    for (Eigen::Index j = 0; j < z.size(); ++j) {
      const double expected = difference(problem, z, j);
      EXPECT_NEAR(at.gradient[j], expected, 1e-8 * (std::abs(expected) + std::abs(at.objective)))
          << "run " << run << ", coordinate " << j;
    }
  }
}

TEST(Problem, TheGradientIsThatOfTheObjective) {
  const pkpd::Structure plain{test::three_compartments()};
  expect_gradient(test::four_assays(plain), 1);
  const pkpd::Structure rich{every_kind()};
  expect_gradient(two_sessions(rich), 2);
}

TEST(Problem, TheGradientIsThatOfTheObjectiveInMoreThanEightDimensions) {
  const pkpd::Structure structure = pkpd::shipped_structure("perez-ruixo-2021");
  const pkpd::Patient patient{70.0 * units::kg, 40.0, false, false};
  Question question{&structure, {{0.0 * h, patient, 1}}, {}, {}};
  question.given = {{0.0 * h, {}, 56.0 * mg, *structure.route("nasal-first-device")},
                    {0.2 * h, {}, 28.0 * mg, *structure.route("nasal-further-device")}};
  question.measured = {{"1", 0.5 * h, 0, Assayed{mg_L(0.06)}}, {"2", 2.0 * h, 1, Assayed{mg_L(0.12)}}};
  ASSERT_GT(Problem::make(question)->dimensions(), 8U);
  expect_gradient(question, 3);
}

TEST(Problem, AnEffectThatWasReadHasTheGradientOfTheObjectiveToo) {
  const pkpd::Structure structure{test::three_compartments()};
  pkpd::SigmoidEmax form;
  form.baseline = {80.0, {}};
  form.largest = {0.6, {}};
  form.falls = true;
  form.c50 = {mg_L(0.1), {}};
  form.gamma = {2.0, {}};
  pkpd::DelayHalfLife delay;
  delay.half_life.value = 0.1 * h;
  pkpd::Effect effect;
  effect.form = form;
  effect.delay = delay;
  Question question = test::four_assays(structure);
  question.effects = {{effect, 0}};
  question.measured.push_back({"seen", 0.8 * h, 0, EffectSeen{0, 60.0, 5.0}});
  expect_gradient(question, 4);
}

TEST(Problem, CoordinatesThatNothingTellsOfAreLeftOutAndKeepThePrior) {
  const pkpd::Structure structure = pkpd::shipped_structure("otto-2021");
  Question question{&structure, {{0.0 * h, pkpd::of_weight(70.0), 1}}, {{0.0 * h, 1.0 * h, 30.0 * mg}}, {}};
  question.measured = {{"1", 1.0 * h, 0, Assayed{mg_L(0.1)}}};
  const auto parent = *Problem::make(question);
  EXPECT_EQ(parent.dimensions(), 2U) << "of the metabolite a measured parent tells nothing";
  const std::vector<double> drawn = parent.etas(Eigen::Vector2d{0.0, 0.0}, 1, Problem::Draw{5, 17});
  std::vector<double> prior(drawn.size(), 0.0);
  parent.effects().add_subject_etas(5, 17, prior);
  EXPECT_EQ(drawn[0], 0.0);
  EXPECT_DOUBLE_EQ(drawn[2], prior[2]);
  EXPECT_DOUBLE_EQ(drawn[3], prior[3]);
  question.measured.clear();
  const auto nothing = *Problem::make(question);
  EXPECT_EQ(nothing.dimensions(), 0U);
  prior.assign(prior.size(), 0.0);
  nothing.effects().add_subject_etas(5, 3, prior);
  const std::vector<double> all = nothing.etas(Eigen::VectorXd(0), 1, Problem::Draw{5, 3});
  for (std::size_t k = 0; k < prior.size(); ++k) EXPECT_DOUBLE_EQ(all[k], prior[k]);
}

TEST(Problem, ValuesAreThoseThatTheEffectsOfTheModelMakeOfZ) {
  const pkpd::Structure structure{every_kind()};
  const auto problem = *Problem::make(two_sessions(structure));
  ASSERT_EQ(problem.dimensions(), 8U) << "four of the patient, two of each occasion";
  Eigen::VectorXd z(8);
  z << 1.0, 0.5, -1.0, 2.0, 0.3, 0.0, -0.4, 1.0;
  const auto first = *problem.values(z, 0);
  const auto second = *problem.values(z, 1);
  const Eigen::MatrixXd lower = Eigen::MatrixXd{{0.09, 0.03}, {0.03, 0.04}}.llt().matrixL();
  EXPECT_NEAR(first[1], 4.41 * std::exp(lower(1, 0) + 0.5 * lower(1, 1)), 1e-12);
  EXPECT_NEAR(first[5], 178.212329 + 40.0, 1e-12);
  const auto logit = [](double p) { return std::log(p / (1.0 - p)); };
  EXPECT_NEAR(logit(first[6]), logit(0.7) - std::sqrt(0.5) + 0.3 * std::sqrt(0.2), 1e-12);
  EXPECT_NEAR(logit(second[6]), logit(0.7) - std::sqrt(0.5) - 0.4 * std::sqrt(0.2), 1e-12);
  EXPECT_NEAR(second[0] / first[0], std::exp(std::sqrt(0.02)), 1e-12);
  EXPECT_EQ(second[1], first[1]);
}

std::vector<int> occasions_of(const Question& question) {
  std::vector<int> found;
  for (const Coordinate& c : Problem::make(question)->coordinates()) {
    if (c.level == pkpd::Level::occasion && (found.empty() || found.back() != c.occasion))
      found.push_back(c.occasion);
  }
  return found;
}

// The sample before a session tells of the session before it, whose drug it finds.
TEST(Problem, AnOccasionWhoseDrugIsStillMeasuredIsEstimated) {
  const pkpd::Structure structure{every_kind()};
  Question question = two_sessions(structure);
  question.measured = {{"before", 24.0 * h, 0, Assayed{mg_L(0.002)}}};
  question.given.pop_back();
  EXPECT_EQ(occasions_of(question), std::vector<int>{1});
  question.spans[1].from = 3.0 * h;
  question.measured = {{"later", 3.5 * h, 0, Assayed{mg_L(0.02)}}};
  EXPECT_EQ(occasions_of(question), (std::vector<int>{1, 2}));
}

TEST(Problem, OccasionsLongPastAreLeftOut) {
  const pkpd::Structure structure{every_kind()};
  Question question = two_sessions(structure);
  question.spans[1].from = 500.0 * h;
  question.given[1].at = 500.0 * h;
  question.measured = {{"1", 501.0 * h, 0, Assayed{mg_L(0.05)}}};
  EXPECT_EQ(occasions_of(question), std::vector<int>{2});
}

TEST(Problem, AMeasurementAtTheRoundedStartOfASessionBelongsToIt) {
  const pkpd::Structure structure{every_kind()};
  Question question = two_sessions(structure);
  question.spans[1].from = question.given[1].at = (0.1 + 0.2) * h;
  question.given.erase(question.given.begin());
  question.measured = {{"1", 0.3 * h, 0, Assayed{mg_L(0.05)}}};
  EXPECT_EQ(occasions_of(question), std::vector<int>{2});
}

// Simons 2022: the transit time varies between patients and between their occasions.
TEST(Problem, AnEffectOfPatientAndOccasionHasACoordinateForEach) {
  const pkpd::Structure structure = pkpd::shipped_structure("simons-2022");
  const pkpd::Patient patient{70.0 * units::kg, 40.0, false, false};
  Question question{&structure,
                    {{0.0 * h, patient, 1}, {72.0 * h, patient, 2}},
                    {{0.0 * h, 1.0 * h, 30.0 * mg}, {72.0 * h, 1.0 * h, 30.0 * mg}},
                    {{"1", 2.0 * h, 1, Assayed{mg_L(0.05)}}, {"2", 74.0 * h, 1, Assayed{mg_L(0.05)}}}};
  const auto problem = *Problem::make(question);
  int of_transit = 0;
  for (const Coordinate& c : problem.coordinates()) {
    const auto& place = problem.effects().blocks()[c.block].places[c.row];
    of_transit += problem.effects().effects()[place].name == "MTT_KN";
  }
  EXPECT_EQ(of_transit, 3);
  expect_gradient(question, 5);
}

ErrorCode refusal(const Question& question) {
  const auto made = Problem::make(question);
  EXPECT_FALSE(made.has_value());
  return made ? ErrorCode::storage : made.error().code;
}

TEST(Problem, RefusesNumbersThatCannotBeMeasured) {
  const pkpd::Structure structure{test::three_compartments()};
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const double infinity = std::numeric_limits<double>::infinity();
  for (const double bad : {nan, infinity, -infinity, 0.0, -1.0}) {
    Question question = test::four_assays(structure);
    question.measured[1].what = Assayed{mg_L(bad)};
    EXPECT_EQ(refusal(question), ErrorCode::invalid_input) << bad;
    question.measured[1].what = Below{mg_L(bad)};
    EXPECT_EQ(refusal(question), ErrorCode::invalid_input) << bad;
    question.measured[1].what = EffectSeen{0, 1.0, bad};
    EXPECT_EQ(refusal(question), ErrorCode::invalid_input) << bad;
  }
}

TEST(Problem, RefusesWhatItCannotGoBy) {
  const pkpd::Structure structure{test::three_compartments()};
  const Question good = test::four_assays(structure);
  Question early = good;
  early.measured[0].at = -1.0 * h;
  EXPECT_EQ(refusal(early), ErrorCode::invalid_input);
  Question nobody = good;
  nobody.spans.clear();
  EXPECT_EQ(refusal(nobody), ErrorCode::invalid_input);
  pkpd::Model silent = test::three_compartments();
  silent.variability.residuals.clear();
  const pkpd::Structure without{silent};
  Question unweighted = good;
  unweighted.structure = &without;
  EXPECT_EQ(refusal(unweighted), ErrorCode::invalid_input);
  unweighted.assumed = {{"CP", 0.2, {}, 0.0, {}}};
  EXPECT_TRUE(Problem::make(unweighted).has_value());
  Question unread = good;
  unread.effects = {{pkpd::Effect{}, 0}};
  unread.effects[0].effect.form = pkpd::HalfMaximal{};
  unread.measured[0].what = EffectSeen{0, 1.0, 1.0};
  EXPECT_EQ(refusal(unread), ErrorCode::outside_domain);
}

TEST(Problem, RefusesADoseWhoseTimeOfArrivalVaries) {
  const pkpd::Structure structure = pkpd::shipped_structure("simons-2022");
  const pkpd::Patient patient{70.0 * units::kg, 40.0, false, false};
  Question question{&structure, {{0.0 * h, patient, 1}}, {}, {}};
  question.given = {{0.0 * h, {}, 50.0 * mg, *structure.route("film")}};
  question.measured = {{"1", 1.0 * h, 0, Assayed{mg_L(0.05)}}};
  EXPECT_EQ(refusal(question), ErrorCode::outside_domain);
}

TEST(Problem, RefusesATypicalValueThatItsDistributionCannotHave) {
  pkpd::Model model = every_kind();
  model.parameters.back().value = 1.0;
  const pkpd::Structure structure{model};
  EXPECT_EQ(refusal(two_sessions(structure)), ErrorCode::invalid_input);
}

}  // namespace
}  // namespace evenkeel::individual
