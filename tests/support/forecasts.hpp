// Forecasts in three compartments and an effect to read off them, made in code, for tests of plan.
#pragma once

#include <cmath>
#include <random>
#include <string>

#include "pkpd/modal.hpp"
#include "plan/question.hpp"

namespace evenkeel::test {

inline Decimal dec(const char* text) {
  return *Decimal::parse(text);
}
inline Instant at(const char* text) {
  return *Instant::parse(text);
}

// Three compartments: CL and V1 spread log-normally, 0.3; the other numbers fixed.
inline individual::Member three_compartments(double cl_L_h, double v1_L) {
  individual::Member member;
  const double k12 = 90.0 / v1_L;
  const double k13 = 60.0 / v1_L;
  member.system.rates = Eigen::MatrixXd{{-(cl_L_h / v1_L + k12 + k13), 90.0 / 60.0, 60.0 / 160.0},
                                        {k12, -90.0 / 60.0, 0.0},
                                        {k13, 0.0, -60.0 / 160.0}};
  member.system.outputs = {{0, v1_L * units::L}};
  member.system.modal = pkpd::modal_form(member.system.rates);
  member.amounts = Eigen::VectorXd::Zero(3);
  return member;
}

inline plan::ModelForecast forecast_of(std::string name, std::size_t members, double cl_L_h, unsigned seed,
                                       double left_mg = 0.0) {
  plan::ModelForecast model;
  model.forecast.model = std::move(name);
  model.forecast.version = "1.0.0";
  model.forecast.basis = members > 1 ? individual::Basis::population : individual::Basis::typical;
  model.forecast.outputs = {
      {"ketamine", "central", pkpd::Moiety::racemic_ketamine, pkpd::SamplingSite::arterial}};
  std::mt19937_64 rng{seed};
  std::normal_distribution<double> normal;
  for (std::size_t m = 0; m < members; ++m) {
    const double spread = members > 1 ? 0.3 : 0.0;
    const double cl = cl_L_h * std::exp(spread * normal(rng));
    const double v1 = 15.0 * std::exp(spread * normal(rng));
    model.forecast.members.push_back(three_compartments(cl, v1));
    model.forecast.members.back().amounts << 0.1 * left_mg, 0.2 * left_mg, left_mg;
  }
  model.from = at("2026-03-16T09:00:00Z");
  return model;
}

// Rises from 0 to 100 points, half at 300 ng/mL; the interval of C50 is 250 to 350.
inline pkpd::Effect rising_effect(pkpd::Delay delay = pkpd::DelayNotSeen{}) {
  constexpr auto ng_mL = units::ng / units::mL;
  pkpd::Effect effect;
  effect.id = "high";
  effect.version = "1.0.0";
  effect.unit = "points";
  effect.pairing = {pkpd::Moiety::racemic_ketamine, pkpd::SamplingSite::arterial, {}, true, {}};
  effect.delay = std::move(delay);
  pkpd::SigmoidEmax form;
  form.baseline.value = 1.0;
  form.largest.value = 100.0;
  form.c50.value = 300.0 * ng_mL;
  form.c50.interval = *Interval<Concentration>::make(250.0 * ng_mL, 350.0 * ng_mL);
  form.gamma.value = 2.0;
  effect.form = form;
  return effect;
}

inline plan::ReadOut read_out_of(const pkpd::Effect& effect, const plan::ModelForecast& model) {
  return {*pkpd::PairedEffect::make(
              effect, {model.forecast.model, pkpd::Moiety::racemic_ketamine, pkpd::SamplingSite::arterial}),
          0};
}

}  // namespace evenkeel::test
