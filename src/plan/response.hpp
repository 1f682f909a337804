// What candidates do in every member of a forecast, by linearity:
//
//   C(t) = what is left of earlier doses (t) + dose * response to 1 mg of the shape (t)
//
// A shape is a length and a profile. Responses are made once for each member and shape; a candidate costs a
// multiplication and an addition for each member and time. Percentiles: members at one time are lines in the
// dose, so between neighbouring doses their order hardly changes; sorted once, it is kept up by insertion.
//
// Times, 25: the start, each tenth of the infusion, and 14 after its end, to 6 h. Peaks are the highest value
// at these times: the exact peak where the dosed compartment is read, for it peaks at the end of a part;
// elsewhere below it by what a curve does between two times. Areas are exact.
// The same bits on any number of threads. Pure; safe to use from any thread.
#pragma once

#include <span>
#include <vector>

#include "base/quantity.hpp"
#include "base/result.hpp"
#include "plan/profile.hpp"
#include "plan/question.hpp"

namespace evenkeel::plan {

struct Shape {
  Decimal minutes;
  Profile profile;
};

inline constexpr std::size_t times_of_a_band = 25;
// Since the start.
[[nodiscard]] std::vector<Duration> times_of(const Shape& shape);

// 5, 50 and 95 % of the members.
template <class Q>
struct Spread {
  Q p5{};
  Q p50{};
  Q p95{};
  bool operator==(const Spread&) const = default;
};

// One candidate in one model.
struct Predicted {
  std::vector<Spread<Concentration>> band;  // at times_of its shape
  Spread<Concentration> peak;
  Spread<ConcentrationTime> area;               // to 6 h after the end
  std::vector<double> peaks_mg_L;               // of each member
  std::vector<double> areas_mg_h_L;             // of each member
  std::vector<std::vector<double>> sites_mg_L;  // [read-out][member]: the highest level an effect is read at
  std::vector<Spread<Concentration>> sites;     // [read-out]
};

struct DoseOfShape {
  std::size_t shape = 0;
  DrugMass dose;
};

// One for each candidate, in their order. Errors (invalid_input): a forecast without members or outputs, with
// members of another form, with numbers that are not finite or amounts below zero; a forecast that begins
// after `start`.
[[nodiscard]] Result<std::vector<Predicted>> predict(const ModelForecast& model, Instant start,
                                                     std::span<const Shape> shapes,
                                                     std::span<const DoseOfShape> candidates, int threads);

}  // namespace evenkeel::plan
