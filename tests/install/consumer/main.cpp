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
  model.parameters = {{"CL", pkpd::Dimension::clearance, 80.0, false, "L/h", 80.0, {}, {}},
                      {"V", pkpd::Dimension::volume, 200.0, false, "L", 200.0, {}, {}}};
  model.compartments = {{"central", "V"}};
  model.infused_into = "central";
  model.flows = {{"central", "", "", "CL", ""}};
  model.outputs = {{"plasma", "central", pkpd::Moiety::racemic_ketamine, pkpd::SamplingSite::venous}};
  model.domain.weight.value = weight;

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
