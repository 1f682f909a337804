#include "individual/small_check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

namespace evenkeel::individual {
namespace {

constexpr double least = 1e-9;
constexpr double most = 1e9;
constexpr double shortest_infusion_h = 2e-13;  // under a nanosecond

Error refused(std::string where, std::string what) {
  return {ErrorCode::invalid_input, std::move(where), std::move(what)};
}

// In doses and times a number of this size keeps its place after the point.
bool is_usual(double value) {
  return std::abs(value) <= most;
}

std::optional<Error> faulty_spans(const SmallProblem& problem) {
  if (problem.spans.empty()) return refused("spans", "no typical values; at least one span is needed");
  for (std::size_t i = 0; i < problem.spans.size(); ++i) {
    const auto& span = problem.spans[i];
    if (!is_usual(span.from_h) || (i > 0 && !(problem.spans[i - 1].from_h < span.from_h))) {
      return refused(fmt::format("spans[{}].from_h", i),
                     fmt::format("{} h; spans begin at finite times that rise", span.from_h));
    }
    for (std::size_t k = 0; k < 2 * static_cast<std::size_t>(problem.compartments); ++k) {
      if (least <= span.typical[k] && span.typical[k] <= most) continue;
      return refused(fmt::format("spans[{}].typical[{}]", i, k),
                     fmt::format("{}; a clearance or volume is from {} to {}", span.typical[k], least, most));
    }
  }
  return std::nullopt;
}

std::optional<Error> faulty_doses(const SmallProblem& problem) {
  for (std::size_t i = 0; i < problem.doses.size(); ++i) {
    const auto& dose = problem.doses[i];
    const std::string where = fmt::format("doses[{}]", i);
    if (!is_usual(dose.at_h) || !is_usual(dose.length_h) || !(dose.length_h >= 0.0)) {
      return refused(where, fmt::format("at {} h over {} h; a finite time and a length not below zero",
                                        dose.at_h, dose.length_h));
    }
    if (!(dose.amount_mg == 0.0 || (least <= dose.amount_mg && dose.amount_mg <= most))) {
      return refused(where + ".amount_mg",
                     fmt::format("{} mg; zero, or from {} to {}", dose.amount_mg, least, most));
    }
    if (!(problem.spans.front().from_h <= dose.at_h)) {
      return refused(where + ".at_h", fmt::format("{} h; the first typical values hold from {} h on",
                                                  dose.at_h, problem.spans.front().from_h));
    }
  }
  return std::nullopt;
}

std::optional<Error> faulty_errors(const SmallProblem& problem) {
  const double p = problem.proportional_sd;
  const double a = problem.additive_sd_mg_L;
  const auto usual = [](double sd) { return sd == 0.0 || (least <= sd && sd <= most); };
  if (!usual(p)) return refused("proportional_sd", fmt::format("{}; zero, or from {} to {}", p, least, most));
  if (!usual(a))
    return refused("additive_sd_mg_L", fmt::format("{}; zero, or from {} to {}", a, least, most));
  if (!usual(problem.log_sd))
    return refused("log_sd", fmt::format("{}; zero, or from {} to {}", problem.log_sd, least, most));
  const bool combined = p > 0.0 || a > 0.0;
  if (combined == (problem.log_sd > 0.0))
    return refused("log_sd", "one kind of error is needed: proportional or additive or both, or logarithmic");
  return std::nullopt;
}

std::optional<Error> faulty_readings(const SmallProblem& problem) {
  for (std::size_t i = 0; i < problem.readings.size(); ++i) {
    const auto& reading = problem.readings[i];
    const std::string where = fmt::format("readings[{}]", i);
    if (!is_usual(reading.at_h))
      return refused(where + ".at_h", fmt::format("{} h; a finite time", reading.at_h));
    const bool above_zero = problem.log_sd > 0.0 || reading.below;
    if (!is_usual(reading.mg_L) || (above_zero && !(reading.mg_L >= least))) {
      return refused(where + ".mg_L",
                     fmt::format("{} mg/L; a finite number up to {}, and a limit or a reading of logarithmic "
                                 "error from {} on",
                                 reading.mg_L, most, least));
    }
    if (!reading.below && is_certain_of_zero(problem) && !has_entered(problem, reading.at_h)) {
      return refused(where, fmt::format("{} mg/L at {} h, when nothing can have reached the blood: with this "
                                        "error model the probability is zero",
                                        reading.mg_L, reading.at_h));
    }
  }
  return std::nullopt;
}

std::optional<Error> faulty_effects(const SmallProblem& problem) {
  const auto count = static_cast<Eigen::Index>(problem.effects.size());
  if (count > most_small_effects)
    return refused("effects", fmt::format("{} random effects; at most {}", count, most_small_effects));
  for (std::size_t i = 0; i < problem.effects.size(); ++i) {
    if (problem.effects[i] >= 0 && problem.effects[i] < 2 * problem.compartments) continue;
    return refused(fmt::format("effects[{}]", i),
                   fmt::format("parameter {} of {}", problem.effects[i], 2 * problem.compartments));
  }
  const bool is_square = problem.root.rows() == count && problem.root.cols() == count;
  if (!is_square || !problem.root.allFinite() || !problem.root.isLowerTriangular(0.0))
    return refused("root", "not a lower triangular matrix of finite numbers, a row for each random effect");
  return std::nullopt;
}

}  // namespace

bool is_at_once(const SmallProblem::Dose& dose) {
  return !(dose.length_h > shortest_infusion_h) || !(dose.at_h + dose.length_h > dose.at_h);
}

bool has_entered(const SmallProblem& problem, double at_h) {
  return std::ranges::any_of(problem.doses, [&](const SmallProblem::Dose& dose) {
    return dose.amount_mg > 0.0 && (dose.at_h < at_h || (dose.at_h == at_h && is_at_once(dose)));
  });
}

bool is_certain_of_zero(const SmallProblem& problem) {
  return problem.additive_sd_mg_L == 0.0;
}

std::optional<Error> faulty(const SmallProblem& problem) {
  if (problem.compartments < 1 || problem.compartments > 3)
    return refused("compartments", fmt::format("{}; 1 to 3", problem.compartments));
  for (const auto check : {faulty_spans, faulty_doses, faulty_errors, faulty_readings, faulty_effects}) {
    if (auto error = check(problem)) return error;
  }
  return std::nullopt;
}

std::optional<Error> faulty(const SmallProblem& problem, const Eigen::MatrixXd& z) {
  if (auto error = faulty(problem)) return error;
  if (z.rows() == std::ssize(problem.effects) && z.allFinite()) return std::nullopt;
  return refused("z", fmt::format("{} rows; finite numbers, a row for each of {} random effects", z.rows(),
                                  problem.effects.size()));
}

std::optional<Error> faulty_times(std::span<const double> times_h) {
  for (std::size_t i = 0; i < times_h.size(); ++i) {
    if (!is_usual(times_h[i]))
      return refused(fmt::format("times_h[{}]", i), fmt::format("{} h; a finite time", times_h[i]));
  }
  return std::nullopt;
}

}  // namespace evenkeel::individual
