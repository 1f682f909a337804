#include "pkpd/trajectory.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace evenkeel::pkpd {
namespace {

using units::h;
using units::mg;
constexpr double infinity = std::numeric_limits<double>::infinity();

// One compartment: 2/h out of `volume_L`.
LinearSystem fast(double volume_L = 10.0) {
  LinearSystem system{Eigen::MatrixXd::Constant(1, 1, -2.0), 0, {{0, volume_L * units::L}}, std::nullopt};
  system.modal = modal_form(system.rates);
  return system;
}

// A parent that becomes a metabolite, both of 10 L.
LinearSystem chain() {
  Eigen::Matrix2d k;
  k << -2.0, 0.0, 2.0, -0.5;
  return {k, 0, {{0, 10.0 * units::L}, {1, 10.0 * units::L}}, std::nullopt};
}

Trajectory course(std::vector<Epoch> epochs, std::vector<Dose> doses) {
  auto made = Trajectory::make(std::move(epochs), doses);
  EXPECT_TRUE(made.has_value());
  return *std::move(made);
}
Trajectory course(std::vector<Dose> doses) {
  return course({{Duration{}, fast()}}, std::move(doses));
}

double mg_L(Concentration level) {
  return level.in(units::mg / units::L);
}

TEST(Trajectory, IsZeroBeforeTheFirstEventAndJumpsAtABolus) {
  const Trajectory here = course({{1.0 * h, Duration{}, 50.0 * mg}});
  EXPECT_EQ(mg_L(here.concentration(-5.0 * h)), 0.0);
  EXPECT_EQ(here.amounts(-5.0 * h)[0], 0.0);
  EXPECT_EQ(mg_L(here.concentration(std::nextafter(1.0, 0.0) * h)), 0.0);
  EXPECT_DOUBLE_EQ(mg_L(here.concentration(1.0 * h)), 5.0);  // after it
  EXPECT_DOUBLE_EQ(mg_L(here.concentration(2.0 * h)), 5.0 * std::exp(-2.0));
}

TEST(Trajectory, AddsTwoBolusesAtTheSameMoment) {
  const Trajectory here = course({{1.0 * h, Duration{}, 50.0 * mg}, {1.0 * h, Duration{}, 20.0 * mg}});
  EXPECT_DOUBLE_EQ(mg_L(here.concentration(1.0 * h)), 7.0);
}

TEST(Trajectory, TakesDosesInAnyOrder) {
  const std::vector<Dose> doses{{3.0 * h, 1.0 * h, 10.0 * mg}, {1.0 * h, Duration{}, 5.0 * mg}};
  const Trajectory one = course({doses[0], doses[1]});
  const Trajectory two = course({doses[1], doses[0]});
  EXPECT_EQ(one.amounts(5.0 * h), two.amounts(5.0 * h));
}

TEST(Trajectory, GivesAnInfusionThatEndsAtAnotherEventOnce) {
  const Trajectory here = course(
      {{0.0 * h, 1.0 * h, 20.0 * mg}, {1.0 * h, Duration{}, 30.0 * mg}, {1.0 * h, 1.0 * h, 20.0 * mg}});
  const double at_one = 10.0 * (1.0 - std::exp(-2.0));
  EXPECT_NEAR(here.amounts(1.0 * h)[0], at_one + 30.0, 1e-12);
  EXPECT_NEAR(here.amounts(2.0 * h)[0], (at_one + 30.0) * std::exp(-2.0) + at_one, 1e-12);
}

TEST(Trajectory, GivesABolusInsideAnInfusion) {
  const Trajectory here = course({{0.0 * h, 2.0 * h, 40.0 * mg}, {0.5 * h, Duration{}, 30.0 * mg}});
  const double infused = 10.0 * (1.0 - std::exp(-4.0));
  EXPECT_NEAR(here.amounts(2.0 * h)[0], infused + 30.0 * std::exp(-3.0), 1e-12);
}

TEST(Trajectory, AddsOverlappingInfusions) {
  const Trajectory here = course({{0.0 * h, 2.0 * h, 40.0 * mg}, {1.0 * h, 2.0 * h, 20.0 * mg}});
  const double at_two = 10.0 * (1.0 - std::exp(-4.0)) + 5.0 * (1.0 - std::exp(-2.0));
  EXPECT_NEAR(here.amounts(2.0 * h)[0], at_two, 1e-12);
}

// An infusion of one unit in the last place had no moment strictly between its ends, and vanished.
TEST(Trajectory, LosesNoDoseHoweverShort) {
  for (const double at : {0.0, 1.0, 5000.0}) {
    for (const double length : {0.0, 1e-300, std::nextafter(at, infinity) - at, 1e-12}) {
      const Trajectory here = course({{at * h, length * h, 50.0 * mg}});
      EXPECT_NEAR(here.amounts((at + 1e-9) * h)[0], 50.0, 1e-5) << at << " " << length;
    }
  }
}

TEST(Trajectory, CarriesAmountsIntoANewEpochInTheMiddleOfAnInfusion) {
  const Trajectory here =
      course({{Duration{}, fast(10.0)}, {1.0 * h, fast(20.0)}}, {{0.0 * h, 2.0 * h, 40.0 * mg}});
  EXPECT_NEAR(here.amounts(2.0 * h)[0], 10.0 * (1.0 - std::exp(-4.0)), 1e-12);
  const double amount = 10.0 * (1.0 - std::exp(-2.0));
  EXPECT_NEAR(mg_L(here.concentration(std::nextafter(1.0, 0.0) * h)), amount / 10.0, 1e-12);
  EXPECT_NEAR(mg_L(here.concentration(1.0 * h)), amount / 20.0, 1e-12);  // the new volume
}

TEST(Trajectory, UsesTheLastOfTwoEpochsOfOneMoment) {
  const Trajectory here =
      course({{Duration{}, fast(10.0)}, {Duration{}, fast(20.0)}}, {{0.0 * h, Duration{}, 40.0 * mg}});
  EXPECT_DOUBLE_EQ(mg_L(here.concentration(Duration{})), 2.0);
}

TEST(Trajectory, RefusesDosesThatCannotBeGiven) {
  const double nan_value = std::nan("");
  for (const Dose& dose : {Dose{1.0 * h, -1.0 * h, 10.0 * mg}, Dose{1.0 * h, 1.0 * h, -10.0 * mg},
                           Dose{nan_value * h, 1.0 * h, 10.0 * mg}, Dose{1.0 * h, nan_value * h, 10.0 * mg},
                           Dose{1.0 * h, 1.0 * h, nan_value * mg}, Dose{1.0 * h, infinity * h, 10.0 * mg},
                           Dose{1e308 * h, 1e308 * h, 10.0 * mg}}) {
    const auto refused = Trajectory::make({{Duration{}, fast()}}, std::span{&dose, 1});
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code, ErrorCode::invalid_input);
  }
}

TEST(Trajectory, RefusesASystemFromNoFiniteTime) {
  EXPECT_FALSE(Trajectory::make({{std::nan("") * h, fast()}}, {}).has_value());
  EXPECT_FALSE(Trajectory::make({{-infinity * h, fast()}}, {}).has_value());
}

TEST(Trajectory, IsZeroWithoutDoses) {
  const Trajectory here = course({});
  EXPECT_EQ(mg_L(here.concentration(3.0 * h)), 0.0);
  EXPECT_EQ(here.area(Duration{}, 9.0 * h).canonical(), 0.0);
  EXPECT_EQ(here.peak(Duration{}, 9.0 * h).value, Concentration{});
}

TEST(Trajectory, FindsThePeakOfAMetabolite) {
  const Trajectory here = course({{Duration{}, chain()}}, {{0.0 * h, Duration{}, 10.0 * mg}});
  const Peak peak = here.peak(Duration{}, 400.0 * h, 1);
  EXPECT_NEAR(peak.at.in(h), std::log(4.0) / 1.5, 1e-6);  // ln(k1/k2) / (k1 - k2)
  EXPECT_NEAR(mg_L(peak.value), std::pow(4.0, -1.0 / 3.0), 1e-12);
}

TEST(Trajectory, PeaksAtTheEndOfAnInfusion) {
  const Trajectory here = course({{0.0 * h, 1.0 * h, 20.0 * mg}});
  const Peak peak = here.peak(Duration{}, 10.0 * h);
  EXPECT_DOUBLE_EQ(peak.at.in(h), 1.0);
  EXPECT_NEAR(mg_L(peak.value), 1.0 - std::exp(-2.0), 1e-13);
}

// The interval is closed, and the jump at its end was not seen.
TEST(Trajectory, CountsABolusAtTheVeryEndAmongItsPeaks) {
  const Trajectory here = course({{0.0 * h, Duration{}, 10.0 * mg}, {4.0 * h, Duration{}, 50.0 * mg}});
  EXPECT_GT(mg_L(here.peak(Duration{}, 4.0 * h).value), 4.9);
  EXPECT_DOUBLE_EQ(here.peak(Duration{}, 4.0 * h).at.in(h), 4.0);
  EXPECT_DOUBLE_EQ(mg_L(here.peak(Duration{}, 3.999 * h).value), 1.0);
}

// A second dose reaches the last compartment after a dip. With samples spread over the year that
// followed, the first came after both turns, and the highest peak of the year was not seen.
TEST(Trajectory, FindsAShortPeakBehindADipAtTheStartOfALongTail) {
  Eigen::Matrix3d k;
  k << -900.0, 0.0, 0.0, 900.0, -900.0, 0.0, 0.0, 900.0, -300.0;
  const LinearSystem system{k, 0, {{2, 10.0 * units::L}}, std::nullopt};
  const Trajectory here =
      course({{Duration{}, system}}, {{0.0 * h, Duration{}, 10.0 * mg}, {0.02 * h, Duration{}, 100.0 * mg}});
  const Peak peak = here.peak(Duration{}, 8760.0 * h);
  for (int i = 0; i < 1000; ++i) {
    EXPECT_LE(here.concentration((0.02 + 2e-5 * i) * h), peak.value) << i;
  }
}

TEST(Trajectory, MeasuresTheTimeAboveALevel) {
  const Trajectory here = course({{1.0 * h, Duration{}, 50.0 * mg}});
  const auto above = [&](double level, double from, double to) {
    return here.time_above(level * (mg / units::L), from * h, to * h).in(h);
  };
  EXPECT_NEAR(above(1.0, 0.0, 10.0), std::log(5.0) / 2.0, 1e-12);
  EXPECT_NEAR(above(1.0, 1.5, 10.0), std::log(5.0) / 2.0 - 0.5, 1e-12);
  EXPECT_NEAR(above(1.0, 1.1, 1.2), 0.1, 1e-12);
  EXPECT_EQ(above(5.1, 0.0, 10.0), 0.0);
  EXPECT_EQ(above(1.0, 3.0, 2.0), 0.0);
  EXPECT_EQ(above(std::nan(""), 0.0, 10.0), 0.0);
}

// Zero is at or above zero, also before anything was given.
TEST(Trajectory, IsAlwaysAboveNothing) {
  const Trajectory here = course({{Duration{}, fast()}}, {{5.0 * h, Duration{}, 50.0 * mg}});
  EXPECT_DOUBLE_EQ(here.time_above(Concentration{}, -3.0 * h, 10.0 * h).in(h), 13.0);
}

TEST(Trajectory, MeasuresAreas) {
  const Trajectory here = course({{1.0 * h, Duration{}, 50.0 * mg}});
  EXPECT_NEAR(here.area(Duration{}, 2.0 * h).canonical(), 2.5 * (1.0 - std::exp(-2.0)), 1e-13);
  EXPECT_NEAR(here.area(-9.0 * h, 100.0 * h).canonical(), 2.5, 1e-13);
  EXPECT_EQ(here.area(-9.0 * h, 1.0 * h).canonical(), 0.0);
  EXPECT_EQ(here.area(5.0 * h, 2.0 * h).canonical(), 0.0);
}

TEST(Trajectory, ReadsManyTimesInTheirOrder) {
  const Trajectory here = course({{0.0 * h, Duration{}, 50.0 * mg}});
  const std::vector<Duration> times{3.0 * h, 1.0 * h, 3.0 * h};
  const auto levels = here.concentrations(times);
  ASSERT_EQ(levels.size(), 3U);
  for (std::size_t i = 0; i < times.size(); ++i) EXPECT_EQ(levels[i], here.concentration(times[i]));
}

TEST(TrajectoryDeathTest, EndsTheProgramOnItsOwnFaults) {
  const Trajectory here = course({{0.0 * h, Duration{}, 50.0 * mg}});
  EXPECT_DEATH(static_cast<void>(here.concentration(1.0 * h, 1)), "an output is one of the model's");
  EXPECT_DEATH(static_cast<void>(here.concentration(std::nan("") * h)), "finite time");
  const Dose early{-1.0 * h, Duration{}, 1.0 * mg};
  EXPECT_DEATH(static_cast<void>(Trajectory::make({{Duration{}, fast()}}, std::span{&early, 1})), "in force");
}

}  // namespace
}  // namespace evenkeel::pkpd
