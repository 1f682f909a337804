// content/models/: see schema.json in that folder for the form.

#include <set>

#include "content/readers.hpp"
#include "content/sourced.hpp"

namespace evenkeel::content {
namespace {

using json::Reader;
using pkpd::Dimension;
using pkpd::Model;

constexpr std::pair<std::string_view, pkpd::Moiety> moieties[] = {
    {"racemic-ketamine", pkpd::Moiety::racemic_ketamine},
    {"esketamine", pkpd::Moiety::esketamine},
    {"arketamine", pkpd::Moiety::arketamine},
    {"norketamine", pkpd::Moiety::norketamine},
    {"esnorketamine", pkpd::Moiety::esnorketamine}};
constexpr std::pair<std::string_view, pkpd::SamplingSite> sites[] = {
    {"arterial", pkpd::SamplingSite::arterial}, {"venous", pkpd::SamplingSite::venous}};

template <class Q>
bool take_unit(std::string_view text, Dimension dimension, bool per_body_mass, pkpd::Parameter& parameter) {
  const auto unit = unit_from_text<Q>(text);
  if (!unit) return false;
  parameter.dimension = dimension;
  parameter.per_body_mass = per_body_mass;
  parameter.value = parameter.value_as_given * unit->canonical();
  return true;
}

void read_value(Reader place, pkpd::Parameter& parameter) {
  parameter.value_as_given = place["value"].number(0.0, 1e6);
  auto unit = place["unit"];
  parameter.unit = unit.text(20);
  const std::string_view text = parameter.unit;
  const bool known = take_unit<Clearance>(text, Dimension::clearance, false, parameter) ||
                     take_unit<ClearancePerBody>(text, Dimension::clearance, true, parameter) ||
                     take_unit<Volume>(text, Dimension::volume, false, parameter) ||
                     take_unit<VolumePerBody>(text, Dimension::volume, true, parameter) ||
                     take_unit<RateConstant>(text, Dimension::rate_constant, false, parameter) ||
                     take_unit<Fraction>(text, Dimension::fraction, false, parameter);
  if (known || text.empty()) return;
  unit.fault(fmt::format("'{}' is not a unit allowed here; use {}, {}, {}, {}, {} or 1", text,
                         allowed_units<Clearance>(), allowed_units<ClearancePerBody>(),
                         allowed_units<Volume>(), allowed_units<VolumePerBody>(),
                         allowed_units<RateConstant>()));
}

pkpd::Parameter read_parameter(std::string name, Reader place, const Header& header) {
  pkpd::Parameter parameter;
  parameter.name = std::move(name);
  if (!place.object({"value", "unit", "source", "label"}, {"note", "low", "high", "allometry"}))
    return parameter;
  read_value(place, parameter);
  parameter.from = read_provenance(place, header);
  check_bounds(place);
  if (!place.has("allometry")) return parameter;
  auto scaling = place["allometry"];
  if (!scaling.object({"reference", "exponent"})) return parameter;
  auto exponent = scaling["exponent"];
  pkpd::Parameter::Allometry allometry;
  allometry.reference = read_sourced<BodyMass>(scaling["reference"], header).value;
  if (exponent.object({"value", "unit", "source", "label"}, {"note", "low", "high"})) {
    allometry.exponent = exponent["value"].number(-3.0, 3.0);
    if (exponent["unit"].text(20) != "1") exponent["unit"].fault("an exponent has the unit 1");
    allometry.from = read_provenance(exponent, header);
    check_bounds(exponent);
  }
  if (!(allometry.reference > BodyMass{})) scaling["reference"].fault("a reference weight is above zero");
  parameter.allometry = allometry;
  return parameter;
}

void read_parts(Reader& top, const Header& header, Model& model) {
  for (Reader place : top["dosed"].items(1)) model.dosed.push_back(place.one_of(moieties));
  model.preferred = top["preferred"].boolean();
  model.infused_into = top["infused_into"].name();
  for (auto& [name, place] : top["parameters"].members())
    model.parameters.push_back(read_parameter(name, place, header));
  for (Reader place : top["compartments"].items(1)) {
    if (!place.object({"id"}, {"volume"})) continue;
    model.compartments.push_back({place["id"].name(), place.has("volume") ? place["volume"].name() : ""});
  }
  for (Reader place : top["flows"].items(1)) {
    if (!place.object({"from"}, {"to", "rate", "clearance", "fraction"})) continue;
    const auto optional_name = [&](std::string_view key) {
      return place.has(key) ? place[key].name() : std::string{};
    };
    if (place.has("rate") == place.has("clearance")) place.fault("a flow has either 'rate' or 'clearance'");
    model.flows.push_back({place["from"].name(), optional_name("to"), optional_name("rate"),
                           optional_name("clearance"), optional_name("fraction")});
  }
  for (Reader place : top["outputs"].items(1)) {
    if (!place.object({"id", "compartment", "moiety", "site"})) continue;
    model.outputs.push_back({place["id"].name(), place["compartment"].name(),
                             place["moiety"].one_of(moieties), place["site"].one_of(sites)});
  }
}

void read_levels(Reader levels, const Header& header, Model& model) {
  for (Reader place : levels.items()) {
    if (!place.object({"name", "from", "to"})) continue;
    model.levels.push_back({place["name"].text(60), read_sourced<Concentration>(place["from"], header),
                            read_sourced<Concentration>(place["to"], header).value});
    if (!(model.levels.back().from.value <= model.levels.back().to)) place.fault("'from' is above 'to'");
  }
}

template <class T>
Interval<T> read_interval(Reader place, T low, T high) {
  const auto interval = Interval<T>::make(low, high);
  if (!interval) place.fault(interval.error().what);
  return interval ? *interval : Interval<T>{};
}

void read_domain(Reader domain, const Header& header, pkpd::Domain& out) {
  if (!domain.object({"weight", "age"})) return;
  auto weight = domain["weight"];
  if (weight.object({"low", "high", "unit", "source", "label"}, {"note"})) {
    if (weight["unit"].text(20) != "kg") weight["unit"].fault("a weight is in kg");
    out.weight = {read_interval(weight, weight["low"].number(0.1, 1000.0) * units::kg,
                                weight["high"].number(0.1, 1000.0) * units::kg),
                  read_provenance(weight, header)};
  }
  auto age = domain["age"];
  if (age.object({"low", "high", "unit", "source", "label"}, {"note"})) {
    if (age["unit"].text(20) != "a") age["unit"].fault("an age is in years, 'a'");
    out.age_years = {read_interval(age, age["low"].number(0.0, 150.0), age["high"].number(0.0, 150.0)),
                     read_provenance(age, header)};
  }
}

// Names used by one part of the file exist in another.
class CrossCheck {
 public:
  CrossCheck(Reader& top, const Model& model) : top_(top), model_(model) {}

  void run() {
    unique("compartments", model_.compartments, &pkpd::Compartment::id);
    unique("outputs", model_.outputs, &pkpd::Output::id);
    compartment(model_.infused_into, "infused_into");
    for (const auto& each : model_.compartments) {
      if (!each.volume.empty()) parameter(each.volume, Dimension::volume, "compartments");
    }
    for (const auto& flow : model_.flows) check(flow);
    check_pairs();
    for (const auto& output : model_.outputs) with_volume(output.compartment, "outputs");
    if (model_.outputs.empty() || model_.dosed.empty()) return;  // told already: at least one of each
    if (model_.outputs.front().moiety != model_.dosed.front()) {
      top_["outputs"].fault("the first output is the drug that the model was estimated for");
    }
  }

 private:
  // Two flows between the same compartments would add up unseen.
  void check_pairs() {
    std::set<std::pair<std::string, std::string>> seen;
    for (const auto& flow : model_.flows) {
      if (seen.emplace(flow.from, flow.to).second) continue;
      top_["flows"].fault(
          fmt::format("two flows from '{}' to '{}'", flow.from, flow.to.empty() ? "out" : flow.to));
    }
    const std::set<pkpd::Moiety> dosed{model_.dosed.begin(), model_.dosed.end()};
    if (dosed.size() != model_.dosed.size()) top_["dosed"].fault("a drug appears twice");
  }

  void check(const pkpd::Flow& flow) {
    compartment(flow.from, "flows");
    if (!flow.to.empty()) compartment(flow.to, "flows");
    if (flow.from == flow.to) top_["flows"].fault(fmt::format("a flow from '{}' to itself", flow.from));
    if (!flow.rate.empty()) parameter(flow.rate, Dimension::rate_constant, "flows");
    if (!flow.fraction.empty()) fraction(flow.fraction);
    if (flow.clearance.empty()) return;
    parameter(flow.clearance, Dimension::clearance, "flows");
    with_volume(flow.from, "flows");
  }

  void fraction(const std::string& name) {
    parameter(name, Dimension::fraction, "flows");
    const auto found = std::ranges::find(model_.parameters, name, &pkpd::Parameter::name);
    if (found != model_.parameters.end() && !(found->value <= 1.0)) {
      top_["parameters"][name].fault("a fraction of a flow is at most 1");
    }
  }

  void parameter(const std::string& name, Dimension dimension, std::string_view where) {
    const auto found = std::ranges::find(model_.parameters, name, &pkpd::Parameter::name);
    if (found == model_.parameters.end()) {
      top_[where].fault(fmt::format("there is no parameter '{}'", name));
    } else if (found->dimension != dimension) {
      top_[where].fault(
          fmt::format("parameter '{}' has the unit {}, which does not fit its use", name, found->unit));
    } else if (dimension == Dimension::volume && !(found->value > 0.0)) {
      top_["parameters"][name].fault("a volume is above zero");
    }
  }

  void compartment(const std::string& id, std::string_view where) {
    if (std::ranges::find(model_.compartments, id, &pkpd::Compartment::id) == model_.compartments.end()) {
      top_[where].fault(fmt::format("there is no compartment '{}'", id));
    }
  }

  void with_volume(const std::string& id, std::string_view where) {
    const auto found = std::ranges::find(model_.compartments, id, &pkpd::Compartment::id);
    if (found == model_.compartments.end()) {
      top_[where].fault(fmt::format("there is no compartment '{}'", id));
    } else if (found->volume.empty()) {
      top_[where].fault(fmt::format("compartment '{}' has no volume", id));
    }
  }

  template <class T>
  void unique(std::string_view where, const std::vector<T>& list, std::string T::*id) {
    std::set<std::string> seen;
    for (const T& each : list) {
      if (!seen.insert(each.*id).second) top_[where].fault(fmt::format("'{}' appears twice", each.*id));
    }
  }

  Reader& top_;
  const Model& model_;
};

}  // namespace

Result<Model, Errors> read_model(std::string_view text) {
  return read_file<Model>(text, [](Reader& top) {
    Model model;
    const bool whole = top_keys(top, {"dosed", "preferred", "compartments", "infused_into", "parameters",
                                      "flows", "outputs", "levels", "domain", "caveats"});
    const Header header = read_header(top, "model");
    model.id = header.id;
    model.version = header.version;
    model.status = header.status;
    model.title = header.title;
    model.sources = header.sources;
    read_parts(top, header, model);
    read_levels(top["levels"], header, model);
    read_domain(top["domain"], header, model.domain);
    for (Reader place : top["caveats"].items()) model.caveats.push_back(place.text(600));
    if (whole) CrossCheck{top, model}.run();
    return model;
  });
}

}  // namespace evenkeel::content
