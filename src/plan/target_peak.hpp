// The largest rate, over one update and with nothing after it, under which a concentration stays at or below
// a ceiling for good.
//
//   C(t) = D(t) + r U(t),   D: what is there and decays,  U: what a rate of 1 mg/h over the update adds
//   r    = least over t > 0 of (ceiling - D(t)) / U(t)
//
// The least is sought among times of which eight lie in each doubling, from a small part of the fastest rate
// constant's time to many times the slowest's; then by Newton on the slope D' + r U', from exact solutions.
// Immutable; safe to use from any thread.
#pragma once

#include <Eigen/Core>
#include <cstddef>

#include "plan/target.hpp"

namespace evenkeel::plan {

class LargestRate {
 public:
  // Of the concentration of output `output`. The site is one that was checked (target_check.hpp).
  LargestRate(const TargetSite& site, std::size_t output, Duration update);

  // Beyond `enough` or below `too_small` mg/h the answer's digits do not matter.
  struct Matters {
    double too_small_mg_h = 0.0;
    double enough_mg_h = 0.0;
  };
  // mg/h, not above zero where even none is too much. `decayed`: `amounts` an update later, without input.
  // From above the ceiling only what comes after the update counts.
  [[nodiscard]] double under(double ceiling_mg_L, const Eigen::VectorXd& amounts,
                             const Eigen::VectorXd& decayed, Matters matters) const;

  // Concentrations, mg/L, at the times after the update at which the least is sought, from the amounts at its
  // end; the first is that of the end itself.
  [[nodiscard]] Eigen::VectorXd later(const Eigen::VectorXd& amounts) const { return later_rows_ * amounts; }

 private:
  struct Moment {  // of D or of U
    double value = 0.0;
    double slope = 0.0;
    double bend = 0.0;
  };
  struct Reach {
    const Eigen::VectorXd& amounts;
    const Eigen::VectorXd& decayed;
    const Eigen::VectorXd& there;  // D at times_h_
    Eigen::Index first;            // of the times that count
  };
  // Whether the peak under `rate` stays at or below the ceiling, by the tangents on both sides of it: true
  // only where it does, as a concentration bends one way about its peak.
  [[nodiscard]] bool stays_under(double ceiling_mg_L, const Reach& reach, double rate_mg_h) const;
  [[nodiscard]] double slope_at(const Reach& reach, double rate_mg_h, Eigen::Index i) const;
  [[nodiscard]] Moment moment(const Eigen::VectorXd& amounts, double input_mg_h) const;
  [[nodiscard]] double refined(double ceiling_mg_L, const Eigen::VectorXd& amounts,
                               const Eigen::VectorXd& decayed, Eigen::Index least, bool later_only) const;

  pkpd::LinearSystem system_;
  double update_h_;
  Eigen::VectorXd input_;     // mg/h
  Eigen::VectorXd response_;  // amounts at the end of an update under input_
  Eigen::RowVectorXd read_;   // 1/L
  Eigen::RowVectorXd slope_;
  Eigen::RowVectorXd bend_;
  Eigen::MatrixXd inside_rows_;  // within the update
  Eigen::MatrixXd later_rows_;   // from its end on
  Eigen::MatrixXd inside_slopes_;
  Eigen::MatrixXd later_slopes_;
  Eigen::VectorXd times_h_;  // of both, from the update's start
  Eigen::VectorXd unit_;     // U at times_h_
  Eigen::VectorXd unit_slope_;
};

}  // namespace evenkeel::plan
