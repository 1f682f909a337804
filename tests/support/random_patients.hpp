// Patients drawn from a model itself, with what an assay would have read of them. The same number, the same
// patient.
#pragma once

#include <random>
#include <string>
#include <utility>
#include <vector>

#include "pkpd/random_effects.hpp"
#include "pkpd/residual_error.hpp"
#include "support/patient_course.hpp"

namespace evenkeel::test {

struct Drawn {
  individual::Question question;     // with what was read
  std::vector<pkpd::Values> values;  // the true ones, in each span
};

// The true values of patient `number`, drawn as pkpd draws them.
inline std::vector<pkpd::Values> drawn_values(const individual::Question& question,
                                              const pkpd::RandomEffects& effects, std::uint64_t seed,
                                              std::uint32_t number) {
  std::vector<pkpd::Values> values;
  for (const individual::Span& span : question.spans) {
    std::vector<double> etas(effects.effects().size(), 0.0);
    effects.add_subject_etas(seed, number, etas);
    effects.add_occasion_etas(seed, number, span.occasion, etas);
    const auto made = effects.individual(*question.structure->typical(span.patient), etas);
    EXPECT_TRUE(made.has_value());
    values.push_back(*made);
  }
  return values;
}

// `plan` tells what is given; `moments` when each of the `outputs` is read. Below `limit` none is found.
inline Drawn drawn_patient(const individual::Question& plan, const std::vector<Duration>& moments,
                           std::size_t outputs, Concentration limit, std::uint64_t seed,
                           std::uint32_t number) {
  const auto effects = *pkpd::RandomEffects::make(plan.structure->model());
  pkpd::Model model = plan.structure->model();
  if (!plan.assumed.empty()) model.variability.residuals = plan.assumed;
  const auto errors = *pkpd::ResidualErrors::make(model);
  Drawn drawn{plan, drawn_values(plan, effects, seed, number)};
  const auto course = course_of(plan, drawn.values);
  std::uint32_t row = 0;
  for (const Duration at : moments) {
    for (std::size_t output = 0; output < outputs; ++output, ++row) {
      const auto seen = *errors.observed(course.concentration(at, output), output, {seed, number, row});
      individual::Measured measured{std::to_string(row), at, output, individual::Below{limit}};
      if (seen >= limit) measured.what = individual::Assayed{seen};
      drawn.question.measured.push_back(std::move(measured));
    }
  }
  return drawn;
}

// Two to seven moments until `last_h`, spread evenly in the logarithm.
inline std::vector<Duration> random_moments(std::mt19937_64& rng, double last_h) {
  std::uniform_real_distribution<double> logarithm{std::log(0.05), std::log(last_h)};
  std::vector<Duration> moments(std::uniform_int_distribution<std::size_t>{2, 7}(rng));
  for (Duration& each : moments) each = std::exp(logarithm(rng)) * units::h;
  return moments;
}

}  // namespace evenkeel::test
