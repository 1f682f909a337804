// Racemic, paediatric and summary models against what was published, and exact relations between
// their numbers. Each test names its anchor.
#include <gtest/gtest.h>

#include <Eigen/Eigenvalues>
#include <algorithm>

#include "shipped_models.hpp"

namespace evenkeel::pkpd {
namespace {

using units::h;
using units::min;

// The half-lives of a system, shortest first, in min.
std::vector<double> half_lives_min(const LinearSystem& system) {
  const Eigen::VectorXcd rates_1_h = Eigen::EigenSolver<Eigen::MatrixXd>{system.rates}.eigenvalues();
  std::vector<double> found;
  for (const auto& rate : rates_1_h) found.push_back(60.0 * std::log(2.0) / -rate.real());
  std::ranges::sort(found);
  return found;
}

// Table 1.1 of the fact base: half-lives and steady-state volumes at 70 kg, re-computed by an
// independent program from the published numbers. Citations stand in the model files.
TEST(Anchor, HalfLivesAndSteadyStateVolumes) {
  struct Row {
    std::string model;
    std::vector<double> printed_min;
    double volume_L;
  };
  for (const auto& [model, printed_min, volume_L] :
       {Row{"kamp-2020", {2.8, 28.4, 184}, 238}, Row{"domino-1982", {0.4, 4.6, 115}, 193},
        Row{"clements-1981", {17.6, 183}, 289}, Row{"hijazi-2003", {16.2, 297}, 297},
        Row{"fanta-2015", {12.9, 89, 442}, 419}}) {
    const LinearSystem system = shipped_system(model, 70.0);
    const auto found = half_lives_min(system);
    ASSERT_EQ(found.size(), printed_min.size()) << model;
    for (std::size_t i = 0; i < found.size(); ++i)
      EXPECT_NEAR(found[i], printed_min[i], printed_min[i] < 80.0 ? 0.051 : 0.51) << model;
    // Amounts that a unit rate keeps in each compartment, over the level in the first.
    const Eigen::VectorXd held =
        (-system.rates).partialPivLu().solve(Eigen::VectorXd::Unit(system.rates.rows(), 0));
    EXPECT_NEAR(system.outputs[0].volume.in(units::L)*held.sum() / held[0], volume_L, 0.51) << model;
  }
}

// Hijazi et al., Br J Anaesth 2003;90, abstract: clearance 36.0 mL/min/kg, half-life 4.9 h.
TEST(Anchor, HijaziGivesTheClearanceOfItsAbstract) {
  const LinearSystem system = shipped_system("hijazi-2003", 70.0);
  const double clearance = -system.rates.col(0).sum() * system.outputs[0].volume.in(units::L);
  EXPECT_NEAR(clearance * 1000.0 / 60.0 / 70.0, 36.0, 0.05);
  EXPECT_NEAR(half_lives_min(system).back() / 60.0, 4.9, 0.06);
}

// Anchor A14: 0.5 mg/kg over 40 min in racemic models ends between 100 and 250 ng/mL, the band of
// dissociation, where they are not arterial; 185 was the mean measured (Zanos et al. 2018, Table 1).
TEST(Anchor, HalfAMilligramPerKilogramOfTheRacemate) {
  const auto end = [](const std::string& model) {
    return ng_mL(course_of(model, of_weight(70.0), {{"intravenous", 0.0, 35.0, 40.0 / 60.0}})
                     .concentration(40.0 * min));
  };
  EXPECT_NEAR(end("kamp-2020"), 253.0, 0.6);
  EXPECT_NEAR(end("domino-1982"), 240.0, 0.6);
  EXPECT_NEAR(end("clements-1981"), 177.0, 0.6);
  EXPECT_GT(end("clements-1981"), 100.0);
  EXPECT_LT(end("clements-1981"), 250.0);
}

// Anchor A17: clearance of esketamine 18.1 (SD 3.2) mL/min/kg after 0.5 mg/kg. Wang et al., Drug Des
// Devel Ther 2019;13:4135. No model of arketamine ships, so the ratio of the two is not tested.
TEST(Anchor, EsketamineClearanceLiesWithinTheSpreadMeasured) {
  for (const std::string model : {"simons-2022", "kamp-2020"}) {
    const Trajectory course = course_of(model, of_weight(70.0), {{"intravenous", 0.0, 35.0}});
    const double area_mg_h_L = course.area(0.0 * h, 2000.0 * h).in(units::mg / units::L * h);
    EXPECT_NEAR(35.0 / area_mg_h_L * 1000.0 / 60.0 / 70.0, 18.1, 3.2) << model;
  }
}

// Kamp et al. 2020, abstract: 79 (69 to 90) L/h and 252 (200 to 304) L for 70 kg. What two numbers fix:
// a steady level, an area, the mean time in the body.
TEST(Anchor, KampMeansKeepTheirTwoNumbers) {
  const Trajectory course = course_of("kamp-2020-means", of_weight(70.0), {{"intravenous", 0.0, 35.0}});
  EXPECT_NEAR(course.area(0.0 * h, 500.0 * h).in(units::mg / units::L * h), 35.0 / 79.0, 1e-12);
  EXPECT_NEAR(ng_mL(course.concentration(0.0 * h)), 35.0 / 252.0 * 1e3, 1e-9);
}

// The two weight scalings of Kamp 2020 meet at 70 kg and part elsewhere as printed in their caveats.
TEST(Anchor, KampScalingsMeetAtSeventyKilograms) {
  const auto clearance_L_h = [](const std::string& model, double weight_kg) {
    const LinearSystem system = shipped_system(model, weight_kg);
    return -system.rates.col(0).sum() * system.outputs[0].volume.in(units::L);
  };
  EXPECT_EQ(shipped_system("kamp-2020", 70.0).rates, shipped_system("kamp-2020-linear", 70.0).rates);
  EXPECT_NEAR(clearance_L_h("kamp-2020", 50.0), 65.3, 0.05);
  EXPECT_NEAR(clearance_L_h("kamp-2020-linear", 50.0), 60.0, 0.05);
  EXPECT_NEAR(clearance_L_h("kamp-2020", 120.0), 126.0, 0.5);
  EXPECT_NEAR(clearance_L_h("kamp-2020-linear", 120.0), 144.0, 0.05);
}

// ------------------------------------------------------------------------------ children

// Anchor A11: the regimen of Elkomy et al., Int J Pharm 2015;478:223, "achieves and maintains" an
// anaesthetic level: 2.34 to 2.59 mg/L at 20 kg by an independent run at times of its own, so within
// 0.01; all samples in 2.2 to 2.7.
TEST(Anchor, ElkomyRegimenHoldsItsPlateau) {
  const double weight_kg = 20.0;
  const auto run = [&](double from_min, double to_min, double mg_kg_h) {
    return Given{"intravenous", from_min / 60.0, mg_kg_h * weight_kg * (to_min - from_min) / 60.0,
                 (to_min - from_min) / 60.0};
  };
  const Trajectory course =
      course_of("elkomy-2015", {weight_kg * units::kg, 6.0},
                {run(0, 1, 120.0), run(1, 30, 6.3), run(30, 80, 4.5), run(80, 120, 3.9)});
  double least = 1e9;
  double most = 0.0;
  for (int minute = 1; minute <= 120; ++minute) {
    const double level_mg_L = course.concentration(minute * min).in(units::mg / units::L);
    least = std::min(least, level_mg_L);
    most = std::max(most, level_mg_L);
  }
  EXPECT_NEAR(least, 2.34, 0.01);
  EXPECT_NEAR(most, 2.59, 0.01);
  EXPECT_GT(least, 2.2);
  EXPECT_LT(most, 2.7);
}

// 1 mg/kg at once, re-run by an independent program; each child has the cohort's typical weight.
TEST(Anchor, ChildrenAfterOneMilligramPerKilogram) {
  struct Child {
    std::string model;
    double weight_kg;
    std::vector<double> printed_ng_mL;
  };
  const std::vector<double> times_min{1, 5, 10, 30, 60, 120};
  for (const auto& [model, weight_kg, printed] :
       {Child{"herd-2007", 32.5, {1547, 877, 509, 240, 172, 92}},
        Child{"elkomy-2015", 20.0, {1158, 940, 731, 306, 141, 86}},
        Child{"sherwin-2015", 32.5, {2874, 1458, 648, 88, 64, 50}}}) {
    const Trajectory course =
        course_of(model, {weight_kg * units::kg, 8.0}, {{"intravenous", 0.0, weight_kg}});
    for (std::size_t i = 0; i < times_min.size(); ++i)
      EXPECT_NEAR(ng_mL(course.concentration(times_min[i] * min)), printed[i], 0.6)
          << model << " at " << times_min[i] << " min";
  }
}

// Flint et al., Paediatr Anaesth 2017;27:1098: 2.4 mg/kg/h in a child of 7 kg, in closed form. The paper
// lets the norketamine clearance grow by 0.87 % per hour, which the shipped model leaves out; here the
// growth is put back into the level, which follows the clearance within minutes.
TEST(Anchor, FlintSteadyInfusion) {
  const double rate_mg_h = 2.4 * 7.0;
  const double hours = 140.0;
  const Trajectory course =
      course_of("flint-2017", {7.0 * units::kg, 0.5}, {{"intravenous", 0.0, rate_mg_h * hours, hours}});
  EXPECT_NEAR(ng_mL(course.concentration(hours * h)), 843.5, 0.06);
  const double norketamine_mg_L = course.concentration(hours * h, 1).in(units::mg / units::L);
  const std::vector<double> times_h{12, 24, 48, 96, 120};
  const std::vector<double> printed_mg_L{1.608, 1.469, 1.253, 0.9676, 0.8688};
  for (std::size_t i = 0; i < times_h.size(); ++i)
    EXPECT_NEAR(norketamine_mg_L / (1.0 + 0.00870 * times_h[i]), printed_mg_L[i], 0.0006) << times_h[i];
}

// Otto et al. 2021: all of 10 mg is cleared as esketamine, and as the same mass of norketamine.
TEST(Anchor, OttoClearsTheSameMassTwice) {
  const Trajectory course = course_of("otto-2021", of_weight(70.0), {{"intravenous", 0.0, 10.0, 0.5}});
  EXPECT_NEAR(95.2 * course.area(0.0 * h, 1000.0 * h).in(units::mg / units::L * h), 10.0, 1e-9);
  EXPECT_NEAR(57.72 * course.area(0.0 * h, 1000.0 * h, 1).in(units::mg / units::L * h), 10.0, 1e-9);
}

// What is kept for children, for checks and for lower trust is used only when somebody names it.
TEST(Anchor, ModelsOfChildrenAreUsedOnlyOnRequestAndRefuseAdults) {
  for (const std::string model : {"herd-2007", "elkomy-2015", "sherwin-2015", "flint-2017"}) {
    const Structure structure = shipped_structure(model);
    EXPECT_TRUE(structure.model().on_request) << model;
    const auto adult = structure.typical({70.0 * units::kg, 40.0});
    ASSERT_FALSE(adult.has_value()) << model;
    EXPECT_EQ(adult.error().code, ErrorCode::outside_domain) << model;
  }
}

}  // namespace
}  // namespace evenkeel::pkpd
