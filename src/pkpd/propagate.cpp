#include "pkpd/propagate.hpp"

#include <cmath>

#include "base/expects.hpp"

namespace evenkeel::pkpd {
namespace {

// (1 - e^-x) / x and (1 - (1 - e^-x)/x) / x, without cancellation for small x.
double phi1(double x) {
  return x == 0.0 ? 1.0 : -std::expm1(-x) / x;
}

double phi2(double x) {
  if (x > 0.1) return (1.0 - phi1(x)) / x;
  double term = 0.5;  // sum_k (-x)^k / (k+2)!
  double sum = term;
  for (int k = 1; k < 12; ++k) {
    term *= -x / (k + 2);
    sum += term;
  }
  return sum;
}

Step modal_step(const ModalForm& form, const Eigen::VectorXd& amounts, const Eigen::VectorXd& input,
                double hours) {
  const Eigen::VectorXd start = form.weights * amounts;
  const Eigen::VectorXd feed = form.weights * input;
  Eigen::VectorXd end(start.size());
  Eigen::VectorXd area(start.size());
  for (Eigen::Index j = 0; j < start.size(); ++j) {
    const double x = form.decay[j] * hours;
    end[j] = start[j] * std::exp(-x) + feed[j] * hours * phi1(x);
    area[j] = start[j] * hours * phi1(x) + feed[j] * hours * hours * phi2(x);
  }
  return {form.shapes * end, form.shapes * area};
}

// The state is extended by the integrals of the amounts and by a constant 1 that carries the input:
//   d/dt (A, I, 1) = (K A + r, A, 0)
Step exponential_step(const Eigen::MatrixXd& rates, const Eigen::VectorXd& amounts,
                      const Eigen::VectorXd& input, double hours) {
  const auto n = rates.rows();
  Eigen::MatrixXd extended = Eigen::MatrixXd::Zero(2 * n + 1, 2 * n + 1);
  extended.topLeftCorner(n, n) = rates * hours;
  extended.block(n, 0, n, n) = Eigen::MatrixXd::Identity(n, n) * hours;
  extended.topRightCorner(n, 1) = input * hours;
  Eigen::VectorXd state = Eigen::VectorXd::Zero(2 * n + 1);
  state.head(n) = amounts;
  state[2 * n] = 1.0;
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
  for (int k = 1; k <= 22; ++k) {  // 1/23! < 1e-22: below the last digit for a norm of at most 1
    term = (term * scaled) / k;
    sum += term;
  }
  sum *= std::exp(-shift * part);
  for (int i = 0; i < halvings; ++i) sum = (sum * sum).eval();
  return sum;
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
