// Each interval against another road: published worked values, or Boost.Math, or a plain count.
#include "cohort/intervals.hpp"

#include <gtest/gtest.h>

#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/poisson.hpp>
#include <cmath>

namespace evenkeel::cohort {
namespace {

// Newcombe, Statistics in Medicine 17 (1998) 857-872, table I, method 3: to the four digits printed there.
TEST(Wilson, GivesThePublishedIntervals) {
  const auto check = [](std::uint64_t count, std::uint64_t of, double low, double high) {
    const auto found = proportion(count, of);
    ASSERT_TRUE(found);
    EXPECT_NEAR(found->low, low, 5e-5);
    EXPECT_NEAR(found->high, high, 5e-5);
  };
  check(81, 263, 0.2553, 0.3662);
  check(15, 148, 0.0624, 0.1605);
  check(0, 20, 0.0, 0.1611);
  check(1, 29, 0.0061, 0.1718);
}

// Newcombe, Statistics in Medicine 17 (1998) 873-890, table II, method 10.
TEST(SquareAndAdd, OfTwoProportionsGivesThePublishedIntervals) {
  const auto check = [](std::uint64_t a, std::uint64_t of_a, std::uint64_t b, std::uint64_t of_b, double low,
                        double high) {
    const auto found = difference(proportion(a, of_a), proportion(b, of_b));
    ASSERT_TRUE(found);
    EXPECT_NEAR(found->low, low, 5e-5);
    EXPECT_NEAR(found->high, high, 5e-5);
  };
  check(56, 70, 48, 80, 0.0524, 0.3339);
  check(9, 10, 3, 10, 0.1705, 0.8090);
  check(10, 10, 0, 10, 0.6075, 1.0);
}

TEST(Wilson, SolvesTheScoreEquation) {
  for (const std::uint64_t n : {1U, 7U, 256U, 99'991U}) {
    for (const std::uint64_t x : {std::uint64_t{0}, n / 3, n}) {
      const auto found = proportion(x, n);
      ASSERT_TRUE(found);
      const double p = static_cast<double>(x) / static_cast<double>(n);
      for (const double limit : {found->low, found->high}) {
        if (limit == p) continue;  // at 0 or 1
        EXPECT_NEAR(std::abs(p - limit) / std::sqrt(limit * (1.0 - limit) / static_cast<double>(n)),
                    1.959963984540054, 1e-6)
            << x << " of " << n;
      }
    }
  }
}

TEST(Garwood, IsTheChiSquareForm) {
  using boost::math::chi_squared;
  for (const std::uint64_t k : {0U, 1U, 2U, 3U, 10U, 15U, 16U, 17U, 120U, 4'567U, 1'234'567U}) {
    const auto found = rate(k, 2.5);
    ASSERT_TRUE(found);
    const double twice = 2.0 * static_cast<double>(k);
    const double low = k == 0 ? 0.0 : quantile(chi_squared(twice), 0.025) / 2.0 / 2.5;
    const double high = quantile(chi_squared(twice + 2.0), 0.975) / 2.0 / 2.5;
    EXPECT_NEAR(found->low, low, 1e-9 * high) << k;
    EXPECT_NEAR(found->high, high, 1e-9 * high) << k;
    EXPECT_EQ(found->value, static_cast<double>(k) / 2.5);
  }
}

TEST(Garwood, OfNoEventIsMinusTheLogarithm) {
  const auto found = rate(0, 1.0);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->low, 0.0);
  EXPECT_NEAR(found->high, -std::log(0.025), 1e-12);
}

TEST(PoissonTails, AreThoseOfBoost) {
  for (const std::uint64_t k : {0U, 1U, 5U, 40U, 1000U}) {
    for (const double mu : {0.1, 1.0, 5.5, 38.0, 990.0, 1100.0}) {
      const boost::math::poisson_distribution<> count(mu);
      const double at_most = cdf(count, static_cast<double>(k));
      EXPECT_NEAR(poisson_at_most(k, mu), at_most, 1e-11) << k << " of " << mu;
      const double at_least = k == 0 ? 1.0 : cdf(complement(count, static_cast<double>(k) - 1.0));
      EXPECT_NEAR(poisson_at_least(k, mu), at_least, 1e-11) << k << " of " << mu;
    }
  }
}

TEST(MedianOfDays, HasTheRanksOfTheBinomial) {
  DayCounts days;
  for (std::int32_t day = 1; day <= 100; ++day) days[day] = 1;
  // Altman et al., Statistics with Confidence: ranks 40 and 61 of 100.
  EXPECT_EQ(median_days(days), (Estimate{50.0, 40.0, 61.0}));
  EXPECT_EQ(median_days({{7, 1}}), (Estimate{7.0, 7.0, 7.0}));
}

TEST(Intervals, OfNothingAreNone) {
  EXPECT_FALSE(proportion(0, 0));
  EXPECT_FALSE(rate(0, 0.0));
  EXPECT_FALSE(rate(3, std::nan("")));
  EXPECT_FALSE(median_days({}));
  EXPECT_FALSE(difference(proportion(1, 2), std::nullopt));
}

}  // namespace
}  // namespace evenkeel::cohort
