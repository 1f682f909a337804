#include "pkpd/structure.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "base/expects.hpp"
#include "base/overloaded.hpp"
#include "base/unit_text.hpp"
#include "pkpd/portable.hpp"
#include "pkpd/scalar_rates.hpp"

namespace evenkeel::pkpd {
namespace {

// A half-life of three picoseconds. Products of rates and times must stay numbers.
constexpr double fastest_per_h = 1e15;

template <class Q>
double unit_size(std::string_view text) {
  const auto unit = unit_from_text<Q>(text);
  expects(unit.has_value(), "a parameter's unit is one of its dimension");
  return unit->canonical();
}

std::string_view covariate_text(Covariate covariate) {
  switch (covariate) {
    case Covariate::weight:
      return "weight";
    case Covariate::age:
      return "age";
    case Covariate::asian:
      return "asian (yes or no)";
    case Covariate::japanese:
      return "japanese (yes or no)";
  }
  return "";
}

std::optional<double> flag(std::optional<bool> known) {
  return known ? std::optional{*known ? 1.0 : 0.0} : std::nullopt;
}

std::optional<double> value_of(const Patient& patient, Covariate covariate) {
  switch (covariate) {
    case Covariate::weight:
      return patient.weight ? std::optional{patient.weight->in(units::kg)} : std::nullopt;
    case Covariate::age:
      return patient.age_years;
    case Covariate::asian:
      return flag(patient.asian);
    case Covariate::japanese:
      return flag(patient.japanese);
  }
  return std::nullopt;
}

std::optional<Error> outside_domain(const Model& model, const Patient& patient) {
  const auto& weight = model.domain.weight;
  if (weight && patient.weight && !weight->value.contains(*patient.weight)) {
    return Error{ErrorCode::outside_domain, "",
                 fmt::format("a weight of {} kg is outside {} to {} kg, the domain of model {}",
                             patient.weight->in(units::kg), weight->value.low().in(units::kg),
                             weight->value.high().in(units::kg), model.id)};
  }
  const auto& age = model.domain.age_years;
  if (age && patient.age_years && !age->value.contains(*patient.age_years)) {
    return Error{ErrorCode::outside_domain, "",
                 fmt::format("an age of {} years is outside {} to {} years, the domain of model {}",
                             *patient.age_years, age->value.low(), age->value.high(), model.id)};
  }
  return std::nullopt;
}

Error needs(const Model& model, const std::set<Covariate>& missing) {
  std::string names;
  for (const Covariate covariate : missing) {
    if (!names.empty()) names += covariate == *missing.rbegin() ? " and " : ", ";
    names += covariate_text(covariate);
  }
  return {ErrorCode::invalid_input, "patient",
          fmt::format("model {} needs {}, which {} not known", model.id, names,
                      missing.size() == 1 ? "is" : "are")};
}

// The typical value of one parameter; a covariate that it needs and nobody knows goes to `missing`.
double typical_value(const Parameter& parameter, double value, const Patient& patient,
                     std::set<Covariate>& missing) {
  double factor = 1.0;
  const auto with = [&](Covariate covariate, auto&& act) {
    if (const auto known = value_of(patient, covariate)) {
      act(*known);
    } else {
      missing.insert(covariate);
    }
  };
  if (parameter.per_body_mass) with(Covariate::weight, [&](double x) { value *= x; });
  for (const auto& effect : parameter.effects) {
    std::visit(Overloaded{[&](const PowerEffect& e) {
                            with(e.covariate,
                                 [&](double x) { factor *= std::pow(x / e.reference, e.exponent); });
                          },
                          [&](const SlopeEffect& e) {
                            with(e.covariate, [&](double x) {
                              if (x > e.above) value += e.per_unit * (x - e.above);
                            });
                          },
                          [&](const GroupEffect& e) {
                            with(e.covariate, [&](double x) { factor *= x == 1.0 ? e.factor : 1.0; });
                          }},
               effect);
  }
  return value * factor;
}

}  // namespace

Structure::Structure(Model model) : model_(std::move(model)) {
  for (const auto& compartment : model_.compartments) volumes_.push_back(optional_index(compartment.volume));
  for (const auto& flow : model_.flows) flows_.push_back(resolved(flow));
  for (const auto& output : model_.outputs) {
    outputs_.push_back(compartment_index(output.compartment));
    expects(volumes_[outputs_.back()].has_value(), "an output is read from a volume");
  }
  for (const auto& route : model_.routes) {
    std::vector<PathIndex> paths;
    for (const auto& path : route.paths) paths.push_back(resolved(path));
    routes_.push_back(std::move(paths));
  }
  expects(!routes_.empty() && !routes_.front().empty(), "a model can be dosed");
}

std::optional<std::size_t> Structure::parameter(std::string_view name) const {
  const auto found = std::ranges::find(model_.parameters, name, &Parameter::name);
  if (found == model_.parameters.end()) return std::nullopt;
  return static_cast<std::size_t>(found - model_.parameters.begin());
}

std::optional<std::size_t> Structure::route(std::string_view id) const {
  const auto found = std::ranges::find(model_.routes, id, &Route::id);
  if (found == model_.routes.end()) return std::nullopt;
  return static_cast<std::size_t>(found - model_.routes.begin());
}

double Structure::unit_of(std::size_t parameter) const {
  const Parameter& p = model_.parameters[parameter];
  switch (p.dimension) {
    case Dimension::clearance:
      return p.per_body_mass ? unit_size<ClearancePerBody>(p.unit) : unit_size<Clearance>(p.unit);
    case Dimension::volume:
      return p.per_body_mass ? unit_size<VolumePerBody>(p.unit) : unit_size<Volume>(p.unit);
    case Dimension::rate_constant:
      return unit_size<RateConstant>(p.unit);
    case Dimension::fraction:
      return unit_size<Fraction>(p.unit);
    case Dimension::time:
      return unit_size<Duration>(p.unit);
    case Dimension::input_rate:
      return unit_size<InfusionRate>(p.unit);
  }
  return 1.0;
}

std::size_t Structure::parameter_index(const std::string& name) const {
  const auto index = parameter(name);
  expects(index.has_value(), "a model names only parameters it has");
  return *index;
}

std::optional<std::size_t> Structure::optional_index(const std::string& name) const {
  return name.empty() ? std::nullopt : std::optional{parameter_index(name)};
}

std::size_t Structure::compartment_index(const std::string& id) const {
  const auto found = std::ranges::find(model_.compartments, id, &Compartment::id);
  expects(found != model_.compartments.end(), "a model names only compartments it has");
  return static_cast<std::size_t>(found - model_.compartments.begin());
}

Structure::Factors Structure::factors(const std::vector<Factor>& list) const {
  Factors found;
  for (const Factor& factor : list) {
    FactorIndex index{{}, factor.complement};
    for (const auto& name : factor.product) index.product.push_back(parameter_index(name));
    found.push_back(std::move(index));
  }
  return found;
}

Structure::FlowIndex Structure::resolved(const Flow& flow) const {
  using Form = FlowIndex::Form;
  FlowIndex index;
  index.from = compartment_index(flow.from);
  if (!flow.to.empty()) index.to = compartment_index(flow.to);
  index.form = !flow.clearance.empty()   ? Form::clearance
               : !flow.mean_time.empty() ? Form::transit
                                         : Form::constant;
  index.rate = parameter_index(!flow.clearance.empty()   ? flow.clearance
                               : !flow.mean_time.empty() ? flow.mean_time
                                                         : flow.rate);
  expects(index.form != Form::clearance || volumes_[index.from].has_value(),
          "a clearance leaves a compartment with a volume");
  index.stages = flow.stages;
  index.fraction = factors(flow.fraction);
  index.yield = factors(flow.yield);
  return index;
}

Structure::PathIndex Structure::resolved(const Path& path) const {
  return {compartment_index(path.compartment),
          factors(path.fraction),
          optional_index(path.lag),
          optional_index(path.over),
          optional_index(path.modelled_duration),
          optional_index(path.modelled_rate)};
}

Error Structure::not_given(std::size_t parameter) const {
  return {ErrorCode::invalid_input, "",
          fmt::format("parameter {} of model {} is not given: name it as a column or with --param {}=...",
                      model_.parameters[parameter].name, model_.id, model_.parameters[parameter].name)};
}

Result<Values> Structure::typical(const Patient& patient, std::span<const Override> overrides) const {
  if (patient.japanese == true && patient.asian == false)
    return Error{ErrorCode::invalid_input, "patient", "a Japanese person is Asian as well"};
  if (const auto refused = outside_domain(model_, patient)) return *refused;
  Values given;
  for (const auto& parameter : model_.parameters)
    given.push_back(parameter.value.value_or(std::numeric_limits<double>::quiet_NaN()));
  for (const Override& each : overrides) given[each.parameter] = each.value;
  const Values before = given;
  std::set<Covariate> missing;
  for (std::size_t i = 0; i < given.size(); ++i) {
    if (!std::isnan(given[i])) given[i] = typical_value(model_.parameters[i], given[i], patient, missing);
  }
  if (!missing.empty()) return needs(model_, missing);
  for (std::size_t i = 0; i < given.size(); ++i) {
    if (std::isnan(before[i]) || (given[i] >= 0.0 && std::isfinite(given[i]))) continue;
    return Error{ErrorCode::invalid_input, "",
                 fmt::format("parameter {} of model {} comes out at {}: it must be finite and not negative",
                             model_.parameters[i].name, model_.id, given[i])};
  }
  return given;
}

// A negative or non-finite rate would make drug; one that leaves the body would not even show as a
// negative entry beside the diagonal.
std::optional<Error> Structure::add_flows(const Values& values, Eigen::MatrixXd& rates) const {
  for (const FlowIndex& flow : flows_) {
    if (std::isnan(values[flow.rate])) return not_given(flow.rate);
    const double fraction = product_of<double>(flow.fraction, values);
    const double yield = product_of<double>(flow.yield, values);
    const double rate = rate_of<double>(*this, flow, values);
    const bool good =
        fraction >= 0.0 && rate >= 0.0 && yield >= 0.0 && std::isfinite(fraction * rate * yield);
    const auto column = static_cast<Eigen::Index>(flow.from);
    if (!good) {
      const auto volume = volumes_[flow.from];
      if (flow.form == FlowIndex::Form::clearance && std::isnan(values[*volume])) return not_given(*volume);
      return Error{ErrorCode::invalid_input, model_.id,
                   fmt::format("the flow from '{}' to '{}' has a negative or non-finite rate",
                               model_.compartments[flow.from].id,
                               flow.to ? model_.compartments[*flow.to].id : "outside")};
    }
    rates(column, column) -= fraction * rate;
    if (flow.to) rates(static_cast<Eigen::Index>(*flow.to), column) += fraction * rate * yield;
  }
  return std::nullopt;
}

Result<double> Structure::output_volume_L(std::size_t output, const Values& values) const {
  const std::size_t parameter = *volumes_[outputs_[output]];
  const double volume = values[parameter];
  if (std::isnan(volume)) return not_given(parameter);
  if (!(volume > 0.0 && std::isfinite(volume))) {
    return Error{
        ErrorCode::invalid_input, model_.id,
        fmt::format("the output '{}' is read from a volume of {} L", model_.outputs[output].id, volume)};
  }
  return volume;
}

std::optional<Error> Structure::fill(const Values& values, std::span<const std::size_t> outputs,
                                     Eigen::MatrixXd& rates, std::span<double> volumes_L) const {
  expects(values.size() == model_.parameters.size(), "one value for each parameter");
  expects(outputs.size() == volumes_L.size(), "a volume for each output");
  rates.setZero();
  if (auto error = add_flows(values, rates)) return error;
  if (!(rates.cwiseAbs().maxCoeff() <= fastest_per_h)) {
    return Error{
        ErrorCode::invalid_input, model_.id,
        fmt::format("a rate above {:g} per hour: parameters make one that no body has", fastest_per_h)};
  }
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    auto volume = output_volume_L(outputs[i], values);
    if (!volume) return volume.error();
    volumes_L[i] = *volume;
  }
  return std::nullopt;
}

Result<LinearSystem> Structure::system(const Values& values) const {
  const auto n = static_cast<Eigen::Index>(model_.compartments.size());
  LinearSystem system{Eigen::MatrixXd(n, n), routes_.front().front().compartment, {}, std::nullopt};
  if (auto error = fill(values, {}, system.rates, {})) return *std::move(error);
  for (std::size_t i = 0; i < outputs_.size(); ++i) {
    auto volume = output_volume_L(i, values);
    if (!volume) return volume.error();
    system.outputs.push_back({outputs_[i], Volume::from_canonical(*volume)});
  }
  system.modal = modal_form(system.rates);
  return system;
}

Result<Entry> Structure::entry(const PathIndex& path, const Values& values) const {
  Entry entry;
  entry.compartment = path.compartment;
  entry.fraction = product_of<double>(path.fraction, values);
  const auto refuse = [&](std::string_view what, double value) {
    return Error{ErrorCode::invalid_input, "",
                 fmt::format("a dose into '{}' has a {} of {}", model_.compartments[path.compartment].id,
                             what, value)};
  };
  if (!(entry.fraction >= 0.0 && std::isfinite(entry.fraction)))
    return refuse("bioavailable fraction", entry.fraction);
  if (path.lag) entry.lag = Duration::from_canonical(values[*path.lag]);
  if (!(entry.lag >= Duration{} && is_finite(entry.lag)))
    return refuse("lag in hours", entry.lag.canonical());
  if (path.over) {
    entry.over = Duration::from_canonical(values[*path.over]);
    if (!(*entry.over > Duration{} && is_finite(*entry.over)))
      return refuse("zero-order time in hours", entry.over->canonical());
  }
  const auto given = [&](std::optional<std::size_t> index) {
    return index && !std::isnan(values[*index]) ? std::optional{values[*index]} : std::nullopt;
  };
  if (const auto hours = given(path.modelled_duration))
    entry.modelled_duration = Duration::from_canonical(*hours);
  if (const auto rate = given(path.modelled_rate)) entry.modelled_rate = InfusionRate::from_canonical(*rate);
  return entry;
}

std::vector<std::size_t> Structure::timing_parameters(std::size_t route) const {
  expects(route < routes_.size(), "a route is one of the model's");
  std::vector<std::size_t> found;
  for (const PathIndex& path : routes_[route]) {
    for (const auto index : {path.lag, path.over, path.modelled_duration, path.modelled_rate}) {
      if (index) found.push_back(*index);
    }
  }
  return found;
}

Result<std::vector<Entry>> Structure::entries(std::size_t route, const Values& values) const {
  expects(route < routes_.size(), "a route is one of the model's");
  std::vector<Entry> found;
  for (const PathIndex& path : routes_[route]) {
    auto each = entry(path, values);
    if (!each) return each.error();
    found.push_back(*each);
  }
  return found;
}

Result<LinearSystem> make_system(const Model& model, const Patient& patient) {
  const Structure structure{model};
  const auto values = structure.typical(patient);
  if (!values) return values.error();
  return structure.system(*values);
}

}  // namespace evenkeel::pkpd
