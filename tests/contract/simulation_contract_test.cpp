// The JSON of a simulation is what its schema says, whatever was simulated.
#include <gtest/gtest.h>

#include <filesystem>

#include "content/library_loader.hpp"
#include "content/schema_check.hpp"
#include "report/simulation.hpp"

namespace evenkeel::report {
namespace {

Simulation simulation() {
  Simulation made;
  made.program = "evenkeel 0.1.0";
  made.subjects = "Two simulated subjects, seed 18446744073709551615.";
  made.seed = 18446744073709551615U;
  made.count = 2;
  made.doses = {{0.0, "35 mg over 40 min, intravenous"}};
  made.times_h = {0.0, 0.5};
  SimulatedModel model;
  model.id = "a";
  model.version = "1.0.0";
  model.status = "draft";
  model.title = "A";
  model.dosed = "esketamine";
  model.variability = "Drawn.";
  model.curves = {{"out", "ng/mL", {5.0, 95.0}, {{0.0, 1.0}, {0.0, 2.0}}}};
  model.quantities = {{"out", "Cmax", "ng/mL", {1.0, 2.0}}};
  made.models = {model};
  return made;
}

Errors against_schema(const Simulation& made) {
  const auto schema =
      content::read_text(std::filesystem::path{EVENKEEL_SOURCE_DIR} / "schema/simulation-1.schema.json");
  EXPECT_TRUE(schema.has_value());
  return content::contradictions(simulation_json(made), *schema);
}

TEST(SimulationJson, IsWhatItsSchemaSays) {
  for (const Error& fault : against_schema(simulation())) ADD_FAILURE() << to_string(fault);
  Simulation typical = simulation();
  typical.seed.reset();
  typical.models[0].curves[0] = {"out", "ng/mL", {}, {{0.0, 1.0}}};
  typical.models[0].quantities.clear();
  for (const Error& fault : against_schema(typical)) ADD_FAILURE() << to_string(fault);
}

TEST(SimulationJson, WithoutAModelContradictsItsSchema) {
  Simulation none = simulation();
  none.models.clear();
  EXPECT_FALSE(against_schema(none).empty());
}

}  // namespace
}  // namespace evenkeel::report
