#include "pkpd/steady_state.hpp"

#include <fmt/format.h>

#include <Eigen/LU>
#include <algorithm>
#include <cmath>
#include <vector>

#include "base/expects.hpp"
#include "pkpd/propagate.hpp"

namespace evenkeel::pkpd {
namespace {

constexpr double longest_stay_h = 1e12;

// The compartments that drug put into `start` comes to.
std::vector<bool> reached_from(const Eigen::MatrixXd& rates, Eigen::Index start) {
  std::vector<bool> reached(static_cast<std::size_t>(rates.rows()), false);
  std::vector<Eigen::Index> open{start};
  reached[static_cast<std::size_t>(start)] = true;
  while (!open.empty()) {
    const Eigen::Index from = open.back();
    open.pop_back();
    for (Eigen::Index to = 0; to < rates.rows(); ++to) {
      const auto slot = static_cast<std::size_t>(to);
      if (to == from || !(rates(to, from) > 0.0) || reached[slot]) continue;
      reached[slot] = true;
      open.push_back(to);
    }
  }
  return reached;
}

// True when drug leaves the body from this compartment itself.
bool leaks(const Eigen::MatrixXd& rates, Eigen::Index compartment) {
  double arriving = 0.0;
  for (Eigen::Index to = 0; to < rates.rows(); ++to) {
    if (to != compartment) arriving += rates(to, compartment);
  }
  return -rates(compartment, compartment) > arriving * (1.0 + 1e-12);
}

bool is_emptied(const Eigen::MatrixXd& rates, Eigen::Index compartment) {
  const auto onward = reached_from(rates, compartment);
  for (Eigen::Index i = 0; i < rates.rows(); ++i) {
    if (onward[static_cast<std::size_t>(i)] && leaks(rates, i)) return true;
  }
  return false;
}

// The part of the system that a dose comes to: the rest stays empty, and may well have no way out.
struct Part {
  std::vector<Eigen::Index> compartments;
  LinearSystem system;
  Eigen::Index into = 0;  // where the dose enters

  Part(const LinearSystem& whole, std::size_t compartment) {
    const auto reached = reached_from(whole.rates, static_cast<Eigen::Index>(compartment));
    for (std::size_t i = 0; i < reached.size(); ++i) {
      if (i == compartment) into = std::ssize(compartments);
      if (reached[i]) compartments.push_back(static_cast<Eigen::Index>(i));
    }
    system.rates = whole.rates(compartments, compartments);
  }

  // mg at the rate of 1 mg/h for ever.
  [[nodiscard]] Eigen::VectorXd filled() const { return drained(dose()); }
  [[nodiscard]] Eigen::VectorXd dose() const { return Eigen::VectorXd::Unit(system.rates.rows(), into); }
  // (-K)^-1 amounts: how long what is there stays, h by compartment.
  [[nodiscard]] Eigen::VectorXd drained(const Eigen::VectorXd& amounts) const {
    return (-system.rates).partialPivLu().solve(amounts);
  }
};

class Cycle {
 public:
  Cycle(const Part& part, const Repetition& repetition) : part_(part) {
    if (repetition.duration_h == 0.0) {
      bolus_mg_ = repetition.amount_mg;
      return;
    }
    rate_mg_h_ = repetition.amount_mg / repetition.duration_h;
    const double whole = std::floor(repetition.duration_h / repetition.interval_h);
    always_mg_h_ = whole * rate_mg_h_;
    until_h_ = repetition.duration_h - whole * repetition.interval_h;
  }

  // From `amounts` just before a start, `since_h` on.
  [[nodiscard]] Eigen::VectorXd after(Eigen::VectorXd amounts, double since_h) const {
    amounts += bolus_mg_ * part_.dose();
    const double first_h = std::min(since_h, until_h_);
    amounts = propagate_amounts(part_.system, amounts, (always_mg_h_ + rate_mg_h_) * part_.dose(), first_h);
    return propagate_amounts(part_.system, amounts, always_mg_h_ * part_.dose(), since_h - first_h);
  }

 private:
  const Part& part_;
  double bolus_mg_ = 0.0;
  double always_mg_h_ = 0.0;  // infusions that last a whole number of intervals
  double rate_mg_h_ = 0.0;    // besides, from the start to `until_h_`
  double until_h_ = 0.0;
};

}  // namespace

int running_infusions(const Repetition& repetition) {
  if (repetition.duration_h == 0.0) return 0;
  const double longest = repetition.duration_h - repetition.since_h;
  return longest <= 0.0 ? 0 : static_cast<int>(std::ceil(longest / repetition.interval_h));
}

std::optional<Error> no_steady_state(const LinearSystem& system, std::size_t compartment) {
  const Part part{system, compartment};
  for (const Eigen::Index i : part.compartments) {
    if (is_emptied(system.rates, i)) continue;
    return Error{ErrorCode::invalid_input, "",
                 fmt::format("there is no steady state: nothing empties compartment {}", i + 1)};
  }
  if ((part.filled().array().abs() <= longest_stay_h).all()) return std::nullopt;
  return Error{ErrorCode::invalid_input, "", "there is no steady state: drug stays for 10^12 hours or more"};
}

Eigen::VectorXd steady_amounts(const LinearSystem& system, const Repetition& repetition) {
  Part part{system, repetition.compartment};
  Eigen::VectorXd amounts = Eigen::VectorXd::Zero(system.rates.rows());
  if (repetition.interval_h == 0.0) {
    amounts(part.compartments) = repetition.rate_mg_h * part.filled();
    return amounts;
  }
  expects(repetition.since_h > 0.0 && repetition.since_h <= repetition.interval_h,
          "a moment of the cycle lies within it");
  part.system.modal = modal_form(part.system.rates);
  const Cycle cycle{part, repetition};
  const Eigen::VectorXd once =
      cycle.after(Eigen::VectorXd::Zero(part.system.rates.rows()), repetition.interval_h);
  const Eigen::MatrixXd integral = propagator(part.system, repetition.interval_h).of_input;
  const Eigen::VectorXd trough = integral.partialPivLu().solve(part.drained(once));
  amounts(part.compartments) = cycle.after(trough, repetition.since_h);
  return amounts;
}

}  // namespace evenkeel::pkpd
