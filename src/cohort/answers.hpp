// What a virtual patient answers and what is read at the chair: the true condition, noise, and honesty where
// it is about craving or use. Pure.
#pragma once

#include <array>
#include <string_view>

#include "care/event.hpp"
#include "cohort/condition.hpp"

namespace evenkeel::cohort {

struct Asked {
  const Nature& nature;
  const Behaviour& behaviour;
  const Draws& draws;
  const Condition& condition;
  int day = 0;
  double dependence_harm = 1.0;
};

// The answers to an instrument that this clinic knows; empty for any other.
[[nodiscard]] care::Evaluation answered(const Asked& asked, std::string_view instrument, care::Moment moment);

// Of the strongest moment of an infusion whose highest concentration this was.
[[nodiscard]] care::Evaluation dissociation(const Asked& asked, double peak_ng_mL);

// All six bladder symptoms, absent ones as well.
[[nodiscard]] std::array<care::SymptomReport, 6> bladder_report(const Condition& condition);

// At a concentration; `reading` tells the readings of a day apart.
[[nodiscard]] care::VitalSigns vital_signs(const Asked& asked, double ng_mL, int reading);

}  // namespace evenkeel::cohort
