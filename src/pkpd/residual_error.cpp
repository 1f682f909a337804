#include "pkpd/residual_error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/expects.hpp"
#include "pkpd/portable.hpp"

namespace evenkeel::pkpd {
namespace {

bool is_sd(double sd) {
  return sd >= 0.0 && std::isfinite(sd);
}

std::optional<Error> fault(const ResidualError& residual) {
  const auto refuse = [&](std::string_view why) {
    return Error{ErrorCode::invalid_input, "variability",
                 fmt::format("the residual error of '{}' {}", residual.output, why)};
  };
  const double additive = residual.additive_sd.canonical();
  if (!(is_sd(residual.proportional_sd) && is_sd(additive) && is_sd(residual.log_sd)))
    return refuse("has a standard deviation that is negative or not finite");
  if (residual.log_sd > 0.0 && (residual.proportional_sd > 0.0 || additive > 0.0))
    return refuse("is on the log scale and beside it additive or proportional; one of the two is allowed");
  return std::nullopt;
}

}  // namespace

Result<ResidualErrors> ResidualErrors::make(const Model& model) {
  ResidualErrors made;
  made.outputs_.resize(model.outputs.size());
  for (const ResidualError& residual : model.variability.residuals) {
    if (auto error = fault(residual)) return *std::move(error);
    const auto output = std::ranges::find(model.outputs, residual.output, &Output::id);
    if (output == model.outputs.end()) {
      return Error{
          ErrorCode::not_found, "variability",
          fmt::format("'{}' has a residual error but is no output of model {}", residual.output, model.id)};
    }
    auto& place = made.outputs_[static_cast<std::size_t>(output - model.outputs.begin())];
    if (place) {
      return Error{ErrorCode::invalid_input, "variability",
                   fmt::format("the output '{}' has two residual errors", residual.output)};
    }
    place = OfOutput{residual.proportional_sd,
                     residual.additive_sd,
                     residual.log_sd,
                     {Purpose::proportional_error, residual.output},
                     {Purpose::additive_error, residual.output},
                     {Purpose::log_error, residual.output}};
  }
  return made;
}

std::optional<Concentration> ResidualErrors::observed(Concentration predicted, std::size_t output,
                                                      const Draw& draw) const {
  expects(output < outputs_.size(), "an output is one of the model's");
  const auto& error = outputs_[output];
  if (!error) return std::nullopt;
  if (error->log_sd > 0.0) return predicted * portable_exp(error->log_sd * standard_normal(error->log, draw));
  Concentration observed = predicted;
  if (error->proportional_sd > 0.0)
    observed += error->proportional_sd * standard_normal(error->proportional, draw) * predicted;
  if (error->additive_sd > Concentration{})
    observed += standard_normal(error->additive, draw) * error->additive_sd;
  return observed;
}

}  // namespace evenkeel::pkpd
