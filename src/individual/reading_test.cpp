#include "individual/reading.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "pkpd/normal.hpp"

namespace evenkeel::individual {
namespace {

const Look proportional{{}, {0.2, 0.0, 0.0}};
const Look logarithmic{{}, {0.0, 0.0, 0.25}};

ReadingSpread spread(std::vector<double> predicted, const Look& look) {
  return {predicted, look, nullptr};
}
Assayed assayed(double mg_L) {
  return {mg_L * (units::mg / units::L)};
}

TEST(ReadingSpread, OfOneDrawIsTheNormalOfItsScatter) {
  const ReadingSpread one = spread({2.0}, proportional);
  EXPECT_NEAR(one.log_below(2.4), std::log(pkpd::normal_probability(1.0)), 1e-12);
  EXPECT_NEAR(one.quantile(0.95), 2.0 + 0.4 * pkpd::normal_quantile(0.95), 1e-5);
  EXPECT_NEAR(one.log_tail(assayed(2.0)), 0.0, 1e-12);
  EXPECT_NEAR(one.log_likelihood(assayed(2.4)), -0.5 - std::log(0.4 * std::sqrt(2.0 * std::acos(-1.0))),
              1e-12);
  const ReadingSpread log_one = spread({2.0}, logarithmic);
  EXPECT_NEAR(log_one.quantile(0.05), 2.0 * std::exp(0.25 * pkpd::normal_quantile(0.05)), 1e-4);
}

// Far out, where the probability itself is no number any more.
TEST(ReadingSpread, TailsAreExactFarOut) {
  const ReadingSpread one = spread({1.0, 1.0}, proportional);
  const double u = 999.0 / 0.2;
  const double expected = std::log(2.0) - 0.5 * u * u - std::log(u) - 0.5 * std::log(2.0 * std::acos(-1.0));
  EXPECT_NEAR(one.log_tail(assayed(1000.0)) / expected, 1.0, 1e-9);
}

TEST(ReadingSpread, QuantilesOfAMixtureAreWhereItsProbabilityIs) {
  const ReadingSpread mixed = spread({1.0, 1.5, 7.0, 0.2}, proportional);
  for (const double p : {0.05, 0.3, 0.5, 0.9, 0.95})
    EXPECT_NEAR(std::exp(mixed.log_below(mixed.quantile(p))), p, 1e-4) << p;
  EXPECT_NEAR(std::exp(mixed.log_below(1.2)) + std::exp(mixed.log_above(1.2)), 1.0, 1e-12);
}

TEST(ReadingSpread, WhereNothingIsPredictedNothingCanBeFound) {
  const double infinite = std::numeric_limits<double>::infinity();
  for (const Look& look : {proportional, logarithmic}) {
    const ReadingSpread none = spread({0.0, 0.0}, look);
    EXPECT_EQ(none.log_tail(assayed(0.1)), -infinite);
    EXPECT_EQ(none.log_tail(Below{0.1 * (units::mg / units::L)}), 0.0);
    EXPECT_EQ(none.quantile(0.95), 0.0);
  }
}

TEST(ThreeDigits, WithoutAnExponent) {
  EXPECT_EQ(three_digits(56.34), "56.3");
  EXPECT_EQ(three_digits(38500.4), "38500");
  EXPECT_EQ(three_digits(0.0123), "0.0123");
  EXPECT_EQ(three_digits(0.0), "0");
  EXPECT_EQ(ng_mL(0.0563), "56.3 ng/mL");
}

}  // namespace
}  // namespace evenkeel::individual
