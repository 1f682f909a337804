#include "individual/problem.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "base/expects.hpp"
#include "base/overloaded.hpp"

namespace evenkeel::individual {
namespace {

// One parameter of one person. Mirrors RandomEffects::individual, which has no derivatives and checks.
template <class T>
T varied(pkpd::Distribution distribution, double typical, const T& eta) {
  using std::exp;
  switch (distribution) {
    case pkpd::Distribution::log_normal:
      return typical * exp(eta);
    case pkpd::Distribution::logit_normal:
      return T{typical} / (T{typical} + (1.0 - typical) * exp(T{0.0} - eta));
    case pkpd::Distribution::normal:
      return T{typical} + eta;
  }
  return T{typical};
}

bool usable(double value) {
  return value >= 0.0 && std::isfinite(value);
}

std::optional<Scatter> scatter_of(std::span<const pkpd::ResidualError> errors, const std::string& output) {
  const auto found = std::ranges::find(errors, output, &pkpd::ResidualError::output);
  if (found == errors.end()) return std::nullopt;
  return Scatter{found->proportional_sd, found->additive_sd.canonical(), found->log_sd};
}

// The element of L of a block at (row, column), column <= row.
double lower(const pkpd::RandomEffects::Block& block, std::size_t row, std::size_t column) {
  return block.lower[row * (row + 1) / 2 + column];
}

std::optional<Error> check(const Measured& each, std::size_t outputs) {
  const auto refuse = [&](const char* what) { return Error{ErrorCode::invalid_input, each.id, what}; };
  expects(each.output < outputs, "an output is one of the model's");
  return std::visit(
      Overloaded{[&](const Assayed& seen) -> std::optional<Error> {
                   if (seen.value > Concentration{} && is_finite(seen.value)) return std::nullopt;
                   return refuse(
                       "a measured concentration must be above zero; say 'below the limit' for none found");
                 },
                 [&](const Below& seen) -> std::optional<Error> {
                   if (seen.limit > Concentration{} && is_finite(seen.limit)) return std::nullopt;
                   return refuse("a result below the lower limit needs that limit, above zero");
                 },
                 [&](const EffectSeen& seen) -> std::optional<Error> {
                   if (std::isfinite(seen.value) && seen.sd > 0.0 && std::isfinite(seen.sd))
                     return std::nullopt;
                   return refuse(
                       "an effect that was read needs its value and the standard deviation of a reading");
                 }},
      each.what);
}

}  // namespace

Result<Problem> Problem::make(Question question) {
  expects(question.structure != nullptr, "a question is asked under a model");
  Problem problem;
  problem.question_ = std::move(question);
  const Question& q = problem.question_;
  auto effects = pkpd::RandomEffects::make(q.structure->model());
  if (!effects) return effects.error();
  problem.effects_ = *std::move(effects);
  for (const Span& span : q.spans) {
    auto typical = q.structure->typical(span.patient);
    if (!typical) return typical.error();
    if (const auto system = q.structure->system(*typical); !system) return system.error();
    const std::vector<double> none(problem.effects_.effects().size(), 0.0);
    if (const auto varied = problem.effects_.individual(*typical, none); !varied) return varied.error();
    problem.typical_.push_back(*std::move(typical));
  }
  if (auto error = problem.take_scatter()) return *std::move(error);
  if (auto error = problem.take_course()) return *std::move(error);
  problem.take_coordinates();
  problem.take_likeness(problem.course_.course, false);
  return problem;
}

std::optional<Error> Problem::take_scatter() {
  const pkpd::Model& model = question_.structure->model();
  for (const Measured& each : question_.measured) {
    if (auto error = check(each, model.outputs.size())) return error;
    if (const auto* seen = std::get_if<EffectSeen>(&each.what)) {
      expects(seen->effect < question_.effects.size(), "an effect is one of the question's");
      if (const auto can = readable(question_.effects[seen->effect].effect); !can) return can.error();
      scatter_.push_back({});
      continue;
    }
    const std::string& output = model.outputs[each.output].id;
    auto found = scatter_of(question_.assumed, output);
    if (!found) found = scatter_of(model.variability.residuals, output);
    const bool sound = found && usable(found->proportional_sd) && usable(found->additive_sd_mg_L) &&
                       usable(found->log_sd) && found->sd_at(1.0) > 0.0;
    if (!sound) {
      return Error{
          ErrorCode::invalid_input, each.id,
          fmt::format("model {} does not say how far a measured '{}' scatters around its prediction, so a "
                      "measurement has no weight: state an assumed residual error",
                      model.id, output)};
    }
    scatter_.push_back(*found);
  }
  return std::nullopt;
}

std::optional<Error> Problem::take_course() {
  for (const Given& dose : question_.given) {
    for (const std::size_t timing : question_.structure->timing_parameters(dose.route)) {
      const auto varies = std::ranges::find(effects_.effects(), timing, &pkpd::RandomEffect::parameter);
      if (varies == effects_.effects().end()) continue;
      return Error{
          ErrorCode::outside_domain, "given",
          fmt::format("by the route '{}' the time at which a dose enters varies between patients ({}): "
                      "that is not estimated",
                      question_.structure->model().routes[dose.route].id, varies->name)};
    }
  }
  std::vector<ReadAt> read_at;
  for (const Measured& each : question_.measured) {
    const auto* seen = std::get_if<EffectSeen>(&each.what);
    read_at.push_back({each.at, each.output, seen ? std::optional{seen->effect} : std::nullopt});
  }
  auto course = make_course(question_, typical_, read_at);
  if (!course) return course.error();
  course_ = *std::move(course);
  return std::nullopt;
}

// Those in force, one after the other, until the last reading.
std::vector<int> Problem::occasions_seen() const {
  std::vector<int> found;
  std::vector<int> since;  // the last reading
  for (const Stretch& stretch : course_.course.stretches) {
    since.push_back(question_.spans[stretch.span].occasion);
    for (const Reading& reading : stretch.readings) since.push_back(question_.spans[reading.span].occasion);
    if (stretch.readings.empty()) continue;
    for (const int occasion : since) {
      if (std::ranges::find(found, occasion) == found.end()) found.push_back(occasion);
    }
    since.clear();
  }
  return found;
}

// All that could matter first; then those are left out that no prediction depends on at z = 0, and those of
// occasions so long past that they are next to nothing.
void Problem::take_coordinates() {
  constexpr double next_to_nothing = 1e-6;  // of a prediction, for one standard deviation
  const auto blocks = effects_.blocks();
  const auto add = [&](pkpd::Level level, int occasion) {
    for (std::size_t b = 0; b < blocks.size(); ++b) {
      if (blocks[b].level != level) continue;
      for (std::size_t row = 0; row < blocks[b].places.size(); ++row)
        coordinates_.push_back({b, row, level, occasion});
    }
  };
  add(pkpd::Level::subject, 0);
  for (const int occasion : occasions_seen()) add(pkpd::Level::occasion, occasion);
  const Evaluation at = evaluate(Eigen::VectorXd::Zero(std::ssize(coordinates_)));
  std::vector<Coordinate> told;
  for (std::size_t j = 0; j < coordinates_.size(); ++j) {
    const double least = coordinates_[j].level == pkpd::Level::subject ? 0.0 : next_to_nothing;
    const auto depends = at.jacobian.col(static_cast<Eigen::Index>(j)).array().abs();
    if ((depends > least * at.predicted.array().abs()).any()) told.push_back(coordinates_[j]);
  }
  coordinates_ = std::move(told);
}

// Spans with the same typical values and no effects of an occasion between them share one system. Where every
// occasion draws its own, one that was not measured has effects too.
void Problem::take_likeness(Course& course, bool drawn) const {
  const auto own_effects = [&](int occasion) {
    return drawn ? effects_.has_occasions() : std::ranges::any_of(coordinates_, [&](const Coordinate& c) {
      return c.level == pkpd::Level::occasion && c.occasion == occasion;
    });
  };
  const auto alike = [&](std::size_t a, std::size_t b) {
    const int one = question_.spans[a].occasion;
    const int other = question_.spans[b].occasion;
    return (one == other || !(own_effects(one) || own_effects(other))) && typical_[a] == typical_[b];
  };
  for (std::size_t i = 0; i < question_.spans.size(); ++i) {
    for (course.like[i] = 0; course.like[i] < i && !alike(course.like[i], i);) ++course.like[i];
  }
}

Result<CourseOf> Problem::read_at(std::span<const ReadAt> read_at) const {
  auto made = make_course(question_, typical_, read_at);
  if (made) take_likeness(made->course, true);
  return made;
}

template <class T>
std::optional<std::vector<std::vector<T>>> Problem::values_of(const std::vector<T>& z) const {
  const auto blocks = effects_.blocks();
  std::vector<std::vector<T>> all;
  std::vector<T> etas(effects_.effects().size());
  for (std::size_t span = 0; span < question_.spans.size(); ++span) {
    std::fill(etas.begin(), etas.end(), T{});
    for (std::size_t j = 0; j < coordinates_.size(); ++j) {
      const Coordinate& c = coordinates_[j];
      if (c.level == pkpd::Level::occasion && c.occasion != question_.spans[span].occasion) continue;
      const auto& block = blocks[c.block];
      for (std::size_t row = c.row; row < block.places.size(); ++row)
        add_scaled(etas[block.places[row]], lower(block, row, c.row), z[j]);
    }
    std::vector<T> values;
    for (const double typical : typical_[span]) values.push_back(T{typical});
    for (std::size_t k = 0; k < etas.size(); ++k) {
      const auto& effect = effects_.effects()[k];
      T& value = values[effect.parameter];
      if (std::isnan(value_of(value))) continue;  // not given, and not needed
      value = varied(effect.distribution, value_of(value), etas[k]);
      if (!usable(value_of(value))) return std::nullopt;
    }
    all.push_back(std::move(values));
  }
  return all;
}

Term Problem::term_of(std::size_t i, double f) const {
  return std::visit(Overloaded{[&](const Assayed& seen) { return term(seen, scatter_[i], f); },
                               [&](const Below& seen) { return term(seen, scatter_[i], f); },
                               [&](const EffectSeen& seen) {
                                 return term(seen, question_.effects[seen.effect].effect, f);
                               }},
                    question_.measured[i].what);
}

template <std::size_t N>
void Problem::differentiate(const Eigen::VectorXd& z, std::size_t from, Evaluation& into) const {
  std::vector<Dual<N>> dual;
  for (std::size_t j = 0; j < dimensions(); ++j) {
    dual.emplace_back(z[static_cast<Eigen::Index>(j)]);
    if (from <= j && j < from + N) dual.back().slope[j - from] = 1.0;
  }
  const auto values = values_of(dual);
  if (!values) {
    into.objective = std::numeric_limits<double>::infinity();
    return;
  }
  const std::vector<Dual<N>> read = solve(course_.course, *values);
  for (std::size_t i = 0; i < course_.place.size(); ++i) {
    const auto row = static_cast<Eigen::Index>(i);
    const Dual<N>& f = read[course_.place[i]];
    into.predicted[row] = f.value;
    for (std::size_t j = from; j < std::min(from + N, dimensions()); ++j)
      into.jacobian(row, static_cast<Eigen::Index>(j)) = f.slope[j - from];
  }
}

void Problem::add_terms(Evaluation& into) const {
  for (Eigen::Index i = 0; i < into.predicted.size(); ++i) {
    const Term term = term_of(static_cast<std::size_t>(i), into.predicted[i]);
    into.objective += term.minus_log;
    into.gradient += term.slope * into.jacobian.row(i).transpose();
    into.curvature += term.curvature * into.jacobian.row(i).transpose() * into.jacobian.row(i);
  }
}

Evaluation Problem::evaluate(const Eigen::VectorXd& z) const {
  expects(z.size() == std::ssize(coordinates_), "one number for each coordinate");
  const auto n = z.size();
  const auto rows = std::ssize(question_.measured);
  Evaluation found{0.5 * z.squaredNorm() + 0.5 * static_cast<double>(n) * std::log(2.0 * std::numbers::pi), z,
                   Eigen::MatrixXd::Identity(n, n), Eigen::VectorXd::Zero(rows),
                   Eigen::MatrixXd::Zero(rows, n)};
  if (n <= 2) {
    differentiate<2>(z, 0, found);
  } else if (n <= 4) {
    differentiate<4>(z, 0, found);
  } else {
    for (std::size_t from = 0; from < dimensions(); from += 8) differentiate<8>(z, from, found);
  }
  if (std::isfinite(found.objective)) add_terms(found);
  if (std::isnan(found.objective)) found.objective = std::numeric_limits<double>::infinity();
  return found;
}

double Problem::objective(const Eigen::VectorXd& z) const {
  double sum = 0.5 * z.squaredNorm() + 0.5 * static_cast<double>(z.size()) * std::log(2.0 * std::numbers::pi);
  const auto values = values_of(std::vector<double>(z.begin(), z.end()));
  if (!values) return std::numeric_limits<double>::infinity();
  const std::vector<double> read = solve(course_.course, *values);
  for (std::size_t i = 0; i < course_.place.size(); ++i) sum += term_of(i, read[course_.place[i]]).minus_log;
  return std::isnan(sum) ? std::numeric_limits<double>::infinity() : sum;
}

std::vector<double> Problem::etas(const Eigen::VectorXd& z, int occasion, std::optional<Draw> draw) const {
  const auto blocks = effects_.blocks();
  std::vector<double> etas(effects_.effects().size(), 0.0);
  for (std::size_t b = 0; b < blocks.size(); ++b) {
    const auto& block = blocks[b];
    for (std::size_t column = 0; column < block.places.size(); ++column) {
      const auto known = std::ranges::find_if(coordinates_, [&](const Coordinate& c) {
        return c.block == b && c.row == column && (c.level == pkpd::Level::subject || c.occasion == occasion);
      });
      double component = 0.0;
      if (known != coordinates_.end()) {
        component = z[known - coordinates_.begin()];
      } else if (draw) {
        const auto index = block.level == pkpd::Level::subject ? 0U : static_cast<std::uint32_t>(occasion);
        component = pkpd::standard_normal(block.variables[column], {draw->seed, draw->number, index});
      }
      for (std::size_t row = column; row < block.places.size(); ++row)
        etas[block.places[row]] += lower(block, row, column) * component;
    }
  }
  return etas;
}

Result<pkpd::Values> Problem::values(const Eigen::VectorXd& z, std::size_t span,
                                     std::optional<Draw> draw) const {
  return effects_.individual(typical_[span], etas(z, question_.spans[span].occasion, draw));
}

}  // namespace evenkeel::individual
