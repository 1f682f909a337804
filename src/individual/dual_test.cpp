#include "individual/dual.hpp"

#include <gtest/gtest.h>

namespace evenkeel::individual {
namespace {

// x and y with their derivatives in the two directions.
Dual<2> x(double value) {
  Dual<2> out{value};
  out.slope[0] = 1.0;
  return out;
}
Dual<2> y(double value) {
  Dual<2> out{value};
  out.slope[1] = 1.0;
  return out;
}

TEST(Dual, EveryOperationHasTheDerivativesOfTheTextbook) {
  const double a = 1.7;
  const double b = -0.6;
  const Dual<2> product = x(a) * y(b);
  EXPECT_DOUBLE_EQ(product.slope[0], b);
  EXPECT_DOUBLE_EQ(product.slope[1], a);
  const Dual<2> quotient = x(a) / y(b);
  EXPECT_DOUBLE_EQ(quotient.slope[0], 1.0 / b);
  EXPECT_DOUBLE_EQ(quotient.slope[1], -a / (b * b));
  const Dual<2> difference = 3.0 * x(a) - y(b);
  EXPECT_DOUBLE_EQ(difference.slope[0], 3.0);
  EXPECT_DOUBLE_EQ(difference.slope[1], -1.0);
  const Dual<2> power = exp(x(a) * y(b));
  EXPECT_DOUBLE_EQ(power.slope[0], b * std::exp(a * b));
  EXPECT_DOUBLE_EQ(power.slope[1], a * std::exp(a * b));
}

TEST(Dual, TheValueIsThatOfPlainNumbersBitForBit) {
  for (const double a : {0.3, 1.0, 7e5}) {
    for (const double b : {0.1, 2.0 / 3.0, 1e-9}) {
      EXPECT_EQ((x(a) * y(b)).value, a * b);
      EXPECT_EQ((x(a) / y(b)).value, a / b);
      EXPECT_EQ(exp(y(b)).value, std::exp(b));
      double plain = a;
      Dual<2> dual = x(a);
      add_product(plain, a, b);
      add_product(dual, x(a), y(b));
      add_scaled(plain, 0.7, b);
      add_scaled(dual, 0.7, y(b));
      EXPECT_EQ(dual.value, plain);
    }
  }
}

TEST(Dual, SumsInPlaceDeriveAsTheSumsThatTheyStandFor) {
  Dual<2> sum = x(2.0);
  add_product(sum, x(2.0), y(3.0));
  add_scaled(sum, 0.5, y(3.0));
  EXPECT_DOUBLE_EQ(sum.slope[0], 1.0 + 3.0);
  EXPECT_DOUBLE_EQ(sum.slope[1], 2.0 + 0.5);
}

}  // namespace
}  // namespace evenkeel::individual
