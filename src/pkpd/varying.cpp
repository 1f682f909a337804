#include "pkpd/varying.hpp"

#include <cmath>

#include "base/expects.hpp"
#include "pkpd/propagate.hpp"

namespace evenkeel::pkpd {
namespace {

constexpr double accuracy = 1e-12;
constexpr double smallest_share = 1e-3;  // of its column's largest, below which an entry's error is absolute
constexpr int most_pieces = 4'096;
const double root = std::sqrt(3.0) / 6.0;

Propagator after(const Propagator& first, const Propagator& then) {
  return {then.of_amounts * first.of_amounts, then.of_amounts * first.of_input + then.of_input};
}

bool has_negative_flow(const Eigen::MatrixXd& rates) {
  for (Eigen::Index j = 0; j < rates.cols(); ++j) {
    for (Eigen::Index i = 0; i < rates.rows(); ++i) {
      if (i != j && !(rates(i, j) >= 0.0)) return true;
    }
  }
  return false;
}

// The largest difference of an entry, relative as the header says.
double difference(const Eigen::MatrixXd& coarse, const Eigen::MatrixXd& fine) {
  double largest = 0.0;
  for (Eigen::Index j = 0; j < fine.cols(); ++j) {
    const double floor = smallest_share * fine.col(j).maxCoeff();
    if (!(floor > 0.0)) continue;
    const Eigen::ArrayXd scale = fine.col(j).array().max(floor);
    largest = std::max(largest, ((coarse.col(j) - fine.col(j)).array().abs() / scale).maxCoeff());
  }
  return largest;
}

// Equal pieces; no steps where a piece is too long.
Result<std::vector<ConstantStep>> in_pieces(const RatesAt& rates_at, double from_h, double to_h, int pieces) {
  std::vector<ConstantStep> steps;
  double start_h = from_h;
  for (int i = 1; i <= pieces; ++i) {
    const double end_h = i == pieces ? to_h : from_h + i * ((to_h - from_h) / pieces);
    auto made = halves(rates_at, start_h, end_h);
    if (!made) return made.error();
    if (!*made) return std::vector<ConstantStep>{};
    steps.push_back({start_h + (end_h - start_h) / 2.0, std::move((*made)->first)});
    steps.push_back({end_h, std::move((*made)->second)});
    start_h = end_h;
  }
  return steps;
}

Propagator along(const std::vector<ConstantStep>& steps, double from_h) {
  const auto n = steps.front().rates.rows();
  Propagator whole{Eigen::MatrixXd::Identity(n, n), Eigen::MatrixXd::Zero(n, n)};
  for (const ConstantStep& step : steps) {
    whole = after(whole, propagator(LinearSystem{step.rates, 0, {}, std::nullopt}, step.until_h - from_h));
    from_h = step.until_h;
  }
  return whole;
}

// What rounding alone may change: an exponential loses digits with the turnover of its fastest rate.
double rounding(const std::vector<ConstantStep>& steps, double hours) {
  double fastest = 0.0;
  for (const ConstantStep& step : steps) fastest = std::max(fastest, -step.rates.diagonal().minCoeff());
  return 4e-15 * (2.0 + fastest * hours) + 1e-15 * static_cast<double>(steps.size());
}

}  // namespace

Result<std::optional<Halves>> halves(const RatesAt& rates_at, double from_h, double to_h) {
  const double hours = to_h - from_h;
  const auto early = rates_at(from_h + (0.5 - root) * hours);
  if (!early) return early.error();
  const auto late = rates_at(from_h + (0.5 + root) * hours);
  if (!late) return late.error();
  const double near = 2.0 * (0.25 + root);
  const double far = 2.0 * (0.25 - root);
  Halves made{near * *early + far * *late, far * *early + near * *late};
  if (has_negative_flow(made.first) || has_negative_flow(made.second)) return std::optional<Halves>{};
  return std::optional{std::move(made)};
}

Result<std::vector<ConstantStep>> constant_steps(const RatesAt& rates_at, double from_h, double to_h) {
  expects(from_h < to_h, "a stretch goes forward in time");
  std::optional<Propagator> coarse;
  for (int pieces = 1; pieces <= most_pieces; pieces *= 2) {
    auto steps = in_pieces(rates_at, from_h, to_h, pieces);
    if (!steps) return steps.error();
    if (steps->empty()) continue;
    Propagator fine = along(*steps, from_h);
    // The finer of two fourth-order results is fifteen times nearer than the two are to each other.
    const double allowed = 15.0 * accuracy + rounding(*steps, to_h - from_h);
    if (coarse && difference(coarse->of_amounts, fine.of_amounts) <= allowed &&
        difference(coarse->of_input, fine.of_input) <= allowed) {
      return steps;
    }
    coarse = std::move(fine);
  }
  return Error{ErrorCode::invalid_input, "",
               "what is carried linearly changes the rates too fast to be followed: give it in more rows, or "
               "carry it backward"};
}

}  // namespace evenkeel::pkpd
