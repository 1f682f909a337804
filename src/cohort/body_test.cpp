// Exposures in closed form against the engine's trajectories.

#include "cohort/body.hpp"

#include <gtest/gtest.h>

#include "pkpd/trajectory.hpp"
#include "support/virtual_clinic.hpp"

namespace evenkeel::cohort {
namespace {

using units::h;
using units::mg;

constexpr auto ng_mL = units::ng / units::mL;

struct Given {
  double start_h, length_h, mg;
};
constexpr Given doses[] = {{9.0, 2.0 / 3.0, 40.0},   {57.0, 2.0 / 3.0, 40.0}, {69.0, 0.5, 150.0},
                           {70.5, 0.5, 300.0},       {72.0, 0.5, 900.0},      {300.0, 2.0 / 3.0, 80.0},
                           {2'000.0, 2.0 / 3.0, 5.0}};

TEST(Body, AgreesWithTheExactCourseOfAllDosesTogether) {
  const World world = test::world_of("adherent");
  for (const std::uint32_t patient : {0U, 1U, 2U, 3U}) {
    auto body = Body::make(world.people(), patient);
    ASSERT_TRUE(body.has_value());
    std::vector<pkpd::Dose> all;
    for (const Given& dose : doses) all.push_back({dose.start_h * h, dose.length_h * h, dose.mg * mg});
    auto system = world.people().structure().system(*world.people().subject(patient));
    const auto course = pkpd::Trajectory::make({{Duration{}, *std::move(system)}}, all);
    ASSERT_TRUE(course.has_value());
    double area = 0.0;
    double hours = 0.0;
    for (const Given& dose : doses) {
      const double end = dose.start_h + dose.length_h;
      const Exposed seen = body->take(dose.start_h, dose.length_h, dose.mg);
      EXPECT_NEAR(seen.peak_ng_mL, course->peak(dose.start_h * h, end * h).value.in(ng_mL),
                  1e-6 * seen.peak_ng_mL);
      const double inside = 0.5 * (dose.start_h + end);
      EXPECT_NEAR(body->concentration_ng_mL(inside), course->concentration(inside * h).in(ng_mL), 1e-6);
      EXPECT_NEAR(body->concentration_ng_mL(end + 1.0), course->concentration((end + 1.0) * h).in(ng_mL),
                  1e-6);
      area += seen.area_mg_h_L;
      hours += seen.hours_above;
    }
    EXPECT_NEAR(area, course->area(Duration{}, 20'000.0 * h).in(mg * h / units::L), 1e-6 * area);
    EXPECT_NEAR(hours, course->time_above(100.0 * ng_mL, Duration{}, 20'000.0 * h).in(h), 1e-5);
    EXPECT_GT(hours, 1.0);
  }
}

TEST(Body, NothingLeavesNothing) {
  const World world = test::world_of("adherent");
  auto body = Body::make(world.people(), 0);
  const Exposed seen = body->take(1.0, 0.5, 0.0);
  EXPECT_EQ(seen.peak_ng_mL, 0.0);
  EXPECT_EQ(seen.area_mg_h_L, 0.0);
  EXPECT_EQ(seen.hours_above, 0.0);
  EXPECT_EQ(body->concentration_ng_mL(2.0), 0.0);
}

}  // namespace
}  // namespace evenkeel::cohort
