// Along a timeline: the exact state, event by event.
//
//   Walker walker{timeline};
//   while (walker.next()) { ... walker.at_h(), walker.amounts() ... }      after each event
//
// Between events  A(t + d) = e^(Kd) A(t) + int_0^d e^(Ks) ds r.  Nothing is stepped.
// Not for sharing between threads; the timeline must outlive the walker.
#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <vector>

#include "pkpd/stepper.hpp"
#include "pkpd/timeline.hpp"

namespace evenkeel::pkpd {

class Walker {
 public:
  explicit Walker(const Timeline& timeline, Road road = Road::best);

  // Carries out the next event; false when there is none.
  bool next();

  [[nodiscard]] const TimedEvent& event() const { return timeline_->events[done_ - 1]; }
  [[nodiscard]] double at_h() const { return at_h_; }
  [[nodiscard]] const Eigen::VectorXd& amounts() const { return amounts_; }  // mg
  [[nodiscard]] const Eigen::VectorXd& input() const { return input_; }      // mg/h, running
  [[nodiscard]] std::size_t system() const { return system_; }

 private:
  void advance(double to_h);
  void apply(const TimedEvent& event);
  void change_rate(const AddRate& change);

  // Infusions of one compartment that run at one rate.
  struct Running {
    double rate_mg_h = 0.0;
    int count = 0;
  };

  const Timeline* timeline_;
  Stepper stepper_;
  std::size_t done_ = 0;
  double at_h_ = 0.0;
  std::size_t system_ = 0;
  Eigen::VectorXd amounts_;
  Eigen::VectorXd input_;
  std::vector<std::vector<Running>> running_;  // by compartment: summed anew, so it ends at zero
};

// What is read at every ReadOut of a timeline, row by row.
struct Readings {
  Eigen::MatrixXd concentrations;  // mg/L; rows as ReadOut::row, a column for each output
  Eigen::MatrixXd amounts;         // mg; a column for each compartment
};

// `rows`: one more than the largest row that the timeline reads out.
[[nodiscard]] Readings read_outs(const Timeline& timeline, std::size_t rows, Road road = Road::best);

}  // namespace evenkeel::pkpd
