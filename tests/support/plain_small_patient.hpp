// The plain way to the numbers of a small problem (individual/small_problem.hpp): the matrix exponential in
// long double, event by event, and the likelihood as its equation stands.
#pragma once

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <numbers>
#include <span>
#include <vector>

#include "individual/small_problem.hpp"

namespace evenkeel::individual {

using Real = long double;
using RealVector = Eigen::Matrix<Real, Eigen::Dynamic, 1>;
using RealMatrix = Eigen::Matrix<Real, Eigen::Dynamic, Eigen::Dynamic>;

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

}  // namespace evenkeel::individual
