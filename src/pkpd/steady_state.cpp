#include "pkpd/steady_state.hpp"

#include <fmt/format.h>

#include <Eigen/LU>
#include <cmath>
#include <vector>

#include "base/expects.hpp"
#include "pkpd/propagate.hpp"

namespace evenkeel::pkpd {
namespace {

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

// The part of the system that the dose comes to: the rest stays empty, and may well have no way out.
std::vector<Eigen::Index> part_of(const LinearSystem& system, std::size_t compartment) {
  const auto reached = reached_from(system.rates, static_cast<Eigen::Index>(compartment));
  std::vector<Eigen::Index> part;
  for (std::size_t i = 0; i < reached.size(); ++i) {
    if (reached[i]) part.push_back(static_cast<Eigen::Index>(i));
  }
  return part;
}

// The whole interval's effect on a unit of each compartment, integrated: columns of int e^(Ks) ds.
Eigen::MatrixXd integral_over(const LinearSystem& part, double hours) {
  const auto n = part.rates.rows();
  Eigen::MatrixXd integral(n, n);
  for (Eigen::Index i = 0; i < n; ++i) {
    integral.col(i) = propagate(part, Eigen::VectorXd::Unit(n, i), Eigen::VectorXd::Zero(n), hours).integral;
  }
  return integral;
}

struct Cycle {
  const LinearSystem& system;
  Eigen::Index into;
  double base_rate;  // mg/h all the time: infusions that overlap the whole interval
  double rate;       // mg/h more, from the start to `until_h`
  double until_h;
  double bolus_mg;

  // From `amounts` just before a start, `since_h` on.
  [[nodiscard]] Eigen::VectorXd after(Eigen::VectorXd amounts, double since_h) const {
    const auto n = amounts.size();
    const Eigen::VectorXd unit = Eigen::VectorXd::Unit(n, into);
    amounts += bolus_mg * unit;
    const double first = std::min(since_h, until_h);
    amounts = propagate(system, amounts, (base_rate + rate) * unit, first).amounts;
    return propagate(system, amounts, base_rate * unit, since_h - first).amounts;
  }
};

}  // namespace

int running_infusions(const Repetition& repetition) {
  if (repetition.duration_h == 0.0) return 0;
  const double longest = repetition.duration_h - repetition.since_h;
  return longest <= 0.0 ? 0 : static_cast<int>(std::ceil(longest / repetition.interval_h));
}

std::optional<Error> no_steady_state(const LinearSystem& system, std::size_t compartment) {
  for (const Eigen::Index i : part_of(system, compartment)) {
    if (is_emptied(system.rates, i)) continue;
    return Error{ErrorCode::invalid_input, "",
                 fmt::format("there is no steady state: nothing empties compartment {}", i + 1)};
  }
  return std::nullopt;
}

Eigen::VectorXd steady_amounts(const LinearSystem& system, const Repetition& repetition) {
  const auto part = part_of(system, repetition.compartment);
  LinearSystem reduced;
  reduced.rates = system.rates(part, part);
  reduced.modal = modal_form(reduced.rates);
  const auto n = reduced.rates.rows();
  const auto into = static_cast<Eigen::Index>(
      std::ranges::find(part, static_cast<Eigen::Index>(repetition.compartment)) - part.begin());
  const Eigen::PartialPivLU<Eigen::MatrixXd> drain{-reduced.rates};
  Eigen::VectorXd found;
  if (repetition.interval_h == 0.0) {
    found = drain.solve(repetition.rate_mg_h * Eigen::VectorXd::Unit(n, into));
  } else {
    expects(repetition.since_h > 0.0 && repetition.since_h <= repetition.interval_h,
            "a moment of the cycle lies within it");
    const bool infused = repetition.duration_h > 0.0;
    const double each = infused ? repetition.amount_mg / repetition.duration_h : 0.0;
    const double whole = std::floor(repetition.duration_h / repetition.interval_h);
    const Cycle cycle{reduced,
                      into,
                      whole * each,
                      each,
                      infused ? repetition.duration_h - whole * repetition.interval_h : 0.0,
                      infused ? 0.0 : repetition.amount_mg};
    const Eigen::VectorXd once = cycle.after(Eigen::VectorXd::Zero(n), repetition.interval_h);
    const Eigen::VectorXd trough =
        integral_over(reduced, repetition.interval_h).partialPivLu().solve(drain.solve(once));
    found = cycle.after(trough, repetition.since_h);
  }
  Eigen::VectorXd amounts = Eigen::VectorXd::Zero(system.rates.rows());
  amounts(part) = found;
  return amounts;
}

}  // namespace evenkeel::pkpd
