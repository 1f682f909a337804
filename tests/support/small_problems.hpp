// Small problems (individual/small_problem.hpp) drawn at random, and the plain way to their numbers: the
// matrix exponential in long double, event by event, and the likelihood as its equation stands.
#pragma once

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <numbers>
#include <random>
#include <span>
#include <vector>

#include "individual/small_problem.hpp"

namespace evenkeel::individual {

using Real = long double;
using RealVector = Eigen::Matrix<Real, Eigen::Dynamic, 1>;
using RealMatrix = Eigen::Matrix<Real, Eigen::Dynamic, Eigen::Dynamic>;

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

class PlainPatient {
 public:
  explicit PlainPatient(const SmallProblem& problem) : problem_(problem) {}

  // The concentration at each of `times_h`: from one moment at which anything changes or is asked to the
  // next.
  [[nodiscard]] std::vector<Real> concentrations(const RealVector& z, std::span<const double> times_h) const {
    std::vector<double> moments(times_h.begin(), times_h.end());
    for (const auto& span : problem_.spans) moments.push_back(span.from_h);
    for (const auto& dose : problem_.doses) {
      moments.push_back(dose.at_h);
      moments.push_back(dose.at_h + dose.length_h);
    }
    std::ranges::sort(moments);
    moments.erase(std::unique(moments.begin(), moments.end()), moments.end());
    std::vector<Real> found(times_h.size());
    RealVector amounts = RealVector::Zero(problem_.compartments);
    double now_h = moments.front();
    for (const double next_h : moments) {
      if (next_h > now_h) amounts = after(amounts, z, now_h, next_h);
      now_h = next_h;
      for (const auto& dose : problem_.doses) {
        if (dose.length_h == 0.0 && dose.at_h == now_h) amounts[0] += Real{dose.amount_mg};
      }
      for (std::size_t i = 0; i < times_h.size(); ++i) {
        if (times_h[i] == now_h) found[i] = amounts[0] / parameters(z, now_h)[1];
      }
    }
    return found;
  }
  [[nodiscard]] Real concentration(const RealVector& z, double at_h) const {
    return concentrations(z, {&at_h, 1}).front();
  }

  [[nodiscard]] Real objective(const RealVector& z) const {
    const Real log_two_pi = std::log(2.0L * std::numbers::pi_v<Real>);
    Real sum = z.squaredNorm() / 2 + static_cast<Real>(z.size()) * log_two_pi / 2;
    std::vector<double> times;
    for (const auto& reading : problem_.readings) times.push_back(reading.at_h);
    const auto read = concentrations(z, times);
    for (std::size_t i = 0; i < read.size(); ++i) {
      const auto& reading = problem_.readings[i];
      const Real f = read[i];
      const Real y = reading.mg_L;
      Real residual = 0;
      Real log_scale = 0;
      if (problem_.log_sd > 0.0) {
        residual = (std::log(y) - std::log(f)) / problem_.log_sd;
        log_scale = std::log(Real{problem_.log_sd}) + std::log(y);
      } else {
        const Real s = std::hypot(Real{problem_.proportional_sd} * f, Real{problem_.additive_sd_mg_L});
        if (s == 0) continue;  // below its limit for certain
        residual = (y - f) / s;
        log_scale = std::log(s);
      }
      if (reading.below) {
        sum -= log_probability(residual);
      } else {
        sum += residual * residual / 2 + log_scale + log_two_pi / 2;
      }
    }
    return sum;
  }

 private:
  // ln Phi; far below zero, where erfc underflows, by its asymptotic series.
  static Real log_probability(Real q) {
    if (q > -60) return std::log(std::erfc(-q / std::numbers::sqrt2_v<Real>) / 2);
    const Real s = 1 / (q * q);
    const Real series = 1 - s * (1 - 3 * s * (1 - 5 * s * (1 - 7 * s)));
    return -q * q / 2 - std::log(-q * std::sqrt(2 * std::numbers::pi_v<Real>)) + std::log(series);
  }
  [[nodiscard]] RealVector parameters(const RealVector& z, double at_h) const {
    auto span = problem_.spans.begin();
    while (std::next(span) != problem_.spans.end() && std::next(span)->from_h <= at_h) ++span;
    RealVector values(6);
    for (Eigen::Index k = 0; k < 6; ++k) values[k] = span->typical[static_cast<std::size_t>(k)];
    const RealVector eta = problem_.root.cast<Real>() * z;
    for (std::size_t i = 0; i < problem_.effects.size(); ++i)
      values[problem_.effects[i]] *= std::exp(eta[static_cast<Eigen::Index>(i)]);
    return values;
  }

  // exp of the system with its input as one more state, scaled and squared.
  [[nodiscard]] RealVector after(const RealVector& amounts, const RealVector& z, double from_h,
                                 double to_h) const {
    const RealVector p = parameters(z, from_h);
    const Eigen::Index n = problem_.compartments;
    RealMatrix m = RealMatrix::Zero(n + 1, n + 1);
    m(0, 0) = -p[0] / p[1];
    for (Eigen::Index i = 1; i < n; ++i) {
      m(0, 0) -= p[2 * i] / p[1];
      m(i, 0) = p[2 * i] / p[1];
      m(0, i) = p[2 * i] / p[2 * i + 1];
      m(i, i) = -m(0, i);
    }
    m(0, n) = 1;
    Real rate = 0;
    for (const auto& dose : problem_.doses) {
      if (dose.length_h > 0.0 && dose.at_h <= from_h && from_h < dose.at_h + dose.length_h)
        rate += Real{dose.amount_mg} / Real{dose.length_h};
    }
    m *= Real{to_h} - Real{from_h};
    const Real size = m.cwiseAbs().rowwise().sum().maxCoeff();
    const int halvings = std::max(0, 2 + static_cast<int>(std::ceil(std::log2(size))));
    m = m * std::ldexp(Real{1}, -halvings);
    RealMatrix sum = RealMatrix::Identity(n + 1, n + 1);
    RealMatrix term = sum;
    for (int k = 1; k <= 18; ++k) {
      term = term * m / k;
      sum += term;
    }
    for (int k = 0; k < halvings; ++k) sum = sum * sum;
    RealVector state(n + 1);
    state << amounts, rate;
    return (sum * state).head(n);
  }

  const SmallProblem& problem_;
};

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
