// One update of a target-controlled infusion: the rate for the next `update`, from what is there now.
//
//   plasma       r = (target - D(update)) / U(update),  zero where that is negative
//   effect site  far below the target: the largest rate whose later peak is the target (target_peak.hpp);
//                near or above it: as for plasma, whose target is then moved by a gain times what the effect
//                site lacks, so that the gap closes faster than by ke0 alone; never a rate whose later peak
//                is above the target
// D decays from what is there; U is what a rate of 1 mg/h adds. At the peak that a loading rate leads to,
// plasma and effect site are both at the target, so holding plasma there holds the effect site.
// Rates are whole steps of the pump, rounded down; a rounding is made good by the next update.
// Immutable; safe to use from any thread.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <optional>

#include "pkpd/propagate.hpp"
#include "plan/target.hpp"
#include "plan/target_peak.hpp"

namespace evenkeel::plan {

// A pump's rates as whole steps.
struct PumpSteps {
  double mg_h = 0.0;  // of one step
  std::int64_t most = 0;
};
[[nodiscard]] PumpSteps steps_of(const TargetPump& pump);

struct Setting {
  std::int64_t steps = 0;
  std::optional<Binding> bound;
};

class TargetSteering {
 public:
  // The site and the pump are such as target_check.hpp accepts.
  TargetSteering(const TargetSite& site, Duration update, const PumpSteps& pump,
                 std::optional<Concentration> plasma_at_most = {});

  // The rate for the next update.
  [[nodiscard]] Setting next(const Eigen::VectorXd& amounts, Concentration target) const;
  // The amounts at its end.
  [[nodiscard]] Eigen::VectorXd after(const Eigen::VectorXd& amounts, std::int64_t steps) const;

  [[nodiscard]] const PumpSteps& pump() const { return pump_; }
  // Of one step for one update, from nothing.
  [[nodiscard]] const Eigen::VectorXd& of_one_step() const { return of_one_step_; }
  // Concentrations of an effect site once nothing more is given; see LargestRate::later.
  [[nodiscard]] Eigen::VectorXd later(const Eigen::VectorXd& amounts) const {
    return largest_->later(amounts);
  }

 private:
  struct Read {
    Eigen::Index compartment = 0;
    double volume_L = 1.0;
    [[nodiscard]] double of(const Eigen::VectorXd& amounts) const { return amounts[compartment] / volume_L; }
  };
  struct Wanted {
    double mg_h = 0.0;
    bool holding = false;
  };
  [[nodiscard]] Wanted wanted(const Eigen::VectorXd& amounts, const Eigen::VectorXd& decayed,
                              double target_mg_L) const;
  // mg/h that bring plasma to a level at the end of the update.
  [[nodiscard]] double to_plasma(double level_mg_L, const Eigen::VectorXd& decayed) const;

  PumpSteps pump_;
  Eigen::MatrixXd of_amounts_;
  Eigen::VectorXd of_one_step_;
  Read plasma_;
  double plasma_at_most_mg_L_;
  double near_ = 0.0;
  double gain_ = 0.0;
  std::optional<Read> effect_site_;
  std::optional<LargestRate> largest_;  // where there is an effect site
};

}  // namespace evenkeel::plan
