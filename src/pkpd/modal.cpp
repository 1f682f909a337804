#include "pkpd/modal.hpp"

#include <array>
#include <cmath>
#include <numbers>

namespace evenkeel::pkpd {
namespace {

constexpr double closest_rates = 1e-6;

// True when drug only moves between the first compartment and the others, and leaves from the first.
bool is_mammillary(const Eigen::MatrixXd& k) {
  const auto n = k.rows();
  if (n < 1 || n > 3 || k.cols() != n) return false;
  for (Eigen::Index i = 1; i < n; ++i) {
    if (!(k(i, 0) > 0.0 && k(0, i) > 0.0)) return false;
    if (std::abs(k(i, i) + k(0, i)) > 1e-14 * k(0, i)) return false;  // a leak of its own
    for (Eigen::Index j = 1; j < n; ++j) {
      if (i != j && k(i, j) != 0.0) return false;
    }
  }
  return -k(0, 0) > 0.0;
}

// Roots of l^3 - a l^2 + b l - c, all real and positive, falling.
std::array<double, 3> cubic_roots(double a, double b, double c) {
  const double p = std::max(0.0, a * a / 3.0 - b);
  const double q = 2.0 * a * a * a / 27.0 - a * b / 3.0 + c;
  const double radius = 2.0 * std::sqrt(p / 3.0);
  const double cosine = p > 0.0 ? std::clamp(q / (p * radius / 3.0), -1.0, 1.0) : 1.0;
  const double angle = std::acos(cosine) / 3.0;
  std::array<double, 3> roots{};
  for (int i = 0; i < 3; ++i) {
    double root = a / 3.0 + radius * std::cos(angle - 2.0 * std::numbers::pi * i / 3.0);
    for (int step = 0; step < 3; ++step) {
      const double value = ((root - a) * root + b) * root - c;
      const double slope = (3.0 * root - 2.0 * a) * root + b;
      if (slope != 0.0) root -= value / slope;
    }
    roots[static_cast<std::size_t>(i)] = root;
  }
  std::sort(roots.begin(), roots.end(), std::greater<>{});
  roots[2] = c / (roots[0] * roots[1]);
  return roots;
}

Eigen::VectorXd decay_rates(const Eigen::MatrixXd& k) {
  const double out = -k(0, 0);  // k10 + k12 + k13
  if (k.rows() == 1) return Eigen::VectorXd::Constant(1, out);
  const double k12 = k(1, 0);
  const double k21 = k(0, 1);
  if (k.rows() == 2) {
    const double k10 = out - k12;
    const double sum = out + k21;
    const double fast = (sum + std::sqrt(sum * sum - 4.0 * k10 * k21)) / 2.0;
    return Eigen::Vector2d{fast, k10 * k21 / fast};
  }
  const double k13 = k(2, 0);
  const double k31 = k(0, 2);
  const double k10 = out - k12 - k13;
  const auto roots =
      cubic_roots(out + k21 + k31, k10 * (k21 + k31) + k12 * k31 + k13 * k21 + k21 * k31, k10 * k21 * k31);
  return Eigen::Vector3d{roots[0], roots[1], roots[2]};
}

bool too_close(const Eigen::VectorXd& decay, const Eigen::MatrixXd& k) {
  for (Eigen::Index i = 0; i < decay.size(); ++i) {
    if (!(decay[i] > 0.0)) return true;
    if (i > 0 && decay[i - 1] - decay[i] < closest_rates * decay[i - 1]) return true;
    for (Eigen::Index j = 1; j < k.rows(); ++j) {
      if (std::abs(k(0, j) - decay[i]) < closest_rates * k(0, j)) return true;
    }
  }
  return false;
}

}  // namespace

std::optional<ModalForm> modal_form(const Eigen::MatrixXd& rates) {
  if (!is_mammillary(rates)) return std::nullopt;
  const auto n = rates.rows();
  ModalForm form{decay_rates(rates), Eigen::MatrixXd::Ones(n, n), Eigen::MatrixXd::Ones(n, n)};
  if (!form.decay.allFinite() || too_close(form.decay, rates)) return std::nullopt;
  for (Eigen::Index mode = 0; mode < n; ++mode) {
    double norm = 1.0;
    for (Eigen::Index i = 1; i < n; ++i) {
      const double gap = rates(0, i) - form.decay[mode];
      form.shapes(i, mode) = rates(i, 0) / gap;
      form.weights(mode, i) = rates(0, i) / gap;
      norm += form.shapes(i, mode) * form.weights(mode, i);
    }
    form.weights.row(mode) /= norm;
  }
  return form;
}

}  // namespace evenkeel::pkpd
