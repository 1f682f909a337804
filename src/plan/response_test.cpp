#include "plan/response.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "pkpd/ensemble.hpp"
#include "pkpd/trajectory.hpp"
#include "support/dose_question.hpp"

namespace evenkeel::plan {
namespace {

using test::at;
using test::dec;
using units::mg;

constexpr auto mg_L = units::mg / units::L;

const Shape even40{dec("40"), {}};
const Shape early20{dec("20"), {"early", {{50, 80}, {50, 20}}}};
const Instant start = at("2026-03-16T10:00:00Z");

// The same by another road: each member's own trajectory, with what is left as boluses an hour before. A
// bolus enters the input compartment alone, so only that one holds an amount.
pkpd::Trajectory road_two(const individual::Member& member, const Shape& shape, double dose_mg) {
  std::vector<pkpd::Dose> doses{{Duration{}, Duration{}, member.amounts[0] * mg}};
  Duration from = 1.0 * units::h;
  for (const ProfilePart& part : shape.profile.parts) {
    const Duration length = part.percent_of_time / 100.0 * shape.minutes.to_double() * units::min;
    doses.push_back({from, length, dose_mg * part.percent_of_dose / 100.0 * mg});
    from += length;
  }
  return *pkpd::Trajectory::make({{Duration{}, member.system}}, doses, pkpd::Road::matrix_exponential);
}

TEST(Predict, AgreesWithEachMembersTrajectory) {
  auto model = test::forecast_of("one", 40, 70.0, 3);
  for (auto& member : model.forecast.members) member.amounts << 5.0, 0.0, 0.0;
  const std::vector<Shape> shapes{even40, early20};
  const std::vector<DoseOfShape> candidates{{0, 41.0 * mg}, {1, 20.0 * mg}, {0, 10.0 * mg}};
  const auto predicted = *predict(model, start, shapes, candidates, 1);
  for (std::size_t c = 0; c < candidates.size(); ++c) {
    const Shape& shape = shapes[candidates[c].shape];
    const auto times = times_of(shape);
    ASSERT_EQ(times.size(), times_of_a_band);
    for (std::size_t t = 0; t < times.size(); ++t) {
      std::vector<double> values;
      for (const auto& member : model.forecast.members) {
        values.push_back(road_two(member, shape, candidates[c].dose.in(mg))
                             .concentration(1.0 * units::h + times[t])
                             .in(mg_L));
      }
      EXPECT_NEAR(predicted[c].band[t].p5.in(mg_L), pkpd::percentile(values, 0.05), 1e-10) << c << " " << t;
      EXPECT_NEAR(predicted[c].band[t].p50.in(mg_L), pkpd::percentile(values, 0.5), 1e-10);
      EXPECT_NEAR(predicted[c].band[t].p95.in(mg_L), pkpd::percentile(values, 0.95), 1e-10);
    }
    for (std::size_t m = 0; m < model.forecast.members.size(); ++m) {
      const auto road = road_two(model.forecast.members[m], shape, candidates[c].dose.in(mg));
      const Duration end = 1.0 * units::h + times.back();
      EXPECT_NEAR(predicted[c].areas_mg_h_L[m], road.area(1.0 * units::h, end).in(mg_L * units::h), 1e-10);
      EXPECT_NEAR(predicted[c].peaks_mg_L[m], road.peak(1.0 * units::h, end).value.in(mg_L), 1e-9);
    }
  }
}

TEST(Predict, FindsThePeakAtALaggingSiteWithinOnePercent) {
  auto model = test::forecast_of("one", 20, 70.0, 4);
  for (const double half_life_min : {1.0, 3.0, 10.0}) {
    const auto effect = test::rising_effect(pkpd::DelayHalfLife{{half_life_min * units::min, {}}});
    model.read_outs = {test::read_out_of(effect, model)};
    const auto predicted =
        *predict(model, start, std::vector{even40}, std::vector{DoseOfShape{0, 41.0 * mg}}, 1);
    for (std::size_t m = 0; m < 20; ++m) {
      const auto lagging = pkpd::with_delay(effect, model.forecast.members[m].system, 0);
      const auto road =
          *pkpd::Trajectory::make({{Duration{}, lagging.system}},
                                  std::vector<pkpd::Dose>{{Duration{}, 40.0 * units::min, 41.0 * mg}});
      const double peak = road.peak(Duration{}, 7.0 * units::h, lagging.output).value.in(mg_L);
      EXPECT_LE(predicted[0].sites_mg_L[0][m], peak * (1.0 + 1e-9));
      EXPECT_GE(predicted[0].sites_mg_L[0][m], 0.99 * peak) << half_life_min;
    }
  }
}

TEST(Predict, TheSameBitsOnAnyNumberOfThreads) {
  const auto model = test::forecast_of("one", 200, 70.0, 5, 3.0);
  std::vector<DoseOfShape> candidates;
  for (int i = 0; i < 60; ++i)
    candidates.push_back({static_cast<std::size_t>(i % 2), (10.0 + (i * 37) % 60) * mg});
  const std::vector<Shape> shapes{even40, early20};
  const auto one = *predict(model, start, shapes, candidates, 1);
  const auto two = *predict(model, start, shapes, candidates, 2);
  for (std::size_t c = 0; c < candidates.size(); ++c) {
    EXPECT_EQ(one[c].band, two[c].band);
    EXPECT_EQ(one[c].peak, two[c].peak);
    EXPECT_EQ(one[c].areas_mg_h_L, two[c].areas_mg_h_L);
  }
}

TEST(Predict, ACandidateDoesNotDependOnItsNeighbours) {
  const auto model = test::forecast_of("one", 100, 70.0, 6, 3.0);
  std::vector<DoseOfShape> many;
  for (int i = 0; i < 30; ++i) many.push_back({0, (5.0 + 2.0 * i) * mg});
  const auto together = *predict(model, start, std::vector{even40}, many, 1);
  for (std::size_t c : {0U, 7U, 29U}) {
    const auto alone = *predict(model, start, std::vector{even40}, std::vector{many[c]}, 1);
    EXPECT_EQ(alone.front().band, together[c].band);
  }
}

TEST(Predict, WaitsUntilTheStart) {
  auto early = test::forecast_of("one", 1, 70.0, 1, 10.0);
  const auto dose = std::vector{DoseOfShape{0, 1e-9 * mg}};
  const auto soon = *predict(early, start, std::vector{even40}, dose, 1);
  early.from = at("2026-03-13T10:00:00Z");
  const auto later = *predict(early, start, std::vector{even40}, dose, 1);
  EXPECT_LT(later.front().peak.p50, 0.1 * soon.front().peak.p50);
  early.from = at("2026-03-16T10:00:01Z");
  EXPECT_FALSE(predict(early, start, std::vector{even40}, dose, 1));
}

TEST(Predict, RefusesAForecastThatIsNotSound) {
  const auto refuses = [](auto&& breaks) {
    auto model = test::forecast_of("one", 3, 70.0, 1);
    breaks(model.forecast.members);
    return !predict(model, start, std::vector{even40}, std::vector{DoseOfShape{0, 41.0 * mg}}, 1);
  };
  EXPECT_FALSE(refuses([](auto&) {}));
  EXPECT_TRUE(refuses([](auto& members) { members.clear(); }));
  EXPECT_TRUE(refuses([](auto& members) { members[1].amounts[0] = std::nan(""); }));
  EXPECT_TRUE(refuses([](auto& members) { members[1].amounts[0] = -1.0; }));
  EXPECT_TRUE(refuses([](auto& members) { members[1].system.rates(0, 0) = -HUGE_VAL; }));
  EXPECT_TRUE(refuses([](auto& members) { members[1].fraction = std::nan(""); }));
  EXPECT_TRUE(refuses([](auto& members) { members[1].fraction = 0.0; }));
  EXPECT_TRUE(refuses([](auto& members) { members[2].amounts = Eigen::VectorXd::Zero(2); }));
  EXPECT_TRUE(refuses([](auto& members) { members[2].system.outputs.clear(); }));
  EXPECT_TRUE(refuses([](auto& members) { members[2].system.outputs[0].volume = Volume{}; }));
}

}  // namespace
}  // namespace evenkeel::plan
