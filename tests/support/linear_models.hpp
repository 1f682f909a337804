// Plain models made in code, for tests of what reads tables and regimens: one compartment with first-order
// absorption, numbered as ADVAN2 numbers it, its parameters left to the user.
#pragma once

#include <string>

#include "pkpd/model.hpp"

namespace evenkeel::test {

// Depot (route 1) and central (route 2). CL, V and KA must be given; F, ALAG, D and R need not be.
inline pkpd::Model absorption_model() {
  using pkpd::Dimension;
  pkpd::Model model;
  model.id = "one-compartment-absorption";
  model.dosed = {pkpd::Moiety::unspecified};
  model.compartments = {{"depot", ""}, {"central", "V"}};
  const auto add = [&](std::string name, Dimension dimension, std::optional<double> value) {
    pkpd::Parameter parameter;
    parameter.name = std::move(name);
    parameter.dimension = dimension;
    parameter.value = value;
    model.parameters.push_back(std::move(parameter));
  };
  add("CL", Dimension::clearance, std::nullopt);
  add("V", Dimension::volume, std::nullopt);
  add("KA", Dimension::rate_constant, std::nullopt);
  for (const std::string number : {"1", "2"}) {
    add("F" + number, Dimension::fraction, 1.0);
    add("ALAG" + number, Dimension::time, 0.0);
    add("D" + number, Dimension::time, std::nullopt);
    add("R" + number, Dimension::input_rate, std::nullopt);
    const std::string compartment = number == "1" ? "depot" : "central";
    pkpd::Path path;
    path.compartment = compartment;
    path.fraction = {{{"F" + number}, false}};
    path.lag = "ALAG" + number;
    path.modelled_duration = "D" + number;
    path.modelled_rate = "R" + number;
    model.routes.push_back({compartment, {path}});
  }
  model.flows = {{.from = "depot", .to = "central", .rate = "KA"}, {.from = "central", .clearance = "CL"}};
  model.outputs = {{"CP", "central", pkpd::Moiety::unspecified, pkpd::SamplingSite::unspecified}};
  return model;
}

// The same with values of its own, CL and V growing with weight, and a lag that grows with age.
inline pkpd::Model weighed_model() {
  pkpd::Model model = absorption_model();
  model.id = "one-compartment-weighed";
  model.parameters[0].value = 10.0;
  model.parameters[1].value = 50.0;
  model.parameters[2].value = 1.2;
  model.parameters[0].effects = {pkpd::PowerEffect{pkpd::Covariate::weight, 70.0, 0.75, {}}};
  model.parameters[1].effects = {pkpd::PowerEffect{pkpd::Covariate::weight, 70.0, 1.0, {}}};
  for (auto& parameter : model.parameters) {
    if (parameter.name == "ALAG1" || parameter.name == "ALAG2") {
      parameter.value = 0.7;
      parameter.effects = {pkpd::PowerEffect{pkpd::Covariate::age, 40.0, 1.0, {}}};
    }
    if (parameter.name == "D2") {
      parameter.value = 2.0;
      parameter.effects = {pkpd::PowerEffect{pkpd::Covariate::weight, 70.0, 1.0, {}}};
    }
  }
  return model;
}

}  // namespace evenkeel::test
