#include "pkpd/structure.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "support/plain_model.hpp"

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

Path into(std::string compartment) {
  Path path;
  path.compartment = std::move(compartment);
  return path;
}

Flow clearance(std::string from, std::string to, std::string name, std::string share = "") {
  Flow flow;
  flow.from = std::move(from);
  flow.to = std::move(to);
  flow.clearance = std::move(name);
  if (!share.empty()) flow.fraction = {{{std::move(share)}, false}};
  return flow;
}

// One compartment with a metabolite: CL 84 L/h from 25 L, of which the fraction fm goes on.
Model example() {
  Model model;
  model.id = "example";
  model.compartments = {{"central", "V"}, {"metabolite", "VM"}};
  model.routes = {{"intravenous", {into("central")}}};
  model.parameters = {
      parameter("CL", Dimension::clearance, 84.0),      parameter("V", Dimension::volume, 25.0),
      parameter("VM", Dimension::volume, 40.0),         parameter("fm", Dimension::fraction, 0.8),
      parameter("kout", Dimension::rate_constant, 0.5), parameter("rest", Dimension::fraction, 0.2)};
  model.parameters[0].effects = {PowerEffect{Covariate::weight, 70.0, 0.75, {}}};
  model.flows = {clearance("central", "metabolite", "CL", "fm"),
                 clearance("central", "", "CL", "rest"),
                 {.from = "metabolite", .rate = "kout"}};
  model.outputs = {{"parent", "central", Moiety::racemic_ketamine, SamplingSite::arterial},
                   {"metabolite", "metabolite", Moiety::norketamine, SamplingSite::arterial}};
  model.domain.weight = {*Interval<BodyMass>::make(40.0 * kg, 160.0 * kg), {}};
  model.domain.age_years = {*Interval<double>::make(18.0, 90.0), {}};
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

// The clearance of example(), with what it is scaled by replaced.
double clearance_of(Parameter parameter, const Patient& patient) {
  Model model = example();
  model.domain = {};
  model.parameters[0] = std::move(parameter);
  return (*Structure{model}.typical(patient))[0];
}

TEST(Typical, ScalesWithBodyMass) {
  Parameter plain = parameter("CL", Dimension::clearance, 84.0);
  EXPECT_DOUBLE_EQ(clearance_of(plain, {140.0 * kg}), 84.0);
  plain.effects = {PowerEffect{Covariate::weight, 70.0, 0.75, {}}};
  EXPECT_DOUBLE_EQ(clearance_of(plain, {70.0 * kg}), 84.0);
  EXPECT_DOUBLE_EQ(clearance_of(plain, {140.0 * kg}), 84.0 * std::pow(2.0, 0.75));
  Parameter per_kg = parameter("CL", Dimension::clearance, 1.2);
  per_kg.per_body_mass = true;
  EXPECT_DOUBLE_EQ(clearance_of(per_kg, {70.0 * kg}), 84.0);
}

// Perez-Ruixo 2021: flow to the liver falls by 2.19 L/h with each year above 60; in Asian patients
// the elimination is 0.36 times the other.
TEST(Typical, FollowsAgeAndGroup) {
  Parameter flow = parameter("CL", Dimension::clearance, 151.0);
  flow.effects = {SlopeEffect{Covariate::age, 60.0, -2.19, {}}};
  EXPECT_DOUBLE_EQ(clearance_of(flow, {std::nullopt, 59.0}), 151.0);
  EXPECT_DOUBLE_EQ(clearance_of(flow, {std::nullopt, 70.0}), 151.0 - 21.9);
  Parameter elimination = parameter("CL", Dimension::clearance, 1.11);
  elimination.effects = {GroupEffect{Covariate::asian, 0.36, {}}};
  EXPECT_DOUBLE_EQ(clearance_of(elimination, {{}, {}, true}), 1.11 * 0.36);
  EXPECT_DOUBLE_EQ(clearance_of(elimination, {{}, {}, false}), 1.11);
}

TEST(Typical, RefusesWhenACovariateItNeedsIsNotKnown) {
  Model model = example();
  model.parameters[0].effects = {GroupEffect{Covariate::asian, 0.36, {}}};
  const auto refused = Structure{model}.typical({70.0 * kg, 40.0});
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().what, "model example needs asian (yes or no), which is not known");
}

TEST(Typical, RefusesGroupsThatContradictEachOther) {
  const Structure structure{example()};
  const auto refused = structure.typical({70.0 * kg, 40.0, false, true});
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, ErrorCode::invalid_input);
  EXPECT_TRUE(structure.typical({70.0 * kg, 40.0, true, true}).has_value());
}

TEST(Typical, LeavesToTheUserWhatTheModelDoes) {
  Model model = example();
  model.parameters[0].value = std::nullopt;
  const Structure structure{model};
  const auto missing = structure.system(*structure.typical(typical));
  ASSERT_FALSE(missing.has_value());
  EXPECT_EQ(missing.error().what,
            "parameter CL of model example is not given: name it as a column or with --param CL=...");
  const Override given{0, 42.0};
  const auto system = structure.system(*structure.typical(typical, {&given, 1}));
  ASSERT_TRUE(system.has_value());
  EXPECT_DOUBLE_EQ(system->rates(0, 0), -42.0 / 25.0);
}

TEST(MakeSystem, ConvertsMassAndCountsTheCellsOfADelay) {
  Model model = example();
  model.parameters[4] = parameter("MTT", Dimension::time, 0.5);
  model.parameters[5].value = 0.25;
  model.flows[0].yield = {{{"rest"}, false}};
  model.flows[2] = {.from = "metabolite", .mean_time = "MTT", .stages = 2};
  const auto system = make_system(model, typical);
  ASSERT_TRUE(system.has_value());
  EXPECT_DOUBLE_EQ(system->rates(1, 0), 0.8 * 0.25 * 84.0 / 25.0);
  EXPECT_DOUBLE_EQ(system->rates(1, 1), -4.0);
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
  model.parameters[0].value = std::numeric_limits<double>::infinity();
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
            "parameter kout of model example comes out at -0.5: it must be finite and not negative");
  const Structure structure{example()};
  const auto caught = structure.system({84.0, 25.0, 40.0, 0.8, -0.5, 0.2});
  ASSERT_FALSE(caught.has_value());
  EXPECT_EQ(caught.error().what, "the flow from 'metabolite' to 'outside' has a negative or non-finite rate");
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
  model.flows = {clearance("central", "", "CL")};
  model.compartments.resize(1);
  model.outputs.resize(1);
  const auto system = make_system(model, typical);
  ASSERT_TRUE(system.has_value());
  EXPECT_TRUE(system->modal.has_value());
}

// Such a rate times a time was no number any more, and the amounts came out as none.
TEST(Structure, RefusesARateThatNoBodyHas) {
  const Structure structure{plain_model()};
  PlainValues values{structure};
  values.set("KA", 1.0).set("V", 1.0).set("CL", 1e15);
  EXPECT_TRUE(structure.system(values.values()).has_value());
  const auto system = structure.system(values.set("CL", 1.1e15).values());
  ASSERT_FALSE(system.has_value());
  EXPECT_NE(system.error().what.find("above 1e+15 per hour"), std::string::npos) << system.error().what;
}

}  // namespace
}  // namespace evenkeel::pkpd
