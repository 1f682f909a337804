// A patient of a model, drawn, and what assays of that patient read: the truth of a record is known.
#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <tuple>
#include <vector>

#include "individual/predict.hpp"
#include "individual/problem.hpp"
#include "individual/question.hpp"
#include "pkpd/residual_error.hpp"

namespace evenkeel::test {

// One compartment of esketamine, quick to solve: 80 L/h, 200 L, 30 % each between patients, 15 % of an assay.
// Made up.
inline pkpd::Model one_compartment(double clearance_L_h = 80.0, double volume_L = 200.0) {
  pkpd::Model model;
  model.id = "one-compartment";
  model.dosed = {pkpd::Moiety::esketamine};
  for (const auto& [name, dimension, value] : {std::tuple{"CL", pkpd::Dimension::clearance, clearance_L_h},
                                               {"V", pkpd::Dimension::volume, volume_L}}) {
    pkpd::Parameter parameter;
    parameter.name = name;
    parameter.dimension = dimension;
    parameter.value = value;
    model.parameters.push_back(std::move(parameter));
  }
  model.compartments = {{"central", "V"}};
  model.flows = {{.from = "central", .clearance = "CL"}};
  pkpd::Path path;
  path.compartment = "central";
  model.routes = {{"intravenous", {path}}};
  model.outputs = {{"CP", "central", pkpd::Moiety::esketamine, pkpd::SamplingSite::venous}};
  pkpd::RandomBlock block;
  block.parameters = {"CL", "V"};
  block.distributions.assign(2, pkpd::Distribution::log_normal);
  block.covariance = 0.09 * Eigen::MatrixXd::Identity(2, 2);
  model.variability.blocks = {block};
  model.variability.residuals = {{"CP", 0.15, {}, 0.0, {}}};
  return model;
}

// 35 mg over 40 min into a person of 70 kg and 40 years; nothing measured yet.
inline individual::Question after_35_mg(const pkpd::Structure& structure) {
  individual::Question question{&structure, {{Duration{}, {70.0 * units::kg, 40.0}, 1}}, {}, {}};
  question.given = {{Duration{}, 40.0 * units::min, 35.0 * units::mg}};
  return question;
}

struct Sample {
  double at_h = 0.0;
  std::size_t output = 0;
};

// What patient `number` of the question's model shows at `samples`, by the model's own spread and scatter.
inline individual::Question simulated(const individual::Question& question,
                                      const std::vector<Sample>& samples, std::uint32_t number,
                                      std::uint64_t seed = 20260101) {
  const auto problem = individual::Problem::make(question);
  EXPECT_TRUE(problem.has_value()) << (problem ? "" : to_string(problem.error()));
  std::vector<individual::ReadAt> read_at;
  for (const Sample& each : samples) read_at.push_back({each.at_h * units::h, each.output, {}});
  const auto course = problem->read_at(read_at);
  EXPECT_TRUE(course.has_value());
  std::vector<pkpd::Values> values;
  for (std::size_t span = 0; span < question.spans.size(); ++span)
    values.push_back(*problem->values(Eigen::VectorXd(0), span, individual::Problem::Draw{seed, number}));
  const std::vector<double> read = individual::solve(course->course, values);
  const auto errors = pkpd::ResidualErrors::make(question.structure->model());
  individual::Question seen = question;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const auto observed = errors->observed(Concentration::from_canonical(read[course->place[i]]),
                                           samples[i].output, {seed, number, static_cast<std::uint32_t>(i)});
    seen.measured.push_back({"assay " + std::to_string(i + 1), samples[i].at_h * units::h, samples[i].output,
                             individual::Assayed{std::max(observed.value(), 1e-9 * (units::mg / units::L))}});
  }
  return seen;
}

}  // namespace evenkeel::test
