#include "individual/summary.hpp"

#include <cmath>
#include <numbers>

#include "pkpd/normal.hpp"

namespace evenkeel::individual {
namespace {

// eta_k = sum of what z tells + an independent rest; the rest has the population's share of the variance.
struct EtaParts {
  Eigen::VectorXd of_z;  // weights on z
  double rest_variance = 0.0;
};

EtaParts parts_of(const Problem& problem, std::size_t k) {
  EtaParts parts{Eigen::VectorXd::Zero(static_cast<Eigen::Index>(problem.dimensions())), 0.0};
  const auto blocks = problem.effects().blocks();
  for (std::size_t b = 0; b < blocks.size(); ++b) {
    const auto& block = blocks[b];
    if (block.level != pkpd::Level::subject) continue;
    for (std::size_t row = 0; row < block.places.size(); ++row) {
      if (block.places[row] != k) continue;
      for (std::size_t column = 0; column <= row; ++column) {
        const double weight = block.lower[row * (row + 1) / 2 + column];
        bool told = false;
        for (std::size_t j = 0; j < problem.dimensions(); ++j) {
          const Coordinate& c = problem.coordinates()[j];
          if (c.block != b || c.row != column || c.level != pkpd::Level::subject) continue;
          parts.of_z[static_cast<Eigen::Index>(j)] = weight;
          told = true;
        }
        if (!told) parts.rest_variance += weight * weight;
      }
    }
  }
  return parts;
}

// Draws of eta_k of the subject. A rest that is not told of goes evenly through its quantiles, by multiples
// of the golden section: in an order that has nothing to do with the draws', for any number of them.
std::vector<double> draws_of(const EtaParts& parts, const Posterior& posterior) {
  const Eigen::VectorXd told = posterior.z.transpose() * parts.of_z;
  const double rest = std::sqrt(parts.rest_variance);
  const auto count = told.size();
  std::vector<double> etas;
  for (Eigen::Index d = 0; d < count; ++d) {
    const double turns = (static_cast<double>(d) + 0.5) * std::numbers::phi;
    const double at = turns - std::floor(turns);
    etas.push_back(told[d] + (rest > 0.0 ? rest * pkpd::normal_quantile(at) : 0.0));
  }
  return etas;
}

double variance_of(const Eigen::VectorXd& values, const Eigen::VectorXd& weights) {
  const double mean = values.dot(weights);
  return (values.array() - mean).square().matrix().dot(weights);
}

// The values that three quantiles of eta_k lead to.
template <class EtaAt>
Result<Percentiles> percentiles(const pkpd::RandomEffects& effects, std::size_t k, double typical,
                                EtaAt&& eta_at) {
  Percentiles found;
  for (const auto& [probability, place] :
       {std::pair{0.05, &found.p5}, {0.5, &found.p50}, {0.95, &found.p95}}) {
    const auto each = effects.individual(k, typical, eta_at(probability));
    if (!each) return each.error();
    *place = *each;
  }
  return found;
}

Result<ParameterEstimate> estimate_of(const Problem& problem, const Estimate& estimate,
                                      const Posterior& posterior, std::size_t k, const EtaParts& parts) {
  const pkpd::RandomEffect& effect = problem.effects().effects()[k];
  const double typical = problem.typical().back()[effect.parameter];
  const double sd = std::sqrt(parts.of_z.squaredNorm() + parts.rest_variance);
  const double eta = parts.of_z.dot(estimate.z);
  const auto most_likely = problem.effects().individual(k, typical, eta);
  if (!most_likely) return most_likely.error();
  const auto of_population = [&](double p) { return sd * pkpd::normal_quantile(p); };
  const auto population = percentiles(problem.effects(), k, typical, of_population);
  if (!population) return population.error();
  ParameterEstimate found{effect.name, typical, *most_likely, *population, *population, eta / sd, 1.0};
  if (problem.dimensions() == 0) return found;
  const std::vector<double> etas = draws_of(parts, posterior);
  const auto of_patient = [&](double p) { return weighted_quantile(etas, posterior.weights, p); };
  const auto own = percentiles(problem.effects(), k, typical, of_patient);
  if (!own) return own.error();
  found.posterior = *own;
  found.shrinkage =
      (variance_of(posterior.z.transpose() * parts.of_z, posterior.weights) + parts.rest_variance) /
      (sd * sd);
  return found;
}

}  // namespace

Result<std::vector<ParameterEstimate>> summarise(const Problem& problem, const Estimate& estimate,
                                                 const Posterior& posterior) {
  std::vector<ParameterEstimate> all;
  for (std::size_t k = 0; k < problem.effects().effects().size(); ++k) {
    const EtaParts parts = parts_of(problem, k);
    if (!(parts.of_z.squaredNorm() + parts.rest_variance > 0.0)) continue;  // varies between occasions only
    auto found = estimate_of(problem, estimate, posterior, k, parts);
    if (!found) return found.error();
    all.push_back(*std::move(found));
  }
  return all;
}

}  // namespace evenkeel::individual
