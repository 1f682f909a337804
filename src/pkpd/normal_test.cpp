#include "pkpd/normal.hpp"

#include <gtest/gtest.h>

#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <limits>

namespace evenkeel::pkpd {
namespace {

const boost::math::normal_distribution<long double> boost_normal;

TEST(NormalQuantile, AgreesWithBoostFromTheMiddleToTheFarTails) {
  for (int i = 1; i < 20'000; ++i) {
    const double p = i / 20'000.0;
    const double exact = static_cast<double>(quantile(boost_normal, static_cast<long double>(p)));
    ASSERT_NEAR(normal_quantile(p), exact, 4e-15 * std::abs(exact) + 1e-16) << p;
  }
  for (double p = 0x1p-2; p > 1e-300; p *= 0.7) {
    const double exact = static_cast<double>(quantile(boost_normal, static_cast<long double>(p)));
    ASSERT_NEAR(normal_quantile(p), exact, 4e-15 * std::abs(exact)) << p;
  }
}

TEST(NormalQuantile, IsOddAboutOneHalf) {
  for (double p = 0x1p-53; p < 0.5; p *= 2.0) EXPECT_EQ(normal_quantile(1.0 - p), -normal_quantile(p)) << p;
  EXPECT_EQ(normal_quantile(0.5), 0.0);
}

TEST(NormalQuantile, DoesNotFallWhereOnePieceMeetsTheNext) {
  for (const double seam : {0.075, 0.925, std::exp(-25.0)}) {
    double before = -std::numeric_limits<double>::infinity();
    for (int i = -1000; i <= 1000; ++i) {
      const double z = normal_quantile(seam * (1.0 + i * 1e-10));
      ASSERT_GE(z, before - 1e-15 * std::abs(before)) << seam << " step " << i;
      before = z;
    }
  }
}

TEST(NormalQuantile, HasNoValueOutsideZeroToOne) {
  for (const double p : {0.0, 1.0, -0.1, 1.1, std::numeric_limits<double>::quiet_NaN()})
    EXPECT_TRUE(std::isnan(normal_quantile(p))) << p;
}

TEST(NormalProbability, AgreesWithBoostInRelativeTerms) {
  for (double z = -37.0; z <= 10.0; z += 0.003) {
    const double exact = static_cast<double>(cdf(boost_normal, static_cast<long double>(z)));
    ASSERT_NEAR(normal_probability(z), exact, 1e-12 * exact) << z;
  }
}

TEST(NormalProbability, IsTheInverseOfTheQuantile) {
  for (int i = 1; i < 1000; ++i) {
    const double p = i / 1000.0;
    ASSERT_NEAR(normal_probability(normal_quantile(p)), p, 1e-14) << p;
  }
  EXPECT_EQ(normal_probability(0.0), 0.5);
}

}  // namespace
}  // namespace evenkeel::pkpd
