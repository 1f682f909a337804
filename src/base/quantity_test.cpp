#include "base/quantity.hpp"

#include <gtest/gtest.h>

#include <concepts>
#include <limits>

#include "base/interval.hpp"

namespace evenkeel {
namespace {

using namespace units;

template <class A, class B>
concept Addable = requires(A a, B b) {
  a + b;
};
template <class A, class B>
concept Comparable = requires(A a, B b) {
  a < b;
};

static_assert(Addable<DrugMass, DrugMass>);
static_assert(!Addable<DrugMass, BodyMass>);
static_assert(!Addable<DrugMass, Volume>);
static_assert(!Addable<DrugMass, double>);
static_assert(!Addable<Duration, double>);
static_assert(!Addable<DosePerBody, DrugMass>);
static_assert(!Comparable<DrugMass, BodyMass>);
static_assert(!Comparable<Concentration, DosePerBody>);
static_assert(!std::convertible_to<double, DrugMass>);
static_assert(!std::convertible_to<DrugMass, double>);
static_assert(!std::convertible_to<DosePerBody, double>);
static_assert(std::convertible_to<Fraction, double>);

static_assert(std::same_as<decltype(0.5 * (mg / kg) * (70.0 * kg)), DrugMass>);
static_assert(std::same_as<decltype(mg / L * h), ConcentrationTime>);
static_assert(std::same_as<decltype(mg / (mg / L * h)), Clearance>);
static_assert(std::same_as<decltype(1.0 / h), RateConstant>);

TEST(Quantity, OfDosePerBodyTimesBodyMassIsADose) {
  constexpr DosePerBody wanted = 0.5 * (mg / kg);
  static_assert(wanted * (70.0 * kg) == 35.0 * mg);
  EXPECT_DOUBLE_EQ((wanted * (82.5 * kg)).in(mg), 41.25);
}

TEST(Quantity, LeavesInTheUnitThatIsNamed) {
  const Concentration level = 0.25 * (mg / L);
  EXPECT_DOUBLE_EQ(level.in(ng / mL), 250.0);
  EXPECT_DOUBLE_EQ(level.in(ug / L), 250.0);
  EXPECT_DOUBLE_EQ((40.0 * units::min).in(h), 2.0 / 3.0);
  EXPECT_DOUBLE_EQ((1.48 * (L / units::min)).in(L / h), 88.8);
  EXPECT_DOUBLE_EQ((2.0 * week).in(day), 14.0);
  EXPECT_DOUBLE_EQ((7200.0 * s).in(h), 2.0);
}

TEST(Quantity, RatioOfLikeQuantitiesIsAPlainNumber) {
  const double share = (20.0 * mg) / (80.0 * mg);
  EXPECT_DOUBLE_EQ(share, 0.25);
}

TEST(Quantity, AddsSubtractsAndScales) {
  DrugMass sum = 10.0 * mg + 0.5 * g;
  sum += 1.0 * mg;
  sum -= 11.0 * mg;
  EXPECT_DOUBLE_EQ(sum.in(mg), 500.0);
  EXPECT_DOUBLE_EQ((-sum / 2.0).in(g), -0.25);
  EXPECT_DOUBLE_EQ((sum - 1.0 * mg).in(mg), 499.0);
}

TEST(Quantity, NotANumberNeverPassesACheckThatIsWrittenPositively) {
  const DrugMass nan = std::numeric_limits<double>::quiet_NaN() * mg;
  const DrugMass limit = 100.0 * mg;
  EXPECT_FALSE(nan <= limit);
  EXPECT_FALSE(nan >= DrugMass{});
  EXPECT_FALSE(limit >= nan);
  EXPECT_FALSE(nan == nan);
  EXPECT_FALSE(is_finite(nan));
  EXPECT_FALSE(is_finite(1.0 / 0.0 * mg));
  EXPECT_TRUE(is_finite(limit));
}

}  // namespace
}  // namespace evenkeel
