// The general linear models for the tests, as data: a depot and a central compartment, up to two
// peripheral ones, and, where asked for, a chain to a metabolite. Compartments are numbered as
// ADVAN 2, 4 and 12 do: 1 the depot, 2 the central one. A dose into compartment i is by route "i". By the
// third route a share FILM enters the depot over a time, and the rest the central one after a lag.
#pragma once

#include <limits>
#include <ostream>
#include <string>
#include <vector>

#include "pkpd/record.hpp"
#include "pkpd/structure.hpp"

namespace evenkeel::pkpd {

struct PlainShape {
  int peripherals = 0;
  bool metabolite = false;  // central -> delay -> metabolite -> out, its mass times YIELD
};

inline void PrintTo(const PlainShape& shape, std::ostream* out) {
  *out << shape.peripherals + 1 << " compartments" << (shape.metabolite ? " and a metabolite" : "");
}

inline Model plain_model(PlainShape shape = {}) {
  Model model;
  model.id = "plain";
  const auto parameter = [&](const std::string& name, Dimension dimension) {
    Parameter each;
    each.name = name;
    each.dimension = dimension;
    model.parameters.push_back(each);
    return name;
  };
  const auto volume = [&](const std::string& name) { return parameter(name, Dimension::volume); };
  const auto clearance = [&](const std::string& name) { return parameter(name, Dimension::clearance); };
  model.compartments = {{"depot", ""}, {"central", volume("V")}};
  model.flows.push_back(
      {.from = "depot", .to = "central", .rate = parameter("KA", Dimension::rate_constant)});
  const std::string next = shape.metabolite ? "delay" : "";
  model.flows.push_back({.from = "central", .to = next, .clearance = clearance("CL")});
  for (int i = 0; i < shape.peripherals; ++i) {
    const std::string number = std::to_string(i + 2);
    const std::string id = "peripheral" + number;
    model.compartments.push_back({id, volume("V" + number)});
    const std::string q = clearance("Q" + number);
    model.flows.push_back({.from = "central", .to = id, .clearance = q});
    model.flows.push_back({.from = id, .to = "central", .clearance = q});
  }
  model.outputs = {{"parent", "central", Moiety::unspecified, SamplingSite::unspecified}};
  if (shape.metabolite) {
    model.compartments.insert(model.compartments.end(), {{"delay", ""}, {"metabolite", volume("VM")}});
    model.flows.push_back({.from = "delay",
                           .to = "metabolite",
                           .mean_time = parameter("MTT", Dimension::time),
                           .yield = {{{parameter("YIELD", Dimension::fraction)}, false}}});
    model.flows.push_back({.from = "metabolite", .clearance = clearance("CLM")});
    model.outputs.push_back({"metabolite", "metabolite", Moiety::unspecified, SamplingSite::unspecified});
  }
  for (const std::string number : {"1", "2"}) {
    Path path;
    path.compartment = number == "1" ? "depot" : "central";
    path.fraction = {{{parameter("F" + number, Dimension::fraction)}, false}};
    path.lag = parameter("ALAG" + number, Dimension::time);
    path.modelled_duration = parameter("D" + number, Dimension::time);
    path.modelled_rate = parameter("R" + number, Dimension::input_rate);
    model.routes.push_back({number, {path}});
  }
  Path film{.compartment = "depot", .fraction = {{{parameter("FILM", Dimension::fraction)}, false}}};
  film.over = parameter("OVER", Dimension::time);
  Path swallowed{.compartment = "central", .fraction = {{{"FILM"}, true}}};
  swallowed.lag = parameter("LATE", Dimension::time);
  model.routes.push_back({"film", {film, swallowed}});
  return model;
}

// Values by name; F 1, no lag, and whatever is not named not given.
class PlainValues {
 public:
  explicit PlainValues(const Structure& structure) : structure_(&structure) {
    values_.assign(structure.model().parameters.size(), std::numeric_limits<double>::quiet_NaN());
    set("F1", 1.0).set("F2", 1.0).set("ALAG1", 0.0).set("ALAG2", 0.0);
  }
  PlainValues& set(const std::string& name, double value) {
    values_[structure_->parameter(name).value()] = value;
    return *this;
  }
  [[nodiscard]] const Values& values() const { return values_; }

 private:
  const Structure* structure_;
  Values values_;
};

// A subject to which records and values are added, each set of values with its system.
class PlainSubject {
 public:
  explicit PlainSubject(const Structure& structure) : structure_(&structure) {}

  InForce with(const PlainValues& values) {
    for (std::size_t i = 0; i < subject_.values.size(); ++i) {
      if (same(subject_.values[i], values.values())) return {i, i};
    }
    subject_.systems.push_back(*structure_->system(values.values()));
    subject_.values.push_back(values.values());
    return {subject_.values.size() - 1, subject_.values.size() - 1};
  }
  Record& add(double at_h, RecordKind kind, InForce in_force) {
    subject_.records.push_back({at_h * units::h, kind, {}, in_force, {}});
    return subject_.records.back();
  }
  [[nodiscard]] const Subject& subject() const { return subject_; }
  [[nodiscard]] Subject& subject() { return subject_; }

 private:
  static bool same(const Values& a, const Values& b) {
    for (std::size_t i = 0; i < a.size(); ++i) {
      if (a[i] != b[i] && !(a[i] != a[i] && b[i] != b[i])) return false;
    }
    return true;
  }

  const Structure* structure_;
  Subject subject_;
};

}  // namespace evenkeel::pkpd
