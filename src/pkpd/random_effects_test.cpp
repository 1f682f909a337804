#include "pkpd/random_effects.hpp"

#include <gtest/gtest.h>

#include <Eigen/Dense>
#include <cmath>

namespace evenkeel::pkpd {
namespace {

constexpr std::uint64_t seed = 20260301;
constexpr int many = 40'000;

Parameter parameter(std::string name, double value, Dimension dimension = Dimension::clearance) {
  Parameter made;
  made.name = std::move(name);
  made.dimension = dimension;
  made.value = value;
  return made;
}

RandomBlock block(Level level, std::vector<std::string> parameters, Distribution distribution,
                  const Eigen::MatrixXd& covariance) {
  RandomBlock made;
  made.level = level;
  made.distributions.assign(parameters.size(), distribution);
  made.parameters = std::move(parameters);
  made.covariance = covariance;
  return made;
}

Eigen::MatrixXd one(double variance) {
  return Eigen::MatrixXd::Constant(1, 1, variance);
}

Eigen::Matrix3d omega() {
  Eigen::Matrix3d matrix;
  matrix << 0.09, 0.03, -0.02, 0.03, 0.16, 0.05, -0.02, 0.05, 0.25;
  return matrix;
}

// CL, V1, V2 vary together; F on the logit scale; CL also from occasion to occasion.
Model example() {
  Model model;
  model.id = "example";
  model.parameters = {parameter("CL", 84.0), parameter("Q2", 60.0), parameter("V1", 25.0),
                      parameter("V2", 80.0), parameter("F", 0.6, Dimension::fraction)};
  model.variability.blocks = {block(Level::subject, {"CL", "V1", "V2"}, Distribution::log_normal, omega()),
                              block(Level::subject, {"F"}, Distribution::logit_normal, one(1.0)),
                              block(Level::occasion, {"CL"}, Distribution::log_normal, one(0.04))};
  return model;
}

const Values typical{84.0, 60.0, 25.0, 80.0, 0.6};

RandomEffects made(const Model& model) {
  auto effects = RandomEffects::make(model);
  EXPECT_TRUE(effects.has_value()) << (effects ? "" : effects.error().what);
  return *std::move(effects);
}

std::vector<double> subject_etas(const RandomEffects& effects, std::uint32_t subject,
                                 std::uint64_t of = seed) {
  std::vector<double> etas(effects.effects().size());
  effects.add_subject_etas(of, subject, etas);
  return etas;
}

std::vector<double> occasion_etas(const RandomEffects& effects, std::uint32_t subject, int occasion) {
  std::vector<double> etas(effects.effects().size());
  effects.add_occasion_etas(seed, subject, occasion, etas);
  return etas;
}

void expect_refused(const Model& model, ErrorCode code, const std::string& words) {
  const auto effects = RandomEffects::make(model);
  ASSERT_FALSE(effects.has_value()) << words;
  EXPECT_EQ(effects.error().code, code);
  EXPECT_NE(effects.error().what.find(words), std::string::npos) << effects.error().what;
}

TEST(RandomEffects, ListsEachVaryingParameterOnce) {
  const auto effects = made(example());
  std::vector<std::string> names;
  for (const auto& effect : effects.effects()) names.push_back(effect.name);
  EXPECT_EQ(names, (std::vector<std::string>{"CL", "V1", "V2", "F"}));
  EXPECT_EQ(effects.effects()[3].parameter, 4U);
  EXPECT_TRUE(effects.has_occasions());
}

TEST(RandomEffects, EtasHaveTheCovarianceOfTheirBlock) {
  const auto effects = made(example());
  Eigen::Vector4d mean = Eigen::Vector4d::Zero();
  Eigen::Matrix4d sum = Eigen::Matrix4d::Zero();
  for (std::uint32_t i = 0; i < many; ++i) {
    const auto etas = subject_etas(effects, i);
    const Eigen::Map<const Eigen::Vector4d> eta(etas.data());
    mean += eta / many;
    sum += eta * eta.transpose() / many;
  }
  Eigen::Matrix4d expected = Eigen::Matrix4d::Zero();
  expected.topLeftCorner<3, 3>() = omega();
  expected(3, 3) = 1.0;
  for (int i = 0; i < 4; ++i) {
    EXPECT_NEAR(mean[i], 0.0, 4.0 * std::sqrt(expected(i, i) / many));
    for (int j = 0; j < 4; ++j) {
      // Var(eta_i eta_j) = omega_ii omega_jj + omega_ij^2
      const double error =
          std::sqrt((expected(i, i) * expected(j, j) + expected(i, j) * expected(i, j)) / many);
      EXPECT_NEAR(sum(i, j), expected(i, j), 4.0 * error) << i << " " << j;
    }
  }
}

TEST(RandomEffects, OccasionsVaryWithTheirOwnVarianceAndIndependently) {
  const auto effects = made(example());
  double first = 0.0;
  double product = 0.0;
  double with_subject = 0.0;
  for (std::uint32_t i = 0; i < many; ++i) {
    const double eta = occasion_etas(effects, i, 1)[0];
    first += eta * eta / many;
    product += eta * occasion_etas(effects, i, 2)[0] / many;
    with_subject += eta * subject_etas(effects, i)[0] / many;
  }
  EXPECT_NEAR(first, 0.04, 4.0 * 0.04 * std::sqrt(2.0 / many));
  EXPECT_NEAR(product, 0.0, 4.0 * 0.04 / std::sqrt(many));
  EXPECT_NEAR(with_subject, 0.0, 4.0 * std::sqrt(0.04 * 0.09 / many));
}

TEST(RandomEffects, AnOccasionIsAddedToTheSubjectOnTheSameScale) {
  const auto effects = made(example());
  auto etas = subject_etas(effects, 17);
  const auto alone = etas;
  effects.add_occasion_etas(seed, 17, 4, etas);
  EXPECT_EQ(etas[0], alone[0] + occasion_etas(effects, 17, 4)[0]);
  EXPECT_EQ(etas[1], alone[1]);  // nothing else varies with the occasion
  const auto values = effects.individual(typical, etas);
  ASSERT_TRUE(values.has_value());
  EXPECT_NEAR((*values)[0], 84.0 * std::exp(etas[0]), 1e-13 * (*values)[0]);
}

TEST(RandomEffects, EachScaleIsTransformedAsTheHeaderSays) {
  Model model = example();
  model.variability.blocks.push_back(block(Level::subject, {"Q2"}, Distribution::normal, one(4.0)));
  const auto effects = made(model);
  const std::vector<double> etas{0.3, -0.2, 0.0, 0.7, -3.0};
  const auto values = effects.individual(typical, etas);
  ASSERT_TRUE(values.has_value());
  EXPECT_NEAR((*values)[0], 84.0 * std::exp(0.3), 1e-12);
  EXPECT_EQ((*values)[1], 57.0);
  EXPECT_NEAR((*values)[2], 25.0 * std::exp(-0.2), 1e-12);
  EXPECT_EQ((*values)[3], 80.0);
  const double logit = std::log(0.6 / 0.4) + 0.7;
  EXPECT_NEAR((*values)[4], 1.0 / (1.0 + std::exp(-logit)), 1e-15);
}

TEST(RandomEffects, OnTheLogitScaleAValueStaysBetweenZeroAndOne) {
  const auto effects = made(example());
  for (std::uint32_t i = 0; i < many; ++i) {
    const auto value = effects.individual(3, 0.97, subject_etas(effects, i)[3]);
    ASSERT_TRUE(value.has_value());
    ASSERT_GT(*value, 0.0);
    ASSERT_LT(*value, 1.0);
  }
}

TEST(RandomEffects, FourTimesTheVarianceDoublesEveryEtaExactly) {
  Model wide = example();
  for (auto& each : wide.variability.blocks) each.covariance *= 4.0;
  const auto narrow_effects = made(example());
  const auto wide_effects = made(wide);
  for (std::uint32_t i = 0; i < 1000; ++i) {
    const auto narrow = subject_etas(narrow_effects, i);
    const auto doubled = subject_etas(wide_effects, i);
    for (std::size_t k = 0; k < narrow.size(); ++k) ASSERT_EQ(doubled[k], 2.0 * narrow[k]);
  }
}

TEST(RandomEffects, AFurtherEffectMovesNoOther) {
  Model more = example();
  more.variability.blocks.insert(more.variability.blocks.begin(),
                                 block(Level::subject, {"Q2"}, Distribution::log_normal, one(0.3)));
  const auto before = made(example());
  const auto after = made(more);  // whose first place is Q2
  for (std::uint32_t i = 0; i < 100; ++i) {
    const auto few = subject_etas(before, i);
    const auto many_etas = subject_etas(after, i);
    for (std::size_t k = 0; k < few.size(); ++k) ASSERT_EQ(many_etas[k + 1], few[k]);
  }
}

TEST(RandomEffects, AnotherSeedChangesEveryEta) {
  const auto effects = made(example());
  for (std::uint32_t i = 0; i < 1000; ++i) {
    const auto a = subject_etas(effects, i, 1);
    const auto b = subject_etas(effects, i, 2);
    for (std::size_t k = 0; k < a.size(); ++k) ASSERT_NE(a[k], b[k]);
  }
}

TEST(RandomEffects, ANormalParameterThatComesOutNegativeIsRefused) {
  Model model = example();
  model.variability.blocks = {block(Level::subject, {"CL"}, Distribution::normal, one(100.0))};
  const auto effects = made(model);
  const auto value = effects.individual(0, 5.0, -7.0);
  ASSERT_FALSE(value.has_value());
  EXPECT_EQ(value.error().code, ErrorCode::outside_domain);
  EXPECT_NE(value.error().what.find("CL comes out at -2"), std::string::npos) << value.error().what;
  EXPECT_TRUE(effects.individual(0, 5.0, -5.0).has_value());
}

TEST(RandomEffects, WhatOverflowsIsRefusedAndWhatWasNotGivenStaysSo) {
  const auto effects = made(example());
  EXPECT_FALSE(effects.individual(0, 84.0, 800.0).has_value());
  EXPECT_FALSE(effects.individual(0, 84.0, std::nan("")).has_value());
  EXPECT_TRUE(std::isnan(*effects.individual(0, std::nan(""), 0.1)));
  for (const double typical_f : {0.0, 1.0, 1.2})
    EXPECT_FALSE(effects.individual(3, typical_f, 0.1).has_value());
}

TEST(RandomEffects, ACovarianceThatBelongsToNoDistributionIsRefusedWithWords) {
  Model model = example();
  auto& covariance = model.variability.blocks[0].covariance;
  covariance(1, 1) = 0.01;  // CL explains V1 wholly: 0.03^2 / 0.09
  expect_refused(model, ErrorCode::invalid_input, "those before V1 leave it a variance");
  covariance = omega();
  covariance(0, 1) = 0.02;
  expect_refused(model, ErrorCode::invalid_input, "not a symmetric matrix");
  covariance = omega();
  covariance(2, 2) = std::nan("");
  expect_refused(model, ErrorCode::invalid_input, "finite");
  covariance = one(0.1);
  expect_refused(model, ErrorCode::invalid_input, "has 1 rows");
  covariance = -omega();
  expect_refused(model, ErrorCode::invalid_input, "not positive definite");
}

TEST(RandomEffects, NamesThatDoNotFitTogetherAreRefused) {
  Model model = example();
  model.variability.blocks[1].parameters = {"F2"};
  expect_refused(model, ErrorCode::not_found, "'F2' varies but is no parameter");
  model = example();
  model.variability.blocks.push_back(block(Level::subject, {"V2"}, Distribution::log_normal, one(0.1)));
  expect_refused(model, ErrorCode::invalid_input, "V2 has two random effects of one level");
  model = example();
  model.variability.blocks[0].parameters[1] = "CL";
  expect_refused(model, ErrorCode::invalid_input, "CL has two random effects of one level");
  model = example();
  model.variability.blocks[2].distributions = {Distribution::normal};
  expect_refused(model, ErrorCode::invalid_input, "CL varies on two scales");
}

}  // namespace
}  // namespace evenkeel::pkpd
