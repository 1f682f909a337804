#include "pkpd/interaction.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "pkpd/schedule.hpp"
#include "pkpd/trajectory.hpp"

namespace evenkeel::pkpd {
namespace {

using units::h;
using units::mg;

Parameter parameter(std::string name, Dimension dimension, double value) {
  Parameter made;
  made.name = std::move(name);
  made.dimension = dimension;
  made.value = value;
  return made;
}

Path path(std::string into, std::vector<Factor> fraction = {}) {
  Path made;
  made.compartment = std::move(into);
  made.fraction = std::move(fraction);
  return made;
}

Flow flow(std::string from, std::string to, std::string clearance, std::string rate = "") {
  Flow made;
  made.from = std::move(from);
  made.to = std::move(to);
  made.clearance = std::move(clearance);
  made.rate = std::move(rate);
  return made;
}

// The disposition of Perez-Ruixo et al., Clin Pharmacokinet 2021;60:501 (Table 3): the liver takes part
// in the exchange, elimination leaves from there. Depots are emptied at one rate; norketamine as is.
Model with_liver() {
  Model model;
  model.id = "liver";
  model.compartments = {{"central", "Vc"}, {"p1", "Vp1"}, {"p2", "Vp2"},         {"liver", "Vh"},
                        {"nose", ""},      {"gut", ""},   {"norketamine", "Vcn"}};
  model.parameters = {
      parameter("Vc", Dimension::volume, 192.0),         parameter("Vp1", Dimension::volume, 143.0),
      parameter("Vp2", Dimension::volume, 417.0),        parameter("Vh", Dimension::volume, 101.0),
      parameter("Vcn", Dimension::volume, 70.0),         parameter("Q1", Dimension::clearance, 84.3),
      parameter("Q2", Dimension::clearance, 37.6),       parameter("Qh", Dimension::clearance, 151.0),
      parameter("CLn", Dimension::clearance, 38.0),      parameter("kel", Dimension::rate_constant, 1.11),
      parameter("kmet", Dimension::rate_constant, 2.77), parameter("ka", Dimension::rate_constant, 0.97),
      parameter("Fgut", Dimension::fraction, 0.64),      parameter("FRn", Dimension::fraction, 0.54)};
  model.flows = {flow("central", "p1", "Q1"),    flow("p1", "central", "Q1"),
                 flow("central", "p2", "Q2"),    flow("p2", "central", "Q2"),
                 flow("central", "liver", "Qh"), flow("liver", "central", "Qh"),
                 flow("liver", "", "", "kel"),   flow("liver", "norketamine", "", "kmet"),
                 flow("norketamine", "", "CLn"), flow("nose", "central", "", "ka"),
                 flow("gut", "liver", "", "ka")};
  model.routes = {
      {"intravenous", {path("central")}},
      {"oral", {path("gut", {{{"Fgut"}, false}})}},
      {"nasal-28", {path("nose", {{{"FRn"}, false}}), path("gut", {{{"FRn"}, true}, {{"Fgut"}, false}})}}};
  model.outputs = {{"esketamine", "central", Moiety::esketamine, SamplingSite::venous}};
  return model;
}

// One compartment with clearance and an oral bioavailability.
Model plain() {
  Model model;
  model.id = "plain";
  model.compartments = {{"central", "V1"}, {"gut", ""}};
  model.parameters = {parameter("CL", Dimension::clearance, 95.2), parameter("V1", Dimension::volume, 133.0),
                      parameter("ka", Dimension::rate_constant, 1.0),
                      parameter("F", Dimension::fraction, 0.08)};
  model.flows = {flow("central", "", "CL"), flow("gut", "central", "", "ka")};
  model.routes = {{"intravenous", {path("central")}}, {"oral", {path("gut", {{{"F"}, false}})}}};
  model.outputs = {{"esketamine", "central", Moiety::esketamine, SamplingSite::venous}};
  return model;
}

constexpr std::size_t by_vein = 0;
constexpr std::size_t oral = 1;
constexpr std::size_t nasal = 2;

Observed seen(std::string route, std::optional<double> ratio) {
  Observed made;
  made.route = std::move(route);
  made.dosed = Moiety::esketamine;
  if (ratio) made.auc_ratio = Estimated<double>{*ratio, {"study", Label::seen, ""}, std::nullopt, {}};
  return made;
}

Interaction interaction(std::vector<Observed> observed, ActsOn acts_on = ActsOn::gut_and_liver) {
  Interaction made;
  made.id = "example";
  made.with = "another drug";
  made.acts_on = {acts_on, {}};
  made.observed = std::move(observed);
  return made;
}

Values typical(const Structure& structure) {
  return *structure.typical({});
}

double value(const Structure& structure, const Values& values, std::string_view name) {
  return values[*structure.parameter(name)];
}

// Another road to the area: along the curve of 100 mg, to where nothing is left.
double area_along(const Structure& structure, const Values& values, std::size_t route) {
  Subject subject;
  subject.systems = {*structure.system(values)};
  subject.values = {values};
  Record dose;
  dose.kind = RecordKind::dose;
  dose.dose.route = route;
  dose.dose.amount = 100.0 * mg;
  subject.records = {dose};
  const Trajectory course =
      *Trajectory::make(*schedule(structure, subject, AfterLastRecord::all_that_is_due));
  return course.area(Duration{}, 3000.0 * h).canonical() / 100.0;
}

double ratio_along(const Structure& structure, const Values& changed, std::size_t route) {
  return area_along(structure, changed, route) / area_along(structure, typical(structure), route);
}

TEST(AreaPerMg, IsTheAreaUnderTheCurve) {
  for (const Model& model : {plain(), with_liver()}) {
    const Structure structure{model};
    const Values values = typical(structure);
    for (std::size_t route = 0; route < model.routes.size(); ++route) {
      const double area = area_along(structure, values, route);
      EXPECT_NEAR(*area_per_mg(structure, values, route), area, 1e-9 * area) << model.id << " " << route;
    }
  }
  EXPECT_NEAR(*area_per_mg(Structure{plain()}, typical(Structure{plain()}), oral), 0.08 / 95.2, 1e-15);
}

// Extraction by the algebra of the well-stirred liver: E = CLint/(Qh + CLint), F = Fgut (1 - E).
TEST(AreaPerMg, OfAModelWithALiverIsThatOfTheWellStirredLiver) {
  const Structure structure{with_liver()};
  const double intrinsic = 101.0 * (1.11 + 2.77);
  const double extraction = intrinsic / (151.0 + intrinsic);
  const Values values = typical(structure);
  EXPECT_NEAR(*area_per_mg(structure, values, by_vein), 1.0 / (151.0 * extraction), 1e-14);
  EXPECT_NEAR(*area_per_mg(structure, values, oral), 0.64 / intrinsic, 1e-14);
}

// The ratio that comes out along the curve; not a number, and the reason told, where it is refused.
double ratio_shown(const Interaction& interaction, const Structure& structure, std::size_t route) {
  const auto applied = apply(interaction, structure, typical(structure), route, Moiety::esketamine);
  if (!applied) ADD_FAILURE() << to_string(applied.error());
  return applied ? ratio_along(structure, applied->values, route) : std::nan("");
}

TEST(Apply, ReproducesTheRatioThatWasSeenByEachRoute) {
  const Structure liver{with_liver()};
  const Structure flat{plain()};
  for (const double ratio : {0.14, 0.42, 1.0, 1.4, 2.6, 3.0}) {
    for (const auto acts_on : {ActsOn::gut_and_liver, ActsOn::liver}) {
      const Interaction by_mouth = interaction({seen("oral", ratio)}, acts_on);
      EXPECT_NEAR(ratio_shown(by_mouth, liver, oral), ratio, 1e-8);
      EXPECT_NEAR(ratio_shown(by_mouth, flat, oral), ratio, 1e-8);
    }
  }
  // Ticlopidine with nasal esketamine: AUC +29 %. A route of 28 mg is a nasal one.
  EXPECT_NEAR(ratio_shown(interaction({seen("nasal", 1.29)}, ActsOn::liver), liver, nasal), 1.29, 1e-8);
}

// Rifampicin, Peltoniemi et al. 2012: -14 % by vein, -86 % by mouth. Intrinsic clearance doubles, the gut
// lets through a third; one set of values shows both.
TEST(Apply, OneSetOfValuesShowsBothRatiosWhereBothWereSeen) {
  const Interaction rifampicin = interaction({seen("intravenous", 0.86), seen("oral", 0.14)});
  for (const Model& model : {with_liver(), plain()}) {
    const Structure structure{model};
    const auto applied = apply(rifampicin, structure, typical(structure), oral, Moiety::esketamine);
    ASSERT_TRUE(applied.has_value()) << model.id;
    EXPECT_NEAR(ratio_along(structure, applied->values, by_vein), 0.86, 1e-8) << model.id;
    EXPECT_NEAR(ratio_along(structure, applied->values, oral), 0.14, 1e-8) << model.id;
  }
  const Structure liver{with_liver()};
  const auto applied = apply(rifampicin, liver, typical(liver), oral, Moiety::esketamine);
  const double extraction = 101.0 * 3.88 / (151.0 + 101.0 * 3.88);
  const double more = (1.0 - extraction) / (0.86 - extraction);
  EXPECT_NEAR(value(liver, applied->values, "kel"), 1.11 * more, 1e-9);
  EXPECT_NEAR(value(liver, applied->values, "kmet"), 2.77 * more, 1e-9);
  EXPECT_NEAR(value(liver, applied->values, "Fgut"), 0.64 * 0.14 * more, 1e-9);
  EXPECT_EQ(value(liver, applied->values, "FRn"), 0.54);
  EXPECT_EQ(value(liver, applied->values, "Qh"), 151.0);
}

// What is swallowed changes severalfold; by vein even that moves little.
TEST(Apply, ChangesSystemicClearanceOnlyMildlyForAnOralRatio) {
  const Structure liver{with_liver()};
  for (const double ratio : {0.42, 1.5, 2.6, 3.0}) {
    const auto applied =
        apply(interaction({seen("oral", ratio)}), liver, typical(liver), oral, Moiety::esketamine);
    const double systemic = ratio_along(liver, applied->values, by_vein);
    EXPECT_GE(systemic, 1.0 - 1e-9) << ratio;
    EXPECT_LE(systemic, 1.3) << ratio;
    EXPECT_LE(value(liver, applied->values, "Fgut"), 1.0) << ratio;
  }
}

TEST(Apply, ActsOnClearanceByVeinAndOnBioavailabilityByMouthInAPlainModel) {
  const Structure structure{plain()};
  const auto vein = apply(interaction({seen("intravenous", 0.9)}), structure, typical(structure), by_vein,
                          Moiety::esketamine);
  EXPECT_NEAR(value(structure, vein->values, "CL"), 95.2 / 0.9, 1e-9);
  EXPECT_EQ(value(structure, vein->values, "F"), 0.08);
  const auto mouth =
      apply(interaction({seen("oral", 2.6)}), structure, typical(structure), oral, Moiety::esketamine);
  EXPECT_EQ(value(structure, mouth->values, "CL"), 95.2);
  EXPECT_NEAR(value(structure, mouth->values, "F"), 0.08 * 2.6, 1e-12);
}

TEST(Apply, LeavesEverythingAsItIsWhereNoChangeWasSeen) {
  const Structure structure{with_liver()};
  const Values before = typical(structure);
  const auto applied = apply(interaction({seen("oral", 1.0)}), structure, before, oral, Moiety::esketamine);
  for (std::size_t i = 0; i < before.size(); ++i) EXPECT_NEAR(applied->values[i], before[i], 1e-9);
}

TEST(Apply, FollowsTheIntervalOfTheRatio) {
  const Structure structure{with_liver()};
  Interaction juice = interaction({seen("oral", 3.0)});
  juice.observed[0].auc_ratio->interval = *Interval<double>::make(2.4, 3.6);
  for (const auto& [bound, ratio] :
       {std::pair{Bound::low, 2.4}, std::pair{Bound::typical, 3.0}, std::pair{Bound::high, 3.6}}) {
    const auto applied = apply(juice, structure, typical(structure), oral, Moiety::esketamine, bound);
    EXPECT_NEAR(ratio_along(structure, applied->values, oral), ratio, 1e-8);
  }
}

TEST(Apply, RefusesARouteOrMoietyItWasNotSeenWith) {
  const Structure structure{with_liver()};
  const Interaction by_mouth = interaction({seen("oral", 2.6)});
  const auto vein = apply(by_mouth, structure, typical(structure), by_vein, Moiety::esketamine);
  ASSERT_FALSE(vein.has_value());
  EXPECT_EQ(vein.error().code, ErrorCode::outside_domain);
  EXPECT_EQ(vein.error().what, "seen only with oral esketamine; nothing is known for intravenous esketamine");
  const auto racemic = apply(by_mouth, structure, typical(structure), oral, Moiety::racemic_ketamine);
  ASSERT_FALSE(racemic.has_value());
  EXPECT_EQ(racemic.error().code, ErrorCode::outside_domain);
  EXPECT_FALSE(apply(interaction({}, ActsOn::effect), structure, typical(structure), oral, Moiety::esketamine)
                   .has_value());
  EXPECT_FALSE(apply(interaction({seen("oral", std::nullopt)}), structure, typical(structure), oral,
                     Moiety::esketamine)
                   .has_value());
}

TEST(Apply, RefusesWhatTheModelCannotShow) {
  const Structure flat{plain()};
  const auto too_much =
      apply(interaction({seen("oral", 13.0)}), flat, typical(flat), oral, Moiety::esketamine);
  ASSERT_FALSE(too_much.has_value());
  EXPECT_EQ(too_much.error().what, "model plain cannot show an AUC ratio of 13 for oral");
  // However fast the liver works, the blood brings no more: the ratio stays above the extraction.
  const Structure liver{with_liver()};
  EXPECT_FALSE(
      apply(interaction({seen("intravenous", 0.5)}), liver, typical(liver), by_vein, Moiety::esketamine)
          .has_value());
  EXPECT_FALSE(
      apply(interaction({seen("oral", std::nan(""))}), liver, typical(liver), oral, Moiety::esketamine)
          .has_value());
}

TEST(Apply, SaysWhatItRestsOnAndWhatItLeaves) {
  const Structure structure{with_liver()};
  Interaction clarithromycin = interaction({seen("oral", 2.6)});
  clarithromycin.observed[0].cmax_ratio = Estimated<double>{3.6, {}, std::nullopt, {}};
  const auto applied = apply(clarithromycin, structure, typical(structure), oral, Moiety::esketamine);
  ASSERT_EQ(applied->caveats.size(), 4U);
  EXPECT_EQ(applied->caveats[0],
            "With another drug: the AUC is 2.6 times that without, as seen after oral esketamine (study; "
            "seen in the primary source).");
  EXPECT_EQ(applied->caveats[2], "Cmax is not fitted; 3.6 times that without was seen.");
}

}  // namespace
}  // namespace evenkeel::pkpd
