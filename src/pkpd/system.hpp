// The linear system of one patient: a Model with its parameters filled in.
//
//   dA/dt = K A + r        A: mg, K: 1/h, r: mg/h, constant between events
//
// K has non-negative off-diagonal entries and columns that sum to at most zero (drug is not made).
#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <optional>
#include <vector>

#include "base/quantity.hpp"
#include "base/result.hpp"
#include "pkpd/modal.hpp"
#include "pkpd/model.hpp"

namespace evenkeel::pkpd {

struct Patient {
  BodyMass weight;
  std::optional<double> age_years;
};

struct LinearSystem {
  Eigen::MatrixXd rates;  // K, 1/h
  std::size_t input = 0;  // the compartment that an infusion enters
  struct Output {
    std::size_t compartment = 0;
    Volume volume;
  };
  std::vector<Output> outputs;     // as in the model
  std::optional<ModalForm> modal;  // the closed form, where the system has one
};

// The system of `model` for `patient`.
// Errors: outside_domain when the patient is (weight always; age when it is known); invalid_input
// when the parameters make a negative or non-finite rate.
[[nodiscard]] Result<LinearSystem> make_system(const Model& model, const Patient& patient);

// One parameter's value for the patient, in its canonical unit (L/h, L, 1/h, 1).
[[nodiscard]] double individual_value(const Parameter& parameter, BodyMass weight);

}  // namespace evenkeel::pkpd
