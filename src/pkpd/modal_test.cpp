#include "pkpd/modal.hpp"

#include <gtest/gtest.h>

namespace evenkeel::pkpd {
namespace {

Eigen::MatrixXd one(double k10) {
  return Eigen::MatrixXd::Constant(1, 1, -k10);
}

Eigen::MatrixXd two(double k10, double k12, double k21) {
  Eigen::Matrix2d k;
  k << -(k10 + k12), k21, k12, -k21;
  return k;
}

Eigen::MatrixXd three(double k10, double k12, double k21, double k13, double k31) {
  Eigen::MatrixXd k = Eigen::MatrixXd::Zero(3, 3);
  k << -(k10 + k12 + k13), k21, k31, k12, -k21, 0.0, k13, 0.0, -k31;
  return k;
}

TEST(ModalForm, OfOneCompartmentIsItsRate) {
  const auto form = modal_form(one(0.7));
  ASSERT_TRUE(form.has_value());
  EXPECT_DOUBLE_EQ(form->decay[0], 0.7);
  EXPECT_DOUBLE_EQ(form->shapes(0, 0) * form->weights(0, 0), 1.0);
}

// k10 1, k12 1, k21 1: the rates are (3 +- sqrt 5) / 2.
TEST(ModalForm, OfTwoCompartmentsHasTheRootsOfTheQuadratic) {
  const auto form = modal_form(two(1.0, 1.0, 1.0));
  ASSERT_TRUE(form.has_value());
  EXPECT_NEAR(form->decay[0], (3.0 + std::sqrt(5.0)) / 2.0, 1e-15);
  EXPECT_NEAR(form->decay[1], (3.0 - std::sqrt(5.0)) / 2.0, 1e-15);
}

// Domino 1982 as transcribed (per minute); half-lives 0.4, 4.6 and 115 min.
TEST(ModalForm, OfThreeCompartmentsHasThePublishedHalfLives) {
  const auto form = modal_form(three(0.438, 0.592, 0.247, 0.590, 0.0146));
  ASSERT_TRUE(form.has_value());
  EXPECT_NEAR(std::log(2.0) / form->decay[0], 0.4, 0.05);
  EXPECT_NEAR(std::log(2.0) / form->decay[1], 4.6, 0.05);
  EXPECT_NEAR(std::log(2.0) / form->decay[2], 115.0, 0.5);
}

TEST(ModalForm, MakesTheMatrixAgain) {
  for (const Eigen::MatrixXd& k : {one(2.0), two(0.5, 3.0, 0.2), three(3.36, 6.44, 2.875, 3.16, 0.503),
                                   three(1.0, 1e-6, 1.0, 9.0, 1.01)}) {
    const auto form = modal_form(k);
    ASSERT_TRUE(form.has_value());
    const Eigen::MatrixXd again = form->shapes * (-form->decay).asDiagonal() * form->weights;
    EXPECT_LT((again - k).cwiseAbs().maxCoeff(), 1e-13 * k.cwiseAbs().maxCoeff()) << again << "\n\n" << k;
  }
}

// The roots of the cubic by formula lost half their digits here, and the weights the other half: a
// bolus was wrong by up to a tenth at the moment it was given.
TEST(ModalForm, KeepsItsDigitsWhereRatesAlmostCoincide) {
  for (const double apart : {1e-3, 1e-6, 1e-9, 1e-12}) {
    const auto form = modal_form(three(1.0, 1e-8, 1.0, 2.0, 1.0 + apart));
    ASSERT_TRUE(form.has_value()) << apart;
    const Eigen::MatrixXd overlap = form->weights * form->shapes;
    EXPECT_NEAR(overlap.diagonal().minCoeff(), 1.0, 1e-12) << apart;
    EXPECT_NEAR((form->shapes.row(0) * form->weights.col(0)).value(), 1.0, 1e-12) << apart;
  }
}

TEST(ModalForm, ServesMoreThanTwoPeripheralCompartments) {
  Eigen::MatrixXd k = Eigen::MatrixXd::Zero(4, 4);
  k(0, 0) = -(0.5 + 1.0 + 2.0 + 3.0);
  for (Eigen::Index i = 1; i < 4; ++i) {
    k(i, 0) = static_cast<double>(i);
    k(0, i) = 0.1 * static_cast<double>(i);
    k(i, i) = -k(0, i);
  }
  const auto form = modal_form(k);
  ASSERT_TRUE(form.has_value());
  EXPECT_LT((form->weights * form->shapes - Eigen::MatrixXd::Identity(4, 4)).cwiseAbs().maxCoeff(), 1e-13);
}

TEST(ModalForm, IsRefusedToWhatIsNotMammillary) {
  EXPECT_FALSE(modal_form(Eigen::MatrixXd(0, 0)).has_value());
  EXPECT_FALSE(modal_form(Eigen::MatrixXd::Zero(2, 3)).has_value());
  EXPECT_FALSE(modal_form(one(0.0)).has_value());              // nothing leaves
  EXPECT_FALSE(modal_form(two(0.0, 1.0, 1.0)).has_value());    // nothing leaves
  EXPECT_FALSE(modal_form(two(1.0, 0.0, 1.0)).has_value());    // never filled
  EXPECT_FALSE(modal_form(two(1.0, 1.0, 0.0)).has_value());    // never emptied
  EXPECT_FALSE(modal_form(one(0.0 / 0.0)).has_value());        // not a number
  EXPECT_FALSE(modal_form(three(1, 2, 3, 2, 3)).has_value());  // equal peripheral rates
  Eigen::MatrixXd leaking = two(1.0, 1.0, 1.0);
  leaking(1, 1) = -1.5;
  EXPECT_FALSE(modal_form(leaking).has_value());
  Eigen::MatrixXd between = three(1.0, 1.0, 1.0, 1.0, 2.0);
  between(2, 1) = 0.1;
  EXPECT_FALSE(modal_form(between).has_value());
}

}  // namespace
}  // namespace evenkeel::pkpd
