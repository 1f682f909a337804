#include "pkpd/cascade.hpp"

#include <fmt/format.h>

#include <Eigen/Eigenvalues>
#include <Eigen/LU>
#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

#include "pkpd/propagate.hpp"
#include "pkpd/radau.hpp"
#include "pkpd/solve.hpp"

namespace evenkeel::pkpd {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

// On the estimate: the last Legendre coefficient understates the error of a step whose drive is not yet
// resolved by the points.
constexpr double margin = 4.0;

Error invalid(std::string what) {
  return {ErrorCode::invalid_input, "cascade", std::move(what)};
}

// K = shapes diag(rates) weights, where K is far from losing a mode.
struct Modes {
  VectorXd rates;  // 1/h, below zero
  MatrixXd shapes;
  MatrixXd weights;
};

std::optional<Modes> modes_of(const MatrixXd& k) {
  constexpr double well_conditioned = 1e6;
  const Eigen::EigenSolver<MatrixXd> solver{k};
  if (solver.info() != Eigen::Success || !(solver.eigenvalues().imag().cwiseAbs().maxCoeff() == 0.0))
    return std::nullopt;
  Modes modes{solver.eigenvalues().real(), solver.eigenvectors().real(), {}};
  modes.weights = modes.shapes.inverse();
  const bool good = modes.weights.allFinite() &&
                    modes.shapes.norm() * modes.weights.norm() < well_conditioned &&
                    modes.rates.maxCoeff() < 1e-9 * modes.rates.minCoeff();
  return good ? std::optional{std::move(modes)} : std::nullopt;
}

// The concentrations between two events, at any time since the first of them. By modes where the
// system has them, else by the propagator.
class BetweenEvents {
 public:
  BetweenEvents(const LinearSystem& system, const std::optional<Modes>& modes, const VectorXd& amounts,
                const VectorXd& input)
      : system_(system), modes_(modes), amounts_(amounts), input_(input) {
    if (!modes_) return;
    const VectorXd settled = -(modes_->weights * input).cwiseQuotient(modes_->rates);
    const VectorXd moving = modes_->weights * amounts - settled;
    for (const auto& output : system.outputs) {
      const auto row =
          modes_->shapes.row(static_cast<Index>(output.compartment)) / output.volume.in(units::L);
      parts_.push_back(row.transpose().cwiseProduct(moving));
      constants_.push_back(row.dot(settled));
    }
  }

  void concentrations(double hours, std::span<double> mg_L) const {
    if (!modes_) {
      const VectorXd amounts = propagate(system_, amounts_, input_, hours).amounts;
      for (std::size_t o = 0; o < mg_L.size(); ++o) {
        const auto& output = system_.outputs[o];
        mg_L[o] = amounts[static_cast<Index>(output.compartment)] / output.volume.in(units::L);
      }
      return;
    }
    const VectorXd decay = (modes_->rates * hours).array().exp();
    for (std::size_t o = 0; o < mg_L.size(); ++o) mg_L[o] = constants_[o] + parts_[o].dot(decay);
  }

 private:
  const LinearSystem& system_;
  const std::optional<Modes>& modes_;
  const VectorXd& amounts_;
  const VectorXd& input_;
  std::vector<VectorXd> parts_;
  std::vector<double> constants_;
};

class Solver {
 public:
  Solver(const Timeline& timeline, std::span<const CascadeState> states, std::span<const Duration> times,
         double tolerance)
      : timeline_(timeline), states_(states), times_(times), tolerance_(tolerance) {
    for (const LinearSystem& system : timeline.systems) modes_.push_back(modes_of(system.rates));
    const auto n = static_cast<Index>(states.size());
    values_ = Eigen::Matrix<double, Eigen::Dynamic, Radau::points + 1>::Zero(n, Radau::points + 1);
    largest_ = VectorXd::Zero(n);
    curve_.states = MatrixXd::Zero(static_cast<Index>(times.size()), n);
    const double first_event = timeline.events.empty() ? times.front().in(units::h) : timeline.events[0].at_h;
    at_h_ = std::min(times.front().in(units::h), first_event);
    reset();
  }

  Result<CascadeCurve> run() {
    Walker walker{timeline_};
    std::size_t system = 0;
    VectorXd amounts = walker.amounts();
    VectorXd input = walker.input();
    const auto follow = [&](double to_h) {
      const BetweenEvents between{timeline_.systems[system], modes_[system], amounts, input};
      return cross(between, timeline_.systems[system], to_h);
    };
    while (row_ < times_.size() && walker.next()) {
      if (std::holds_alternative<AddSteadyState>(walker.event().change))
        return invalid("no steady state is known for a nonlinear state; repeat the doses");
      if (walker.at_h() < at_h_) return invalid("the timeline goes back");
      if (auto error = follow(walker.at_h())) return *std::move(error);
      if (std::holds_alternative<Clear>(walker.event().change)) reset();
      system = walker.system();
      amounts = walker.amounts();
      input = walker.input();
    }
    if (auto error = follow(times_.back().in(units::h))) return *std::move(error);
    for (; row_ < times_.size(); ++row_)
      curve_.states.row(static_cast<Index>(row_)) = values_.col(Radau::points).transpose();
    return std::move(curve_);
  }

 private:
  void reset() {
    for (std::size_t i = 0; i < states_.size(); ++i) {
      values_(static_cast<Index>(i), Radau::points) = states_[i].start;
      largest_[static_cast<Index>(i)] = std::max(largest_[static_cast<Index>(i)], std::abs(states_[i].start));
    }
  }

  // Steps to `to_h`, where the next event is.
  std::optional<Error> cross(const BetweenEvents& between, const LinearSystem& system, double to_h) {
    const double from_h = at_h_;
    const double fastest = system.rates.diagonal().cwiseAbs().maxCoeff();
    double step_h = std::min(to_h - from_h, fastest > 0.0 ? 4.0 / fastest : to_h - from_h);
    while (at_h_ < to_h) {
      const double left_h = to_h - at_h_;
      const bool last = step_h >= 0.999 * left_h;
      const double taken_h = last ? left_h : step_h;
      const auto before = values_;
      const auto error = step(between, system.outputs.size(), at_h_ - from_h, taken_h);
      if (!error) return error.error();
      const double wanted = 0.9 * std::pow(std::max(*error, 1e-12), -1.0 / Radau::points);
      if (*error <= 1.0) {
        const double end_h = last ? to_h : at_h_ + taken_h;
        read_until(end_h, at_h_, taken_h);
        at_h_ = end_h;
        ++curve_.steps;
        step_h = taken_h * std::clamp(wanted, 0.5, 4.0);
        continue;
      }
      values_ = before;
      step_h = taken_h * std::clamp(wanted, 0.1, 0.8);
      if (!(step_h > 1e-12 * std::max(1.0, std::abs(at_h_))))
        return invalid(fmt::format("the tolerance of {:g} cannot be met at {:g} h", tolerance_, at_h_));
    }
    return std::nullopt;
  }

  // One step from the values at the end of the step before. The estimated error over the allowed one.
  Result<double> step(const BetweenEvents& between, std::size_t outputs, double since_h, double step_h) {
    const Radau& rule = Radau::rule();
    concentrations_.resize(outputs * Radau::points);
    for (int j = 0; j < Radau::points; ++j) {
      between.concentrations(
          since_h + rule.at[j + 1] * step_h,
          std::span{concentrations_}.subspan(static_cast<std::size_t>(j) * outputs, outputs));
    }
    values_.col(0) = values_.col(Radau::points).eval();
    double worst = 0.0;
    for (std::size_t i = 0; i < states_.size(); ++i) {
      Eigen::Matrix<double, Radau::points, 1> gain;
      Radau::Square matrix = rule.slopes;
      for (int j = 0; j < Radau::points; ++j) {
        const Drive drive = driven(i, j, outputs);
        if (!(drive.loss_per_h >= 0.0 && std::isfinite(drive.gain) && std::isfinite(drive.loss_per_h)))
          return invalid(fmt::format("state {} has a gain of {} and a loss of {} per h", i, drive.gain,
                                     drive.loss_per_h));
        matrix(j, j) += step_h * drive.loss_per_h;
        gain[j] = step_h * drive.gain;
      }
      const auto row = static_cast<Index>(i);
      gain -= rule.slope_start * values_(row, 0);
      values_.row(row).tail<Radau::points>() = matrix.partialPivLu().solve(gain).transpose();
      const double size = std::max(largest_[row], values_.row(row).cwiseAbs().maxCoeff());
      largest_[row] = size;
      const double tail = std::abs(values_.row(row).dot(rule.last_legendre.transpose()));
      if (size > 0.0) worst = std::max(worst, margin * tail / (tolerance_ * size));
    }
    if (!values_.allFinite()) return invalid("a state is not finite");
    return worst;
  }

  Drive driven(std::size_t state, int point, std::size_t outputs) {
    const auto now = static_cast<std::size_t>(point);
    before_.resize(state);
    for (std::size_t i = 0; i < state; ++i) before_[i] = values_(static_cast<Index>(i), point + 1);
    return states_[state].drive(std::span{concentrations_}.subspan(now * outputs, outputs), before_);
  }

  // Fills the rows before `until_h` from the step that began at `from_h`. A row at its very end is left
  // to what begins there.
  void read_until(double until_h, double from_h, double step_h) {
    for (; row_ < times_.size() && times_[row_].in(units::h) < until_h; ++row_) {
      const double x = (times_[row_].in(units::h)-from_h) / step_h;
      for (Index i = 0; i < values_.rows(); ++i)
        curve_.states(static_cast<Index>(row_), i) = Radau::rule().interpolate(values_.row(i).transpose(), x);
    }
  }

  const Timeline& timeline_;
  std::span<const CascadeState> states_;
  std::span<const Duration> times_;
  double tolerance_;
  std::vector<std::optional<Modes>> modes_;
  CascadeCurve curve_;
  double at_h_ = 0.0;
  std::size_t row_ = 0;
  VectorXd largest_;  // |y| so far, by state
  // By state, over the step taken last: at its start and at the points, the last of which is its end.
  Eigen::Matrix<double, Eigen::Dynamic, Radau::points + 1> values_;
  std::vector<double> concentrations_;  // at the points, point by point
  std::vector<double> before_;
};

}  // namespace

Result<CascadeCurve> solve_cascade(const Timeline& timeline, std::span<const CascadeState> states,
                                   std::span<const Duration> times, double tolerance) {
  if (!(tolerance >= 1e-12 && tolerance <= 1e-2))
    return invalid(fmt::format("a tolerance of {}; it must lie within 1e-12 to 1e-2", tolerance));
  if (times.empty()) return CascadeCurve{};
  for (std::size_t i = 0; i < times.size(); ++i) {
    if (!is_finite(times[i]) || (i > 0 && !(times[i] >= times[i - 1])))
      return invalid("the times must be finite and must not fall");
  }
  return Solver{timeline, states, times, tolerance}.run();
}

}  // namespace evenkeel::pkpd
