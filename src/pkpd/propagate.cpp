#include "pkpd/propagate.hpp"

#include <cmath>

#include "base/expects.hpp"

namespace evenkeel::pkpd {
namespace {

// phi_1 = (1 - e^-x)/x, phi_2 = (1 - phi_1)/x, phi_3 = (1/2 - phi_2)/x, without cancellation for
// small x, where the series of the last gives the others.
struct Phi {
  double one = 1.0;
  double two = 0.5;
  double three = 1.0 / 6.0;
};

Phi phi(double x) {
  Phi value;
  if (x > 0.5) {
    value.one = -std::expm1(-x) / x;
    value.two = (1.0 - value.one) / x;
    value.three = (0.5 - value.two) / x;
    return value;
  }
  double term = 1.0 / 6.0;  // sum_k (-x)^k / (k+3)!
  value.three = term;
  for (int k = 1; k < 16; ++k) {
    term *= -x / (k + 3);
    value.three += term;
  }
  value.two = 0.5 - x * value.three;
  value.one = 1.0 - x * value.two;
  return value;
}

// shapes * modes, written also as base + shapes * changes. Each compartment takes the sum with the
// smaller terms: the first keeps the digits of what is nearly gone, the second of what hardly began.
Eigen::VectorXd combine(const Eigen::MatrixXd& shapes, const Eigen::VectorXd& modes,
                        const Eigen::VectorXd& base, const Eigen::VectorXd& changes) {
  const Eigen::MatrixXd sizes = shapes.cwiseAbs();
  const Eigen::VectorXd whole = shapes * modes;
  const Eigen::VectorXd stepped = base + shapes * changes;
  const Eigen::VectorXd whole_terms = sizes * modes.cwiseAbs();
  const Eigen::VectorXd stepped_terms = base.cwiseAbs() + sizes * changes.cwiseAbs();
  return (whole_terms.array() <= stepped_terms.array()).select(whole, stepped);
}

Step modal_step(const ModalForm& form, const Eigen::VectorXd& amounts, const Eigen::VectorXd& input,
                double hours) {
  const Eigen::VectorXd start = form.weights * amounts;
  const Eigen::VectorXd feed = form.weights * input * hours;
  const auto n = start.size();
  Eigen::VectorXd end(n);
  Eigen::VectorXd change(n);
  Eigen::VectorXd area(n);
  Eigen::VectorXd area_change(n);
  for (Eigen::Index j = 0; j < n; ++j) {
    const double x = form.decay[j] * hours;
    const Phi p = phi(x);
    end[j] = start[j] * std::exp(-x) + feed[j] * p.one;
    change[j] = start[j] * std::expm1(-x) - feed[j] * x * p.two;
    area[j] = (start[j] * p.one + feed[j] * p.two) * hours;
    area_change[j] = -(start[j] * p.two + feed[j] * p.three) * x * hours;
  }
  return {combine(form.shapes, end, amounts + input * hours, change),
          combine(form.shapes, area, (amounts + input * (hours / 2.0)) * hours, area_change)};
}

// The state is extended by the integrals of the amounts and by a constant c that carries the input:
//   d/dt (A, I, c) = (K A + r, A, 0),  c = the largest input, so that no dose changes the matrix' size
Step exponential_step(const Eigen::MatrixXd& rates, const Eigen::VectorXd& amounts,
                      const Eigen::VectorXd& input, double hours) {
  const auto n = rates.rows();
  Eigen::MatrixXd extended = Eigen::MatrixXd::Zero(2 * n + 1, 2 * n + 1);
  extended.topLeftCorner(n, n) = rates * hours;
  extended.block(n, 0, n, n) = Eigen::MatrixXd::Identity(n, n) * hours;
  const double largest = input.maxCoeff();
  if (largest > 0.0) extended.topRightCorner(n, 1) = input / largest * hours;
  Eigen::VectorXd state = Eigen::VectorXd::Zero(2 * n + 1);
  state.head(n) = amounts;
  state[2 * n] = largest;
  const Eigen::VectorXd end = exponential(extended) * state;
  return {end.head(n), end.segment(n, n)};
}

}  // namespace

Eigen::MatrixXd exponential(const Eigen::MatrixXd& matrix) {
  const double shift = std::max(0.0, -matrix.diagonal().minCoeff());
  const auto n = matrix.rows();
  Eigen::MatrixXd scaled = matrix + shift * Eigen::MatrixXd::Identity(n, n);
  expects(scaled.minCoeff() >= 0.0, "a matrix exponential is asked of a compartment system");
  const double norm = scaled.colwise().sum().maxCoeff();
  const int halvings = norm > 1.0 ? static_cast<int>(std::ceil(std::log2(norm))) : 0;
  const double part = std::ldexp(1.0, -halvings);
  scaled *= part;
  Eigen::MatrixXd term = Eigen::MatrixXd::Identity(n, n);
  Eigen::MatrixXd sum = term;
  // Until no entry grows by more than a quarter of its last digit: each on its own, for the smallest
  // entry (the end of a long chain) begins with the latest term.
  for (int k = 1; k <= 200; ++k) {
    term = (term * scaled) / k;
    sum += term;
    if ((term.array() <= 5e-17 * sum.array()).all()) break;
  }
  sum *= std::exp(-shift * part);
  for (int i = 0; i < halvings; ++i) sum = (sum * sum).eval();
  return sum;
}

Propagator propagator(const LinearSystem& system, double hours) {
  const auto n = system.rates.rows();
  Eigen::MatrixXd extended = Eigen::MatrixXd::Zero(2 * n, 2 * n);
  extended.topLeftCorner(n, n) = system.rates * hours;
  extended.topRightCorner(n, n) = Eigen::MatrixXd::Identity(n, n) * hours;
  const Eigen::MatrixXd whole = exponential(extended);
  return {whole.topLeftCorner(n, n), whole.topRightCorner(n, n)};
}

Step propagate(const LinearSystem& system, const Eigen::VectorXd& amounts, const Eigen::VectorXd& input,
               double hours, Road road) {
  expects(hours >= 0.0 && std::isfinite(hours), "a step goes forward in time");
  expects(road != Road::modal || system.modal.has_value(), "the modal road needs a modal form");
  if (road != Road::matrix_exponential && system.modal)
    return modal_step(*system.modal, amounts, input, hours);
  return exponential_step(system.rates, amounts, input, hours);
}

}  // namespace evenkeel::pkpd
