#include "individual/reading.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "base/expects.hpp"
#include "base/overloaded.hpp"
#include "pkpd/normal.hpp"

namespace evenkeel::individual {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();
constexpr double tells_apart = 1e-280;  // smaller tails by logarithms
constexpr int most_steps = 60;
constexpr double exact_enough = 1e-4;  // of a probability; draws are a hundredth off

// ln of the mean of exp(log_of(d)) over draws.
template <class LogOf>
double log_mean(std::size_t draws, LogOf&& log_of) {
  double highest = -infinite;
  double sum = 0.0;  // of exp(log - highest)
  for (std::size_t d = 0; d < draws; ++d) {
    const double each = log_of(d);
    if (each == -infinite) continue;
    if (each > highest) {
      sum = sum * std::exp(highest - each) + 1.0;
      highest = each;
    } else {
      sum += std::exp(each - highest);
    }
  }
  return highest + std::log(sum / static_cast<double>(draws));
}

double log_probability(double x) {
  if (std::isinf(x)) return x > 0.0 ? 0.0 : -infinite;
  return log_normal_tail(x).log;
}

}  // namespace

Look look_of(const Problem& problem, std::size_t measurement) {
  const Measured& seen = problem.question().measured[measurement];
  const auto* effect = std::get_if<EffectSeen>(&seen.what);
  return {{seen.at, seen.output, effect ? std::optional{effect->effect} : std::nullopt},
          problem.scatter()[measurement],
          effect ? effect->sd : 0.0};
}

ReadingSpread::ReadingSpread(std::span<const double> predicted, const Look& look, const pkpd::Effect* effect)
    : logarithmic_(effect == nullptr && look.scatter.log_sd > 0.0) {
  expects(!predicted.empty(), "at least one draw predicts a reading");
  for (const double f : predicted) {
    const double value = effect != nullptr ? effect_at(*effect, f).value : f;
    centre_.push_back(logarithmic_ ? std::log(value) : value);
    sd_.push_back(effect != nullptr ? look.effect_sd : look.scatter.sd_at(f));
  }
}

double ReadingSpread::standardised(std::size_t draw, double y) const {
  if (logarithmic_ && !(y > 0.0)) return -infinite;
  const double off = (logarithmic_ ? std::log(y) : y) - centre_[draw];
  if (sd_[draw] > 0.0) return off / sd_[draw];
  return off == 0.0 ? 0.0 : std::copysign(infinite, off);
}

double ReadingSpread::log_below(double y) const {
  return log_mean(centre_.size(), [&](std::size_t d) { return log_probability(standardised(d, y)); });
}

double ReadingSpread::log_above(double y) const {
  return log_mean(centre_.size(), [&](std::size_t d) { return log_probability(-standardised(d, y)); });
}

// min(P(Y < y), P(Y > y)), in less time than by logarithms.
double ReadingSpread::smaller_tail(double y) const {
  double below = 0.0;
  double above = 0.0;
  for (std::size_t d = 0; d < centre_.size(); ++d) {
    const double u = standardised(d, y);
    const double far = std::isinf(u) ? 0.0 : pkpd::normal_probability(-std::abs(u));
    below += u < 0.0 ? far : 1.0 - far;
    above += u < 0.0 ? 1.0 - far : far;
  }
  return std::min(below, above) / static_cast<double>(centre_.size());
}

double ReadingSpread::log_density(double y) const {
  const double found = log_mean(centre_.size(), [&](std::size_t d) {
    const double u = standardised(d, y);
    if (std::isinf(u) || !(sd_[d] > 0.0)) return -infinite;
    return -0.5 * u * u - std::log(sd_[d]) - 0.5 * std::log(2.0 * std::numbers::pi);
  });
  return logarithmic_ ? found - std::log(y) : found;
}

double ReadingSpread::excess(double x, double probability) const {
  double below = 0.0;
  for (std::size_t d = 0; d < centre_.size(); ++d) {
    const double off = x - centre_[d];
    below += sd_[d] > 0.0 ? pkpd::normal_probability(off / sd_[d]) : (off >= 0.0 ? 1.0 : 0.0);
  }
  return below / static_cast<double>(centre_.size()) - probability;
}

// The quantile of a mixture lies between the lowest and the highest of its parts' quantiles. Illinois: false
// position, where an end that stays twice counts half.
double ReadingSpread::quantile(double probability) const {
  const double z = pkpd::normal_quantile(probability);
  double low = infinite;
  double high = -infinite;
  for (std::size_t d = 0; d < centre_.size(); ++d) {
    const double each = centre_[d] + z * sd_[d];
    low = std::min(low, each);
    high = std::max(high, each);
  }
  const auto value_of = [&](double x) { return logarithmic_ ? std::exp(x) : x; };
  if (!(low < high) || std::isinf(low)) return value_of(low);
  double at_low = excess(low, probability);
  double at_high = excess(high, probability);
  int stayed = 0;
  double x = low;
  for (int i = 0; i < most_steps && at_low < 0.0 && at_high > 0.0; ++i) {
    x = low + (high - low) * at_low / (at_low - at_high);
    const double at = excess(x, probability);
    if (std::abs(at) < exact_enough) break;
    if (at < 0.0) {
      low = x;
      at_low = at;
      if (stayed < 0) at_high /= 2.0;
      stayed = -1;
    } else {
      high = x;
      at_high = at;
      if (stayed > 0) at_low /= 2.0;
      stayed = 1;
    }
  }
  return value_of(x);
}

double ReadingSpread::log_tail(const std::variant<Assayed, Below, EffectSeen>& seen) const {
  const auto of_value = [&](double y) {
    const double smaller = smaller_tail(y);
    const double log = smaller > tells_apart ? std::log(smaller) : std::min(log_below(y), log_above(y));
    return std::min(0.0, std::numbers::ln2 + log);
  };
  return std::visit(Overloaded{[&](const Assayed& each) { return of_value(each.value.canonical()); },
                               [&](const Below& each) { return log_below(each.limit.canonical()); },
                               [&](const EffectSeen& each) { return of_value(each.value); }},
                    seen);
}

double ReadingSpread::log_likelihood(const std::variant<Assayed, Below, EffectSeen>& seen) const {
  return std::visit(Overloaded{[&](const Assayed& each) { return log_density(each.value.canonical()); },
                               [&](const Below& each) { return log_below(each.limit.canonical()); },
                               [&](const EffectSeen& each) { return log_density(each.value); }},
                    seen);
}

Result<std::vector<ReadingSpread>> spreads(const Problem& problem, const Posterior& posterior,
                                           std::span<const Look> looks, std::size_t count, int threads) {
  std::vector<ReadAt> read_at;
  for (const Look& look : looks) read_at.push_back(look.at);
  const auto predicted = curves(problem, posterior, read_at, count, threads);
  if (!predicted) return predicted.error();
  std::vector<ReadingSpread> all;
  for (std::size_t i = 0; i < looks.size(); ++i) {
    const Eigen::VectorXd row = predicted->row(static_cast<Eigen::Index>(i));
    const auto& effect = looks[i].at.effect;
    all.emplace_back(std::span{row.data(), static_cast<std::size_t>(row.size())}, looks[i],
                     effect ? &problem.question().effects[*effect].effect : nullptr);
  }
  return all;
}

Result<Known> without(const Problem& problem, std::span<const std::size_t> left_out,
                      const SampleOptions& options) {
  Question question = problem.question();
  question.measured.clear();
  for (std::size_t i = 0; i < problem.question().measured.size(); ++i) {
    if (std::ranges::find(left_out, i) == left_out.end())
      question.measured.push_back(problem.question().measured[i]);
  }
  auto made = Problem::make(std::move(question));
  if (!made) return made.error();
  Estimate estimate = most_likely(*made);
  if (!estimate.converged)
    return Error{ErrorCode::outside_domain, problem.question().structure->model().id,
                 fmt::format("no most likely parameters were found for {} of the {} measurements",
                             made->question().measured.size(), problem.question().measured.size())};
  Posterior posterior = sample(*made, estimate, options);
  return Known{*std::move(made), std::move(estimate), std::move(posterior)};
}

std::string three_digits(double value) {
  const double size = std::abs(value);
  const int places = size > 0.0 ? std::clamp(2 - static_cast<int>(std::floor(std::log10(size))), 0, 6) : 0;
  return fmt::format("{:.{}f}", value, places);
}

std::string ng_mL(double mg_L) {
  return three_digits(Concentration::from_canonical(mg_L).in(units::ng / units::mL)) + " ng/mL";
}

}  // namespace evenkeel::individual
