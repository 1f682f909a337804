#include "pkpd/modal.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <vector>

namespace evenkeel::pkpd {
namespace {

// True when drug only moves between the first compartment and the others, and leaves from the first.
bool is_mammillary(const Eigen::MatrixXd& k) {
  const auto n = k.rows();
  if (n < 1 || n > largest_modal || k.cols() != n) return false;
  for (Eigen::Index i = 1; i < n; ++i) {
    if (!(k(i, 0) > 0.0 && k(0, i) > 0.0)) return false;
    if (!(std::abs(k(i, i) + k(0, i)) <= 1e-14 * k(0, i))) return false;  // a leak of its own
    for (Eigen::Index j = 1; j < n; ++j) {
      if (i != j && k(i, j) != 0.0) return false;
    }
  }
  return true;
}

// A decay rate, and how far each peripheral rate lies above it: kept apart, for subtracting the one
// from the other would lose the gap's digits where they are close.
struct Root {
  double rate = 0.0;
  Eigen::VectorXd gaps;
};

// The characteristic equation f(l) = 0 of the mammillary system, f as in the header.
class Characteristic {
 public:
  explicit Characteristic(const Eigen::MatrixXd& k)
      : couplings_(k.col(0).tail(k.rows() - 1)),
        poles_(k.row(0).tail(k.rows() - 1).transpose()),
        elimination_(-k.col(0).sum()),
        bound_(-k.trace()) {}

  // All roots, falling; fewer when there is no elimination or two peripheral rates are equal.
  [[nodiscard]] std::vector<Root> roots() const {
    std::vector<Root> found;
    if (!(elimination_ > 0.0)) return found;
    std::vector<double> ends(poles_.begin(), poles_.end());
    std::ranges::sort(ends, std::greater<>{});
    ends.push_back(0.0);
    if (poles_.size() == 0) return {at(0.0, elimination_)};
    found.push_back(search(ends.front(), 1.0, bound_));
    for (std::size_t i = 1; i < ends.size(); ++i) {
      const double half = (ends[i - 1] - ends[i]) / 2.0;
      if (!(half > 0.0)) return {};
      const bool in_upper_half = value(ends[i], half) > 0.0;
      found.push_back(in_upper_half ? search(ends[i - 1], -1.0, half) : search(ends[i], 1.0, half));
    }
    return found;
  }

 private:
  // f at origin + offset.
  [[nodiscard]] double value(double origin, double offset) const {
    const double rate = origin + offset;
    double sum = (elimination_ - origin) - offset;
    for (Eigen::Index i = 0; i < poles_.size(); ++i) {
      sum -= couplings_[i] * rate / ((poles_[i] - origin) - offset);
    }
    return sum;
  }

  [[nodiscard]] Root at(double origin, double offset) const {
    return {origin + offset, (poles_.array() - origin) - offset};
  }

  // Bisects the distance from `origin`, up- or downwards, to the last bit.
  [[nodiscard]] Root search(double origin, double direction, double farthest) const {
    double near = 0.0;
    double far = farthest;
    while (true) {
      const double middle = near + (far - near) / 2.0;
      if (!(near < middle && middle < far)) return at(origin, direction * far);
      (direction * value(origin, direction * middle) > 0.0 ? near : far) = middle;
    }
  }

  Eigen::VectorXd couplings_;
  Eigen::VectorXd poles_;
  double elimination_;
  double bound_;  // the sum of all roots
};

}  // namespace

std::optional<ModalForm> modal_form(const Eigen::MatrixXd& rates) {
  if (!rates.allFinite() || !is_mammillary(rates)) return std::nullopt;
  const auto n = rates.rows();
  const std::vector<Root> roots = Characteristic{rates}.roots();
  if (std::ssize(roots) != n) return std::nullopt;
  ModalForm form{Eigen::VectorXd(n), Eigen::MatrixXd::Ones(n, n), Eigen::MatrixXd::Ones(n, n)};
  for (Eigen::Index mode = 0; mode < n; ++mode) {
    const Root& root = roots[static_cast<std::size_t>(mode)];
    form.decay[mode] = root.rate;
    double norm = 1.0;
    for (Eigen::Index i = 1; i < n; ++i) {
      form.shapes(i, mode) = rates(i, 0) / root.gaps[i - 1];
      form.weights(mode, i) = rates(0, i) / root.gaps[i - 1];
      norm += form.shapes(i, mode) * form.weights(mode, i);
    }
    form.weights.row(mode) /= norm;
  }
  if (!form.shapes.allFinite() || !form.weights.allFinite()) return std::nullopt;
  return form;
}

}  // namespace evenkeel::pkpd
