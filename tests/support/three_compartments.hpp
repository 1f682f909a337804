// Three compartments with effects on CL, V1 and V2 and a proportional error: the problem that other tools
// were timed with. Domino's micro-constants at 70 kg as clearances and volumes; the spread and the error are
// the problem's own, from nowhere.
#pragma once

#include <string>

#include "individual/question.hpp"
#include "pkpd/structure.hpp"

namespace evenkeel::test {

inline pkpd::Model three_compartments() {
  pkpd::Model model;
  model.id = "three-compartments";
  model.dosed = {pkpd::Moiety::unspecified};
  const auto add = [&](std::string name, pkpd::Dimension dimension, double value, std::string unit) {
    pkpd::Parameter parameter;
    parameter.name = std::move(name);
    parameter.dimension = dimension;
    parameter.value = value;
    parameter.unit = std::move(unit);
    model.parameters.push_back(std::move(parameter));
  };
  add("CL", pkpd::Dimension::clearance, 1.93158 * 60.0, "L/h");
  add("V1", pkpd::Dimension::volume, 4.41, "L");
  add("Q2", pkpd::Dimension::clearance, 2.61072 * 60.0, "L/h");
  add("V2", pkpd::Dimension::volume, 10.5697166, "L");
  add("Q3", pkpd::Dimension::clearance, 2.6019 * 60.0, "L/h");
  add("V3", pkpd::Dimension::volume, 178.212329, "L");
  model.compartments = {{"central", "V1"}, {"rapid", "V2"}, {"slow", "V3"}};
  model.flows = {{.from = "central", .clearance = "CL"},
                 {.from = "central", .to = "rapid", .clearance = "Q2"},
                 {.from = "rapid", .to = "central", .clearance = "Q2"},
                 {.from = "central", .to = "slow", .clearance = "Q3"},
                 {.from = "slow", .to = "central", .clearance = "Q3"}};
  pkpd::Path path;
  path.compartment = "central";
  model.routes = {{"intravenous", {path}}};
  model.outputs = {{"CP", "central", pkpd::Moiety::unspecified, pkpd::SamplingSite::unspecified}};
  pkpd::RandomBlock block;
  block.parameters = {"CL", "V1", "V2"};
  block.distributions.assign(3, pkpd::Distribution::log_normal);
  block.covariance = 0.09 * Eigen::MatrixXd::Identity(3, 3);
  model.variability.blocks = {block};
  model.variability.residuals = {{"CP", 0.15, {}, 0.0, {}}};
  return model;
}

// 35 mg over 40 min; 165.0, 201.0, 38.5 and 19.6 ng/mL at 20, 40, 70 and 180 min. The structure must outlive
// the question.
inline individual::Question four_assays(const pkpd::Structure& structure) {
  using units::min;
  individual::Question question{
      &structure, {{Duration{}, {}, 1}}, {{Duration{}, 40.0 * min, 35.0 * units::mg}}, {}};
  const auto add = [&](double minutes, double mg_L) {
    question.measured.push_back({std::to_string(question.measured.size() + 1), minutes * min, 0,
                                 individual::Assayed{Concentration::from_canonical(mg_L)}});
  };
  add(20.0, 0.1650);
  add(40.0, 0.2010);
  add(70.0, 0.0385);
  add(180.0, 0.0196);
  return question;
}

}  // namespace evenkeel::test
