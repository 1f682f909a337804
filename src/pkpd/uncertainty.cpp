#include "pkpd/uncertainty.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "pkpd/portable.hpp"
#include "pkpd/random.hpp"

namespace evenkeel::pkpd {
namespace {

double drawn(const Parameter& parameter, double value, double standard_error, double z) {
  if (parameter.dimension == Dimension::fraction && value < 1.0) {
    const double shift = z * standard_error / (value * (1.0 - value));
    return value / (value + (1.0 - value) * portable_exp(-shift));
  }
  const double relative = standard_error / value;
  const double variance = portable_log(1.0 + relative * relative);
  return value * portable_exp(std::sqrt(variance) * z - 0.5 * variance);
}

}  // namespace

bool has_uncertainty(const Model& model) {
  return std::ranges::any_of(
      model.parameters, [](const Parameter& p) { return p.value && p.standard_error.value_or(0.0) > 0.0; });
}

Result<std::vector<Override>> sample_typical(const Model& model, std::uint64_t seed, std::uint32_t replicate,
                                             std::span<const Override> fixed) {
  std::vector<Override> sampled{fixed.begin(), fixed.end()};
  for (std::size_t i = 0; i < model.parameters.size(); ++i) {
    const Parameter& parameter = model.parameters[i];
    if (!parameter.value || !parameter.standard_error || *parameter.standard_error == 0.0) continue;
    if (std::ranges::find(fixed, i, &Override::parameter) != fixed.end()) continue;
    const double error = *parameter.standard_error;
    if (!(error > 0.0 && std::isfinite(error) && *parameter.value > 0.0)) {
      return Error{
          ErrorCode::invalid_input, "",
          fmt::format("parameter {} of model {} has the value {:g} and the standard error {:g}: to draw "
                      "from them, both must be above zero and finite",
                      parameter.name, model.id, *parameter.value, error)};
    }
    const double z = standard_normal({Purpose::typical_value, parameter.name}, {seed, replicate, 0});
    sampled.push_back({i, drawn(parameter, *parameter.value, error, z)});
  }
  return sampled;
}

}  // namespace evenkeel::pkpd
