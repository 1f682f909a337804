// A stated population: how the covariates of its members are spread, as data, and the members drawn from it.
//
//   normal      F^-1(u) = mean + sd Phi^-1(u')               u' = Phi(a) + u (Phi(b) - Phi(a)), where a and b
//   log_normal  F^-1(u) = median exp(log_sd Phi^-1(u'))      are the ends of `within` on the scale of z:
//   uniform     F^-1(u) = low + u (high - low)               nothing outside is drawn, and nothing is moved
//
// Weight and age may go together by a Gaussian copula: u_weight = Phi(r z_age + sqrt(1 - r^2) z), with
// z_age = Phi^-1(u_age); each keeps its own distribution. The Japanese are a part of the Asian members, as
// in the models that ask: one number decides both.
// Values; safe to use from any thread. Files: content/population_reader.hpp.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/interval.hpp"
#include "base/provenance.hpp"
#include "base/result.hpp"
#include "pkpd/random.hpp"
#include "pkpd/system.hpp"

namespace evenkeel::pkpd {

enum class Shape : std::uint8_t { normal = 1, log_normal = 2, uniform = 3 };

// Of one covariate, in kg or years.
struct Spread {
  Shape shape = Shape::uniform;
  double centre = 0.0;      // mean, median > 0, or not used
  double width = 0.0;       // sd > 0, log_sd > 0, or not used
  Interval<double> within;  // the truncation; both ends are part of it
  Provenance from;
};

struct Demographics {
  std::string id;
  std::string version;
  std::string status;
  std::string title;
  // What is left out is not known of any member; a model that needs it refuses.
  std::optional<Spread> weight;
  std::optional<Spread> age;
  std::optional<Sourced<double>> weight_age_correlation;  // r, above -1 and below 1
  std::optional<Sourced<double>> asian;                   // share of the members, 0 to 1, Japanese included
  std::optional<Sourced<double>> japanese;                // share of the members, at most that of `asian`
  std::vector<std::string> caveats;                       // shown with every result
  std::vector<std::pair<std::string, std::string>> sources;  // key, citation
};

// What the numbers of a Demographics become before the first draw.
class MemberSampler {
 public:
  // Errors (invalid_input; `where` is the member at fault, "weight"): a centre, width, share or correlation
  // outside what is said above; ends of an interval that are not above zero (weight) or below it (age); an
  // interval that holds less than 1 % of its distribution, which is then another distribution; a correlation
  // without weight and age; Japanese without Asian members.
  [[nodiscard]] static Result<MemberSampler> make(const Demographics& demographics);

  // Pure. Each covariate lies within its interval, to rounding.
  [[nodiscard]] Patient member(std::uint64_t seed, std::uint32_t subject) const;

 private:
  struct Truncated {
    Spread spread;
    double below = 0.0;  // Phi(a)
    double share = 1.0;  // Phi(b) - Phi(a)
    [[nodiscard]] double at(double u) const;
  };
  [[nodiscard]] static Result<Truncated> truncated(const Spread& spread, const char* name, double lowest);

  std::optional<Truncated> weight_, age_;
  double correlation_ = 0.0;
  std::optional<double> asian_, japanese_;
};

}  // namespace evenkeel::pkpd
