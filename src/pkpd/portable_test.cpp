#include "pkpd/portable.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

namespace evenkeel::pkpd {
namespace {

constexpr double ulp = std::numeric_limits<double>::epsilon();
constexpr double infinity = std::numeric_limits<double>::infinity();

// The second road is the C library's long double, 11 bits longer.
TEST(Portable, ExpAndLogAreTheFunctionsToTwoUnitsInTheLastPlace) {
  std::mt19937_64 random{11};
  std::uniform_real_distribution<double> exponents{-700.0, 700.0};
  std::uniform_real_distribution<double> small{-1.0, 1.0};
  for (int i = 0; i < 200'000; ++i) {
    for (const double x : {exponents(random), small(random)}) {
      const long double exact = std::exp(static_cast<long double>(x));
      ASSERT_LE(std::abs(static_cast<double>(portable_exp(x) / exact - 1.0L)), 2 * ulp) << x;
    }
    for (const double x : {std::exp(exponents(random)), 1.0 + 0.5 * small(random)}) {
      const long double exact = std::log(static_cast<long double>(x));
      ASSERT_LE(std::abs(static_cast<double>(portable_log(x) - exact)),
                2 * ulp * std::abs(static_cast<double>(exact)))
          << x;
    }
  }
}

TEST(Portable, PowerIsThePowerWithinItsStatedError) {
  std::mt19937_64 random{12};
  std::uniform_real_distribution<double> bases{0.05, 5.0};
  std::uniform_real_distribution<double> exponents{-3.0, 3.0};
  for (int i = 0; i < 100'000; ++i) {
    const double base = bases(random);
    const double exponent = exponents(random);
    const long double exact = std::pow(static_cast<long double>(base), static_cast<long double>(exponent));
    ASSERT_LE(std::abs(static_cast<double>(portable_power(base, exponent) / exact - 1.0L)),
              (2 + 3 * std::abs(exponent * std::log(base))) * ulp)
        << base << " to " << exponent;
  }
  EXPECT_EQ(portable_power(1.0, 0.75), 1.0);
  EXPECT_EQ(portable_power(0.3, 1.0), 0.3);
  EXPECT_EQ(portable_power(0.3, 0.0), 1.0);
  EXPECT_EQ(portable_power(0.0, 0.75), 0.0);
  EXPECT_EQ(portable_power(0.0, -0.75), infinity);
  EXPECT_TRUE(std::isnan(portable_power(-2.0, 0.75)));
}

TEST(Portable, EndsOfTheRangeAreInfiniteZeroOrNotANumber) {
  EXPECT_EQ(portable_exp(0.0), 1.0);
  EXPECT_EQ(portable_exp(710.5), infinity);
  EXPECT_EQ(portable_exp(709.9), infinity);
  EXPECT_EQ(portable_exp(infinity), infinity);
  EXPECT_EQ(portable_exp(-infinity), 0.0);
  EXPECT_EQ(portable_exp(-800.0), 0.0);
  EXPECT_GT(portable_exp(-744.0), 0.0);  // below the normal numbers, not flushed
  EXPECT_TRUE(std::isnan(portable_exp(std::numeric_limits<double>::quiet_NaN())));
  EXPECT_EQ(portable_log(1.0), 0.0);
  for (const double x : {0.0, -1.0, infinity, std::numeric_limits<double>::quiet_NaN()})
    EXPECT_TRUE(std::isnan(portable_log(x))) << x;
}

// Compared with 60-digit values (mpmath): equal, or 1 unit in the last place beside them. They pin the bits,
// so that a compiler that contracts or reorders is noticed.
TEST(Portable, BitsAreThoseOfEveryMachine) {
  EXPECT_EQ(portable_exp(0.3), 0x1.599058c8c1a96p+0);
  EXPECT_EQ(portable_exp(-1.7), 0x1.7622c78a98a07p-3);
  EXPECT_EQ(portable_log(0.01), -0x1.26bb1bbb55516p+2);
  EXPECT_EQ(portable_power(93.5 / 70.0, 0.75), 0x1.3e12605fb610ep+0);
}

}  // namespace
}  // namespace evenkeel::pkpd
