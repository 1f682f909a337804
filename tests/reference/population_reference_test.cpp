// The shipped models' variability and uncertainty, drawn: what their files state comes back out of the
// individual parameters of many subjects, on the scale that each parameter varies on.

#include <gtest/gtest.h>

#include <Eigen/Core>
#include <cmath>
#include <map>

#include "pkpd/population.hpp"
#include "pkpd/residual_error.hpp"
#include "pkpd/uncertainty.hpp"
#include "shipped_models.hpp"

namespace evenkeel::pkpd {
namespace {

constexpr std::uint64_t seed = 20200101;
constexpr int many = 10'000;

Patient from_the_domain(const Model& model) {
  Patient patient{70.0 * units::kg, 40.0, false, false};
  if (const auto& weight = model.domain.weight)
    patient.weight = 0.5 * (weight->value.low() + weight->value.high());
  if (const auto& age = model.domain.age_years)
    patient.age_years = 0.5 * (age->value.low() + age->value.high());
  return patient;
}

double on_its_scale(Distribution distribution, double value) {
  switch (distribution) {
    case Distribution::log_normal:
      return std::log(value);
    case Distribution::logit_normal:
      return std::log(value / (1.0 - value));
    case Distribution::normal:
      return value;
  }
  return value;
}

std::vector<Model> varying_models() {
  std::vector<Model> found;
  for (Model& model : shipped_models()) {
    if (!model.variability.blocks.empty()) found.push_back(std::move(model));
  }
  return found;
}

// Rows: subjects; columns: the parameters of `block`, as deviations from `typical` on their scale.
Eigen::MatrixXd deviations(const Population& population, const RandomBlock& block, const Values& typical,
                           std::optional<int> occasion) {
  const auto n = static_cast<Eigen::Index>(block.parameters.size());
  Eigen::MatrixXd found(many, n);
  for (Eigen::Index row = 0; row < many; ++row) {
    const auto values = population.subject(static_cast<std::uint32_t>(row), occasion);
    EXPECT_TRUE(values.has_value()) << (values ? "" : to_string(values.error()));
    if (!values) return Eigen::MatrixXd::Zero(many, n);
    for (Eigen::Index k = 0; k < n; ++k) {
      const auto place = static_cast<std::size_t>(k);
      const std::size_t p = *population.structure().parameter(block.parameters[place]);
      found(row, k) = on_its_scale(block.distributions[place], (*values)[p]) -
                      on_its_scale(block.distributions[place], typical[p]);
    }
  }
  return found;
}

void expect_covariance(const Eigen::MatrixXd& drawn, const Eigen::MatrixXd& omega, const std::string& model) {
  const Eigen::MatrixXd covariance = drawn.transpose() * drawn / drawn.rows();
  for (Eigen::Index i = 0; i < omega.rows(); ++i) {
    EXPECT_NEAR(drawn.col(i).mean(), 0.0, 4.5 * std::sqrt(omega(i, i) / many)) << model << " " << i;
    for (Eigen::Index j = 0; j <= i; ++j) {
      const double error = std::sqrt((omega(i, i) * omega(j, j) + omega(i, j) * omega(i, j)) / many);
      EXPECT_NEAR(covariance(i, j), omega(i, j), 4.5 * error) << model << " " << i << " " << j;
    }
  }
}

TEST(ShippedVariability, SubjectsSpreadAsTheModelStates) {
  ASSERT_GE(varying_models().size(), 5U);
  for (const Model& model : varying_models()) {
    const auto population = Population::make(Structure{model}, from_the_domain(model), seed);
    ASSERT_TRUE(population.has_value()) << model.id << ": " << to_string(population.error());
    const auto typical = *population->typical(0);
    for (const RandomBlock& block : model.variability.blocks) {
      if (block.level == Level::subject)
        expect_covariance(deviations(*population, block, typical, {}), block.covariance, model.id);
    }
  }
}

// The difference between two occasions of one subject has twice the covariance of an occasion.
TEST(ShippedVariability, OccasionsSpreadAsTheModelStates) {
  std::size_t seen = 0;
  for (const Model& model : varying_models()) {
    const auto population = Population::make(Structure{model}, from_the_domain(model), seed);
    ASSERT_TRUE(population.has_value()) << model.id;
    const auto typical = *population->typical(0);
    for (const RandomBlock& block : model.variability.blocks) {
      if (block.level != Level::occasion) continue;
      ++seen;
      expect_covariance(
          deviations(*population, block, typical, 1) - deviations(*population, block, typical, 2),
          2.0 * block.covariance, model.id);
    }
  }
  EXPECT_GT(seen, 0U);
}

TEST(ShippedVariability, EverySubjectHasASystemAndEveryResidualErrorCanBeDrawn) {
  for (const Model& model : varying_models()) {
    const auto population = Population::make(Structure{model}, from_the_domain(model), seed);
    ASSERT_TRUE(population.has_value()) << model.id;
    for (std::uint32_t i = 0; i < 500; ++i) {
      const auto system = population->structure().system(*population->subject(i, 1));
      ASSERT_TRUE(system.has_value()) << model.id << " " << i << ": " << to_string(system.error());
    }
    EXPECT_TRUE(ResidualErrors::make(model).has_value()) << model.id;
  }
}

TEST(ShippedUncertainty, TypicalValuesSpreadAsTheirStandardErrors) {
  std::size_t seen = 0;
  for (const Model& model : shipped_models()) {
    if (!has_uncertainty(model)) continue;
    std::map<std::size_t, std::pair<double, double>> sums;
    for (std::uint32_t i = 0; i < many; ++i) {
      const auto sampled = sample_typical(model, seed, i);
      ASSERT_TRUE(sampled.has_value()) << to_string(sampled.error());
      for (const Override& each : *sampled) {
        auto& [sum, squares] = sums[each.parameter];
        const Parameter& parameter = model.parameters[each.parameter];
        const bool logit = parameter.dimension == Dimension::fraction && *parameter.value < 1.0;
        const double value = *parameter.value;
        // In units of the standard error; a fraction's is that of its logit.
        const double deviation = logit ? (on_its_scale(Distribution::logit_normal, each.value) -
                                          on_its_scale(Distribution::logit_normal, value)) *
                                             value * (1.0 - value) / *parameter.standard_error
                                       : (each.value - value) / *parameter.standard_error;
        sum += deviation / many;
        squares += deviation * deviation / many;
      }
    }
    for (const auto& [place, moments] : sums) {
      ++seen;
      const Parameter& parameter = model.parameters[place];
      const double relative = *parameter.standard_error / *parameter.value;
      const double w = 1.0 + relative * relative;  // the kurtosis of a log-normal; that of a normal is less
      const double kurtosis = std::pow(w, 4) + 2 * std::pow(w, 3) + 3 * w * w - 3;
      EXPECT_NEAR(moments.first, 0.0, 4.5 / std::sqrt(many)) << model.id << " " << parameter.name;
      EXPECT_NEAR(moments.second, 1.0, 4.5 * std::sqrt((kurtosis - 1.0) / many))
          << model.id << " " << parameter.name;
    }
  }
  EXPECT_GT(seen, 10U);
}

}  // namespace
}  // namespace evenkeel::pkpd
