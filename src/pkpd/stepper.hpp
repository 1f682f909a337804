// Many exact steps one after another, most of them alike: what one step worked out serves the next.
//
// Not for sharing between threads.
#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <optional>
#include <vector>

#include "pkpd/propagate.hpp"
#include "pkpd/system.hpp"

namespace evenkeel::pkpd {

class Stepper {
 public:
  explicit Stepper(Road road = Road::best) : road_(road) {}

  // As propagate_amounts(system, amounts, input, hours, road). `number` stands for `system`: the same
  // number is always the same system.
  [[nodiscard]] Eigen::VectorXd step(const LinearSystem& system, std::size_t number,
                                     const Eigen::VectorXd& amounts, const Eigen::VectorXd& input,
                                     double hours);

 private:
  // A step that was taken before. On an even grid nearly every step is one of two or three, but for
  // the rounding of its times.
  struct Known {
    std::size_t system = 0;
    double hours = -1.0;
    std::optional<Propagator> propagator;  // made when the step comes again
  };
  [[nodiscard]] Known* known(const LinearSystem& system, std::size_t number, double hours);

  Road road_;
  std::vector<Known> known_;
  std::size_t oldest_ = 0;
};

}  // namespace evenkeel::pkpd
