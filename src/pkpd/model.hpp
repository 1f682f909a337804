// A pharmacokinetic model, as data: compartments that drug flows between at rates proportional to
// the amount, ways to dose them, what is predicted, how patients vary, and where each number comes
// from and for whom it holds.
//
//   dA_i/dt = sum_j yield_ji k_ji A_j - sum_j k_ij A_i + input_i
//   k_ij    = fraction * (rate constant, or clearance / volume of i, or stages / mean transit time)
//
// A Model describes; structure.hpp makes the numbers of one patient from it. Files: content/models/.
// The reader (content/) checks what is promised here. Values; safe to use from any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/interval.hpp"
#include "base/provenance.hpp"
#include "base/quantity.hpp"
#include "pkpd/moiety.hpp"
#include "pkpd/variability.hpp"

namespace evenkeel::pkpd {

enum class Dimension : std::uint8_t { clearance, volume, rate_constant, fraction, time, input_rate };

// What a model may ask about a person: kg, years, and 1 or 0 for belonging to a group.
enum class Covariate : std::uint8_t { weight = 0, age = 1, asian = 2, japanese = 3 };

// theta = (value [* body mass] + slopes) * powers * groups
struct PowerEffect {  // * (x / reference)^exponent
  Covariate covariate = Covariate::weight;
  double reference = 1.0;
  double exponent = 0.0;
  Provenance from;
};
struct SlopeEffect {  // + per_unit * (x - above) where x > above, in the parameter's canonical unit
  Covariate covariate = Covariate::age;
  double above = 0.0;
  double per_unit = 0.0;
  Provenance from;
};
struct GroupEffect {  // * factor for members of the group
  Covariate covariate = Covariate::asian;
  double factor = 1.0;
  Provenance from;
};
using CovariateEffect = std::variant<PowerEffect, SlopeEffect, GroupEffect>;

struct Parameter {
  std::string name;
  Dimension dimension = Dimension::fraction;
  // Canonical: L/h, L, 1/h, 1, h, mg/h (each per kg when per_body_mass). None: whoever uses the
  // model gives it (the general models), and a use without it is an error.
  std::optional<double> value;
  bool per_body_mass = false;
  std::string unit;  // as the file gives it, for showing
  double value_as_given = 0.0;
  Provenance from;
  std::vector<CovariateEffect> effects;
  std::optional<double> standard_error;  // of `value`, in its canonical unit
};

struct Compartment {
  std::string id;
  std::string volume;  // the parameter, or empty where only amounts are used
};

// A product of parameters, or one minus it; a list of factors is multiplied, an empty one is 1.
struct Factor {
  std::vector<std::string> product;
  bool complement = false;
};

// Drug leaving `from`. Exactly one of `rate`, `clearance` and `mean_time` names a parameter.
struct Flow {
  std::string from = {};
  std::string to = {};  // empty: it leaves the body
  std::string rate = {};
  std::string clearance = {};
  std::string mean_time = {};  // of the whole chain of `stages` equal compartments this flow is part of
  int stages = 1;
  std::vector<Factor> fraction = {};  // the share of this rate that goes this way
  std::vector<Factor> yield = {};     // mass arriving for mass leaving, as by a ratio of molar masses
};

// One way in of a dose. Names parameters; empty where there is none.
struct Path {
  std::string compartment = {};
  std::vector<Factor> fraction = {};  // of the dose: bioavailability, a split
  std::string lag = {};
  std::string over = {};               // enters evenly over this time, when the dose has no length of its own
  std::string modelled_duration = {};  // only when the dose asks for it (RATE -2)
  std::string modelled_rate = {};      // only when the dose asks for it (RATE -1)
};

// A place of dosing. A dose given by a route enters by all of its paths.
struct Route {
  std::string id;  // "intravenous"
  std::vector<Path> paths;
};

// What the model predicts: the concentration of one moiety at one site.
struct Output {
  std::string id;
  std::string compartment;  // has a volume
  Moiety moiety = Moiety::racemic_ketamine;
  SamplingSite site = SamplingSite::arterial;
};

// A published plasma level of the parent drug, to read a predicted curve against.
struct ReferenceLevel {
  std::string name;             // "dissociation"
  Sourced<Concentration> from;  // where the published range begins
  Concentration to;             // where it ends
};

// For whom the model may be used. Outside is refused, with the bound that was crossed.
struct Domain {
  std::optional<Sourced<Interval<BodyMass>>> weight;
  std::optional<Sourced<Interval<double>>> age_years;
};

struct Model {
  std::string id;
  std::string version;
  std::string status;
  std::string title;
  std::vector<std::string> aliases;  // other names a user may know it by
  std::vector<Moiety> dosed;         // what may be given; the first is what it was estimated for
  bool preferred = false;            // the one to use for its first moiety when nobody names another
  bool on_request = false;           // never chosen unless somebody names it
  std::vector<Compartment> compartments;
  std::vector<Route> routes;  // at least one; the first is the one to use when none is named
  std::vector<Parameter> parameters;
  std::vector<Flow> flows;
  std::vector<Output> outputs;         // at least one; the first is the parent drug
  std::vector<ReferenceLevel> levels;  // may be empty: none published for this drug and site
  Variability variability;
  Domain domain;
  std::vector<std::string> caveats;  // known defects and open questions, shown with every output
  std::vector<std::pair<std::string, std::string>> sources;  // key, citation
};

}  // namespace evenkeel::pkpd
