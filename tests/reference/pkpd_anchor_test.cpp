// The shipped models against what was published, or computed elsewhere from the published numbers.
// Each test names its anchor. Tolerances: half a unit of the last printed digit, and a little for the
// rounding of the parameters; where a printed table says otherwise, what it says.
#include <gtest/gtest.h>

#include <Eigen/LU>
#include <algorithm>

#include "shipped_models.hpp"

namespace evenkeel::pkpd {
namespace {

using units::h;
using units::mg;

Trajectory infused(const std::string& model, double weight_kg, double dose_mg, double length_min) {
  const Dose dose{Duration{}, length_min * units::min, dose_mg * mg};
  return *Trajectory::make({{Duration{}, shipped_system(model, weight_kg)}}, std::span{&dose, 1});
}

struct Profile {
  std::string model;
  std::vector<double> printed_ng_mL;  // whole numbers
};

// Anchor 5.2: 35 mg (0.5 mg/kg for 70 kg) over 40 min, re-simulated from the stated parameters by an
// independent program. Kamp et al., Anesthesiology 2020;133:1192. Domino et al., Anesth Analg
// 1982;61:87. Fanta et al., Eur J Clin Pharmacol 2015;71:441, whose disposition Otto 2021 keeps.
TEST(Anchor, ReferenceProfileOfHalfAMilligramPerKilogram) {
  const std::vector<double> times_min{10, 20, 30, 40, 60, 80, 110, 230, 360};
  for (const auto& [model, printed] : {Profile{"kamp-2020", {155, 198, 228, 253, 96, 74, 54, 27, 16}},
                                       Profile{"domino-1982", {182, 210, 226, 240, 55, 46, 38, 18, 8}},
                                       Profile{"fanta-2015", {56, 98, 131, 158, 104, 79, 60, 27, 13}},
                                       Profile{"otto-2021", {56, 98, 131, 158, 104, 79, 60, 27, 13}}}) {
    const Trajectory course = infused(model, 70.0, 35.0, 40.0);
    for (std::size_t i = 0; i < times_min.size(); ++i) {
      EXPECT_NEAR(ng_mL(course.concentration(times_min[i] * units::min)), printed[i], 0.6)
          << model << " at " << times_min[i] << " min";
    }
  }
}

// Anchor 5.2: norketamine after the same infusion reaches 74.8 ng/mL at 89 min. Otto et al., Eur J
// Clin Pharmacol 2021;77:1181.
TEST(Anchor, OttoNorketaminePeaksNinetyMinutesAfterTheStart) {
  const Peak peak = infused("otto-2021", 70.0, 35.0, 40.0).peak(Duration{}, 24.0 * h, 1);
  EXPECT_NEAR(ng_mL(peak.value), 74.8, 0.06);
  EXPECT_NEAR(peak.at.in(units::min), 89.0, 0.6);
}

// Anchor A4: 10 mg over 30 min, 68 kg. Predictions as printed by an independent run; medians as
// digitised from the paper, each within 25 % and their median within 15 %. Otto et al. 2021.
struct Observed {
  std::size_t output;
  std::vector<double> predicted_ng_mL;
  std::vector<double> median_ng_mL;
};
const std::vector<double> otto_times_h{0.5, 1, 2, 3, 5, 6, 8, 10};
const Observed otto_ketamine{
    0, {50.9, 27.3, 15.4, 10.3, 5.1, 3.7, 2.2, 1.5}, {56, 27, 15.5, 11.5, 6.0, 4.2, 2.5, 1.8}};
const Observed otto_norketamine{
    1, {11.8, 20.9, 20.5, 17.1, 11.7, 9.9, 7.4, 5.8}, {10, 23, 20, 16, 12, 11, 8, 6.5}};

TEST(Anchor, OttoPredictsWhatItsTranscriptionPredicts) {
  const Trajectory course = infused("otto-2021", 68.0, 10.0, 30.0);
  for (const auto& [output, predicted, median] : {otto_ketamine, otto_norketamine}) {
    for (std::size_t i = 0; i < otto_times_h.size(); ++i) {
      EXPECT_NEAR(ng_mL(course.concentration(otto_times_h[i] * h, output)), predicted[i], 0.06)
          << "output " << output << " at " << otto_times_h[i] << " h";
    }
  }
}

TEST(Anchor, OttoPredictsTheMediansThatWereObserved) {
  const Trajectory course = infused("otto-2021", 68.0, 10.0, 30.0);
  for (const auto& [output, predicted, median] : {otto_ketamine, otto_norketamine}) {
    std::vector<double> ratios;
    for (std::size_t i = 0; i < otto_times_h.size(); ++i) {
      ratios.push_back(ng_mL(course.concentration(otto_times_h[i] * h, output)) / median[i]);
      EXPECT_NEAR(ratios.back(), 1.0, 0.25) << "output " << output << " at " << otto_times_h[i] << " h";
    }
    std::ranges::sort(ratios);
    EXPECT_NEAR((ratios[3] + ratios[4]) / 2.0, 1.0, 0.15) << "output " << output;
  }
}

// Anchor A13: clearance 79 (95 % CI 69 to 90) L/h and steady-state volume 252 (200 to 304) L for
// 70 kg in the meta-analysis of Kamp et al. 2020; the model of the same paper must lie within.
TEST(Anchor, KampLiesWithinItsOwnMetaAnalysis) {
  const LinearSystem system = shipped_system("kamp-2020", 70.0);
  const auto n = system.rates.rows();
  const double volume_L = system.outputs[0].volume.in(units::L);
  const double clearance_L_h = -system.rates.col(0).sum() * volume_L;
  EXPECT_GE(clearance_L_h, 69.0);
  EXPECT_LE(clearance_L_h, 90.0);
  const Eigen::VectorXd residence_h = (-system.rates).partialPivLu().solve(Eigen::VectorXd::Unit(n, 0));
  const double steady_volume_L = clearance_L_h * residence_h.sum();
  EXPECT_NEAR(steady_volume_L, 238.0, 1e-9);
  EXPECT_GE(steady_volume_L, 200.0);
  EXPECT_LE(steady_volume_L, 304.0);
}

// Anchor A16: 41 ug/kg/min gave 2211 +- 190 ng/mL at steady state, a clearance of 1.11 L/h/kg. Only
// the clearance compares; levels in the first two hours do not match this model, and are not tested.
TEST(Anchor, KampReachesTheSteadyStateOfALongInfusion) {
  const double rate_mg_h = 0.041 * 70.0 * 60.0;
  const double hours = 24.0 * 14.0;
  const Trajectory course = infused("kamp-2020", 70.0, rate_mg_h * hours, hours * 60.0);
  EXPECT_NEAR(ng_mL(course.concentration(hours * h)), 2211.0, 190.0);
  EXPECT_NEAR(ng_mL(course.concentration(hours * h)), rate_mg_h / 84.0 * 1e3, 0.01);
}

// Minutes until the first compartment halves after it was held constant for `held_min`: while it is
// held it feeds the others at a constant rate; then it is let go.
double halving_min(const LinearSystem& system, double held_min) {
  const auto others = system.rates.rows() - 1;
  LinearSystem periphery;
  periphery.rates = system.rates.bottomRightCorner(others, others);
  Eigen::VectorXd start(system.rates.rows());
  start << 1.0,
      propagate(periphery, Eigen::VectorXd::Zero(others), system.rates.col(0).tail(others), held_min / 60.0)
          .amounts;
  double above_h = 0.0;
  double below_h = 24.0;
  for (int i = 0; i < 60; ++i) {
    const double middle_h = (above_h + below_h) / 2.0;
    const Step step = propagate(system, start, Eigen::VectorXd::Zero(others + 1), middle_h);
    (step.amounts[0] > 0.5 ? above_h : below_h) = middle_h;
  }
  return below_h * 60.0;
}

// Anchor 5.1: context-sensitive half-times, re-simulated by an independent program. Within 2 % and
// half a unit of the last printed digit.
TEST(Anchor, ContextSensitiveHalfTimes) {
  const std::vector<double> held_min{10, 30, 40, 60, 120, 240, 480};
  for (const auto& [model, printed_min] :
       {Profile{"kamp-2020", {4.9, 9.9, 13.4, 20.6, 36.4, 56.0, 68.6}},
        Profile{"domino-1982", {1.0, 1.7, 2.3, 3.9, 11.7, 25.8, 29.9}},
        Profile{"simons-2022", {2.5, 5.0, 6.5, 9.4, 16.7, 28.7, 40.0}},
        Profile{"fanta-2015", {31.4, 45.7, 52.2, 62.2, 76.1, 84.0, 92.1}},
        Profile{"herd-2007", {8.6, 21.1, 30.4, 42.8, 52.9, 54.2, 54.2}},
        Profile{"otto-2021", {31.4, 45.7, 52.2, 62.2, 76.1, 84.0, 92.1}}}) {
    const LinearSystem system = shipped_system(model, 70.0);
    for (std::size_t i = 0; i < held_min.size(); ++i) {
      EXPECT_NEAR(halving_min(system, held_min[i]), printed_min[i], 0.02 * printed_min[i] + 0.05)
          << model << " held for " << held_min[i] << " min";
    }
  }
}

}  // namespace
}  // namespace evenkeel::pkpd
