#include "individual/small_problem.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

#include "individual/small_check.hpp"
#include "individual/small_kernel.hpp"
#include "individual/small_plan.hpp"

namespace evenkeel::individual {
namespace {

SmallEstimate estimate_of(const SmallProblem& problem, const SmallOptimum& optimum, std::size_t lane) {
  const auto count = static_cast<Eigen::Index>(problem.effects.size());
  SmallEstimate made;
  made.z.resize(count);
  made.hessian.resize(count, count);
  std::size_t pair = 0;
  for (Eigen::Index a = 0; a < count; ++a) {
    const auto at = static_cast<std::size_t>(a);
    made.z[a] = optimum.z[at].of[lane];
    made.gradient = std::max(made.gradient, std::abs(optimum.gradient[at].of[lane]));
    for (Eigen::Index b = 0; b <= a; ++b)
      made.hessian(a, b) = made.hessian(b, a) = optimum.hessian[pair++].of[lane];
  }
  made.objective = optimum.objective.of[lane];
  made.iterations = static_cast<int>(optimum.iterations.of[lane]);
  made.converged = optimum.converged.of[lane] > 0.0;
  return made;
}

bool can_share_lanes(const SmallShape& one, const SmallShape& other) {
  return one.compartments == other.compartments && one.logarithmic == other.logarithmic &&
         one.four_effects == other.four_effects;
}

// Calls `use(z of eight lanes, the first column, how many)` for all columns.
template <class Use>
void for_eights(const Eigen::MatrixXd& z, const Use& use) {
  for (Eigen::Index first = 0; first < z.cols(); first += std::ssize(LaneNumber{}.of)) {
    const Eigen::Index count = std::min<Eigen::Index>(std::ssize(LaneNumber{}.of), z.cols() - first);
    LaneUnknowns lanes{};
    for (Eigen::Index lane = 0; lane < count; ++lane) {
      for (Eigen::Index a = 0; a < z.rows(); ++a)
        lanes[static_cast<std::size_t>(a)].of[static_cast<std::size_t>(lane)] = z(a, first + lane);
    }
    use(lanes, first, count);
  }
}

}  // namespace

std::vector<Result<SmallEstimate>> estimate_each(std::span<const SmallProblem> problems) {
  std::vector<Result<SmallEstimate>> estimates(problems.size());
  std::vector<std::pair<SmallShape, std::size_t>> order;  // alike beside alike
  order.reserve(problems.size());
  for (std::size_t i = 0; i < problems.size(); ++i) {
    if (auto error = faulty(problems[i])) {
      estimates[i] = *std::move(error);
    } else {
      order.emplace_back(shape_of(problems[i]), i);
    }
  }
  std::ranges::sort(order);
  SmallPlanner planner;
  SmallOptimum optimum;
  std::array<const SmallProblem*, small_lanes> group{};
  for (std::size_t first = 0; first < order.size();) {
    std::size_t count = 0;
    while (count < small_lanes && first + count < order.size() &&
           can_share_lanes(order[first].first, order[first + count].first)) {
      group[count] = &problems[order[first + count].second];
      ++count;
    }
    find_optimum(planner.of({group.data(), count}), optimum);
    for (std::size_t lane = 0; lane < count; ++lane)
      estimates[order[first + lane].second] = estimate_of(*group[lane], optimum, lane);
    first += count;
  }
  return estimates;
}

Result<SmallEstimate> estimate(const SmallProblem& problem) {
  return std::move(estimate_each({&problem, 1}).front());
}

Result<Eigen::VectorXd> log_density(const SmallProblem& problem, const Eigen::MatrixXd& z) {
  if (auto error = faulty(problem, z)) return *std::move(error);
  SmallPlanner planner;
  const SmallPlan& plan = planner.alone(problem);
  Eigen::VectorXd density(z.cols());
  for_eights(z, [&](const LaneUnknowns& lanes, Eigen::Index first, Eigen::Index count) {
    LaneNumber objective;
    find_objective(plan, lanes, objective);
    for (Eigen::Index lane = 0; lane < count; ++lane) {
      const double value = -objective.of[static_cast<std::size_t>(lane)];
      density[first + lane] = std::isnan(value) ? -std::numeric_limits<double>::infinity() : value;
    }
  });
  return density;
}

Result<Eigen::MatrixXd> curves(const SmallProblem& problem, const Eigen::MatrixXd& z,
                               std::span<const double> times_h) {
  if (auto error = faulty(problem, z)) return *std::move(error);
  if (auto error = faulty_times(times_h)) return *std::move(error);
  const std::vector<double> times(times_h.begin(), times_h.end());
  std::vector<Eigen::Index> row(times.size());  // of each reading stage
  std::iota(row.begin(), row.end(), 0);
  std::ranges::stable_sort(row, {}, [&](Eigen::Index i) { return times_h[static_cast<std::size_t>(i)]; });
  SmallPlanner planner;
  const SmallPlan& plan = planner.alone(problem, &times);
  Eigen::MatrixXd mg_L(std::ssize(times), z.cols());
  std::vector<LaneNumber> read(times.size());
  for_eights(z, [&](const LaneUnknowns& lanes, Eigen::Index first, Eigen::Index count) {
    find_curve(plan, lanes, read);
    for (std::size_t i = 0; i < read.size(); ++i) {
      for (Eigen::Index lane = 0; lane < count; ++lane)
        mg_L(row[i], first + lane) = read[i].of[static_cast<std::size_t>(lane)];
    }
  });
  return mg_L;
}

}  // namespace evenkeel::individual
