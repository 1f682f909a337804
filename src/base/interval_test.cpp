#include "base/interval.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "base/quantity.hpp"

namespace evenkeel {
namespace {

constexpr double nan_value = std::numeric_limits<double>::quiet_NaN();

TEST(Interval, IsClosedAtBothEnds) {
  const auto weights = Interval<BodyMass>::make(40.0 * units::kg, 160.0 * units::kg);
  ASSERT_TRUE(weights.has_value());
  EXPECT_TRUE(weights->contains(40.0 * units::kg));
  EXPECT_TRUE(weights->contains(160.0 * units::kg));
  EXPECT_FALSE(weights->contains(39.999 * units::kg));
  EXPECT_FALSE(weights->contains(160.001 * units::kg));
  EXPECT_EQ(weights->low(), 40.0 * units::kg);
  EXPECT_EQ(weights->high(), 160.0 * units::kg);
}

TEST(Interval, IsNotBuiltUpsideDown) {
  const auto refused = Interval<int>::make(3, 2);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, ErrorCode::invalid_input);
  EXPECT_TRUE(Interval<int>::make(2, 2).has_value());
}

TEST(Interval, IsNotBuiltOnWhatIsNotANumber) {
  EXPECT_FALSE(Interval<double>::make(nan_value, 1.0).has_value());
  EXPECT_FALSE(Interval<double>::make(1.0, nan_value).has_value());
}

TEST(Interval, NeverContainsWhatIsNotANumber) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  EXPECT_FALSE(Interval<double>::make(-infinity, infinity)->contains(nan_value));
}

TEST(Interval, HoldsOnlyZeroWhenNothingWasSaid) {
  EXPECT_TRUE(Interval<double>{}.contains(0.0));
  EXPECT_FALSE(Interval<double>{}.contains(1e-300));
}

}  // namespace
}  // namespace evenkeel
