// The closed form of one, two and three compartments: a central one that exchanges with up to two
// peripheral ones and eliminates.
//
//   A(t) = sum_j  v_j (w_j . A(0)) exp(-l_j t)
//   l_j  the roots of the characteristic polynomial;
//   v_j  = (1, k12/(k21-l_j), k13/(k31-l_j)),  w_j = (1, k21/(k21-l_j), k31/(k31-l_j)) / |v_j.w_j|
//
// Source: the textbook solution of the mammillary model; roots of the cubic in trigonometric form,
// polished by Newton steps, the slowest from the product of the three (Vieta).
#pragma once

#include <Eigen/Core>
#include <optional>

namespace evenkeel::pkpd {

struct ModalForm {
  Eigen::VectorXd decay;    // l_j, 1/h, > 0, falling
  Eigen::MatrixXd shapes;   // columns v_j
  Eigen::MatrixXd weights;  // rows w_j
};

// The modal form of K (1/h) with the central compartment first, or nothing when K is no such
// system or two of its rates lie so close (1e-6 relative) that the form would lose digits; the
// matrix exponential then serves.
[[nodiscard]] std::optional<ModalForm> modal_form(const Eigen::MatrixXd& rates);

}  // namespace evenkeel::pkpd
