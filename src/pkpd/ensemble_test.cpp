#include "pkpd/ensemble.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "support/linear_models.hpp"

namespace evenkeel::pkpd {
namespace {

using units::h;
using units::mg;

DoseSpec at_once(std::size_t route, DrugMass amount) {
  DoseSpec dose;
  dose.route = route;
  dose.amount = amount;
  return dose;
}
DoseSpec over(Duration length, std::size_t route, DrugMass amount) {
  DoseSpec dose = at_once(route, amount);
  dose.form = DoseForm::over_duration;
  dose.duration = length;
  return dose;
}

// One compartment with absorption; CL of a subject is 5 (1 + i/10), F of the depot falls with i.
struct Few {
  Structure structure{test::absorption_model()};
  Ensemble ensemble;

  Few() {
    const auto at = [&](const char* name) { return *structure.parameter(name); };
    ensemble.structure = &structure;
    ensemble.subjects = 19;
    ensemble.doses = {{0.0 * h, at_once(0, 100.0 * mg)},
                      {6.0 * h, over(2.0 * h, 1, 40.0 * mg)},
                      {50.0 * h, at_once(1, 1000.0 * mg)}};
    for (int i = 0; i <= 48; ++i) ensemble.times.push_back(0.5 * i * h);
    ensemble.values_of = [this, at](std::size_t subject, int occasion) -> Result<Values> {
      Values values(structure.model().parameters.size(), std::nan(""));
      const auto i = static_cast<double>(subject % 19);
      values[at("CL")] = 5.0 * (1.0 + i / 10.0) * occasion;
      values[at("V")] = 50.0;
      values[at("KA")] = 1.2;
      values[at("F1")] = 1.0 - i / 40.0;
      values[at("F2")] = 1.0;
      values[at("ALAG1")] = 0.0;
      values[at("ALAG2")] = 0.0;
      return values;
    };
    ensemble.varies.assign(structure.model().parameters.size(), false);
    ensemble.varies[at("CL")] = true;
    ensemble.varies[at("F1")] = true;
  }
};

std::vector<double> all_curves(const Ensemble& ensemble) {
  std::vector<double> found;
  EXPECT_FALSE(for_each_block(ensemble, [&](const CurveBlock& block) {
    found.insert(found.end(), block.mg_L.begin(), block.mg_L.end());
    return true;
  }));
  return found;
}

// The same ensemble by the slow road: a lag that may vary, and does not.
Ensemble alone(const Few& few) {
  Ensemble ensemble = few.ensemble;
  ensemble.varies[*few.structure.parameter("ALAG1")] = true;
  return ensemble;
}

TEST(Ensemble, HasTheSameCurvesByBothRoads) {
  Few few;
  few.ensemble.dose_factor = [](std::size_t subject) -> Result<double> {
    return 1.0 + static_cast<double>(subject) / 7.0;
  };
  const Ensemble slow = alone(few);
  ASSERT_TRUE(is_shared(few.ensemble));
  ASSERT_FALSE(is_shared(slow));
  const auto fast_curves = all_curves(few.ensemble);
  const auto slow_curves = all_curves(slow);
  ASSERT_EQ(fast_curves.size(), 19U * 49U);
  ASSERT_EQ(fast_curves.size(), slow_curves.size());
  for (std::size_t i = 0; i < fast_curves.size(); ++i)
    EXPECT_NEAR(fast_curves[i], slow_curves[i], 1e-10 * slow_curves[i] + 1e-15) << i;
}

// A dose on day 2 raised the peak of a simulation that ended on day 0.
TEST(Ensemble, TakesNoAccountOfWhatComesAfterTheLastObservation) {
  const Few few;
  const std::vector<double> level{1.0};
  for (const Ensemble& ensemble : {few.ensemble, alone(few)}) {
    const auto found = summarise(ensemble, level);
    ASSERT_TRUE(found && *found);
    for (std::size_t subject = 0; subject < 19; ++subject) {
      EXPECT_LE((*found)->at(subject, 0).peak_at_h, 24.0);
      EXPECT_LT((*found)->at(subject, 0).peak_mg_L, 3.0);
    }
  }
}

TEST(Ensemble, SummarisesAlikeByBothRoads) {
  const Few few;
  const std::vector<double> level{0.5};
  const auto fast = summarise(few.ensemble, level);
  const auto slow = summarise(alone(few), level);
  ASSERT_TRUE(fast && *fast && slow && *slow);
  for (std::size_t subject = 0; subject < 19; ++subject) {
    const auto& a = (*fast)->at(subject, 0);
    const auto& b = (*slow)->at(subject, 0);
    EXPECT_NEAR(a.area_mg_h_L, b.area_mg_h_L, 1e-10 * b.area_mg_h_L);
    EXPECT_LE(a.peak_mg_L, b.peak_mg_L * (1.0 + 1e-12));  // at the half hours, and wherever it is
    EXPECT_NEAR(a.peak_mg_L, b.peak_mg_L, 0.02 * b.peak_mg_L);
    EXPECT_NEAR(a.hours_above, b.hours_above, 0.1);
  }
}

TEST(Ensemble, HasPercentilesOfItsCurves) {
  const Few few;
  const BandOptions wanted{{0.0, 0.5, 1.0}, true};
  const auto curves = all_curves(few.ensemble);
  for (const Ensemble& ensemble : {few.ensemble, alone(few)}) {
    const auto bands = percentile_bands(ensemble, wanted);
    ASSERT_TRUE(bands && *bands);
    for (std::size_t row = 1; row < 49; ++row) {
      std::vector<double> column;
      for (std::size_t subject = 0; subject < 19; ++subject) column.push_back(curves[subject * 49 + row]);
      std::ranges::sort(column);
      EXPECT_NEAR((*bands)->at(0, 0, row), column.front(), 1e-10 * column.front());
      EXPECT_NEAR((*bands)->at(1, 0, row), column[9], 1e-10 * column[9]);
      EXPECT_NEAR((*bands)->at(2, 0, row), column.back(), 1e-10 * column.back());
    }
  }
}

TEST(Ensemble, BeginsANewOccasionAtEachTimeOfDosing) {
  Few few;
  few.ensemble.subjects = 1;
  few.ensemble.varies.clear();
  few.ensemble.doses = {{0.0 * h, at_once(1, 50.0 * mg)}, {6.0 * h, at_once(1, 50.0 * mg)}};
  few.ensemble.times = {1.0 * h, 7.0 * h, 8.0 * h};
  few.ensemble.occasions = true;
  ASSERT_FALSE(is_shared(few.ensemble));
  const auto curve = all_curves(few.ensemble);
  EXPECT_NEAR(curve[0], std::exp(-0.1), 1e-12);
  EXPECT_NEAR(curve[2] / curve[1], std::exp(-0.2), 1e-12);  // CL of the second occasion is twice the first
}

TEST(Ensemble, NamesTheSubjectThatCannotBe) {
  Few few;
  few.ensemble.dose_factor = [](std::size_t subject) -> Result<double> { return subject == 4 ? 0.0 : 1.0; };
  const auto error = for_each_block(few.ensemble, [](const CurveBlock&) { return true; });
  ASSERT_TRUE(error);
  EXPECT_EQ(error->where, "subject 5");
}

TEST(Ensemble, StopsWhenItIsToldTo) {
  Few few;
  few.ensemble.subjects = 20'000;
  std::size_t blocks = 0;
  EXPECT_FALSE(for_each_block(few.ensemble, [&](const CurveBlock&) { return ++blocks < 2; }));
  EXPECT_EQ(blocks, 2U);
}

}  // namespace
}  // namespace evenkeel::pkpd
