#include "pkpd/varying.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "pkpd/propagate.hpp"

namespace evenkeel::pkpd {
namespace {

// A parent whose rates rise fourfold within 8 h, and a metabolite whose rate falls: they do not commute.
Result<Eigen::MatrixXd> rates_at(double time_h) {
  const double rising = 0.5 + 0.1875 * time_h;
  const double falling = 1.5 / (1.0 + 0.5 * time_h);
  Eigen::Matrix2d k;
  k << -rising, 0.2, 0.7 * rising, -falling - 0.2;
  return Eigen::MatrixXd{k};
}

Eigen::VectorXd along(const std::vector<ConstantStep>& steps, Eigen::Vector2d amounts) {
  Eigen::VectorXd state = amounts;
  double from_h = 0.0;
  for (const ConstantStep& step : steps) {
    state =
        propagator(LinearSystem{step.rates, 0, {}, std::nullopt}, step.until_h - from_h).of_amounts * state;
    from_h = step.until_h;
  }
  return state;
}

Eigen::VectorXd in_equal_pieces(int pieces) {
  std::vector<ConstantStep> steps;
  for (int i = 0; i < pieces; ++i) {
    const double from_h = 8.0 * i / pieces;
    const double to_h = 8.0 * (i + 1) / pieces;
    const auto made = halves(rates_at, from_h, to_h);
    EXPECT_TRUE(made && *made);
    steps.push_back({(from_h + to_h) / 2.0, (*made)->first});
    steps.push_back({to_h, (*made)->second});
  }
  return along(steps, {10.0, 3.0});
}

TEST(Halves, CutTheErrorSixteenfoldWhenThePieceIsHalved) {
  const Eigen::VectorXd exact = in_equal_pieces(2048);
  double before = (in_equal_pieces(16) - exact).norm();
  for (const int pieces : {32, 64, 128, 256}) {
    const double now = (in_equal_pieces(pieces) - exact).norm();
    EXPECT_NEAR(std::log2(before / now), 4.0, 0.1) << pieces;
    before = now;
  }
}

TEST(Halves, OfAConstantSystemAreThatSystem) {
  const Eigen::MatrixXd k = *rates_at(3.0);
  const auto made = halves([&](double) -> Result<Eigen::MatrixXd> { return k; }, 1.0, 2.0);
  ASSERT_TRUE(made && *made);
  EXPECT_TRUE((*made)->first.isApprox(k, 1e-15));
  EXPECT_TRUE((*made)->second.isApprox(k, 1e-15));
}

TEST(Halves, AreNoneWhereARateWouldBeNegative) {
  const RatesAt soaring = [](double time_h) -> Result<Eigen::MatrixXd> {
    Eigen::Matrix2d k;
    const double rate = std::exp(10.0 * time_h);
    k << -rate, 0.0, rate, 0.0;
    return Eigen::MatrixXd{k};
  };
  const auto coarse = halves(soaring, 0.0, 1.0);
  ASSERT_TRUE(coarse);
  EXPECT_FALSE(coarse->has_value());
  EXPECT_TRUE(halves(soaring, 0.0, 0.25)->has_value());
  // Halved until they fit: what is left of 1 mg is exp(-(e^10 - 1)/10 t), nothing; after 0.1 h some is.
  const auto steps = constant_steps(soaring, 0.0, 0.1);
  ASSERT_TRUE(steps);
  EXPECT_NEAR(along(*steps, {1.0, 0.0})[0], std::exp(-(std::exp(1.0) - 1.0) / 10.0), 1e-11);
}

TEST(ConstantSteps, AreEnoughForTheirAccuracy) {
  const auto steps = constant_steps(rates_at, 0.0, 8.0);
  ASSERT_TRUE(steps);
  EXPECT_EQ(steps->back().until_h, 8.0);
  const Eigen::VectorXd exact = in_equal_pieces(10'000);
  const Eigen::VectorXd found = along(*steps, {10.0, 3.0});
  for (const int i : {0, 1}) EXPECT_NEAR(found[i] / exact[i], 1.0, 1e-11);
  EXPECT_LT(steps->size(), 5000U);
}

TEST(ConstantSteps, OfAConstantSystemAreFour) {
  const auto steps =
      constant_steps([](double) -> Result<Eigen::MatrixXd> { return rates_at(3.0); }, 0.0, 500.0);
  ASSERT_TRUE(steps);
  EXPECT_EQ(steps->size(), 4U);
}

TEST(ConstantSteps, PassOnWhatTheRatesRefuse) {
  const auto refused = constant_steps(
      [](double time_h) -> Result<Eigen::MatrixXd> {
        if (time_h > 3.0) return Error{ErrorCode::outside_domain, "", "too heavy"};
        return rates_at(time_h);
      },
      0.0, 8.0);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().what, "too heavy");
}

TEST(ConstantSteps, GiveUpWhereTheRatesJumpWithoutEnd) {
  const auto refused = constant_steps(
      [](double time_h) -> Result<Eigen::MatrixXd> {
        const double rate = 2.0 + std::sin(1e7 * time_h * time_h);
        return Eigen::MatrixXd{Eigen::MatrixXd::Constant(1, 1, -rate)};
      },
      0.0, 8.0);
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().what.find("too fast to be followed"), std::string::npos);
}

}  // namespace
}  // namespace evenkeel::pkpd
