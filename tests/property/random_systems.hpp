// Random compartment systems and regimens for the property tests. Fixed seeds: a failure repeats.
#pragma once

#include <Eigen/Core>
#include <cmath>
#include <random>
#include <span>
#include <vector>

#include "pkpd/trajectory.hpp"

namespace evenkeel::pkpd {

class RandomSystems {
 public:
  explicit RandomSystems(std::uint64_t seed) : rng_(seed) {}

  double between(double low, double high) { return std::uniform_real_distribution{low, high}(rng_); }
  double log_between(double low, double high) { return std::exp(between(std::log(low), std::log(high))); }
  Eigen::Index count(Eigen::Index low, Eigen::Index high) {
    return std::uniform_int_distribution<Eigen::Index>{low, high}(rng_);
  }
  bool chance(double share) { return between(0.0, 1.0) < share; }

  // A central compartment, 0 to 2 peripheral ones, rates between `slow` and `fast` (1/h).
  LinearSystem mammillary(double slow, double fast) {
    const Eigen::Index n = count(1, 3);
    Eigen::MatrixXd k = Eigen::MatrixXd::Zero(n, n);
    k(0, 0) = -log_between(slow, fast);
    for (Eigen::Index i = 1; i < n; ++i) {
      const double out = log_between(slow, fast);
      exchange(k, i, out, log_between(slow, fast));
    }
    return finished(std::move(k));
  }

  // Up to eight compartments, any of which may feed any other or leave the body.
  LinearSystem general(double slow, double fast) {
    const Eigen::Index n = count(2, 8);
    Eigen::MatrixXd k = Eigen::MatrixXd::Zero(n, n);
    for (Eigen::Index from = 0; from < n; ++from) {
      for (Eigen::Index to = 0; to < n; ++to) {
        if (to != from && (to == from + 1 || chance(0.25))) flow(k, from, to, log_between(slow, fast));
      }
      if (from == n - 1 || chance(0.4)) k(from, from) -= log_between(slow, fast);
    }
    return finished(std::move(k));
  }

  // One to six boluses and infusions within a day; they may overlap.
  std::vector<Dose> regimen() {
    std::vector<Dose> doses(static_cast<std::size_t>(count(1, 6)));
    for (Dose& dose : doses) {
      const double length_h = chance(0.4) ? 0.0 : log_between(0.01, 8.0);
      dose = {between(0.0, 24.0) * units::h, length_h * units::h, log_between(0.1, 200.0) * units::mg};
    }
    return doses;
  }

  static void flow(Eigen::MatrixXd& k, Eigen::Index from, Eigen::Index to, double rate_per_h) {
    k(to, from) += rate_per_h;
    k(from, from) -= rate_per_h;
  }
  static void exchange(Eigen::MatrixXd& k, Eigen::Index other, double out_per_h, double back_per_h) {
    flow(k, 0, other, out_per_h);
    flow(k, other, 0, back_per_h);
  }

  // Every compartment is an output of 10 L.
  static LinearSystem finished(Eigen::MatrixXd k) {
    LinearSystem system{std::move(k), 0, {}, std::nullopt};
    for (Eigen::Index i = 0; i < system.rates.rows(); ++i) {
      system.outputs.push_back({static_cast<std::size_t>(i), 10.0 * units::L});
    }
    system.modal = modal_form(system.rates);
    return system;
  }

 private:
  std::mt19937_64 rng_;
};

inline Trajectory follow(const LinearSystem& system, std::span<const Dose> doses, Road road = Road::best) {
  return *Trajectory::make({{Duration{}, system}}, doses, road);
}

inline double ng_mL(Concentration level) {
  return level.in(units::ng / units::mL);
}

}  // namespace evenkeel::pkpd
