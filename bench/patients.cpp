#include "patients.hpp"

#include <cmath>
#include <random>

namespace evenkeel::bench {

std::vector<individual::SmallProblem> patients(std::size_t count) {
  individual::SmallProblem first;
  first.compartments = 3;
  first.spans = {{0.0, {1.93158 * 60.0, 4.41, 2.61072 * 60.0, 10.5697166, 2.6019 * 60.0, 178.212329}}};
  first.doses = {{0.0, 40.0 / 60.0, 35.0}};
  first.readings = {{20.0 / 60.0, 0.1650, false},
                    {40.0 / 60.0, 0.2010, false},
                    {70.0 / 60.0, 0.0385, false},
                    {180.0 / 60.0, 0.0196, false}};
  first.proportional_sd = 0.15;
  first.effects = {0, 1, 3};
  first.root = 0.3 * individual::SmallMatrix::Identity(3, 3);
  std::vector<individual::SmallProblem> made(count, first);
  const Eigen::MatrixXd z = parameter_draws(static_cast<Eigen::Index>(count));
  std::mt19937_64 rng{2};
  std::normal_distribution<double> standard;
  std::vector<double> times;
  for (const auto& reading : first.readings) times.push_back(reading.at_h);
  const Eigen::MatrixXd read = *individual::curves(first, z, times);
  for (std::size_t i = 1; i < count; ++i) {
    for (std::size_t k = 0; k < times.size(); ++k) {
      const double f = read(static_cast<Eigen::Index>(k), static_cast<Eigen::Index>(i));
      made[i].readings[k].mg_L = f * (1.0 + 0.15 * standard(rng));
    }
  }
  return made;
}

Eigen::MatrixXd parameter_draws(Eigen::Index count) {
  std::mt19937_64 rng{1};
  std::normal_distribution<double> standard;
  return Eigen::MatrixXd::NullaryExpr(3, count, [&] { return standard(rng); });
}

}  // namespace evenkeel::bench
