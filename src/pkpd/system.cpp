#include "pkpd/system.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/expects.hpp"

namespace evenkeel::pkpd {
namespace {

std::optional<Error> outside_domain(const Model& model, const Patient& patient) {
  const auto& weight = model.domain.weight.value;
  if (!weight.contains(patient.weight)) {
    return Error{ErrorCode::outside_domain, "",
                 fmt::format("a weight of {} kg is outside {} to {} kg, the domain of model {}",
                             patient.weight.in(units::kg), weight.low().in(units::kg),
                             weight.high().in(units::kg), model.id)};
  }
  const auto& age = model.domain.age_years.value;
  if (patient.age_years && !age.contains(*patient.age_years)) {
    return Error{ErrorCode::outside_domain, "",
                 fmt::format("an age of {} years is outside {} to {} years, the domain of model {}",
                             *patient.age_years, age.low(), age.high(), model.id)};
  }
  return std::nullopt;
}

// Looks a model's names up; the content reader has made sure that each exists.
class Names {
 public:
  Names(const Model& model, BodyMass weight) : model_(model), weight_(weight) {}

  [[nodiscard]] double parameter(const std::string& name) const {
    const auto found = std::ranges::find(model_.parameters, name, &Parameter::name);
    expects(found != model_.parameters.end(), "a model names only parameters it has");
    return individual_value(*found, weight_);
  }

  [[nodiscard]] std::size_t compartment(const std::string& id) const {
    const auto found = std::ranges::find(model_.compartments, id, &Compartment::id);
    expects(found != model_.compartments.end(), "a model names only compartments it has");
    return static_cast<std::size_t>(found - model_.compartments.begin());
  }

  [[nodiscard]] double volume_of(std::size_t compartment) const {
    return parameter(model_.compartments[compartment].volume);
  }

 private:
  const Model& model_;
  BodyMass weight_;
};

// False when the flow's rate is negative or not finite: such a flow would make drug, and one that
// leaves the body would not even show as a negative entry beside the diagonal.
bool add_flow(Eigen::MatrixXd& rates, const Flow& flow, const Names& names) {
  const auto from = names.compartment(flow.from);
  const double fraction = flow.fraction.empty() ? 1.0 : names.parameter(flow.fraction);
  const double rate = flow.rate.empty() ? names.parameter(flow.clearance) / names.volume_of(from)
                                        : names.parameter(flow.rate);
  if (!(fraction >= 0.0 && rate >= 0.0 && std::isfinite(fraction * rate))) return false;
  const auto column = static_cast<Eigen::Index>(from);
  rates(column, column) -= fraction * rate;
  if (!flow.to.empty())
    rates(static_cast<Eigen::Index>(names.compartment(flow.to)), column) += fraction * rate;
  return true;
}

}  // namespace

double individual_value(const Parameter& parameter, BodyMass weight) {
  double value = parameter.value;
  if (parameter.per_body_mass) value *= weight.in(units::kg);
  if (parameter.allometry) {
    value *= std::pow(weight / parameter.allometry->reference, parameter.allometry->exponent);
  }
  return value;
}

Result<LinearSystem> make_system(const Model& model, const Patient& patient) {
  if (const auto refused = outside_domain(model, patient)) return *refused;
  const Names names{model, patient.weight};
  const auto n = static_cast<Eigen::Index>(model.compartments.size());
  LinearSystem system{Eigen::MatrixXd::Zero(n, n), names.compartment(model.infused_into), {}, std::nullopt};
  for (const Flow& flow : model.flows) {
    if (add_flow(system.rates, flow, names)) continue;
    return Error{ErrorCode::invalid_input, model.id,
                 fmt::format("the flow from '{}' to '{}' has a negative or non-finite rate", flow.from,
                             flow.to.empty() ? "outside" : flow.to)};
  }
  if (!system.rates.allFinite())
    return Error{ErrorCode::invalid_input, model.id, "the rates are too large to add up"};
  for (const Output& output : model.outputs) {
    const auto compartment = names.compartment(output.compartment);
    const double volume = names.volume_of(compartment);
    if (!(volume > 0.0 && std::isfinite(volume))) {
      return Error{ErrorCode::invalid_input, model.id,
                   fmt::format("the output '{}' is read from a volume of {} L", output.id, volume)};
    }
    system.outputs.push_back({compartment, Volume::from_canonical(volume)});
  }
  system.modal = modal_form(system.rates);
  return system;
}

}  // namespace evenkeel::pkpd
