// The closed form of the mammillary system: a central compartment that eliminates and exchanges with
// any number of peripheral ones.
//
//   A(t) = sum_j  v_j (w_j . A(0)) exp(-l_j t)
//   l_j  the roots of  f(l) = k10 - l - sum_i k1i l / (ki1 - l),  one below, between and above the ki1;
//   v_j  = (1, k12/(k21-l_j), k13/(k31-l_j), ...),  w_j = (1, k21/(k21-l_j), ...) / |v_j.w_j|
//
// f falls between its poles, so bisection finds every root, and finds it as a distance from the
// nearest pole: the gaps ki1 - l_j keep their relative accuracy however close two rates are. (Roots
// of the cubic by formula do not: near a double root half the digits are gone.) With exact gaps the
// modes are as well conditioned as those of a symmetric matrix. Source: the textbook solution of the
// mammillary model; the equation and the shift are those of Cuppen's method for symmetric matrices.
#pragma once

#include <Eigen/Core>
#include <optional>

namespace evenkeel::pkpd {

constexpr int largest_modal = 8;  // compartments

struct ModalForm {
  Eigen::VectorXd decay;    // l_j, 1/h, > 0, falling
  Eigen::MatrixXd shapes;   // columns v_j
  Eigen::MatrixXd weights;  // rows w_j
};

// The modal form of K (1/h) with the central compartment first, or nothing when K is no such
// system, eliminates nothing, has two equal peripheral rates or more than 8 compartments; the matrix
// exponential then serves.
[[nodiscard]] std::optional<ModalForm> modal_form(const Eigen::MatrixXd& rates);

}  // namespace evenkeel::pkpd
