// What a concentration does: published relations between the concentration of one moiety at one site
// and an effect, as data, and the read-out of such an effect.
//
// A relation holds for what it was estimated with. Arterial and venous concentrations differ twofold
// during an infusion, S and R differ in potency, and a delay belongs to its disposition model; so an
// effect is paired with moiety, site and models before it can be read, and anything else is refused.
//
// Files: content/effects/. The reader (content/) checks what is promised here: C50, levels and
// gammas above zero, intervals that hold their value. Values; safe to use from any thread.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/interval.hpp"
#include "base/provenance.hpp"
#include "base/quantity.hpp"
#include "pkpd/estimated.hpp"
#include "pkpd/moiety.hpp"

namespace evenkeel::pkpd {

// A rise that was linear between two levels, by an amount that was not seen.
//   E = (C - from) / (to - from),   refused outside from .. to
struct ShareOfRise {
  Sourced<Concentration> from;
  Sourced<Concentration> to;
};

//   E = baseline (1 +- largest C^gamma / (C50^gamma + C^gamma))
struct SigmoidEmax {
  Sourced<double> baseline;
  Estimated<double> largest;  // as a share of the baseline
  bool falls = false;         // minus
  Estimated<Concentration> c50;
  Sourced<double> gamma;
};

// A sigmoid whose steepness was not seen. Whatever it is, the effect is below half of its largest
// below C50, half of it there, and more above.
//   E = C / C50
struct HalfMaximal {
  Estimated<Concentration> c50;
  std::optional<Estimated<double>> largest;  // effect, in `largest_unit`
  std::string largest_unit;
};

// What was seen without drug and at one level. Between them a straight line, which is a proposal.
//   E = at_none + (at_level - at_none) C / level,   refused above the level
struct Anchor {
  double at_none = 0.0;
  Estimated<Concentration> level;
  Estimated<double> at_level;
};

// Receptors occupied, by the unbound concentration.
//   E = Cu / (Cu + IC50),   Cu = unbound C / molar mass
struct Occupancy {
  Estimated<double> unbound;      // share of C
  Estimated<double> ic50_nmol_L;  // unbound
  Sourced<double> molar_mass_g_mol;
};

// The concentration at the effect site itself, ng/mL: the source says when it peaks and no more.
struct SiteConcentration {};

// Seen after a dose and never against a concentration: shown, not read.
struct Described {
  Interval<double> size;
  Duration peak_at;
  Duration lasts;
  Provenance from;
};

using Form =
    std::variant<ShareOfRise, SigmoidEmax, HalfMaximal, Anchor, Occupancy, SiteConcentration, Described>;

// How the effect follows the sampled concentration.
struct DelayNotSeen {};  // read as if at once, and said
struct NoDelay {         // looked for and not found
  Provenance from;
};
// Half-life ln 2 / ke0; belongs to the disposition model it was estimated with.
struct DelayHalfLife {
  Estimated<Duration> half_life;
};
// When the effect peaks after a bolus; each model gets the ke0 that makes it so.
struct DelayToPeak {
  Estimated<Duration> time_to_peak;
};
using Delay = std::variant<DelayNotSeen, NoDelay, DelayHalfLife, DelayToPeak>;

struct Pairing {
  Moiety moiety = Moiety::unspecified;
  std::optional<SamplingSite> site;  // none: the source was not seen to state one; any is read, and said
  std::vector<std::string> models;   // ids of the disposition models it was estimated with
  bool any_model = false;            // other models of this moiety and site may be read, and it is said
  Provenance from;
};

struct Effect {
  std::string id;
  std::string version;
  std::string status;
  std::string title;
  std::string endpoint;    // what is measured, and how it was in the study
  std::string unit;        // of the value, "points", "%", "of the rise"
  std::string population;  // who was studied
  Pairing pairing;
  Delay delay;
  Form form;
  std::vector<std::string> caveats;                          // said with every value
  std::vector<std::pair<std::string, std::string>> sources;  // key, citation
};

}  // namespace evenkeel::pkpd
