#include "plan/target_peak.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "pkpd/propagate.hpp"

namespace evenkeel::plan {
namespace {

constexpr Eigen::Index inside_count = 7;  // times within the update
constexpr Eigen::Index per_doubling = 8;
constexpr int most_doublings = 30;
constexpr double slowest_times = 16.0;  // of 1/k, the slowest k: no peak comes later
constexpr double grid_error = 0.05;     // by so much, at most, the least on the grid is too large

struct Span {
  double shortest_h;
  double longest_h;
};

Span span_of(const Eigen::MatrixXd& rates, double update_h) {
  double fastest = 1.0 / update_h;
  double slowest = fastest;
  for (const double out : -rates.diagonal()) {
    fastest = std::max(fastest, out);
    if (out > 0.0) slowest = std::min(slowest, out);
  }
  return {1.0 / fastest, slowest_times / slowest};
}

// Rows that read a concentration off amounts, at zero and at times 8, 9, ... 15 eighths of a power of two.
// The matrix for one doubling gives the next by its square; all terms are positive, so nothing cancels.
struct Later {
  std::vector<double> times_h{0.0};
  std::vector<Eigen::RowVectorXd> rows;
};
Later later_of(const pkpd::LinearSystem& system, const Eigen::RowVectorXd& read, Span span) {
  Later later;
  later.rows.push_back(read);
  double part_h = span.shortest_h / (8.0 * per_doubling);
  const Eigen::MatrixXd part = pkpd::propagator(system, part_h).of_amounts;
  std::vector<Eigen::MatrixXd> steps{part * part};
  steps.front() *= steps.front().eval();
  steps.front() *= steps.front().eval();  // eight parts
  while (std::ssize(steps) < per_doubling) steps.emplace_back(steps.back() * part);
  for (int k = 0; k < most_doublings; ++k) {
    for (Eigen::Index i = 0; i < per_doubling; ++i) {
      Eigen::MatrixXd& step = steps[static_cast<std::size_t>(i)];
      later.times_h.push_back(static_cast<double>(per_doubling + i) * part_h);
      later.rows.emplace_back(read * step);
      step = (step.lazyProduct(step)).eval();
    }
    if (later.times_h.back() >= span.longest_h) break;
    part_h *= 2.0;
  }
  return later;
}

}  // namespace

LargestRate::LargestRate(const TargetSite& site, std::size_t output, Duration update)
    : system_(site.system), update_h_(update.in(units::h)) {
  const auto n = system_.rates.rows();
  const auto& out = system_.outputs[output];
  const auto row = static_cast<Eigen::Index>(out.compartment);
  input_ = site.fraction * Eigen::VectorXd::Unit(n, static_cast<Eigen::Index>(system_.input));
  read_ = Eigen::RowVectorXd::Unit(n, row) / out.volume.in(units::L);
  slope_ = read_ * system_.rates;
  bend_ = slope_ * system_.rates;
  const pkpd::Propagator whole = pkpd::propagator(system_, update_h_);
  response_ = whole.of_input * input_;
  const Later later = later_of(system_, read_, span_of(system_.rates, update_h_));
  const auto later_count = std::ssize(later.rows);
  inside_rows_.resize(inside_count, n);
  later_rows_.resize(later_count, n);
  times_h_.resize(inside_count + later_count);
  unit_.resize(inside_count + later_count);
  unit_slope_.resize(inside_count + later_count);
  const pkpd::Propagator part = pkpd::propagator(system_, update_h_ / (inside_count + 1));
  Eigen::RowVectorXd reading = read_;
  Eigen::VectorXd reached = Eigen::VectorXd::Zero(n);
  for (Eigen::Index i = 0; i < inside_count; ++i) {
    reading = (reading * part.of_amounts).eval();
    reached = (part.of_amounts * reached + part.of_input * input_).eval();
    inside_rows_.row(i) = reading;
    times_h_[i] = update_h_ * static_cast<double>(i + 1) / (inside_count + 1);
    unit_[i] = read_.dot(reached);
    unit_slope_[i] = slope_.dot(reached) + read_.dot(input_);
  }
  for (Eigen::Index i = 0; i < later_count; ++i) {
    later_rows_.row(i) = later.rows[static_cast<std::size_t>(i)];
    times_h_[inside_count + i] = update_h_ + later.times_h[static_cast<std::size_t>(i)];
    unit_[inside_count + i] = later_rows_.row(i).dot(response_);
  }
  inside_slopes_ = inside_rows_ * system_.rates;
  later_slopes_ = later_rows_ * system_.rates;
  unit_slope_.tail(later_count) = later_slopes_ * response_;
}

double LargestRate::under(double ceiling_mg_L, const Eigen::VectorXd& amounts, const Eigen::VectorXd& decayed,
                          Matters matters) const {
  const bool later_only = read_.dot(amounts) > ceiling_mg_L;
  Eigen::VectorXd there(times_h_.size());
  there.head(inside_count).noalias() = inside_rows_ * amounts;
  there.tail(later_rows_.rows()).noalias() = later_rows_ * decayed;
  Eigen::Index least = -1;
  double rate = std::numeric_limits<double>::infinity();
  for (Eigen::Index i = later_only ? inside_count : 0; i < there.size(); ++i) {
    if (!(unit_[i] > 0.0)) continue;
    const double here = (ceiling_mg_L - there[i]) / unit_[i];
    if (here >= rate) continue;
    rate = here;
    least = i;
  }
  if (least < 0 || rate < matters.too_small_mg_h || rate * (1.0 - grid_error) > matters.enough_mg_h)
    return rate;
  const Reach reach{amounts, decayed, there, later_only ? inside_count : 0};
  if (rate >= matters.enough_mg_h && stays_under(ceiling_mg_L, reach, matters.enough_mg_h)) return rate;
  return std::min(rate, refined(ceiling_mg_L, amounts, decayed, least, later_only));
}

double LargestRate::slope_at(const Reach& reach, double rate_mg_h, Eigen::Index i) const {
  const double there = i < inside_count ? inside_slopes_.row(i).dot(reach.amounts)
                                        : later_slopes_.row(i - inside_count).dot(reach.decayed);
  return there + rate_mg_h * unit_slope_[i];
}

bool LargestRate::stays_under(double ceiling_mg_L, const Reach& reach, double rate_mg_h) const {
  const Eigen::VectorXd value = reach.there + rate_mg_h * unit_;
  const Eigen::Index last = value.size() - 1;
  for (Eigen::Index i = reach.first; i <= last; ++i) {
    if (value[i] > ceiling_mg_L) return false;
    const bool highest_here =
        (i == reach.first || value[i] >= value[i - 1]) && (i == last || value[i] >= value[i + 1]);
    if (!highest_here) continue;
    const double slope = slope_at(reach, rate_mg_h, i);
    if (i == 0 && slope <= 0.0 && slope_.dot(reach.amounts) > 0.0) return false;  // too early for tangents
    const Eigen::Index other = slope > 0.0 ? i + 1 : i - 1;
    if (other < reach.first || other > last) continue;
    const double length_h = std::abs(times_h_[other] - times_h_[i]);
    const double other_slope = slope_at(reach, rate_mg_h, other);
    if (slope == other_slope) continue;
    // Where the tangents meet, so far from i.
    const double away_h =
        (value[other] - value[i] - other_slope * (times_h_[other] - times_h_[i])) / (slope - other_slope);
    if (value[i] + std::abs(slope) * std::clamp(std::abs(away_h), 0.0, length_h) > ceiling_mg_L) return false;
  }
  return true;
}

LargestRate::Moment LargestRate::moment(const Eigen::VectorXd& amounts, double input_mg_h) const {
  return {read_.dot(amounts), slope_.dot(amounts) + input_mg_h * read_.dot(input_),
          bend_.dot(amounts) + input_mg_h * slope_.dot(input_)};
}

double LargestRate::refined(double ceiling_mg_L, const Eigen::VectorXd& amounts,
                            const Eigen::VectorXd& decayed, Eigen::Index least, bool later_only) const {
  const Eigen::Index first = later_only ? inside_count : 0;
  double low = least > first ? times_h_[least - 1] : (later_only ? times_h_[least] : 0.0);
  double high = least + 1 < times_h_.size() ? times_h_[least + 1] : times_h_[least];
  double time_h = times_h_[least];
  double rate = std::numeric_limits<double>::infinity();
  const Eigen::VectorXd nothing = Eigen::VectorXd::Zero(amounts.size());
  for (int i = 0; i < 40; ++i) {
    const bool during = time_h < update_h_;
    const double since_h = during ? time_h : time_h - update_h_;
    const Moment there =
        moment(pkpd::propagate_amounts(system_, during ? amounts : decayed, nothing, since_h), 0.0);
    const Moment unit = moment(
        pkpd::propagate_amounts(system_, during ? nothing : response_, during ? input_ : nothing, since_h),
        during ? 1.0 : 0.0);
    if (!(unit.value > 0.0)) return rate;
    const double here = (ceiling_mg_L - there.value) / unit.value;
    rate = std::min(rate, here);
    const double slope = there.slope + here * unit.slope;
    const double bend = there.bend + here * unit.bend;
    (slope > 0.0 ? low : high) = time_h;
    double next = bend < 0.0 ? time_h - slope / bend : low;
    if (!(next > low && next < high)) next = (low + high) / 2.0;
    // The rate is flat at its least: an error of 1e-7 in the time is one of 1e-14 in the rate.
    if (std::abs(next - time_h) <= 1e-7 * time_h) return rate;
    time_h = next;
  }
  return rate;
}

}  // namespace evenkeel::plan
