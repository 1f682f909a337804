#include "pkpd/residual_error.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace evenkeel::pkpd {
namespace {

using namespace units;
constexpr auto ng_per_mL = ng / mL;
constexpr std::uint64_t seed = 7;
constexpr std::uint32_t many = 40'000;

Model with(std::vector<ResidualError> residuals) {
  Model model;
  model.id = "example";
  model.outputs = {{"parent", "central", Moiety::racemic_ketamine, SamplingSite::arterial},
                   {"metabolite", "central", Moiety::norketamine, SamplingSite::arterial}};
  model.variability.residuals = std::move(residuals);
  return model;
}

ResidualError residual(std::string output, double proportional, double additive_ng_mL, double log_sd = 0.0) {
  ResidualError made;
  made.output = std::move(output);
  made.proportional_sd = proportional;
  made.additive_sd = additive_ng_mL * ng_per_mL;
  made.log_sd = log_sd;
  return made;
}

ResidualErrors made(std::vector<ResidualError> residuals) {
  return *ResidualErrors::make(with(std::move(residuals)));
}

struct Moments {
  double mean = 0.0;
  double variance = 0.0;
};
template <class F>
Moments moments(F&& number) {
  double sum = 0.0;
  double squares = 0.0;
  for (std::uint32_t i = 0; i < many; ++i) {
    const double x = number(i);
    sum += x;
    squares += x * x;
  }
  const double mean = sum / many;
  return {mean, squares / many - mean * mean};
}

TEST(ResidualErrors, ACombinedErrorHasTheVarianceOfBothParts) {
  const auto errors = made({residual("parent", 0.2, 15.0)});
  for (const double f : {0.0, 50.0, 400.0}) {
    const double variance = 0.04 * f * f + 225.0;
    const auto m = moments([&](std::uint32_t row) {
      return errors.observed(f * ng_per_mL, 0, {seed, 3, row})->in(ng_per_mL);
    });
    EXPECT_NEAR(m.mean, f, 4.0 * std::sqrt(variance / many));
    EXPECT_NEAR(m.variance, variance, 4.0 * variance * std::sqrt(2.0 / many));
  }
}

TEST(ResidualErrors, ALogErrorMultipliesAndKeepsTheSign) {
  const auto errors = made({residual("metabolite", 0.0, 0.0, 0.3)});
  const auto m = moments([&](std::uint32_t subject) {
    const auto observed = *errors.observed(80.0 * ng_per_mL, 1, {seed, subject, 0});
    EXPECT_GT(observed, Concentration{});
    return std::log(observed.in(ng_per_mL) / 80.0);
  });
  EXPECT_NEAR(m.mean, 0.0, 4.0 * 0.3 / std::sqrt(many));
  EXPECT_NEAR(m.variance, 0.09, 4.0 * 0.09 * std::sqrt(2.0 / many));
}

TEST(ResidualErrors, AnotherOutputMovesNothing) {
  const auto alone = made({residual("parent", 0.2, 15.0)});
  const auto both = made({residual("metabolite", 0.1, 0.0), residual("parent", 0.2, 15.0)});
  const auto f = 100.0 * ng_per_mL;
  for (std::uint32_t row = 0; row < 100; ++row) {
    EXPECT_EQ(*alone.observed(f, 0, {seed, 3, row}), *both.observed(f, 0, {seed, 3, row}));
    EXPECT_NE(*both.observed(f, 0, {seed, 3, row}), *both.observed(f, 1, {seed, 3, row}));
    EXPECT_NE(*both.observed(f, 0, {seed, 3, row}), *both.observed(f, 0, {seed, 4, row}));
  }
}

TEST(ResidualErrors, AnOutputWithoutOneHasNoObservation) {
  const auto errors = made({residual("parent", 0.2, 15.0)});
  EXPECT_FALSE(errors.observed(100.0 * ng_per_mL, 1, {seed, 3, 0}).has_value());
}

TEST(ResidualErrors, WhatCannotBeIsRefused) {
  const auto refused = [](std::vector<ResidualError> residuals, const std::string& words) {
    const auto errors = ResidualErrors::make(with(std::move(residuals)));
    ASSERT_FALSE(errors.has_value()) << words;
    EXPECT_NE(errors.error().what.find(words), std::string::npos) << errors.error().what;
  };
  refused({residual("plasma", 0.2, 0.0)}, "no output");
  refused({residual("parent", -0.2, 0.0)}, "negative or not finite");
  refused({residual("parent", 0.2, std::nan(""))}, "negative or not finite");
  refused({residual("parent", 0.2, 0.0, 0.3)}, "one of the two");
  refused({residual("parent", 0.2, 0.0), residual("parent", 0.1, 0.0)}, "two residual errors");
}

}  // namespace
}  // namespace evenkeel::pkpd
