// content/models/: the member `variability`.
#include <Eigen/Eigenvalues>

#include "content/model_reader.hpp"

namespace evenkeel::content {
namespace {

using json::Reader;
using pkpd::Distribution;
using pkpd::Level;

constexpr std::pair<std::string_view, Level> levels[] = {{"subject", Level::subject},
                                                         {"occasion", Level::occasion}};
constexpr std::pair<std::string_view, Distribution> distributions[] = {
    {"log-normal", Distribution::log_normal},
    {"logit-normal", Distribution::logit_normal},
    {"normal", Distribution::normal}};

// One word for all `count` parameters, or a list with one for each.
std::vector<Distribution> read_distributions(Reader place, std::size_t count) {
  if (place.node() == nullptr || place.node()->kind != json::Kind::array)
    return std::vector<Distribution>(count, place.one_of(distributions));
  std::vector<Distribution> found;
  for (Reader each : place.items(1)) found.push_back(each.one_of(distributions));
  if (found.size() != count)
    place.fault(fmt::format("{} distributions for {} parameters", found.size(), count));
  return found;
}

// Judged on the correlations, so that variances of very different size are judged alike.
void check_covariance(Reader place, const Eigen::MatrixXd& covariance) {
  if (covariance != covariance.transpose()) return place.fault("the covariance is not symmetric");
  if (!(covariance.diagonal().array() > 0.0).all()) return place.fault("a variance is above zero");
  const Eigen::VectorXd scale = covariance.diagonal().cwiseSqrt().cwiseInverse();
  const Eigen::MatrixXd correlation = scale.asDiagonal() * covariance * scale.asDiagonal();
  const double least =
      Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd>{correlation, Eigen::EigenvaluesOnly}.eigenvalues()[0];
  constexpr double rounding = 1e-12;
  if (least > rounding) return;
  place.fault(least >= -rounding ? "the covariance is rank-deficient: some of the parameters determine "
                                   "another; use fewer random effects"
                                 : "the covariance is not positive definite: it belongs to no distribution");
}

Eigen::MatrixXd read_covariance(Reader place, std::size_t count) {
  const auto n = static_cast<Eigen::Index>(count);
  Eigen::MatrixXd covariance = Eigen::MatrixXd::Identity(n, n);
  const std::size_t faults = place.faults();
  const auto rows = place.items(1);
  bool square = rows.size() == count;
  for (std::size_t i = 0; square && i < rows.size(); ++i) {
    Reader row = rows[i];
    const auto cells = row.items(1);
    square = cells.size() == count;
    for (std::size_t j = 0; square && j < cells.size(); ++j) {
      Reader cell = cells[j];
      covariance(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j)) = cell.number(-100.0, 100.0);
    }
  }
  if (!square) place.fault(fmt::format("a covariance of {0} parameters has {0} rows of {0} numbers", count));
  if (place.faults() == faults) check_covariance(place, covariance);
  return covariance;
}

void read_block(Reader place, const Header& header, pkpd::Variability& variability) {
  constexpr std::size_t most_parameters = 64;
  pkpd::RandomBlock block;
  if (!place.object({"level", "parameters", "distribution", "covariance", "source", "label"}, {"note"}))
    return;
  block.level = place["level"].one_of(levels);
  for (Reader name : place["parameters"].items(1)) block.parameters.push_back(name.name());
  if (block.parameters.size() > most_parameters) {
    place["parameters"].fault(
        fmt::format("{} parameters; at most {} are allowed", block.parameters.size(), most_parameters));
    return;
  }
  block.distributions = read_distributions(place["distribution"], block.parameters.size());
  block.covariance = read_covariance(place["covariance"], block.parameters.size());
  block.from = read_provenance(place, header);
  variability.blocks.push_back(std::move(block));
}

void read_residual(Reader place, const Header& header, pkpd::Variability& variability) {
  pkpd::ResidualError residual;
  if (!place.object({"output", "source", "label"}, {"proportional_sd", "additive_sd", "log_sd", "note"}))
    return;
  residual.output = place["output"].name();
  const auto sd = [&](std::string_view key) { return place.has(key) ? place[key].number(0.0, 100.0) : 0.0; };
  residual.proportional_sd = sd("proportional_sd");
  residual.log_sd = sd("log_sd");
  if (place.has("additive_sd")) {
    residual.additive_sd = place["additive_sd"].quantity<Concentration>();
    if (!(residual.additive_sd >= Concentration{})) place["additive_sd"].fault("a negative number");
  }
  const bool linear = place.has("proportional_sd") || place.has("additive_sd");
  if (linear == place.has("log_sd"))
    place.fault("a residual has a 'log_sd', or a 'proportional_sd', an 'additive_sd' or both of these");
  residual.from = read_provenance(place, header);
  variability.residuals.push_back(std::move(residual));
}

}  // namespace

pkpd::Variability read_variability(Reader place, const Header& header) {
  pkpd::Variability variability;
  if (!place.object({"blocks", "residuals"}, {"note"})) return variability;
  if (place.has("note")) variability.note = place["note"].text(600);
  for (const Reader& block : place["blocks"].items()) read_block(block, header, variability);
  for (const Reader& residual : place["residuals"].items()) read_residual(residual, header, variability);
  return variability;
}

}  // namespace evenkeel::content
