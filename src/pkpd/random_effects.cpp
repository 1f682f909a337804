#include "pkpd/random_effects.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "base/expects.hpp"
#include "pkpd/portable.hpp"

namespace evenkeel::pkpd {
namespace {

constexpr std::size_t most_effects_of_a_block = 64;

Error refused(const RandomBlock& block, std::string_view why) {
  return {ErrorCode::invalid_input, "variability",
          fmt::format("the covariance of {} {}", fmt::join(block.parameters, ", "), why)};
}

// L of L L^T = covariance, row by row. Written out: which parameter makes it fail is to be named, and the
// order of the sums decides the bits.
Result<std::vector<double>> cholesky(const RandomBlock& block) {
  constexpr double rounding = 1e-12;
  const std::size_t n = block.parameters.size();
  const auto omega = [&](std::size_t i, std::size_t j) {
    return block.covariance(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j));
  };
  std::vector<double> lower(n * (n + 1) / 2);
  const auto at = [&](std::size_t i, std::size_t j) -> double& { return lower[i * (i + 1) / 2 + j]; };
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j <= i; ++j) {
      if (!(omega(i, j) == omega(j, i) && std::isfinite(omega(i, j))))
        return refused(block, "is not a symmetric matrix of finite numbers");
      double rest = omega(i, j);
      for (std::size_t k = 0; k < j; ++k) rest -= at(i, k) * at(j, k);
      if (j < i) {
        at(i, j) = rest / at(j, j);
      } else if (rest > rounding * omega(i, i)) {
        at(i, i) = std::sqrt(rest);
      } else {
        return refused(block, fmt::format("is not positive definite: those before {} leave it a variance of "
                                          "{:g} of its {:g}; above zero is needed, or one effect fewer",
                                          block.parameters[i], rest, omega(i, i)));
      }
    }
  }
  return lower;
}

Purpose purpose_of(Level level) {
  return level == Level::subject ? Purpose::subject_effect : Purpose::occasion_effect;
}

double varied(Distribution distribution, double typical, double eta) {
  switch (distribution) {
    case Distribution::log_normal:
      return typical * portable_exp(eta);
    case Distribution::logit_normal:
      return typical / (typical + (1.0 - typical) * portable_exp(-eta));
    case Distribution::normal:
      return typical + eta;
  }
  return typical;
}

}  // namespace

Result<std::size_t> RandomEffects::place_of(const Model& model, const RandomBlock& block, std::size_t i) {
  const std::string& name = block.parameters[i];
  const auto parameter = std::ranges::find(model.parameters, name, &Parameter::name);
  if (parameter == model.parameters.end()) {
    return Error{ErrorCode::not_found, "variability",
                 fmt::format("'{}' varies but is no parameter of model {}", name, model.id)};
  }
  const auto found = std::ranges::find(effects_, name, &RandomEffect::name);
  if (found == effects_.end()) {
    effects_.push_back(
        {static_cast<std::size_t>(parameter - model.parameters.begin()), name, block.distributions[i]});
    return effects_.size() - 1;
  }
  if (found->distribution != block.distributions[i]) {
    return Error{ErrorCode::invalid_input, "variability",
                 fmt::format("parameter {} varies on two scales; effects of subjects and of occasions are "
                             "added, so they need one",
                             name)};
  }
  return static_cast<std::size_t>(found - effects_.begin());
}

std::optional<Error> RandomEffects::add(const Model& model, const RandomBlock& block) {
  const std::size_t n = block.parameters.size();
  const auto rows = static_cast<Eigen::Index>(n);
  const bool shaped = 1 <= n && n <= most_effects_of_a_block && block.distributions.size() == n &&
                      block.covariance.rows() == rows && block.covariance.cols() == rows;
  if (!shaped) {
    return refused(block, fmt::format("has {} rows, {} columns and {} distributions; as many as parameters, "
                                      "1 to {}, are needed",
                                      block.covariance.rows(), block.covariance.cols(),
                                      block.distributions.size(), most_effects_of_a_block));
  }
  auto lower = cholesky(block);
  if (!lower) return lower.error();
  Block made{block.level, *std::move(lower), {}, {}};
  for (std::size_t i = 0; i < n; ++i) {
    const auto place = place_of(model, block, i);
    if (!place) return place.error();
    const auto has = [&](const Block& b) {
      return b.level == block.level && std::ranges::find(b.places, *place) != b.places.end();
    };
    if (has(made) || std::ranges::any_of(blocks_, has)) {
      return Error{ErrorCode::invalid_input, "variability",
                   fmt::format("parameter {} has two random effects of one level", block.parameters[i])};
    }
    made.places.push_back(*place);
    made.variables.emplace_back(purpose_of(block.level), block.parameters[i]);
  }
  blocks_.push_back(std::move(made));
  return std::nullopt;
}

Result<RandomEffects> RandomEffects::make(const Model& model) {
  RandomEffects effects;
  for (const RandomBlock& block : model.variability.blocks) {
    if (auto error = effects.add(model, block)) return *std::move(error);
  }
  return effects;
}

bool RandomEffects::has_occasions() const {
  return std::ranges::any_of(blocks_, [](const Block& block) { return block.level == Level::occasion; });
}

void RandomEffects::add_etas(Level level, const Draw& draw, std::span<double> etas) const {
  expects(etas.size() == effects_.size(), "one eta for each effect");
  std::array<double, most_effects_of_a_block> z;
  for (const Block& block : blocks_) {
    if (block.level != level) continue;
    const double* row = block.lower.data();
    for (std::size_t i = 0; i < block.places.size(); ++i) {
      z[i] = standard_normal(block.variables[i], draw);
      double eta = 0.0;
      for (std::size_t j = 0; j <= i; ++j) eta += *row++ * z[j];
      etas[block.places[i]] += eta;
    }
  }
}

void RandomEffects::add_subject_etas(std::uint64_t seed, std::uint32_t subject,
                                     std::span<double> etas) const {
  add_etas(Level::subject, {seed, subject, 0}, etas);
}

void RandomEffects::add_occasion_etas(std::uint64_t seed, std::uint32_t subject, int occasion,
                                      std::span<double> etas) const {
  add_etas(Level::occasion, {seed, subject, static_cast<std::uint32_t>(occasion)}, etas);
}

Result<double> RandomEffects::individual(std::size_t k, double typical, double eta) const {
  const RandomEffect& effect = effects_[k];
  if (std::isnan(typical)) return typical;
  if (effect.distribution == Distribution::logit_normal && !(0.0 < typical && typical < 1.0)) {
    return Error{ErrorCode::invalid_input, "",
                 fmt::format("parameter {} has a typical value of {:g}: it varies on the logit scale, which "
                             "needs one between 0 and 1",
                             effect.name, typical)};
  }
  const double value = varied(effect.distribution, typical, eta);
  if (value >= 0.0 && std::isfinite(value)) return value;
  return Error{
      ErrorCode::outside_domain, "",
      fmt::format("parameter {} comes out at {:g} from a typical value of {:g} and an eta of {:g}: it "
                  "must be finite and not negative, so this spread does not fit this model",
                  effect.name, value, typical, eta)};
}

Result<Values> RandomEffects::individual(const Values& typical, std::span<const double> etas) const {
  expects(etas.size() == effects_.size(), "one eta for each effect");
  Values values = typical;
  for (std::size_t k = 0; k < effects_.size(); ++k) {
    const auto value = individual(k, typical[effects_[k].parameter], etas[k]);
    if (!value) return value.error();
    values[effects_[k].parameter] = *value;
  }
  return values;
}

}  // namespace evenkeel::pkpd
