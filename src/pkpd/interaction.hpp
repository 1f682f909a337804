// What another drug does to ketamine, as it was seen: by route, as a ratio of exposures; and how that
// acts on the parameters of a model.
//
//   ratio = AUC with the other drug / AUC without
//
// Ketamine is cleared nearly as fast as the liver is perfused, so after an intravenous dose little
// can change; what is swallowed passes gut wall and liver first, and can change severalfold. A ratio
// therefore holds for the route it was seen with, and is never carried to another.
//
// Files: content/interactions/. Values; safe to use from any thread.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/provenance.hpp"
#include "base/result.hpp"
#include "pkpd/estimated.hpp"
#include "pkpd/structure.hpp"

namespace evenkeel::pkpd {

// A sentence with its source.
struct Remark {
  std::string text;
  Provenance from;
};

struct Observed {
  std::string route;  // as the models name routes: "oral"; covers "oral-..." as well
  Moiety dosed = Moiety::unspecified;
  std::string study;                           // dose, number of people
  std::optional<Estimated<double>> auc_ratio;  // > 0; none: no size was seen
  std::optional<Estimated<double>> cmax_ratio;
  std::vector<Remark> also;  // norketamine, half-lives
  Provenance from;
};

// Where the other drug acts. On the effect alone: concentrations do not change.
enum class ActsOn : std::uint8_t { gut_and_liver = 1, liver = 2, effect = 3 };

struct Interaction {
  std::string id;
  std::string version;
  std::string status;
  std::string title;
  std::string with;  // "clarithromycin"
  std::string mechanism;
  Sourced<ActsOn> acts_on;
  std::vector<Observed> observed;  // the first of a route and moiety is the one applied
  std::vector<Remark> remarks;     // for reports; no number of a model rests on them
  std::vector<std::pair<std::string, std::string>> sources;
};

struct Applied {
  Values values;
  std::vector<std::string> caveats;  // said wherever a prediction with these values is shown
};

// `values` changed so that the AUC of the model's first output after a dose by `route` changes by the
// ratio that was seen with this route:
//   intravenous    elimination (CL; in a model with a liver its intrinsic clearance) alone
//   other routes   elimination by the intravenous ratio, if one was seen; the rest on the
//                  bioavailability of the route. In a model with a liver, where no intravenous ratio
//                  was seen: the gut first, as far as 1, what remains on the intrinsic clearance
//                  (ActsOn::liver: all of it there), which moves systemic clearance least.
// Elimination is what leaves the compartments that exchange with the output's; bioavailability is
// the factors of the route's paths that do not split the dose.
// Errors (outside_domain): never seen with this route or moiety, no size seen, or a ratio that the
// model cannot show (a bioavailability above 1, less than the blood flow allows). invalid_input:
// those of Structure::system.
[[nodiscard]] Result<Applied> apply(const Interaction& interaction, const Structure& structure,
                                    const Values& values, std::size_t route, Moiety dosed,
                                    Bound bound = Bound::typical);

// Area under the curve of the first output, to infinity, per mg of a dose by `route`: h/L. Exact.
// Errors: those of Structure::system and entries; invalid_input where it is not finite.
[[nodiscard]] Result<double> area_per_mg(const Structure& structure, const Values& values, std::size_t route);

}  // namespace evenkeel::pkpd
