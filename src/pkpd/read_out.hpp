// An effect read off a concentration.
//
//   const auto paired = PairedEffect::make(effect, {"simons-2022", Moiety::esketamine,
//                                                   SamplingSite::arterial});
//   paired->at(71.0 * ng / mL)                  one value, or why there is none
//   paired->along(concentrations)               a curve, with gaps where there is none
//
// Nothing is extrapolated: outside the range that was studied there is no value. Immutable; safe to
// read from any thread.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "pkpd/effect.hpp"
#include "pkpd/system.hpp"

namespace evenkeel::pkpd {

// What a concentration is of.
struct Predicted {
  std::string model;  // id of the model that predicts it
  Moiety moiety = Moiety::unspecified;
  SamplingSite site = SamplingSite::unspecified;
};

struct EffectValue {
  double typical = 0.0;
  // From the published intervals of the effect's numbers, all at their most and all at their least;
  // holds `typical`. None where no interval was published.
  std::optional<Interval<double>> interval;
  // For HalfMaximal, where the share of the largest effect lies whatever the steepness:
  // 0 to 1/2 below C50, 1/2 at it, 1/2 to 1 above.
  std::optional<Interval<double>> share_of_largest;
};

class PairedEffect {
 public:
  // Errors (outside_domain): another moiety; another site than the source's; another model, unless
  // the pairing allows any; an effect that is only described.
  static Result<PairedEffect> make(const Effect& effect, const Predicted& predicted);

  [[nodiscard]] const Effect& effect() const { return effect_; }
  // What must be said wherever a value is shown, the file's own caveats first.
  [[nodiscard]] const std::vector<std::string>& caveats() const { return caveats_; }

  // Of the concentration at the effect site where the effect has a delay (with_delay), of the sampled
  // one where not. Errors: invalid_input (negative or not finite), outside_domain.
  [[nodiscard]] Result<EffectValue> at(Concentration concentration) const;
  // As `concentrations`, same length and order; empty where at() refuses.
  [[nodiscard]] std::vector<std::optional<EffectValue>> along(
      std::span<const Concentration> concentrations) const;

 private:
  PairedEffect(Effect effect, std::vector<std::string> caveats)
      : effect_(std::move(effect)), caveats_(std::move(caveats)) {}

  Effect effect_;
  std::vector<std::string> caveats_;
};

// A system, and the output of it that an effect is read from.
struct EffectSystem {
  LinearSystem system;
  std::size_t output = 0;
};

// `system` with the effect site that lags behind output `output`, by the effect's delay; the system as
// it is where the effect has none. The site takes no drug: it only follows. `bound`: which end of the
// delay's interval.
[[nodiscard]] EffectSystem with_delay(const Effect& effect, LinearSystem system, std::size_t output,
                                      Bound bound = Bound::typical);

}  // namespace evenkeel::pkpd
