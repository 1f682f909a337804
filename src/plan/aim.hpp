// What a dose is to achieve. An aim can ask for a concentration in a range, for an effect that stays at or
// below a limit, or for the least dose; none can ask for more of an effect: more dissociation is never an
// aim, and this type cannot say it.
//
// A probability is the share of a model's members for which the aim holds. Values; safe to use from any
// thread.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/interval.hpp"
#include "base/quantity.hpp"
#include "pkpd/moiety.hpp"
#include "pkpd/read_out.hpp"

namespace evenkeel::plan {

// Arterial and venous concentrations differ, and so do moieties: a range is of one kind.
struct ExposureOf {
  pkpd::Moiety moiety = pkpd::Moiety::racemic_ketamine;
  pkpd::SamplingSite site = pkpd::SamplingSite::arterial;
};

// The highest concentration lies in the range.
struct PeakWithin {
  ExposureOf of;
  Interval<Concentration> range;
  double probability = 0.0;  // at least; above 0, below 1
};

// The area under the curve, from the start to 6 h after the end, lies in the range.
struct AreaWithin {
  ExposureOf of;
  Interval<ConcentrationTime> range;
  double probability = 0.0;
};

// The effect stays at or below the limit at all times.
struct EffectBelow {
  std::string effect;  // id of a read-out
  double limit = 0.0;  // in the effect's unit
  double probability = 0.0;
};

// No lower candidate meets the other aims.
struct LeastDose {};

using Aim = std::variant<PeakWithin, AreaWithin, EffectBelow, LeastDose>;

// "the effect drug-high stays at or below 1 (C/C50) with at least 95 %"
[[nodiscard]] std::string aim_words(const Aim& aim);

// The highest concentration of which the effect, which rises with it, is known to be at or below `limit`: by
// the typical relation, or by the most sensitive end of its published interval. Below a studied range the
// effect of its lower end is the most there can be. None: the effect exceeds the limit wherever it was
// studied. Errors (outside_domain): an effect that falls as concentrations rise.
enum class Sensitivity { typical, highest };
[[nodiscard]] Result<std::optional<Concentration>> highest_level(const pkpd::PairedEffect& effect,
                                                                 double limit, Sensitivity sensitivity);

}  // namespace evenkeel::plan
