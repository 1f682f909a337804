#include "pkpd/propagate.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
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

// I + K/q, which moves a fraction of what is in each compartment.
Eigen::MatrixXd jump_of(const Eigen::MatrixXd& rates, double per_h) {
  Eigen::MatrixXd jump = Eigen::MatrixXd::Identity(rates.rows(), rates.rows()) + rates / per_h;
  expects(jump.minCoeff() >= 0.0, "a step is one of a compartment system");
  return jump;
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
    tail_sums_.resize(count);
    for (std::size_t k = count - 1; k > 0; --k) tail_sums_[k - 1] = tail_sums_[k] + tails_[k];
  }

  [[nodiscard]] std::size_t count() const { return weights_.size(); }
  [[nodiscard]] double weight(std::size_t k) const { return weights_[k]; }
  [[nodiscard]] double tail(std::size_t k) const { return tails_[k]; }
  [[nodiscard]] double tail_sum(std::size_t k) const { return tail_sums_[k]; }  // of the later tails
  // From here on each term is smaller than the one before.
  [[nodiscard]] bool falls_after(std::size_t k) const { return static_cast<double>(k) > mean_; }

 private:
  double mean_;
  std::vector<double> weights_;
  std::vector<double> tails_;
  std::vector<double> tail_sums_;
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
  const Eigen::MatrixXd jump = jump_of(rates, per_h);
  const Poisson poisson{per_h * hours / parts, n};
  Step step{amounts, Eigen::VectorXd::Zero(n)};
  for (int i = 0; i < parts; ++i) {
    uniform_step(jump, input / per_h, poisson, per_h, step.amounts, with_integral ? &step.integral : nullptr);
  }
  return step;
}

void check(const LinearSystem& system, double hours, Road road) {
  expects(hours >= 0.0 && std::isfinite(hours), "a step goes forward in time");
  expects(road != Road::modal || system.modal.has_value(), "the modal road needs a modal form");
}

// The drug that leaves each compartment and does not arrive in another, 1/h. None where mass grows with
// the molecule, or in an effect site.
std::optional<Eigen::RowVectorXd> losses_per_h(const Eigen::MatrixXd& rates) {
  Eigen::RowVectorXd losses = -rates.colwise().sum();
  for (Eigen::Index j = 0; j < rates.cols(); ++j) {
    const double rounding = 1e-15 * -rates(j, j);
    if (losses[j] < -rounding) return std::nullopt;
    losses[j] = std::max(0.0, losses[j]);
  }
  return losses;
}

// Nothing is lost on the way: what left column j's compartment is in the others or outside. With that,
// a slow change keeps its digits beside a fast one, however often the matrix is squared. Where more than
// half is outside, the sum says less than its terms.
void keep_the_mass(const Eigen::RowVectorXd& losses_per_h, Propagator& step) {
  const Eigen::RowVectorXd outside = losses_per_h * step.of_input;
  for (Eigen::Index j = 0; j < outside.size(); ++j) {
    if (!(outside[j] <= 0.5)) continue;
    auto column = step.of_amounts.col(j);
    const double own = column[j];
    const double others = column.sum() - own;
    if (own > others) {
      column[j] = (1.0 - outside[j]) - others;
    } else {
      column *= (1.0 - outside[j]) / (own + others);
    }
  }
}

struct LongStep {
  Propagator step;
  Eigen::MatrixXd area_of_input;  // int_0^t of_input, h^2
};

// Of a part that q t <= 1 allows, by the sums of the header; then doubled:
//   e^(2Kt) = (e^(Kt))^2,  int_0^2t e^(Ks) = (1 + e^(Kt)) int_0^t e^(Ks), and so once more
LongStep long_step(const Eigen::MatrixXd& rates, double hours) {
  const auto n = rates.rows();
  Eigen::MatrixXd power = Eigen::MatrixXd::Identity(n, n);
  if (hours == 0.0) return {{power, 0.0 * power}, 0.0 * power};
  const double per_h = std::max(fastest_per_h(rates), 1.0 / hours);
  const int doublings = std::max(0, static_cast<int>(std::ceil(std::log2(per_h * hours))));
  double part_h = std::ldexp(hours, -doublings);
  const Eigen::MatrixXd jump = jump_of(rates, per_h);
  const Poisson poisson{per_h * part_h, n};
  LongStep whole{{poisson.weight(0) * power, poisson.tail(0) * power}, poisson.tail_sum(0) * power};
  auto& [step, area] = whole;
  for (std::size_t k = 1; k < poisson.count(); ++k) {
    power = (jump * power).eval();
    step.of_amounts += poisson.weight(k) * power;
    step.of_input += poisson.tail(k) * power;
    area += poisson.tail_sum(k) * power;
    if (poisson.falls_after(k) &&
        (poisson.weight(k) * power.array() <= last_digit * step.of_amounts.array()).all())
      break;
  }
  step.of_input /= per_h;
  area /= per_h * per_h;
  const auto losses = losses_per_h(rates);
  if (losses) keep_the_mass(*losses, step);
  for (int i = 0; i < doublings; ++i) {
    area += (part_h * step.of_input + step.of_amounts * area).eval();
    step.of_input += (step.of_amounts * step.of_input).eval();
    step.of_amounts = (step.of_amounts * step.of_amounts).eval();
    part_h *= 2.0;
    if (losses) keep_the_mass(*losses, step);
  }
  return whole;
}

bool goes_in_parts(const LinearSystem& system, double hours) {
  return fastest_per_h(system.rates) * hours <= longest_in_parts;
}

}  // namespace

Propagator propagator(const LinearSystem& system, double hours) {
  check(system, hours, Road::best);
  return long_step(system.rates, hours).step;
}

Step propagate(const LinearSystem& system, const Eigen::VectorXd& amounts, const Eigen::VectorXd& input,
               double hours, Road road) {
  check(system, hours, road);
  if (road != Road::matrix_exponential && system.modal)
    return {modal_amounts(*system.modal, amounts, input, hours),
            modal_integral(*system.modal, amounts, input, hours)};
  if (hours == 0.0) return {amounts, Eigen::VectorXd::Zero(amounts.size())};
  if (goes_in_parts(system, hours)) return in_parts(system.rates, amounts, input, hours, true);
  const auto [step, area_of_input] = long_step(system.rates, hours);
  return {step.of_amounts * amounts + step.of_input * input, step.of_input * amounts + area_of_input * input};
}

Eigen::VectorXd propagate_amounts(const LinearSystem& system, const Eigen::VectorXd& amounts,
                                  const Eigen::VectorXd& input, double hours, Road road) {
  check(system, hours, road);
  if (road != Road::matrix_exponential && system.modal)
    return modal_amounts(*system.modal, amounts, input, hours);
  if (hours == 0.0) return amounts;
  if (goes_in_parts(system, hours)) return in_parts(system.rates, amounts, input, hours, false).amounts;
  const Propagator step = long_step(system.rates, hours).step;
  return step.of_amounts * amounts + step.of_input * input;
}

}  // namespace evenkeel::pkpd
