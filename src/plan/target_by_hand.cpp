#include "plan/target_by_hand.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace evenkeel::plan {
namespace {

constexpr double rounding = 1e-9;  // of a step

struct Band {
  double target_mg_L;
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

  // The longest run after which one more is possible, or which lasts until the target ends; where there is
  // none such, the longest; where the band cannot be reached in time, what brings it nearest to the target.
  [[nodiscard]] Run next(const Eigen::VectorXd& amounts, const Band& band, std::ptrdiff_t left) const {
    const Outlook outlook = look(amounts, band, left);
    const auto& options = outlook.options;
    for (auto option = options.rbegin(); option != options.rend(); ++option) {
      for (const double share : {0.5, 0.25, 0.75, 0.0, 1.0}) {
        const Run run = run_of(*option, share);
        if (run.updates == left) return run;
        const Eigen::VectorXd end = option->there + static_cast<double>(run.steps) * option->per_step;
        if (!look(end, band, unit_).options.empty()) return run;
      }
    }
    if (!options.empty()) return run_of(options.back(), 0.5);
    return {std::min(unit_, left), std::max<std::int64_t>(0, floor_of(outlook.most_to_target))};
  }

 private:
  struct Option {  // an end of a run, and the steps that lead to it within the band
    std::ptrdiff_t updates;
    double least;
    double most;
    Eigen::VectorXd there;
    Eigen::VectorXd per_step;
  };
  struct Outlook {
    std::vector<Option> options;
    double most_to_target = 0.0;  // that do not pass the target by the next possible change, nor later
  };

  [[nodiscard]] Outlook look(const Eigen::VectorXd& amounts, const Band& band, std::ptrdiff_t left) const {
    const double now = of(amounts);
    const bool above = now > band.high_mg_L;
    const bool outside = above || now < band.low_mg_L;
    Eigen::VectorXd there = amounts;
    Eigen::VectorXd per_step = Eigen::VectorXd::Zero(amounts.size());
    double least = 0.0;
    auto most = static_cast<double>(steering_.pump().most);
    Outlook outlook{{}, most};
    for (std::ptrdiff_t update = 1; update <= left; ++update) {
      there = steering_.after(there, 0);
      per_step = steering_.after(per_step, 1);
      const bool not_yet = outside && update < unit_;
      const auto limit = [&](double level_mg_L) { return (level_mg_L - of(there)) / of(per_step); };
      if (!(above && not_yet)) most = std::min(most, limit(band.high_mg_L));
      if (!(above && not_yet) && update <= unit_)
        outlook.most_to_target = std::min(outlook.most_to_target, limit(band.target_mg_L));
      most = std::min(most, (plasma_at_most_mg_ - there[plasma_]) / per_step[plasma_]);
      if (!not_yet) least = std::max(least, limit(band.low_mg_L));
      if (update % unit_ != 0) continue;
      if (update == unit_)
        outlook.most_to_target =
            std::min({outlook.most_to_target, most, later_limit(there, per_step, band.target_mg_L)});
      if (most + rounding < least) break;
      const Option option{update, least, std::min(most, later_limit(there, per_step, band.high_mg_L)), there,
                          per_step};
      if (std::ceil(option.least - rounding) <= std::floor(option.most + rounding))
        outlook.options.push_back(option);
    }
    return outlook;
  }

  // The whole number of steps at or next below a share of the way from the least to the most.
  static Run run_of(const Option& option, double share) {
    const auto first = static_cast<std::int64_t>(std::ceil(option.least - rounding));
    const double wanted = option.least + share * (option.most - option.least);
    return {option.updates, std::clamp(floor_of(wanted), first, floor_of(option.most))};
  }

  [[nodiscard]] double of(const Eigen::VectorXd& amounts) const { return amounts[compartment_] / volume_L_; }

  static std::int64_t floor_of(double steps) {
    return static_cast<std::int64_t>(std::floor(steps + rounding));
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
    const Band band{level, (1.0 - question.within) * level, (1.0 + question.within) * level};
    const auto end =
        update_of(i + 1 < question.targets.size() ? question.targets[i + 1].from : question.until);
    while (std::ssize(settings) < end) {
      const Run run = runs.next(amounts, band, end - std::ssize(settings));
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
