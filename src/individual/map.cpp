#include "individual/map.hpp"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>

#include "individual/small_form.hpp"

namespace evenkeel::individual {
namespace {

constexpr int most_iterations = 200;
constexpr int most_halvings = 40;
constexpr double longest_step = 3.0;  // of z, whose prior is one wide

// The gradient's rounding grows with F; but a reading that nothing explains is no reason to stop early.
bool is_flat(const Evaluation& at) {
  const double most = 1e-8 * (1.0 + std::min(std::abs(at.objective), 1e6));
  return at.gradient.size() == 0 || at.gradient.cwiseAbs().maxCoeff() < most;
}

Eigen::MatrixXd inverse(const Eigen::MatrixXd& positive) {
  return positive.llt().solve(Eigen::MatrixXd::Identity(positive.rows(), positive.cols()));
}

struct Taken {
  Eigen::VectorXd step;
  Evaluation at;
};

// The longest of step, step/2, step/4 ... that lowers F enough; near the minimum, where F no longer tells,
// one that does not raise it beyond its rounding and makes the gradient smaller.
std::optional<Taken> search(const Problem& problem, const Eigen::VectorXd& z, const Evaluation& from,
                            Eigen::VectorXd step) {
  const double slope = from.gradient.dot(step);
  if (!(slope < 0.0)) return std::nullopt;
  if (step.norm() > longest_step) step *= longest_step / step.norm();
  const double rounding = 1e-12 * (1.0 + std::abs(from.objective));
  for (int i = 0; i < most_halvings; ++i, step /= 2.0) {
    Evaluation at = problem.evaluate(z + step);
    const bool falls = at.objective <= from.objective + 1e-4 * from.gradient.dot(step);
    const bool flattens =
        at.objective <= from.objective + rounding && at.gradient.norm() < 0.9 * from.gradient.norm();
    if (falls || flattens) return Taken{step, std::move(at)};
  }
  return std::nullopt;
}

// BFGS: the inverse curvature that maps the change of the gradient to the step.
void learn(Eigen::MatrixXd& inverse_curvature, const Eigen::VectorXd& step, const Eigen::VectorXd& change) {
  const double product = step.dot(change);
  if (!(product > 1e-12 * step.norm() * change.norm())) return;
  const Eigen::VectorXd seen = inverse_curvature * change;
  inverse_curvature += ((product + change.dot(seen)) / (product * product)) * step * step.transpose() -
                       (seen * step.transpose() + step * seen.transpose()) / product;
}

}  // namespace

Estimate most_likely(const Problem& problem, const std::optional<Eigen::VectorXd>& start) {
  const auto n = static_cast<Eigen::Index>(problem.dimensions());
  Estimate found{start.value_or(Eigen::VectorXd::Zero(n)), {}, 0, false};
  // The fast road leads to the place; what is told of it is computed here, by the road of every model.
  if (const auto small = start ? std::nullopt : small_form(problem)) {
    const auto ahead = estimate(*small);
    if (ahead && ahead->converged) found.z = ahead->z;
  }
  found.at = problem.evaluate(found.z);
  Eigen::MatrixXd inverse_curvature = inverse(found.at.curvature);
  bool fresh = true;
  while (found.iterations < most_iterations && std::isfinite(found.at.objective) && !is_flat(found.at)) {
    ++found.iterations;
    auto taken = search(problem, found.z, found.at, -inverse_curvature * found.at.gradient);
    if (!taken && fresh) break;
    if (!taken) {
      inverse_curvature = inverse(found.at.curvature);
      fresh = true;
      continue;
    }
    learn(inverse_curvature, taken->step, taken->at.gradient - found.at.gradient);
    fresh = false;
    found.z += taken->step;
    found.at = std::move(taken->at);
  }
  found.converged = std::isfinite(found.at.objective) && is_flat(found.at);
  return found;
}

}  // namespace evenkeel::individual
