#include "pkpd/demographics.hpp"

#include <fmt/format.h>

#include <cmath>

#include "pkpd/normal.hpp"
#include "pkpd/portable.hpp"

namespace evenkeel::pkpd {
namespace {

constexpr Variable weight_variable{Purpose::covariate, "weight"};
constexpr Variable age_variable{Purpose::covariate, "age"};
constexpr Variable group_variable{Purpose::covariate, "asian"};

Error refused(const char* where, std::string what) {
  return {ErrorCode::invalid_input, where, std::move(what)};
}

// An end of the interval on the scale of z.
double standardised(const Spread& spread, double x) {
  return spread.shape == Shape::normal ? (x - spread.centre) / spread.width
                                       : portable_log(x / spread.centre) / spread.width;
}

std::optional<Error> share_fault(const std::optional<Sourced<double>>& share, const char* name) {
  if (!share || (0.0 <= share->value && share->value <= 1.0)) return std::nullopt;
  return refused(name, fmt::format("a share of {:g}; 0 to 1 is allowed", share->value));
}

std::optional<Error> joint_fault(const Demographics& d) {
  if (const auto& r = d.weight_age_correlation) {
    if (!(-1.0 < r->value && r->value < 1.0))
      return refused("weight_age_correlation",
                     fmt::format("{:g}; above -1 and below 1 is allowed", r->value));
    if (!(d.weight && d.age)) return refused("weight_age_correlation", "it needs both weight and age");
  }
  if (auto fault = share_fault(d.asian, "asian")) return fault;
  if (auto fault = share_fault(d.japanese, "japanese")) return fault;
  if (d.japanese && !(d.asian && d.japanese->value <= d.asian->value))
    return refused("japanese",
                   "the Japanese are part of the Asian members, whose share must be at least theirs");
  return std::nullopt;
}

}  // namespace

double MemberSampler::Truncated::at(double u) const {
  if (spread.shape == Shape::uniform)
    return spread.within.low() + u * (spread.within.high() - spread.within.low());
  const double z = normal_quantile(below + u * share);
  return spread.shape == Shape::normal ? spread.centre + spread.width * z
                                       : spread.centre * portable_exp(spread.width * z);
}

Result<MemberSampler::Truncated> MemberSampler::truncated(const Spread& spread, const char* name,
                                                          double lowest) {
  constexpr double least_share = 0.01;
  const auto [low, high] = std::pair{spread.within.low(), spread.within.high()};
  if (!(lowest <= low && std::isfinite(high)))
    return refused(
        name, fmt::format("an interval of {:g} to {:g}; it must be finite and begin at {:g} or above", low,
                          high, lowest));
  if (spread.shape == Shape::uniform) return Truncated{spread};
  const bool centred = std::isfinite(spread.centre) && (spread.shape == Shape::normal || spread.centre > 0.0);
  if (!(centred && spread.width > 0.0 && std::isfinite(spread.width)))
    return refused(name,
                   fmt::format("a centre of {:g} and a width of {:g}: both must be finite, the width and the "
                               "median of a log-normal above zero",
                               spread.centre, spread.width));
  if (spread.shape == Shape::log_normal && !(low > 0.0))
    return refused(name, "a log-normal interval that begins at zero; a lower end above zero is needed");
  const double below = normal_probability(standardised(spread, low));
  const double share = normal_probability(standardised(spread, high)) - below;
  if (!(share >= least_share))
    return refused(
        name, fmt::format("the interval {:g} to {:g} holds {:.2g} of this distribution; at least {:g} is "
                          "needed, or what is drawn is another distribution",
                          low, high, share, least_share));
  return Truncated{spread, below, share};
}

Result<MemberSampler> MemberSampler::make(const Demographics& demographics) {
  constexpr double lightest_kg = 0.1;
  MemberSampler sampler;
  if (demographics.weight) {
    auto made = truncated(*demographics.weight, "weight", lightest_kg);
    if (!made) return made.error();
    sampler.weight_ = *std::move(made);
  }
  if (demographics.age) {
    auto made = truncated(*demographics.age, "age", 0.0);
    if (!made) return made.error();
    sampler.age_ = *std::move(made);
  }
  if (auto fault = joint_fault(demographics)) return *std::move(fault);
  if (demographics.weight_age_correlation) sampler.correlation_ = demographics.weight_age_correlation->value;
  if (demographics.asian) sampler.asian_ = demographics.asian->value;
  if (demographics.japanese) sampler.japanese_ = demographics.japanese->value;
  return sampler;
}

Patient MemberSampler::member(std::uint64_t seed, std::uint32_t subject) const {
  const Draw draw{seed, subject, 0};
  Patient patient;
  if (age_) patient.age_years = age_->at(uniform(age_variable, draw));
  if (weight_) {
    double u = uniform(weight_variable, draw);
    if (correlation_ != 0.0) {
      const double r = correlation_;
      u = normal_probability(r * standard_normal(age_variable, draw) +
                             std::sqrt(1.0 - r * r) * normal_quantile(u));
    }
    patient.weight = weight_->at(u) * units::kg;
  }
  const double group = asian_ ? uniform(group_variable, draw) : 1.0;
  if (asian_) patient.asian = group < *asian_;
  if (japanese_) patient.japanese = group < *japanese_;
  return patient;
}

}  // namespace evenkeel::pkpd
