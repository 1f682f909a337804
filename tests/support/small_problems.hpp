// Small problems (individual/small_problem.hpp): one that other programs were measured with, and random ones.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <random>
#include <vector>

#include "support/plain_small_patient.hpp"

namespace evenkeel::individual {

// 35 mg over 40 min, four readings, random effects on CL, V1 and V2: the task that other programs were
// measured with (docs/performance.md).
inline SmallProblem reference_problem() {
  SmallProblem problem;
  problem.compartments = 3;
  problem.spans = {{0.0, {1.93158 * 60.0, 4.41, 2.61072 * 60.0, 10.5697166, 2.6019 * 60.0, 178.212329}}};
  problem.doses = {{0.0, 40.0 / 60.0, 35.0}};
  problem.readings = {{20.0 / 60.0, 0.1650, false},
                      {40.0 / 60.0, 0.2010, false},
                      {70.0 / 60.0, 0.0385, false},
                      {180.0 / 60.0, 0.0196, false}};
  problem.proportional_sd = 0.15;
  problem.effects = {0, 1, 3};
  problem.root = 0.3 * SmallMatrix::Identity(3, 3);
  return problem;
}

// Fixed seeds: a failure repeats.
class RandomProblems {
 public:
  explicit RandomProblems(std::uint64_t seed) : rng_(seed) {}

  double between(double low, double high) { return std::uniform_real_distribution{low, high}(rng_); }
  double log_between(double low, double high) { return std::exp(between(std::log(low), std::log(high))); }
  int count(int low, int high) { return std::uniform_int_distribution<int>{low, high}(rng_); }
  bool chance(double share) { return between(0.0, 1.0) < share; }
  double normal() { return std::normal_distribution<double>{}(rng_); }
  Eigen::VectorXd normals(Eigen::Index size) {
    Eigen::VectorXd z(size);
    for (double& each : z) each = normal();
    return z;
  }

  // Doses of a day, values that change once or twice in it, up to six readings of the next thirty hours,
  // some at the very moment of a dose, as this patient would give them.
  SmallProblem problem() {
    SmallProblem made;
    made.compartments = count(1, 3);
    set_doses(made);
    set_spans(made);
    set_effects(made);
    set_errors(made);
    set_readings(made);
    return made;
  }

 private:
  void set_doses(SmallProblem& made) {
    for (int i = count(1, 4); i > 0; --i) {
      const double length_h = chance(0.3) ? 0.0 : log_between(0.05, 4.0);
      made.doses.push_back(
          {made.doses.empty() ? 0.0 : between(0.0, 24.0), length_h, log_between(5.0, 200.0)});
    }
  }
  void set_spans(SmallProblem& made) {
    std::array<double, 6> typical{log_between(10.0, 150.0), log_between(4.0, 80.0),
                                  log_between(10.0, 200.0), log_between(5.0, 100.0),
                                  log_between(10.0, 150.0), log_between(40.0, 300.0)};
    made.spans.push_back({0.0, typical});
    for (int i = chance(0.5) ? 0 : count(1, 2); i > 0; --i) {
      const double heavier = between(0.9, 1.1);
      for (std::size_t k = 0; k < typical.size(); ++k)
        typical[k] *= k % 2 == 1 ? heavier : std::pow(heavier, 0.75);
      const double after_h = made.spans.back().from_h;
      made.spans.push_back({chance(0.3) ? made.doses.back().at_h : after_h + between(0.5, 10.0), typical});
      if (!(made.spans.back().from_h > after_h)) made.spans.pop_back();
    }
  }
  void set_effects(SmallProblem& made) {
    std::vector<int> parameters(2 * static_cast<std::size_t>(made.compartments));
    for (std::size_t k = 0; k < parameters.size(); ++k) parameters[k] = static_cast<int>(k);
    std::ranges::shuffle(parameters, rng_);
    const int most = std::min<int>(most_small_effects, static_cast<int>(parameters.size()));
    parameters.resize(static_cast<std::size_t>(count(1, most)));
    made.effects = parameters;
    const auto n = static_cast<Eigen::Index>(parameters.size());
    made.root = SmallMatrix::Zero(n, n);
    for (Eigen::Index i = 0; i < n; ++i) {
      for (Eigen::Index j = 0; j < i; ++j) made.root(i, j) = between(-0.15, 0.15);
      made.root(i, i) = between(0.15, 0.5);
    }
  }
  void set_errors(SmallProblem& made) {
    if (chance(0.3)) {
      made.log_sd = between(0.05, 0.4);
      return;
    }
    made.proportional_sd = chance(0.8) ? between(0.05, 0.3) : 0.0;
    if (made.proportional_sd == 0.0 || chance(0.5)) made.additive_sd_mg_L = log_between(0.002, 0.05);
  }
  void set_readings(SmallProblem& made) {
    const RealVector truth = normals(std::ssize(made.effects)).cast<Real>();
    for (int i = count(1, 6); i > 0; --i) {
      const auto& dose =
          made.doses[static_cast<std::size_t>(count(0, static_cast<int>(made.doses.size()) - 1))];
      double at_h = chance(0.25) ? dose.at_h + dose.length_h : between(0.05, 30.0);
      if (at_h <= 0.0 && made.doses.front().length_h > 0.0) at_h = 0.1;
      const double f = static_cast<double>(PlainPatient{made}.concentration(truth, at_h));
      if (f < 1e-6) {  // no assay sees it
        made.readings.push_back({at_h, 1e-3, true});
        continue;
      }
      const double sd = std::hypot(made.proportional_sd, made.additive_sd_mg_L / f);
      const double y = made.log_sd > 0.0 ? f * std::exp(made.log_sd * normal()) : f * (1.0 + sd * normal());
      const bool below = chance(0.25);
      made.readings.push_back({at_h, below ? std::max(y, 1e-4) : y, below});
    }
  }

  std::mt19937_64 rng_;
};

}  // namespace evenkeel::individual
