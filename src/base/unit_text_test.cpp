#include "base/unit_text.hpp"

#include <gtest/gtest.h>

#include <set>

namespace evenkeel {
namespace {

template <class Q>
double canonical(std::string_view text) {
  const auto unit = unit_from_text<Q>(text);
  EXPECT_TRUE(unit.has_value()) << text;
  return unit ? unit->canonical() : 0.0;
}

TEST(UnitText, MeansWhatItSays) {
  EXPECT_DOUBLE_EQ(canonical<DrugMass>("ug"), 1e-3);
  EXPECT_DOUBLE_EQ(canonical<DrugMass>("g"), 1e3);
  EXPECT_DOUBLE_EQ(canonical<Volume>("mL"), 1e-3);
  EXPECT_DOUBLE_EQ(canonical<Duration>("min"), 1.0 / 60.0);
  EXPECT_DOUBLE_EQ(canonical<Duration>("wk"), 168.0);
  EXPECT_DOUBLE_EQ(canonical<Fraction>("%"), 0.01);
  EXPECT_DOUBLE_EQ(canonical<Concentration>("ng/mL"), 1e-3);
  EXPECT_DOUBLE_EQ(canonical<Concentration>("ug/mL"), 1.0);
  EXPECT_DOUBLE_EQ(canonical<Clearance>("L/min"), 60.0);
  EXPECT_DOUBLE_EQ(canonical<Clearance>("mL/min"), 0.06);
  EXPECT_DOUBLE_EQ(canonical<RateConstant>("1/min"), 60.0);
  EXPECT_DOUBLE_EQ(canonical<InfusionRate>("ug/min"), 0.06);
  EXPECT_DOUBLE_EQ(canonical<DosePerBody>("ug/kg"), 1e-3);
  EXPECT_DOUBLE_EQ(canonical<RatePerBody>("ug/kg/min"), 0.06);
  EXPECT_DOUBLE_EQ(canonical<VolumePerBody>("mL/kg"), 1e-3);
  EXPECT_DOUBLE_EQ(canonical<ClearancePerBody>("mL/min/kg"), 0.06);
  EXPECT_DOUBLE_EQ(canonical<BodyMass>("kg"), 1.0);
}

TEST(UnitText, RefusesEveryUnitThatIsNotListed) {
  for (const char* text : {"", "MG", "mcg", "grams", "kg", "mg ", "mg/kg"}) {
    EXPECT_FALSE(unit_from_text<DrugMass>(text).has_value()) << text;
  }
  EXPECT_FALSE(unit_from_text<BodyMass>("lb").has_value());
  EXPECT_FALSE(unit_from_text<BodyMass>("g").has_value());
}

TEST(UnitText, ListsWhatIsAllowedForAMessage) {
  EXPECT_EQ(allowed_units<DrugMass>(), "mg, ug or g");
  EXPECT_EQ(allowed_units<DosePerBody>(), "mg/kg or ug/kg");
  EXPECT_EQ(allowed_units<BodyMass>(), "kg");
}

TEST(UnitText, NamesEachUnitOnce) {
  std::set<std::string_view> seen;
  for (const auto& name : unit_names<Duration>()) EXPECT_TRUE(seen.insert(name.text).second) << name.text;
}

}  // namespace
}  // namespace evenkeel
