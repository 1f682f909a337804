// A page of the library's use: one compartment, one infusion, the concentration at its end.
#include <cmath>
#include <cstdio>
#include <pkpd/trajectory.hpp>

using namespace evenkeel;
using namespace evenkeel::units;

int main() {
  const auto weight = *Interval<BodyMass>::make(40.0 * kg, 160.0 * kg);
  pkpd::Model model;
  model.id = "one-compartment";
  model.dosed = {pkpd::Moiety::racemic_ketamine};
  pkpd::Parameter clearance;
  clearance.name = "CL";
  clearance.dimension = pkpd::Dimension::clearance;
  clearance.value = 80.0;  // L/h
  pkpd::Parameter volume;
  volume.name = "V";
  volume.dimension = pkpd::Dimension::volume;
  volume.value = 200.0;  // L
  model.parameters = {clearance, volume};
  model.compartments = {{"central", "V"}};
  model.routes = {{"intravenous", {{.compartment = "central"}}}};
  model.flows = {{.from = "central", .clearance = "CL"}};
  model.outputs = {{"plasma", "central", pkpd::Moiety::racemic_ketamine, pkpd::SamplingSite::venous}};
  model.domain.weight = {weight, {}};

  const auto system = pkpd::make_system(model, {70.0 * kg, std::nullopt});
  if (!system) return 1;
  const pkpd::Dose infusion{0.0 * h, 40.0 * min, 35.0 * mg};
  const auto course = pkpd::Trajectory::make({{0.0 * h, *system}}, {&infusion, 1});
  if (!course) return 1;
  const double level = course->concentration(40.0 * min).in(ng / mL);
  const double expected = 35.0 / (2.0 / 3.0) / 80.0 * (1.0 - std::exp(-0.4 * 2.0 / 3.0)) * 1000.0;
  std::printf("%.1f ng/mL\n", level);
  return std::abs(level - expected) < 1e-9 * expected ? 0 : 1;
}
