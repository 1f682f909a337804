// The linear system of one patient: a Model with its parameters filled in.
//
//   dA/dt = K A + r        A: mg, K: 1/h, r: mg/h, constant between events
//
// K has no negative entry beside the diagonal. Its columns sum to at most zero (drug is not made),
// but where mass changes with the molecule: hydroxynorketamine is heavier than norketamine.
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

// What is known of a person. A model that needs what is not known refuses.
struct Patient {
  std::optional<BodyMass> weight = {};
  std::optional<double> age_years = {};
  std::optional<bool> asian = {};
  std::optional<bool> japanese = {};
};

struct LinearSystem {
  Eigen::MatrixXd rates;  // K, 1/h
  std::size_t input = 0;  // the compartment that a dose enters when nothing else is said
  struct Output {
    std::size_t compartment = 0;
    Volume volume;
  };
  std::vector<Output> outputs;     // as in the model
  std::optional<ModalForm> modal;  // the closed form, where the system has one
};

// The system of `model` for `patient` at typical values. Errors: those of Structure::typical and
// Structure::system (structure.hpp).
[[nodiscard]] Result<LinearSystem> make_system(const Model& model, const Patient& patient);

}  // namespace evenkeel::pkpd
