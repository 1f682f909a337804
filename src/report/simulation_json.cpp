#include "json/write.hpp"
#include "report/simulation.hpp"

namespace evenkeel::report {
namespace {

using json::Node;

constexpr int digits = 10;

Node numbers(const std::vector<double>& values) {
  return json::list_of(values, [](double value) { return json::rounded(value, digits); });
}
Node texts(const std::vector<std::string>& values) {
  return json::list_of(values, [](const std::string& value) { return json::text(value); });
}

Node dose(const SimulatedDose& each) {
  return json::object({{"at_h", json::rounded(each.at_h, digits)}, {"words", json::text(each.words)}});
}

Node curve(const SimulatedCurve& each) {
  return json::object({{"output", json::text(each.name)},
                       {"unit", json::text(each.unit)},
                       {"percentiles", numbers(each.percentiles)},
                       {"values", json::list_of(each.values, numbers)}});
}

Node quantity(const SimulatedQuantity& each) {
  return json::object({{"output", json::text(each.output)},
                       {"quantity", json::text(each.name)},
                       {"unit", json::text(each.unit)},
                       {"values", numbers(each.values)}});
}

Node model(const SimulatedModel& each) {
  return json::object({{"id", json::text(each.id)},
                       {"version", json::text(each.version)},
                       {"status", json::text(each.status)},
                       {"title", json::text(each.title)},
                       {"dosed", json::text(each.dosed)},
                       {"variability", json::text(each.variability)},
                       {"caveats", texts(each.caveats)},
                       {"curves", json::list_of(each.curves, curve)},
                       {"quantities", json::list_of(each.quantities, quantity)}});
}

}  // namespace

std::string simulation_json(const Simulation& s) {
  const auto seed = [](std::uint64_t value) { return json::text(std::to_string(value)); };
  return json::dump_indented(json::object({{"schema", json::text("evenkeel.simulation/1")},
                                           {"program", json::text(s.program)},
                                           {"title", json::text(s.title)},
                                           {"subjects", json::text(s.subjects)},
                                           {"count", json::number(static_cast<long long>(s.count))},
                                           {"seed", json::optional(s.seed, seed)},
                                           {"doses", json::list_of(s.doses, dose)},
                                           {"times_h", numbers(s.times_h)},
                                           {"models", json::list_of(s.models, model)}})) +
         "\n";
}

}  // namespace evenkeel::report
