// What a model predicts for a typical person after one common dose, by each of its routes: the curve
// that a model page shows and by which models are set side by side.
//
// 0.5 mg/kg: over 40 min where the dose enters the blood as it is given, otherwise all at once, at the
// pace of the route. Pure.
#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "pkpd/model.hpp"
#include "pkpd/system.hpp"
#include "pkpd/trajectory.hpp"

namespace evenkeel::report {

// 70 kg and 40 years, in no group that a model tells apart; where the model does not cover that, the
// middle of what it covers.
struct TypicalPerson {
  pkpd::Patient patient;
  std::string words;  // "70 kg, 40 years": the weight, and what else changes the prediction
};
[[nodiscard]] TypicalPerson typical_person(const pkpd::Model& model);

struct TypicalCurve {
  std::string route;  // id
  DrugMass amount;
  Duration length;  // zero: at once
  pkpd::Trajectory trajectory;
};

// One curve for each route, in the model's order.
// Errors: those of Structure and schedule, such as a parameter that the model leaves to its user.
[[nodiscard]] Result<std::vector<TypicalCurve>> typical_curves(const pkpd::Model& model,
                                                               const TypicalPerson& person);

// "35 mg over 40 min, intravenous"
[[nodiscard]] std::string dose_words(const TypicalCurve& curve);

}  // namespace evenkeel::report
