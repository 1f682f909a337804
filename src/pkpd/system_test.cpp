#include "pkpd/system.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace evenkeel::pkpd {
namespace {

using namespace units;

Parameter parameter(std::string name, Dimension dimension, double value) {
  Parameter made;
  made.name = std::move(name);
  made.dimension = dimension;
  made.value = value;
  return made;
}

// One compartment with a metabolite: CL 84 L/h from 25 L, of which the fraction fm goes on.
Model example() {
  Model model;
  model.id = "example";
  model.compartments = {{"central", "V"}, {"metabolite", "VM"}};
  model.infused_into = "central";
  model.parameters = {
      parameter("CL", Dimension::clearance, 84.0),      parameter("V", Dimension::volume, 25.0),
      parameter("VM", Dimension::volume, 40.0),         parameter("fm", Dimension::fraction, 0.8),
      parameter("kout", Dimension::rate_constant, 0.5), parameter("rest", Dimension::fraction, 0.2)};
  model.parameters[0].allometry = Parameter::Allometry{70.0 * kg, 0.75, {}};
  model.flows = {{"central", "metabolite", "", "CL", "fm"},
                 {"central", "", "", "CL", "rest"},
                 {"metabolite", "", "kout", "", ""}};
  model.outputs = {{"parent", "central", Moiety::racemic_ketamine, SamplingSite::arterial},
                   {"metabolite", "metabolite", Moiety::norketamine, SamplingSite::arterial}};
  model.domain.weight.value = *Interval<BodyMass>::make(40.0 * kg, 160.0 * kg);
  model.domain.age_years.value = *Interval<double>::make(18.0, 90.0);
  return model;
}

const Patient typical{70.0 * kg, 40.0};

TEST(MakeSystem, FillsInRatesFromClearancesAndFractions) {
  const auto system = make_system(example(), typical);
  ASSERT_TRUE(system.has_value());
  EXPECT_DOUBLE_EQ(system->rates(0, 0), -84.0 / 25.0);
  EXPECT_DOUBLE_EQ(system->rates(1, 0), 0.8 * 84.0 / 25.0);
  EXPECT_DOUBLE_EQ(system->rates(1, 1), -0.5);
  EXPECT_EQ(system->rates(0, 1), 0.0);
  EXPECT_EQ(system->input, 0U);
  ASSERT_EQ(system->outputs.size(), 2U);
  EXPECT_EQ(system->outputs[1].compartment, 1U);
  EXPECT_EQ(system->outputs[1].volume, 40.0 * L);
  EXPECT_FALSE(system->modal.has_value());
}

TEST(MakeSystem, MakesNoDrug) {
  const auto system = make_system(example(), typical);
  EXPECT_LE(system->rates.colwise().sum().maxCoeff(), 1e-15);
}

TEST(IndividualValue, ScalesWithBodyMass) {
  Parameter clearance = parameter("CL", Dimension::clearance, 84.0);
  EXPECT_DOUBLE_EQ(individual_value(clearance, 140.0 * kg), 84.0);
  clearance.allometry = Parameter::Allometry{70.0 * kg, 0.75, {}};
  EXPECT_DOUBLE_EQ(individual_value(clearance, 70.0 * kg), 84.0);
  EXPECT_DOUBLE_EQ(individual_value(clearance, 140.0 * kg), 84.0 * std::pow(2.0, 0.75));
  Parameter volume = parameter("V", Dimension::volume, 0.063);
  volume.per_body_mass = true;
  EXPECT_DOUBLE_EQ(individual_value(volume, 70.0 * kg), 4.41);
}

TEST(MakeSystem, RefusesAPatientOutsideTheDomainAndNamesTheBound) {
  const auto light = make_system(example(), {39.9 * kg, 40.0});
  ASSERT_FALSE(light.has_value());
  EXPECT_EQ(light.error().code, ErrorCode::outside_domain);
  EXPECT_EQ(light.error().what, "a weight of 39.9 kg is outside 40 to 160 kg, the domain of model example");
  const auto young = make_system(example(), {70.0 * kg, 17.9});
  ASSERT_FALSE(young.has_value());
  EXPECT_EQ(young.error().code, ErrorCode::outside_domain);
  EXPECT_TRUE(make_system(example(), {40.0 * kg, 18.0}).has_value());
  EXPECT_TRUE(make_system(example(), {160.0 * kg, std::nullopt}).has_value());
}

TEST(MakeSystem, NeverTakesWhatIsNotANumber) {
  const double nan_value = std::nan("");
  EXPECT_FALSE(make_system(example(), {nan_value * kg, 40.0}).has_value());
  EXPECT_FALSE(make_system(example(), {70.0 * kg, nan_value}).has_value());
  Model model = example();
  model.parameters[0].value = nan_value;
  EXPECT_EQ(make_system(model, typical).error().code, ErrorCode::invalid_input);
}

// A negative clearance out of the body never shows beside the diagonal: drug grew without a word.
TEST(MakeSystem, RefusesANegativeRateOutOfTheBody) {
  Model model = example();
  model.parameters[4].value = -0.5;
  const auto refused = make_system(model, typical);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, ErrorCode::invalid_input);
  EXPECT_EQ(refused.error().what,
            "the flow from 'metabolite' to 'outside' has a negative or non-finite rate");
}

TEST(MakeSystem, RefusesNegativeFractionsAndEmptyVolumes) {
  for (const std::size_t changed : {1U, 2U, 3U, 5U}) {
    Model model = example();
    model.parameters[changed].value = changed >= 3 ? -0.1 : 0.0;
    EXPECT_FALSE(make_system(model, typical).has_value()) << model.parameters[changed].name;
  }
}

TEST(MakeSystem, GivesAMammillaryModelItsClosedForm) {
  Model model = example();
  model.flows = {{"central", "", "", "CL", ""}};
  model.compartments.resize(1);
  model.outputs.resize(1);
  const auto system = make_system(model, typical);
  ASSERT_TRUE(system.has_value());
  EXPECT_TRUE(system->modal.has_value());
}

}  // namespace
}  // namespace evenkeel::pkpd
