// A rate schedule that reaches and holds concentrations: target-controlled infusion as a plan, printed for
// people. Nothing here controls a pump.
//
//   dA/dt = K A + fraction r(t) e_input,   r(t) constant over each update, a multiple of the pump's rate step
//
// Plasma: the rate that brings it to the target at the end of the update (target_steering.hpp). Effect site:
// the largest rate over one update whose later peak is the target, then plasma held there. Rates are rounded
// down: rounding never carries a concentration above its target. Exact for these parameters; persons differ,
// so target_course.hpp shows what the same schedule gives in others. Pure values; safe to use from any
// thread. Source of the ideas: Schwilden, Eur J Clin Pharmacol 1981;20:379 (plasma, linear systems); Shafer
// and Gregg, J Pharmacokinet Biopharm 1992;20:147, Jacobs and Williams, IEEE Trans Biomed Eng 1993;40:237
// (effect site).
#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/quantity.hpp"
#include "base/result.hpp"
#include "pkpd/system.hpp"

namespace evenkeel::plan {

using PumpRate = Quantity<0, 1, -1, 0>;  // what a pump is set to: a flow

// What the person at the pump has. All above zero.
struct TargetPump {
  Concentration strength;  // of ketamine base in the syringe
  PumpRate largest;
  PumpRate step;  // every rate is a multiple of it
  Volume syringe;
};

// Where the drug enters and what follows it.
struct TargetSite {
  pkpd::LinearSystem system;               // the infusion enters system.input
  std::size_t plasma = 0;                  // the output that is read there
  std::optional<std::size_t> effect_site;  // an output that follows it: pkpd::with_effect_site, with_delay
  double fraction = 1.0;                   // of the infused drug that arrives, > 0
};

struct TargetStep {
  Duration from;
  Concentration level;  // of the effect site where there is one, else of plasma
};

struct TargetQuestion {
  TargetSite site;
  Eigen::VectorXd amounts;          // mg, what earlier doses left; zeros where there were none
  std::vector<TargetStep> targets;  // the first from zero on, each held until the next
  Duration until;
  Duration update;                  // a rate may change as often as this; all times are multiples of it
  std::optional<Duration> by_hand;  // set: a multiple of it, and as few changes as the band allows
  double within = 0.05;             // the band around a target, as a share of it
  std::optional<Concentration> plasma_at_most;  // loading an effect site takes plasma far above the target
  TargetPump pump;
};

constexpr std::size_t most_updates = 10'000;
constexpr Duration longest_target_plan = 24.0 * units::h;
constexpr double widest_band = 0.5;

struct RateSegment {
  Duration from;
  Duration to;
  PumpRate flow;
  InfusionRate rate;
};

// Exact, under the rounded rates.
struct TargetCourse {
  std::vector<Duration> times;             // from zero, an update apart
  std::vector<Concentration> plasma;       // as times
  std::vector<Concentration> effect_site;  // as times; empty where there is none
  Eigen::MatrixXd amounts;                 // mg, a column for each time
};

// How one target was met. Peaks between updates count.
struct TargetMet {
  TargetStep target;
  Duration until;
  std::optional<Duration> reached;  // the first moment within the band
  Duration settled;      // the first update from which what is steered comes no nearer; `until` if none
  Concentration lowest;  // of what is steered, from then on
  Concentration highest;
  Concentration highest_plasma;  // of the whole stretch
};

enum class Binding : std::uint8_t { largest_rate = 1, rate_step = 2, plasma_at_most = 3 };
struct BoundStretch {  // more was wanted than may be given, or less than the pump's smallest rate
  Binding by = Binding::largest_rate;
  Duration from;
  Duration to;
};

struct TargetAnswer {
  std::vector<RateSegment> segments;  // without gaps from zero to `until`; neighbours differ
  TargetCourse course;
  std::vector<TargetMet> met;  // one for each target
  std::vector<BoundStretch> bound;
  std::vector<Duration> syringe_empty;  // when the next one must be at hand
  Volume volume;
  DrugMass dose;
};

// Errors (invalid_input; `where` names the field): a number that is not finite or out of its range; times
// that are no multiples of the update, do not rise, or are too many or too long; plasma that is not read
// where the infusion enters; an effect site that is none; a system that nothing leaves; a target that the
// pump's largest rate does not lead to, or that is not reached before the next one. A target that the
// concentration has not fallen to when the next one begins is no error: TargetMet::reached is empty.
[[nodiscard]] Result<TargetAnswer> plan_target(const TargetQuestion& question);

// The output whose concentration is steered.
[[nodiscard]] inline std::size_t steered(const TargetSite& site) {
  return site.effect_site.value_or(site.plasma);
}

}  // namespace evenkeel::plan
