#include "pkpd/propagate.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "base/expects.hpp"

namespace evenkeel::pkpd {
namespace {

// Of q t: a part takes about as many terms as matrix times vector; beyond the second number squaring
// whole matrices is cheaper than so many parts.
constexpr double longest_part = 48.0;
constexpr double longest_in_parts = 480.0;
constexpr double last_digit = 5e-17;  // a quarter of it

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

// Lengths of modes, and by how much each changed.
struct Modes {
  std::array<double, largest_modal> length{};
  std::array<double, largest_modal> change{};
};

// shapes * lengths, written also as base + shapes * changes. Each compartment takes the sum with the
// smaller terms: the first keeps the digits of what is nearly gone, the second of what hardly began.
Eigen::VectorXd combine(const Eigen::MatrixXd& shapes, const Modes& modes, Eigen::VectorXd base) {
  for (Eigen::Index i = 0; i < shapes.rows(); ++i) {
    double whole = 0.0;
    double whole_terms = 0.0;
    double stepped = base[i];
    double stepped_terms = std::abs(base[i]);
    for (Eigen::Index j = 0; j < shapes.cols(); ++j) {
      const auto mode = static_cast<std::size_t>(j);
      const double part = shapes(i, j) * modes.length[mode];
      const double step = shapes(i, j) * modes.change[mode];
      whole += part;
      whole_terms += std::abs(part);
      stepped += step;
      stepped_terms += std::abs(step);
    }
    base[i] = whole_terms <= stepped_terms ? whole : stepped;
  }
  return base;
}

// e^-x and e^-x - 1 from one of them: neither cancels on its side of a half.
std::pair<double, double> decayed(double x) {
  if (x > 0.69) {
    const double left = std::exp(-x);
    return {left, left - 1.0};
  }
  const double change = std::expm1(-x);
  return {1.0 + change, change};
}

Eigen::VectorXd modal_amounts(const ModalForm& form, const Eigen::VectorXd& amounts,
                              const Eigen::VectorXd& input, double hours) {
  Modes modes;
  const bool fed = (input.array() != 0.0).any();
  for (Eigen::Index j = 0; j < amounts.size(); ++j) {
    const double x = form.decay[j] * hours;
    const double start = form.weights.row(j).dot(amounts);
    const auto [left, change] = decayed(x);
    const auto mode = static_cast<std::size_t>(j);
    modes.length[mode] = start * left;
    modes.change[mode] = start * change;
    if (!fed) continue;
    const double feed = form.weights.row(j).dot(input) * hours;
    const Phi p = phi(x);
    modes.length[mode] += feed * p.one;
    modes.change[mode] -= feed * x * p.two;
  }
  return combine(form.shapes, modes, amounts + input * hours);
}

Eigen::VectorXd modal_integral(const ModalForm& form, const Eigen::VectorXd& amounts,
                               const Eigen::VectorXd& input, double hours) {
  Modes modes;
  for (Eigen::Index j = 0; j < amounts.size(); ++j) {
    const double x = form.decay[j] * hours;
    const Phi p = phi(x);
    const double start = form.weights.row(j).dot(amounts);
    const double feed = form.weights.row(j).dot(input) * hours;
    const auto mode = static_cast<std::size_t>(j);
    modes.length[mode] = (start * p.one + feed * p.two) * hours;
    modes.change[mode] = -(start * p.two + feed * p.three) * x * hours;
  }
  return combine(form.shapes, modes, (amounts + input * (hours / 2.0)) * hours);
}

double fastest_per_h(const Eigen::MatrixXd& rates) {
  return std::max(0.0, -rates.diagonal().minCoeff());
}

// w_k of the header and their tails, as far as they could matter to the end of a chain of n.
class Poisson {
 public:
  Poisson(double mean, Eigen::Index n) : mean_(mean) {
    const auto count =
        static_cast<std::size_t>(mean + 12.0 * std::sqrt(mean) + 40.0) + 2 * static_cast<std::size_t>(n);
    weights_.resize(count);
    tails_.resize(count);
    weights_[0] = std::exp(-mean);
    for (std::size_t k = 1; k < count; ++k) weights_[k] = weights_[k - 1] * mean / static_cast<double>(k);
    for (std::size_t k = count - 1; k > 0; --k) tails_[k - 1] = tails_[k] + weights_[k];
  }

  [[nodiscard]] std::size_t count() const { return weights_.size(); }
  [[nodiscard]] double weight(std::size_t k) const { return weights_[k]; }
  [[nodiscard]] double tail(std::size_t k) const { return tails_[k]; }
  // From here on each term is smaller than the one before.
  [[nodiscard]] bool falls_after(std::size_t k) const { return static_cast<double>(k) > mean_; }

 private:
  double mean_;
  std::vector<double> weights_;
  std::vector<double> tails_;
};

// Road one for one part, in place; the integral of the amounts is added to `integral` when asked for.
void uniform_step(const Eigen::MatrixXd& jump, const Eigen::VectorXd& input_per_jump, const Poisson& poisson,
                  double per_h, Eigen::VectorXd& amounts, Eigen::VectorXd* integral) {
  Eigen::VectorXd state = amounts;
  Eigen::VectorXd next(state.size());
  amounts *= poisson.weight(0);
  if (integral != nullptr) *integral += poisson.tail(0) / per_h * state;
  for (std::size_t k = 1; k < poisson.count(); ++k) {
    next = input_per_jump;
    next.noalias() += jump * state;
    state = next;
    amounts += poisson.weight(k) * state;
    if (integral != nullptr) *integral += poisson.tail(k) / per_h * state;
    // Each compartment on its own, for the end of a long chain begins with the latest term.
    if (poisson.falls_after(k) && (poisson.weight(k) * state.array() <= last_digit * amounts.array()).all())
      break;
  }
}

Step in_parts(const Eigen::MatrixXd& rates, const Eigen::VectorXd& amounts, const Eigen::VectorXd& input,
              double hours, bool with_integral) {
  const auto n = rates.rows();
  const double per_h = std::max(fastest_per_h(rates), 1.0 / hours);
  const int parts = std::max(1, static_cast<int>(std::ceil(per_h * hours / longest_part)));
  const Eigen::MatrixXd jump = Eigen::MatrixXd::Identity(n, n) + rates / per_h;
  const Poisson poisson{per_h * hours / parts, n};
  Step step{amounts, Eigen::VectorXd::Zero(n)};
  for (int i = 0; i < parts; ++i) {
    uniform_step(jump, input / per_h, poisson, per_h, step.amounts, with_integral ? &step.integral : nullptr);
  }
  return step;
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

void check(const LinearSystem& system, double hours, Road road) {
  expects(hours >= 0.0 && std::isfinite(hours), "a step goes forward in time");
  expects(road != Road::modal || system.modal.has_value(), "the modal road needs a modal form");
}

bool goes_in_parts(const LinearSystem& system, double hours) {
  return fastest_per_h(system.rates) * hours <= longest_in_parts;
}

}  // namespace

Eigen::MatrixXd exponential(const Eigen::MatrixXd& matrix) {
  const double shift = fastest_per_h(matrix);
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
    if ((term.array() <= last_digit * sum.array()).all()) break;
  }
  sum *= std::exp(-shift * part);
  for (int i = 0; i < halvings; ++i) sum = (sum * sum).eval();
  return sum;
}

// Of a part that q t <= 1 allows, by the sums of the header; then doubled:
//   e^(2Kt) = (e^(Kt))^2,  int_0^2t = int_0^t + e^(Kt) int_0^t
Propagator propagator(const LinearSystem& system, double hours) {
  check(system, hours, Road::best);
  const auto n = system.rates.rows();
  if (hours == 0.0) return {Eigen::MatrixXd::Identity(n, n), Eigen::MatrixXd::Zero(n, n)};
  const double per_h = std::max(fastest_per_h(system.rates), 1.0 / hours);
  const int doublings = std::max(0, static_cast<int>(std::ceil(std::log2(per_h * hours))));
  const double part_h = std::ldexp(hours, -doublings);
  const Eigen::MatrixXd jump = Eigen::MatrixXd::Identity(n, n) + system.rates / per_h;
  const Poisson poisson{per_h * part_h, n};
  Eigen::MatrixXd power = Eigen::MatrixXd::Identity(n, n);
  Propagator step{poisson.weight(0) * power, poisson.tail(0) * power};
  for (std::size_t k = 1; k < poisson.count(); ++k) {
    power = (jump * power).eval();
    step.of_amounts += poisson.weight(k) * power;
    step.of_input += poisson.tail(k) * power;
    if (poisson.falls_after(k) &&
        (poisson.weight(k) * power.array() <= last_digit * step.of_amounts.array()).all())
      break;
  }
  step.of_input /= per_h;
  for (int i = 0; i < doublings; ++i) {
    step.of_input += (step.of_amounts * step.of_input).eval();
    step.of_amounts = (step.of_amounts * step.of_amounts).eval();
  }
  return step;
}

Step propagate(const LinearSystem& system, const Eigen::VectorXd& amounts, const Eigen::VectorXd& input,
               double hours, Road road) {
  check(system, hours, road);
  if (road != Road::matrix_exponential && system.modal)
    return {modal_amounts(*system.modal, amounts, input, hours),
            modal_integral(*system.modal, amounts, input, hours)};
  if (hours == 0.0) return {amounts, Eigen::VectorXd::Zero(amounts.size())};
  if (goes_in_parts(system, hours)) return in_parts(system.rates, amounts, input, hours, true);
  return exponential_step(system.rates, amounts, input, hours);
}

Eigen::VectorXd propagate_amounts(const LinearSystem& system, const Eigen::VectorXd& amounts,
                                  const Eigen::VectorXd& input, double hours, Road road) {
  check(system, hours, road);
  if (road != Road::matrix_exponential && system.modal)
    return modal_amounts(*system.modal, amounts, input, hours);
  if (hours == 0.0) return amounts;
  if (goes_in_parts(system, hours)) return in_parts(system.rates, amounts, input, hours, false).amounts;
  const Propagator step = propagator(system, hours);
  return step.of_amounts * amounts + step.of_input * input;
}

}  // namespace evenkeel::pkpd
