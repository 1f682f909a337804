// The problem that target-controlled infusion is compared on: three compartments as the field's open programs
// carry Domino 1982 at 70 kg, an effect site with ke0 0.2 per minute, and targets of 150, 200 and 100 ng/mL
// from 0, 20 and 40 min, to 60 min. For tests and the benchmark.
#pragma once

#include "pkpd/effect_site.hpp"
#include "pkpd/modal.hpp"
#include "plan/target.hpp"

namespace evenkeel::test {

inline pkpd::LinearSystem domino_system() {
  constexpr double per_min = 60.0;  // in 1/h
  constexpr double v1 = 4.41, cl = 1.93158, q2 = 2.61072, v2 = 10.5697166, q3 = 2.6019, v3 = 178.212329;
  pkpd::LinearSystem system;
  system.rates.resize(3, 3);
  system.rates << -(cl + q2 + q3) / v1, q2 / v2, q3 / v3,  //
      q2 / v1, -q2 / v2, 0.0,                              //
      q3 / v1, 0.0, -q3 / v3;
  system.rates *= per_min;
  system.outputs = {{0, v1 * units::L}};
  system.modal = pkpd::modal_form(system.rates);
  return system;
}

inline constexpr Concentration ng_mL = units::ng / units::mL;
inline constexpr plan::PumpRate mL_h = units::mL / units::h;

inline plan::TargetPump usual_pump() {
  return {1.0 * units::mg / units::mL, 1200.0 * mL_h, 0.1 * mL_h, 50.0 * units::mL};
}

inline plan::TargetQuestion question_of(pkpd::LinearSystem system) {
  plan::TargetQuestion question;
  question.amounts = Eigen::VectorXd::Zero(system.rates.rows());
  question.site.system = std::move(system);
  question.targets = {{0.0 * units::min, 150.0 * ng_mL},
                      {20.0 * units::min, 200.0 * ng_mL},
                      {40.0 * units::min, 100.0 * ng_mL}};
  question.until = 60.0 * units::min;
  question.update = 10.0 * units::s;
  question.pump = usual_pump();
  return question;
}

inline plan::TargetQuestion plasma_question() {
  return question_of(domino_system());
}

inline plan::TargetQuestion effect_site_question() {
  plan::TargetQuestion question =
      question_of(pkpd::with_effect_site(domino_system(), 0, (0.2 / units::min).in(1.0 / units::h)));
  question.site.effect_site = 1;
  return question;
}

}  // namespace evenkeel::test
