#include "pkpd/uncertainty.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace evenkeel::pkpd {
namespace {

constexpr std::uint64_t seed = 99;
constexpr std::uint32_t many = 40'000;

Model example() {
  Model model;
  model.id = "example";
  const auto add = [&](std::string name, Dimension dimension, std::optional<double> value,
                       std::optional<double> error) {
    Parameter parameter;
    parameter.name = std::move(name);
    parameter.dimension = dimension;
    parameter.value = value;
    parameter.standard_error = error;
    model.parameters.push_back(std::move(parameter));
  };
  add("CL", Dimension::clearance, 84.0, 21.0);
  add("V1", Dimension::volume, 25.0, std::nullopt);
  add("F", Dimension::fraction, 0.9, 0.05);
  add("KA", Dimension::rate_constant, 2.0, 0.0);
  return model;
}

TEST(SampleTypical, HasTheMeanAndTheStandardErrorOfThePositiveParameter) {
  double sum = 0.0;
  double squares = 0.0;
  for (std::uint32_t i = 0; i < many; ++i) {
    const double cl = (*sample_typical(example(), seed, i))[0].value;
    ASSERT_GT(cl, 0.0);
    sum += cl;
    squares += (cl - 84.0) * (cl - 84.0);
  }
  EXPECT_NEAR(sum / many, 84.0, 4.0 * 21.0 / std::sqrt(many));
  // The variance's own error, from the log-normal's kurtosis: E(x-m)^4 = (w^4 + 2w^3 + 3w^2 - 3) s^4.
  const double w = 1.0 + 0.25 * 0.25;
  const double kurtosis = std::pow(w, 4) + 2 * std::pow(w, 3) + 3 * w * w - 3;
  EXPECT_NEAR(squares / many, 441.0, 4.0 * 441.0 * std::sqrt((kurtosis - 1.0) / many));
}

TEST(SampleTypical, AFractionStaysAFractionWithItsErrorOnTheLogitScale) {
  double sum = 0.0;
  double squares = 0.0;
  for (std::uint32_t i = 0; i < many; ++i) {
    const double f = (*sample_typical(example(), seed, i))[1].value;
    ASSERT_TRUE(0.0 < f && f < 1.0);
    const double shift = std::log(f / (1.0 - f)) - std::log(9.0);
    sum += shift;
    squares += shift * shift;
  }
  const double sd = 0.05 / (0.9 * 0.1);
  EXPECT_NEAR(sum / many, 0.0, 4.0 * sd / std::sqrt(many));
  EXPECT_NEAR(squares / many, sd * sd, 4.0 * sd * sd * std::sqrt(2.0 / many));
}

TEST(SampleTypical, DrawsOnlyWhatHasAnErrorAndNotWhatTheUserGave) {
  const std::vector<Override> fixed{{0, 60.0}, {1, 30.0}};
  const auto sampled = sample_typical(example(), seed, 3, fixed);
  ASSERT_TRUE(sampled.has_value());
  ASSERT_EQ(sampled->size(), 3U);
  EXPECT_EQ((*sampled)[0].value, 60.0);
  EXPECT_EQ((*sampled)[1].value, 30.0);
  EXPECT_EQ((*sampled)[2].parameter, 2U);
  EXPECT_TRUE(has_uncertainty(example()));
  Model certain = example();
  for (auto& parameter : certain.parameters) parameter.standard_error.reset();
  EXPECT_FALSE(has_uncertainty(certain));
  EXPECT_TRUE(sample_typical(certain, seed, 3)->empty());
}

TEST(SampleTypical, AReplicateIsTheSameAgainAndLikeNoOther) {
  const auto first = *sample_typical(example(), seed, 3);
  EXPECT_EQ(first[0].value, (*sample_typical(example(), seed, 3))[0].value);
  EXPECT_NE(first[0].value, (*sample_typical(example(), seed, 4))[0].value);
  EXPECT_NE(first[0].value, (*sample_typical(example(), seed + 1, 3))[0].value);
}

TEST(SampleTypical, AnErrorThatCannotBeDrawnFromIsRefused) {
  for (const double error : {-1.0, std::nan(""), std::numeric_limits<double>::infinity()}) {
    Model model = example();
    model.parameters[0].standard_error = error;
    EXPECT_FALSE(sample_typical(model, seed, 0).has_value()) << error;
  }
  Model model = example();
  model.parameters[0].value = 0.0;
  const auto refused = sample_typical(model, seed, 0);
  ASSERT_FALSE(refused.has_value());
  EXPECT_NE(refused.error().what.find("CL"), std::string::npos);
}

}  // namespace
}  // namespace evenkeel::pkpd
