#include "individual/posterior.hpp"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

#include "base/expects.hpp"
#include "individual/small_form.hpp"
#include "pkpd/parallel.hpp"
#include "pkpd/random.hpp"

namespace evenkeel::individual {
namespace {

constexpr double degrees = 6.0;  // of t: even, so that its chi-squared is a product of uniforms
constexpr std::size_t prior_every = 10;
constexpr int most_rounds = 6;
constexpr double clearly = 1e-6;  // lower than the estimate
constexpr double fits = 0.4;      // effective draws of one

double log_normal_density(const Eigen::VectorXd& z) {
  return -0.5 * z.squaredNorm() - 0.5 * static_cast<double>(z.size()) * std::log(2.0 * std::numbers::pi);
}

class Proposal {
 public:
  Proposal(Eigen::VectorXd mean, const Eigen::MatrixXd& covariance)
      : mean_(std::move(mean)), factor_(covariance.llt()) {
    const auto n = static_cast<double>(mean_.size());
    log_scale_ = std::lgamma((degrees + n) / 2.0) - std::lgamma(degrees / 2.0) -
                 n / 2.0 * std::log(degrees * std::numbers::pi);
    const Eigen::MatrixXd lower = factor_.matrixL();
    log_scale_ -= lower.diagonal().array().log().sum();
  }

  [[nodiscard]] bool sound() const { return factor_.info() == Eigen::Success && std::isfinite(log_scale_); }

  // The first part of a round's draws is of t, every tenth of the prior.
  [[nodiscard]] Eigen::VectorXd draw(std::uint64_t seed, std::uint32_t round, std::uint32_t number) const {
    const auto n = mean_.size();
    Eigen::VectorXd x(n);
    const auto named = [&](std::uint32_t k) { return pkpd::Draw{seed, number, round * 4096 + k}; };
    for (Eigen::Index j = 0; j < n; ++j)
      x[j] = pkpd::standard_normal(normal_, named(static_cast<std::uint32_t>(j)));
    if (number % prior_every == prior_every - 1) return x;
    double product = 1.0;
    for (std::uint32_t k = 0; k < static_cast<std::uint32_t>(degrees) / 2; ++k)
      product *= pkpd::uniform(uniform_, named(k));
    const double chi_squared = -2.0 * std::log(product);
    return mean_ + factor_.matrixL() * x * std::sqrt(degrees / chi_squared);
  }

  [[nodiscard]] double log_density(const Eigen::VectorXd& z) const {
    constexpr double of_prior = 1.0 / static_cast<double>(prior_every);
    const double squared = factor_.matrixL().solve(z - mean_).squaredNorm();
    const double t =
        log_scale_ - (degrees + static_cast<double>(z.size())) / 2.0 * std::log1p(squared / degrees);
    const double a = std::log1p(-of_prior) + t;
    const double b = std::log(of_prior) + log_normal_density(z);
    return std::max(a, b) + std::log1p(std::exp(-std::abs(a - b)));
  }

 private:
  Eigen::VectorXd mean_;
  Eigen::LLT<Eigen::MatrixXd> factor_;
  double log_scale_ = 0.0;
  pkpd::Variable normal_{pkpd::Purpose::posterior, "normal"};
  pkpd::Variable uniform_{pkpd::Purpose::posterior, "uniform"};
};

// F at every column of z, eight at once where the problem is a small one.
Eigen::VectorXd objectives(const Problem& problem, const std::optional<SmallProblem>& small,
                           const Eigen::MatrixXd& z) {
  if (small) {
    if (const auto fast = log_density(*small, z)) return -*fast;
  }
  Eigen::VectorXd found(z.cols());
  for (Eigen::Index d = 0; d < z.cols(); ++d) found[d] = problem.objective(z.col(d));
  return found;
}

Posterior take(const Problem& problem, const Proposal& proposal, std::uint32_t number, std::size_t draws,
               const SampleOptions& options) {
  const auto count = static_cast<Eigen::Index>(draws);
  Posterior found{Eigen::MatrixXd(static_cast<Eigen::Index>(problem.dimensions()), count),
                  Eigen::VectorXd(count)};
  Eigen::VectorXd objective(count);
  const auto small = small_form(problem);
  pkpd::in_parallel(options.threads, draws, 64, [&](std::size_t from, std::size_t to) {
    const auto first = static_cast<Eigen::Index>(from);
    const auto many = static_cast<Eigen::Index>(to - from);
    for (std::size_t d = from; d < to; ++d) {
      found.z.col(static_cast<Eigen::Index>(d)) =
          proposal.draw(options.seed, number, static_cast<std::uint32_t>(d));
    }
    objective.segment(first, many) = objectives(problem, small, found.z.middleCols(first, many));
    for (Eigen::Index d = first; d < first + many; ++d)
      found.weights[d] = -objective[d] - proposal.log_density(found.z.col(d));
  });
  found.lowest_objective = objective.minCoeff(&found.lowest);
  const double highest = found.weights.maxCoeff();
  found.weights = (found.weights.array() - highest).exp();
  const double sum = found.weights.sum();
  found.log_likelihood = highest + std::log(sum / static_cast<double>(draws));
  found.weights /= sum;
  found.effective = 1.0 / found.weights.squaredNorm();
  found.largest_weight = found.weights.maxCoeff();
  found.seed = options.seed;
  return found;
}

// The weights to a power below 1 where few draws have nearly all of them: moments of some draws lead on,
// those of one do not (Koblents and Miguez, Stat Comput 2015;25:407).
Eigen::VectorXd steadied(const Posterior& posterior) {
  const double least = 10.0 * static_cast<double>(posterior.z.rows());
  Eigen::VectorXd weights = posterior.weights;
  for (int halvings = 0; halvings < 6 && weights.squaredNorm() * least > 1.0; ++halvings) {
    weights = weights.array().sqrt();
    weights /= weights.sum();
  }
  return weights;
}

struct Moments {
  Eigen::VectorXd mean;
  Eigen::MatrixXd covariance;
};

Moments around(const Estimate& estimate) {
  const auto n = estimate.z.size();
  return {estimate.z, estimate.at.curvature.llt().solve(Eigen::MatrixXd::Identity(n, n))};
}

// Of the draws, the covariance drawn a little towards unity where they are few.
Moments moments_of(const Posterior& posterior) {
  const auto n = posterior.z.rows();
  const Eigen::VectorXd weights = steadied(posterior);
  const Eigen::VectorXd mean = posterior.z * weights;
  const Eigen::MatrixXd centred = posterior.z.colwise() - mean;
  const Eigen::MatrixXd seen = centred * weights.asDiagonal() * centred.transpose();
  const double towards = std::min(0.5, static_cast<double>(n) * weights.squaredNorm());
  return {mean, (1.0 - towards) * seen + towards * 0.1 * Eigen::MatrixXd::Identity(n, n)};
}

}  // namespace

Estimate lower_of(const Problem& problem, const Estimate& estimate, const Posterior& posterior) {
  if (problem.dimensions() == 0 || !(posterior.lowest_objective < estimate.at.objective - clearly))
    return estimate;
  Estimate again = most_likely(problem, Eigen::VectorXd(posterior.z.col(posterior.lowest)));
  return again.converged && again.at.objective < estimate.at.objective ? again : estimate;
}

Posterior sample(const Problem& problem, const Estimate& estimate, const SampleOptions& options) {
  expects(estimate.converged, "only a converged estimate is sampled around");
  const std::size_t n = problem.dimensions();
  if (n == 0) {
    Posterior nothing{Eigen::MatrixXd(0, 1), Eigen::VectorXd::Ones(1), 1.0, 1.0, -estimate.at.objective,
                      options.seed};
    nothing.lowest_objective = estimate.at.objective;
    return nothing;
  }
  const std::size_t draws_of_a_round = std::max<std::size_t>(1000, 250 * n);
  Estimate lowest = estimate;
  Moments moments = around(lowest);
  std::uint32_t round = 0;
  while (true) {
    const Proposal proposal{moments.mean, moments.covariance};
    expects(proposal.sound(), "a covariance is positive definite");
    const Posterior tried = take(problem, proposal, round++, draws_of_a_round, options);
    const double share = tried.effective / static_cast<double>(draws_of_a_round);
    if (share >= fits || round >= most_rounds) {
      const double wanted = 1.1 * options.effective / std::max(share, 0.01);
      const auto draws = std::min(static_cast<std::size_t>(std::ceil(wanted)), options.most_draws);
      return take(problem, proposal, round, std::max(draws, draws_of_a_round), options);
    }
    const Estimate again = lower_of(problem, lowest, tried);
    moments = again.at.objective < lowest.at.objective ? around(again) : moments_of(tried);
    lowest = again;
  }
}

std::vector<std::size_t> equally_likely(const Posterior& posterior, std::size_t count) {
  std::vector<std::size_t> chosen;
  double reached = posterior.weights[0];
  Eigen::Index draw = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const double wanted = (static_cast<double>(i) + 0.5) / static_cast<double>(count);
    while (reached < wanted && draw + 1 < posterior.weights.size()) reached += posterior.weights[++draw];
    chosen.push_back(static_cast<std::size_t>(draw));
  }
  return chosen;
}

double weighted_quantile(std::span<const double> values, const Eigen::VectorXd& weights, double probability) {
  expects(!values.empty() && std::ssize(values) == weights.size(), "a weight for each value");
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, {}, [&](std::size_t i) { return values[i]; });
  double reached = 0.0;
  for (const std::size_t i : order) {
    reached += weights[static_cast<Eigen::Index>(i)];
    if (reached >= probability) return values[i];
  }
  return values[order.back()];
}

}  // namespace evenkeel::individual
