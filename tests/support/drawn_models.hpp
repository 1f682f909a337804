// Models of the shapes that occur, as data: for what draws and describes models. Made-up, round numbers.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "pkpd/model.hpp"

namespace evenkeel::test {

inline pkpd::Parameter parameter(const std::string& name, pkpd::Dimension dimension, double value,
                                 const std::string& unit) {
  pkpd::Parameter p;
  p.name = name;
  p.dimension = dimension;
  p.value = value;
  p.value_as_given = value;
  p.unit = unit;
  p.from = {"paper", Label::secondary, ""};
  return p;
}

inline void add_exchange(pkpd::Model& model, const std::string& hub, const std::string& other,
                         const std::string& volume, const std::string& clearance) {
  model.compartments.push_back({other, volume});
  model.parameters.push_back(parameter(volume, pkpd::Dimension::volume, 20.0, "L"));
  model.parameters.push_back(parameter(clearance, pkpd::Dimension::clearance, 10.0, "L/h"));
  model.flows.push_back({.from = hub, .to = other, .clearance = clearance});
  model.flows.push_back({.from = other, .to = hub, .clearance = clearance});
}

// One compartment: V 10 L, CL 5 L/h, so k = 0.5 / h.
inline pkpd::Model one_compartment() {
  pkpd::Model model;
  model.id = "one";
  model.version = "1.0.0";
  model.status = "released";
  model.title = "One compartment";
  model.dosed = {pkpd::Moiety::racemic_ketamine};
  model.compartments = {{"central", "V"}};
  model.routes = {{"intravenous", {{.compartment = "central"}}}};
  model.parameters = {parameter("CL", pkpd::Dimension::clearance, 5.0, "L/h"),
                      parameter("V", pkpd::Dimension::volume, 10.0, "L")};
  model.flows = {{.from = "central", .clearance = "CL"}};
  model.outputs = {{"arterial", "central", pkpd::Moiety::racemic_ketamine, pkpd::SamplingSite::arterial}};
  model.sources = {{"paper", "A paper. 2020"}};
  return model;
}

inline pkpd::Model three_compartments() {
  pkpd::Model model = one_compartment();
  model.id = "three";
  add_exchange(model, "central", "rapid", "V2", "Q2");
  add_exchange(model, "central", "slow", "V3", "Q3");
  return model;
}

// The central compartment eliminates into norketamine alone.
inline pkpd::Model with_metabolite() {
  pkpd::Model model = three_compartments();
  model.id = "metabolite";
  model.flows.front().to = "norketamine";
  model.compartments.push_back({"norketamine", "VN"});
  model.parameters.push_back(parameter("VN", pkpd::Dimension::volume, 50.0, "L"));
  model.parameters.push_back(parameter("CLN", pkpd::Dimension::clearance, 25.0, "L/h"));
  model.flows.push_back({.from = "norketamine", .clearance = "CLN"});
  model.outputs.push_back(
      {"norketamine-arterial", "norketamine", pkpd::Moiety::norketamine, pkpd::SamplingSite::arterial});
  add_exchange(model, "norketamine", "norketamine-peripheral", "VNP", "QN");
  return model;
}

// A film that feeds the blood and, past it, a chain of two cells that leads to the metabolite.
inline pkpd::Model with_film_and_chain() {
  pkpd::Model model = with_metabolite();
  model.id = "film";
  for (const char* id : {"mucosa", "gut", "gut-delay", "delay-1", "delay-2"})
    model.compartments.push_back({id, ""});
  for (const char* name : {"F1", "F2", "FM", "RATIO"})
    model.parameters.push_back(parameter(name, pkpd::Dimension::fraction, 0.5, "1"));
  for (const char* name : {"D1", "D2", "MTT", "MTTG"})
    model.parameters.push_back(parameter(name, pkpd::Dimension::time, 0.25, "h"));
  for (const char* name : {"KA1", "KA2"})
    model.parameters.push_back(parameter(name, pkpd::Dimension::rate_constant, 2.0, "1/h"));
  model.routes.push_back({"film",
                          {{.compartment = "mucosa", .fraction = {{{"F1"}, false}}, .over = "D1"},
                           {.compartment = "gut", .fraction = {{{"F2"}, false}}, .over = "D2"}}});
  model.flows.front().to = "delay-1";
  const std::vector<pkpd::Flow> more{
      {.from = "mucosa", .to = "central", .rate = "KA1"},
      {.from = "gut", .to = "gut-delay", .rate = "KA2"},
      {.from = "gut-delay", .to = "delay-1", .mean_time = "MTTG"},
      {.from = "delay-1", .to = "delay-2", .mean_time = "MTT", .stages = 2},
      {.from = "delay-2",
       .to = "norketamine",
       .mean_time = "MTT",
       .stages = 2,
       .fraction = {{{"FM"}, false}},
       .yield = {{{"RATIO"}, false}}},
      {.from = "delay-2", .mean_time = "MTT", .stages = 2, .fraction = {{{"FM"}, true}}}};
  model.flows.insert(model.flows.end(), more.begin(), more.end());
  return model;
}

// As by the nose: two routes that enter the same two depots in other shares, and a liver between the
// blood and the metabolite.
inline pkpd::Model with_liver() {
  pkpd::Model model = with_metabolite();
  model.id = "liver";
  model.flows.front() = {.from = "central", .to = "liver", .clearance = "QH"};
  for (const char* id : {"liver", "nose", "swallowed"}) model.compartments.push_back({id, ""});
  model.compartments[model.compartments.size() - 3].volume = "VH";
  model.parameters.push_back(parameter("VH", pkpd::Dimension::volume, 10.0, "L"));
  model.parameters.push_back(parameter("QH", pkpd::Dimension::clearance, 15.0, "L/h"));
  model.parameters.push_back(parameter("FN", pkpd::Dimension::fraction, 0.5, "1"));
  model.parameters.push_back(parameter("FURTHER", pkpd::Dimension::fraction, 0.5, "1"));
  for (const char* name : {"KEL", "KMET", "KN", "KS"})
    model.parameters.push_back(parameter(name, pkpd::Dimension::rate_constant, 1.0, "1/h"));
  const std::vector<pkpd::Flow> more{{.from = "liver", .to = "central", .clearance = "QH"},
                                     {.from = "liver", .rate = "KEL"},
                                     {.from = "liver", .to = "norketamine", .rate = "KMET"},
                                     {.from = "nose", .to = "central", .rate = "KN"},
                                     {.from = "swallowed", .to = "liver", .rate = "KS"}};
  model.flows.insert(model.flows.end(), more.begin(), more.end());
  model.routes.push_back({"nasal-first",
                          {{.compartment = "nose", .fraction = {{{"FN"}, false}}},
                           {.compartment = "swallowed", .fraction = {{{"FN"}, true}}}}});
  model.routes.push_back({"nasal-further",
                          {{.compartment = "nose", .fraction = {{{"FN", "FURTHER"}, false}}},
                           {.compartment = "swallowed", .fraction = {{{"FN", "FURTHER"}, true}}}}});
  return model;
}

// A central compartment that exchanges with `count` others.
inline pkpd::Model star(int count) {
  pkpd::Model model = one_compartment();
  model.id = "star";
  for (int i = 1; i <= count; ++i) {
    const std::string n = std::to_string(i);
    add_exchange(model, "central", "p" + n, "VP" + n, "QP" + n);
  }
  return model;
}

inline std::vector<pkpd::Model> drawn_models() {
  return {one_compartment(), three_compartments(), with_metabolite(), with_film_and_chain(), with_liver()};
}

}  // namespace evenkeel::test
