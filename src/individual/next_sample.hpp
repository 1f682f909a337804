// When to draw the next sample so that it tells most of a target: a parameter, or the peak of a coming dose.
//
// Normal theory on draws of the patient. With t the logarithm of the target, g the prediction on the scale
// where an assay scatters by one (variance stabilised, see below), over the draws:
//
//   rho^2 = cov(g, t)^2 / (var t (var g + 1));     expected variance of t after the reading = var t (1 - r^2)
//   r^2   = rho^2 (1 - q k),   q = P(below the limit), k = the variance of a normal below the limit over its
//   own information = -log2(1 - r^2) / 2 bit,  fall of the standard deviation = 1 - sqrt(1 - r^2) g(f)  =
//   asinh(p f / a) / p;  ln f / p without an additive part;  f / a without a proportional one;
//           ln f / sd of an error exp(e)
//
// Two samples: the same with both, one that may be below its limit standing for one that scatters more. What
// is approximated: that t and g are jointly normal; that the scatter is one on the scale of g (exact for
// exp(e) and a; for p = 0.2 its variance is 5 to 10 % low); that the limit's information is that of the
// expected variance (a lower bound). next_sample_test.cpp holds it against nested Monte Carlo.
//
// Without a measurement the draws are the population's. Pure; safe to use from any thread.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/result.hpp"
#include "individual/posterior.hpp"
#include "individual/problem.hpp"

namespace evenkeel::individual {

inline constexpr std::size_t most_candidates = 600;  // times and outputs; all pairs are looked at
inline constexpr double tells_little_percent = 5.0;  // a proposal of this software

struct Assay {
  std::size_t output = 0;
  Scatter scatter;
  std::optional<Concentration> limit = {};  // below which nothing is found
};

// Clinic hours, on the question's clock; both ends belong to it.
struct Window {
  Duration from;
  Duration to;
};

struct ParameterTarget {
  std::string name;  // of the model, in the last span
};
// The highest concentration in a window, of the doses that the question holds: put the planned one there.
struct PeakTarget {
  Window window;
  std::size_t output = 0;
};

struct SampleWish {
  std::vector<Window> windows;
  std::vector<Assay> assays;
  std::variant<ParameterTarget, PeakTarget> target;
  Duration step = 5.0 * units::min;
  std::size_t draws = 1000;
  int threads = 0;
};

struct SampleTime {
  Duration at;
  std::size_t output = 0;
  double bits = 0.0;             // about the target
  double sd_fall_percent = 0.0;  // of ln target
  double chance_below = 0.0;     // the assay's limit
};
struct SamplePair {
  SampleTime first;  // each as if alone
  SampleTime second;
  double bits = 0.0;  // of both
  double sd_fall_percent = 0.0;
};

struct NextSample {
  std::vector<SampleTime> ranked;  // the one that tells most first, the earlier of equal ones
  std::optional<SamplePair> pair;  // the best two; none where there is one candidate
  double target_sd = 0.0;          // of ln target, now
  std::string words;
};

// Errors (invalid_input): windows, a step or a scatter that cannot be; no candidate, or too many; a target
// that does not vary or is not above zero. not_found: no such parameter. outside_domain: a model that states
// no spread. Those of curves.
[[nodiscard]] Result<NextSample> next_sample(const Problem& problem, const Posterior& posterior,
                                             const SampleWish& wish);

}  // namespace evenkeel::individual
