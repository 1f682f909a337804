#include "pkpd/population.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/expects.hpp"

namespace evenkeel::pkpd {
namespace {

Error of_subject(std::uint32_t subject, Error error) {
  error.where = fmt::format("subject {}", subject);
  return error;
}

// Judged by the whole interval, not by who happens to be drawn: whether a population can be simulated does
// not depend on the seed.
std::optional<Error> outside(const Model& model, const std::optional<Spread>& spread, const char* name,
                             const char* unit, std::optional<std::pair<double, double>> allowed) {
  if (!spread || !allowed) return std::nullopt;
  if (allowed->first <= spread->within.low() && spread->within.high() <= allowed->second) return std::nullopt;
  return Error{
      ErrorCode::outside_domain, name,
      fmt::format("the population reaches from {:g} to {:g} {}, beyond {:g} to {:g} {}, the domain of "
                  "model {}: truncate it to the domain or use another model",
                  spread->within.low(), spread->within.high(), unit, allowed->first, allowed->second, unit,
                  model.id)};
}

std::optional<Error> outside(const Model& model, const Demographics& demographics) {
  std::optional<std::pair<double, double>> weights;
  std::optional<std::pair<double, double>> ages;
  if (const auto& weight = model.domain.weight)
    weights = {weight->value.low().in(units::kg), weight->value.high().in(units::kg)};
  if (const auto& age = model.domain.age_years) ages = {age->value.low(), age->value.high()};
  if (auto error = outside(model, demographics.weight, "weight", "kg", weights)) return error;
  return outside(model, demographics.age, "age", "years", ages);
}

}  // namespace

Result<Population> Population::make(Structure structure, const Who& who, std::uint64_t seed,
                                    std::vector<Override> overrides) {
  auto effects = RandomEffects::make(structure.model());
  if (!effects) return effects.error();
  Population made{std::move(structure), *std::move(effects), seed, std::move(overrides)};
  if (const auto* patient = std::get_if<Patient>(&who)) {
    auto typical = made.structure_.typical(*patient, made.overrides_);
    if (!typical) return typical.error();
    made.patient_ = *patient;
    made.typical_ = *std::move(typical);
    return made;
  }
  const auto& demographics = std::get<Demographics>(who);
  auto members = MemberSampler::make(demographics);
  if (!members) return members.error();
  if (auto error = outside(made.structure_.model(), demographics)) return *std::move(error);
  // What the model needs and the population does not state is missing from every member.
  const auto first = made.structure_.typical(members->member(seed, 0), made.overrides_);
  if (!first) return first.error();
  made.members_ = *std::move(members);
  return made;
}

Patient Population::patient(std::uint32_t subject) const {
  return members_ ? members_->member(seed_, subject) : patient_;
}

Result<Values> Population::typical(std::uint32_t subject) const {
  if (!members_) return typical_;
  auto values = structure_.typical(patient(subject), overrides_);
  return values ? values : of_subject(subject, values.error());
}

void Population::draw(std::uint32_t subject, std::optional<int> occasion, std::span<double> etas) const {
  std::ranges::fill(etas, 0.0);
  effects_.add_subject_etas(seed_, subject, etas);
  if (occasion) effects_.add_occasion_etas(seed_, subject, *occasion, etas);
}

Result<Values> Population::subject(std::uint32_t subject, std::optional<int> occasion) const {
  auto values = typical(subject);
  if (!values) return values;
  std::vector<double> etas(effects_.effects().size());
  draw(subject, occasion, etas);
  auto drawn = effects_.individual(*values, etas);
  return drawn ? drawn : of_subject(subject, drawn.error());
}

Individual Population::individual(std::uint32_t subject) const {
  return [this, subject](const Values& typical, int occasion) -> Result<Values> {
    std::vector<double> etas(effects_.effects().size());
    draw(subject, occasion, etas);
    auto drawn = effects_.individual(typical, etas);
    return drawn ? drawn : of_subject(subject, drawn.error());
  };
}

std::optional<Error> Population::fill(std::uint32_t first, std::size_t count, std::optional<int> occasion,
                                      std::span<double> values) const {
  expects(1 <= count && count <= group_size, "a group has 1 to 8 subjects");
  expects(values.size() == structure_.model().parameters.size() * group_size,
          "a lane each for every parameter");
  const auto effects = effects_.effects();
  std::vector<double> etas(effects.size());
  Values typical_values = typical_;
  for (std::size_t lane = 0; lane < group_size; ++lane) {
    const auto subject = static_cast<std::uint32_t>(first + std::min(lane, count - 1));
    if (members_ && lane < count) {
      auto drawn = typical(subject);
      if (!drawn) return drawn.error();
      typical_values = *std::move(drawn);
    }
    for (std::size_t p = 0; p < typical_values.size(); ++p) values[p * group_size + lane] = typical_values[p];
    draw(subject, occasion, etas);
    for (std::size_t k = 0; k < effects.size(); ++k) {
      double& value = values[effects[k].parameter * group_size + lane];
      const auto individual = effects_.individual(k, value, etas[k]);
      if (!individual) return of_subject(subject, individual.error());
      value = *individual;
    }
  }
  return std::nullopt;
}

}  // namespace evenkeel::pkpd
