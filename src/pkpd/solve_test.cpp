#include "pkpd/solve.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace evenkeel::pkpd {
namespace {

LinearSystem depot_and_central(double ka, double k) {
  Eigen::Matrix2d rates;
  rates << -ka, 0.0, ka, -k;
  LinearSystem system;
  system.rates = rates;
  system.outputs = {{1, 10.0 * units::L}};
  return system;
}

LinearSystem central(double k) {
  LinearSystem system;
  system.rates = Eigen::MatrixXd::Constant(1, 1, -k);
  system.outputs = {{0, 4.0 * units::L}};
  system.modal = modal_form(system.rates);
  return system;
}

TEST(Walker, CarriesOutEachEventAtItsTime) {
  Timeline timeline{{central(0.1), central(0.2)}, {}};
  timeline.events = {{0.0, UseSystem{0}},    {0.0, AddAmount{0, 8.0}}, {1.0, UseSystem{1}},
                     {1.0, AddRate{0, 3.0}}, {2.0, AddRate{0, -3.0}},  {2.0, ReadOut{0}}};
  Walker walker{timeline};
  std::vector<double> seen;
  while (walker.next()) seen.push_back(walker.amounts()[0]);
  const double at_1 = 8.0 * std::exp(-0.1);
  const double at_2 = at_1 * std::exp(-0.2) - 15.0 * std::expm1(-0.2);
  const std::vector<double> expected{0.0, 8.0, at_1, at_1, at_2, at_2};
  ASSERT_EQ(seen.size(), expected.size());
  for (std::size_t i = 0; i < seen.size(); ++i) EXPECT_NEAR(seen[i], expected[i], 1e-14) << i;
  EXPECT_EQ(walker.at_h(), 2.0);
  EXPECT_EQ(walker.system(), 1U);
  EXPECT_FALSE(walker.next());
}

TEST(Walker, HasNoInputLeftWhenAllInfusionsHaveEnded) {
  Timeline timeline{{central(0.1)}, {{0.0, UseSystem{0}}}};
  for (const double rate : {0.1, 0.2, 0.3, 0.1}) timeline.events.push_back({0.0, AddRate{0, rate}});
  for (const double rate : {0.3, 0.1, 0.1, 0.2}) timeline.events.push_back({1.0, AddRate{0, -rate}});
  Walker walker{timeline};
  while (walker.next()) {
  }
  EXPECT_EQ(walker.input()[0], 0.0);
}

TEST(Walker, StartsAnewAtAnyTimeWhenCleared) {
  Timeline timeline{{central(0.1)}, {}};
  timeline.events = {{5.0, UseSystem{0}}, {5.0, AddAmount{0, 8.0}}, {5.0, AddRate{0, 1.0}},
                     {1.0, Clear{}},      {1.0, AddAmount{0, 2.0}}, {2.0, ReadOut{0}}};
  Walker walker{timeline};
  while (walker.next()) {
  }
  EXPECT_NEAR(walker.amounts()[0], 2.0 * std::exp(-0.1), 1e-15);
}

// On an even grid the differences of the times differ in their last digits; one propagator serves them.
TEST(Walker, StepsAsExactlyOverARoundedGridAsAlone) {
  Timeline timeline{{depot_and_central(3.0, 0.1)}, {{0.0, UseSystem{0}}, {0.0, AddAmount{0, 100.0}}}};
  timeline.events.push_back({0.0, AddRate{1, 5.0}});
  const std::size_t rows = 500;
  for (std::size_t i = 0; i < rows; ++i)
    timeline.events.push_back({1000.0 / 3.0 + static_cast<double>(i) / 12.0, ReadOut{i}});
  timeline.events[0].at_h = timeline.events[1].at_h = timeline.events[2].at_h = 1000.0 / 3.0;
  const Readings readings = read_outs(timeline, rows);
  for (std::size_t i = 0; i < rows; ++i) {
    const double hours = timeline.events[i + 3].at_h - 1000.0 / 3.0;
    const double expected = 100.0 * 3.0 / 2.9 * (std::exp(-0.1 * hours) - std::exp(-3.0 * hours)) -
                            50.0 * std::expm1(-0.1 * hours);
    const auto row = static_cast<Eigen::Index>(i);
    EXPECT_NEAR(readings.amounts(row, 1), expected, 2e-13 * expected) << hours;
    EXPECT_EQ(readings.concentrations(row, 0), readings.amounts(row, 1) / 10.0);
  }
}

TEST(ReadOuts, ReadEveryRowWithTheVolumeOfItsSystem) {
  Timeline timeline{{central(0.1), central(0.1)}, {}};
  timeline.systems[1].outputs[0].volume = 8.0 * units::L;
  timeline.events = {{0.0, UseSystem{0}},
                     {0.0, AddAmount{0, 8.0}},
                     {0.0, ReadOut{1}},
                     {0.0, UseSystem{1}},
                     {0.0, ReadOut{0}}};
  const Readings readings = read_outs(timeline, 2);
  EXPECT_EQ(readings.concentrations(1, 0), 2.0);
  EXPECT_EQ(readings.concentrations(0, 0), 1.0);
}

TEST(WalkerDeathTest, EndsWhenTheTimelineCannotBe) {
  Timeline back{{central(0.1)}, {{1.0, UseSystem{0}}, {0.0, ReadOut{0}}}};
  EXPECT_DEATH(static_cast<void>(read_outs(back, 1)), "goes forward");
  Timeline ends{{central(0.1)}, {{1.0, UseSystem{0}}, {1.0, AddRate{0, -1.0}}}};
  EXPECT_DEATH(static_cast<void>(read_outs(ends, 1)), "only a running infusion ends");
  Timeline row{{central(0.1)}, {{1.0, UseSystem{0}}, {1.0, ReadOut{1}}}};
  EXPECT_DEATH(static_cast<void>(read_outs(row, 1)), "has a place");
  EXPECT_DEATH(static_cast<void>(read_outs(Timeline{}, 1)), "has a system");
}

}  // namespace
}  // namespace evenkeel::pkpd
