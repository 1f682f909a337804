#include "pkpd/stepper.hpp"

#include <algorithm>
#include <cmath>

namespace evenkeel::pkpd {
namespace {

constexpr std::size_t steps_kept = 8;

// Two steps this near take one propagator: the difference d is made up to first order, and what is then
// left, (q d)^2 / 2 of what moves and (m d / t)^2 of what has m compartments to go, is below a digit.
bool nearly_the_same(double hours, double known_h, double per_h) {
  const double apart_h = std::abs(hours - known_h);
  return apart_h <= 1e-9 * hours && apart_h * per_h <= 1e-8;
}

}  // namespace

Stepper::Known* Stepper::known(const LinearSystem& system, std::size_t number, double hours) {
  const double per_h = -system.rates.diagonal().minCoeff();
  const auto found = std::ranges::find_if(known_, [&](const Known& each) {
    return each.system == number && nearly_the_same(hours, each.hours, per_h);
  });
  if (found != known_.end()) return &*found;
  if (known_.size() < steps_kept) known_.emplace_back();
  known_[oldest_] = {number, hours, std::nullopt};
  oldest_ = (oldest_ + 1) % steps_kept;
  return nullptr;
}

Eigen::VectorXd Stepper::step(const LinearSystem& system, std::size_t number, const Eigen::VectorXd& amounts,
                              const Eigen::VectorXd& input, double hours) {
  const bool closed_form = road_ != Road::matrix_exponential && system.modal;
  Known* before = closed_form || hours == 0.0 ? nullptr : known(system, number, hours);
  if (before == nullptr) return propagate_amounts(system, amounts, input, hours, road_);
  if (!before->propagator) before->propagator = propagator(system, before->hours);
  Eigen::VectorXd end = before->propagator->of_amounts * amounts + before->propagator->of_input * input;
  const double more_h = hours - before->hours;
  if (more_h != 0.0) end += more_h * (system.rates * end + input);
  return end;
}

}  // namespace evenkeel::pkpd
