#include "plan/target_by_hand.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

namespace evenkeel::plan {
namespace {

constexpr double rounding = 1e-9;  // of a step

struct Band {
  double low_mg_L;
  double high_mg_L;
};

struct Run {
  std::ptrdiff_t updates;
  std::int64_t steps;
};

// What is steered under a constant rate of s steps is there + s per_step: every limit is one on s.
class Runs {
 public:
  Runs(const TargetQuestion& question, const TargetSteering& steering)
      : steering_(steering), unit_(std::llround(*question.by_hand / question.update)) {
    const auto& read = question.site.system.outputs[steered(question.site)];
    compartment_ = static_cast<Eigen::Index>(read.compartment);
    volume_L_ = read.volume.in(units::L);
    delayed_ = question.site.effect_site.has_value();
    const auto& plasma = question.site.system.outputs[question.site.plasma];
    plasma_ = static_cast<Eigen::Index>(plasma.compartment);
    if (question.plasma_at_most)
      plasma_at_most_mg_ = (*question.plasma_at_most * plasma.volume).in(units::mg);
  }

  [[nodiscard]] Run longest(const Eigen::VectorXd& amounts, Band band, std::ptrdiff_t left) const {
    const double now = of(amounts);
    const bool above = now > band.high_mg_L;
    const bool outside = above || now < band.low_mg_L;
    Eigen::VectorXd there = amounts;
    Eigen::VectorXd per_step = Eigen::VectorXd::Zero(amounts.size());
    double least = 0.0;
    auto most = static_cast<double>(steering_.pump().most);
    double most_at_first = most;  // by the upper limits until the next possible change
    std::optional<Run> found;
    for (std::ptrdiff_t update = 1; update <= left; ++update) {
      there = steering_.after(there, 0);
      per_step = steering_.after(per_step, 1);
      const bool not_yet = outside && update < unit_;
      if (!(above && not_yet)) most = std::min(most, (band.high_mg_L - of(there)) / of(per_step));
      most = std::min(most, (plasma_at_most_mg_ - there[plasma_]) / per_step[plasma_]);
      if (!not_yet) least = std::max(least, (band.low_mg_L - of(there)) / of(per_step));
      const bool may_end = update % unit_ == 0;
      const double most_here = may_end ? std::min(most, later_limit(there, per_step, band.high_mg_L)) : most;
      if (update == unit_) most_at_first = most_here;
      if (update >= unit_ && most + rounding < least) break;
      if (!may_end) continue;
      if (const auto steps = between(least, most_here)) found = Run{update, *steps};
    }
    if (found) return *found;
    return {std::min(unit_, left), std::max<std::int64_t>(0, floor_of(most_at_first))};
  }

 private:
  [[nodiscard]] double of(const Eigen::VectorXd& amounts) const { return amounts[compartment_] / volume_L_; }

  static std::int64_t floor_of(double steps) {
    return static_cast<std::int64_t>(std::floor(steps + rounding));
  }

  // The whole number of steps nearest below the middle, where there is one at all.
  static std::optional<std::int64_t> between(double least, double most) {
    const auto first = static_cast<std::int64_t>(std::ceil(least - rounding));
    const std::int64_t last = floor_of(most);
    if (first > last) return std::nullopt;
    return std::clamp(floor_of((least + most) / 2.0), first, last);
  }

  // An effect site still rises after a rate ends.
  [[nodiscard]] double later_limit(const Eigen::VectorXd& there, const Eigen::VectorXd& per_step,
                                   double high_mg_L) const {
    double limit = static_cast<double>(steering_.pump().most);
    if (!delayed_) return limit;
    const Eigen::VectorXd falls = steering_.later(there);
    const Eigen::VectorXd adds = steering_.later(per_step);
    for (Eigen::Index i = 0; i < falls.size(); ++i) {
      if (adds[i] > 0.0) limit = std::min(limit, (high_mg_L - falls[i]) / adds[i]);
    }
    return limit;
  }

  const TargetSteering& steering_;
  std::ptrdiff_t unit_;
  Eigen::Index compartment_ = 0;
  double volume_L_ = 1.0;
  bool delayed_ = false;
  Eigen::Index plasma_ = 0;
  double plasma_at_most_mg_ = std::numeric_limits<double>::infinity();
};

}  // namespace

std::vector<Setting> settings_by_hand(const TargetQuestion& question, const TargetSteering& steering) {
  const Runs runs{question, steering};
  const auto update_of = [&](Duration time) { return std::llround(time / question.update); };
  const std::int64_t most = steering.pump().most;
  Eigen::VectorXd amounts = question.amounts;
  std::vector<Setting> settings;
  for (std::size_t i = 0; i < question.targets.size(); ++i) {
    const double level = question.targets[i].level.canonical();
    const Band band{(1.0 - question.within) * level, (1.0 + question.within) * level};
    const auto end =
        update_of(i + 1 < question.targets.size() ? question.targets[i + 1].from : question.until);
    while (std::ssize(settings) < end) {
      const Run run = runs.longest(amounts, band, end - std::ssize(settings));
      for (std::ptrdiff_t k = 0; k < run.updates; ++k) {
        amounts = steering.after(amounts, run.steps);
        settings.push_back(
            {run.steps, run.steps == most ? std::optional{Binding::largest_rate} : std::nullopt});
      }
    }
  }
  return settings;
}

}  // namespace evenkeel::plan
