// content/models/: see schema.json in that folder for the form.
#include "content/model_reader.hpp"

#include "content/readers.hpp"

namespace evenkeel::content {
namespace {

using json::Reader;
using pkpd::Model;

// A hostile file could ask for a matrix that no machine holds.
constexpr std::size_t most_compartments = 64;

constexpr std::pair<std::string_view, pkpd::Moiety> moieties[] = {
    {"unspecified", pkpd::Moiety::unspecified},
    {"racemic-ketamine", pkpd::Moiety::racemic_ketamine},
    {"esketamine", pkpd::Moiety::esketamine},
    {"arketamine", pkpd::Moiety::arketamine},
    {"norketamine", pkpd::Moiety::norketamine},
    {"esnorketamine", pkpd::Moiety::esnorketamine},
    {"eshydroxynorketamine", pkpd::Moiety::eshydroxynorketamine}};
constexpr std::pair<std::string_view, pkpd::SamplingSite> sites[] = {
    {"unspecified", pkpd::SamplingSite::unspecified},
    {"arterial", pkpd::SamplingSite::arterial},
    {"venous", pkpd::SamplingSite::venous}};

std::string optional_name(const Reader& place, std::string_view key) {
  return place.has(key) ? place[key].name() : std::string{};
}

// A list whose items are a parameter's name or {"one_minus": [names]}.
std::vector<pkpd::Factor> read_factors(const Reader& owner, std::string_view key) {
  std::vector<pkpd::Factor> factors;
  if (!owner.has(key)) return factors;
  for (Reader place : owner[key].items(1)) {
    if (place.node()->kind != json::Kind::object) {
      factors.push_back({{place.name()}, false});
    } else if (place.object({"one_minus"})) {
      pkpd::Factor rest{{}, true};
      for (Reader name : place["one_minus"].items(1)) rest.product.push_back(name.name());
      factors.push_back(std::move(rest));
    }
  }
  return factors;
}

void read_routes(Reader routes, Model& model) {
  for (Reader place : routes.items(1)) {
    if (!place.object({"id", "paths"})) continue;
    pkpd::Route route{place["id"].name(), {}};
    for (Reader path : place["paths"].items(1)) {
      if (!path.object({"into"}, {"fraction", "lag", "over", "modelled_duration", "modelled_rate"})) continue;
      route.paths.push_back({path["into"].name(), read_factors(path, "fraction"), optional_name(path, "lag"),
                             optional_name(path, "over"), optional_name(path, "modelled_duration"),
                             optional_name(path, "modelled_rate")});
    }
    model.routes.push_back(std::move(route));
  }
}

void read_flow(Reader place, Model& model) {
  pkpd::Flow flow;
  if (!place.object({"from"}, {"to", "rate", "clearance", "mean_time", "stages", "fraction", "yield"}))
    return;
  if (place.has("rate") + place.has("clearance") + place.has("mean_time") != 1)
    place.fault("a flow has exactly one of 'rate', 'clearance' and 'mean_time'");
  flow.from = place["from"].name();
  flow.to = optional_name(place, "to");
  flow.rate = optional_name(place, "rate");
  flow.clearance = optional_name(place, "clearance");
  flow.mean_time = optional_name(place, "mean_time");
  if (place.has("stages")) {
    flow.stages = place["stages"].integer(1, 20);
    if (!place.has("mean_time")) place["stages"].fault("only a flow with a 'mean_time' has stages");
  }
  flow.fraction = read_factors(place, "fraction");
  flow.yield = read_factors(place, "yield");
  model.flows.push_back(std::move(flow));
}

void read_parts(Reader& top, const Header& header, Model& model) {
  if (top.has("aliases")) {
    for (Reader place : top["aliases"].items()) model.aliases.push_back(place.name());
  }
  for (Reader place : top["dosed"].items(1)) model.dosed.push_back(place.one_of(moieties));
  model.preferred = top["preferred"].boolean();
  model.on_request = top["on_request"].boolean();
  model.parameters = read_parameters(top["parameters"], header);
  auto compartments = top["compartments"];
  for (Reader place : compartments.items(1)) {
    if (!place.object({"id"}, {"volume"})) continue;
    model.compartments.push_back({place["id"].name(), optional_name(place, "volume")});
  }
  if (model.compartments.size() > most_compartments)
    compartments.fault(
        fmt::format("{} compartments; at most {} are allowed", model.compartments.size(), most_compartments));
  read_routes(top["routes"], model);
  for (const Reader& place : top["flows"].items(1)) read_flow(place, model);
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

pkpd::Domain read_domain(Reader domain, const Header& header) {
  pkpd::Domain read;
  if (!domain.object({}, {"weight", "age"})) return read;
  auto weight = domain["weight"];
  if (domain.has("weight") && weight.object({"low", "high", "unit", "source", "label"}, {"note"})) {
    if (weight["unit"].text(20) != "kg") weight["unit"].fault("a weight is in kg");
    read.weight = {read_interval(weight, weight["low"].number(0.1, 1000.0) * units::kg,
                                 weight["high"].number(0.1, 1000.0) * units::kg),
                   read_provenance(weight, header)};
  }
  auto age = domain["age"];
  if (domain.has("age") && age.object({"low", "high", "unit", "source", "label"}, {"note"})) {
    if (age["unit"].text(20) != "a") age["unit"].fault("an age is in years, 'a'");
    read.age_years = {read_interval(age, age["low"].number(0.0, 150.0), age["high"].number(0.0, 150.0)),
                      read_provenance(age, header)};
  }
  return read;
}

}  // namespace

Result<Model, Errors> read_model(std::string_view text) {
  return read_file<Model>(text, [](Reader& top) {
    Model model;
    const bool whole = top_keys(top,
                                {"dosed", "preferred", "on_request", "compartments", "routes", "parameters",
                                 "flows", "outputs", "levels", "domain", "caveats"},
                                {"aliases", "variability"});
    const Header header = read_header(top, "model");
    model.id = header.id;
    model.version = header.version;
    model.status = header.status;
    model.title = header.title;
    model.sources = header.sources;
    read_parts(top, header, model);
    read_levels(top["levels"], header, model);
    if (top.has("variability")) model.variability = read_variability(top["variability"], header);
    model.domain = read_domain(top["domain"], header);
    for (Reader place : top["caveats"].items()) model.caveats.push_back(place.text(600));
    if (whole) check_model(top, model);
    return model;
  });
}

}  // namespace evenkeel::content
