// A published pharmacokinetic model, as data: compartments that drug flows between at rates
// proportional to the amount, with where each number comes from and for whom it holds.
//
//   dA_i/dt = sum_j k_ji A_j - sum_j k_ij A_i + input_i
//   k_ij    = fraction * (rate constant, or clearance / volume of i)
//
// A Model describes; system.hpp makes the matrix of one patient from it. Files: content/models/.
// The reader (content/) checks what is promised here. Values; safe to use from any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/interval.hpp"
#include "base/provenance.hpp"
#include "base/quantity.hpp"

namespace evenkeel::pkpd {

// What is dosed or measured. Racemic concentrations are S + R totals. They never mix.
enum class Moiety : std::uint8_t {
  racemic_ketamine = 1,
  esketamine = 2,
  arketamine = 3,
  norketamine = 4,    // of racemic ketamine
  esnorketamine = 5,  // of esketamine
};
[[nodiscard]] std::optional<Moiety> moiety_from_text(std::string_view text);
[[nodiscard]] std::string_view moiety_text(Moiety moiety);

// During an infusion arterial concentrations exceed venous ones, afterwards the reverse: a
// prediction for one site is not compared with a measurement from the other.
enum class SamplingSite : std::uint8_t { arterial = 1, venous = 2 };
[[nodiscard]] std::optional<SamplingSite> site_from_text(std::string_view text);
[[nodiscard]] std::string_view site_text(SamplingSite site);

enum class Dimension : std::uint8_t { clearance, volume, rate_constant, fraction };

// theta = value * [body mass, if per body mass] * (body mass / reference)^exponent
struct Parameter {
  std::string name;
  Dimension dimension = Dimension::fraction;
  double value = 0.0;  // canonical: L/h, L, 1/h, 1 (each per kg when per_body_mass)
  bool per_body_mass = false;
  std::string unit;  // as the file gives it, for showing
  double value_as_given = 0.0;
  Provenance from;
  struct Allometry {
    BodyMass reference;
    double exponent = 0.0;
    Provenance from;
  };
  std::optional<Allometry> allometry;
};

struct Compartment {
  std::string id;
  std::string volume;  // the parameter, or empty where only amounts are used
};

// Drug leaving `from`. Exactly one of `rate` and `clearance` names a parameter.
struct Flow {
  std::string from;
  std::string to;  // empty: it leaves the body
  std::string rate;
  std::string clearance;
  std::string fraction;  // a parameter, or empty for all of it
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
  Sourced<Interval<BodyMass>> weight;
  Sourced<Interval<double>> age_years;
};

struct Model {
  std::string id;
  std::string version;
  std::string status;
  std::string title;
  std::vector<Moiety> dosed;  // what may be given; the first is what it was estimated for
  bool preferred = false;     // the one to use for its first moiety when nobody names another
  std::vector<Compartment> compartments;
  std::string infused_into;  // the compartment an intravenous dose enters
  std::vector<Parameter> parameters;
  std::vector<Flow> flows;
  std::vector<Output> outputs;         // at least one; the first is the parent drug
  std::vector<ReferenceLevel> levels;  // may be empty: none published for this drug and site
  Domain domain;
  std::vector<std::string> caveats;  // known defects and open questions, shown with every output
  std::vector<std::pair<std::string, std::string>> sources;  // key, citation
};

}  // namespace evenkeel::pkpd
