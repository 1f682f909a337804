// The course of one patient as stretches of constant conditions, and its exact solution in any scalar.
// Made by Problem (problem.hpp); times are settled, only amounts and rates depend on the parameters.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "base/result.hpp"
#include "individual/ladder.hpp"
#include "individual/question.hpp"
#include "pkpd/scalar_rates.hpp"
#include "pkpd/structure.hpp"

namespace evenkeel::individual {

// A dose by one of its paths.
struct Inflow {
  std::size_t span = 0;  // in force when it arrives
  std::size_t route = 0;
  std::size_t path = 0;
  std::size_t compartment = 0;  // where it arrives
  std::size_t fed = 0;          // its place in Course::fed, where it runs
  double amount = 0.0;          // mg at once, or mg/h while it runs; before bioavailability
};

// One reading of the state: an amount over a volume of the span that begins or lasts then.
struct Reading {
  std::size_t span = 0;
  std::size_t compartment = 0;
  std::size_t volume = 0;  // parameter
};

// Conditions do not change for `hours`; then doses at once arrive, then the state is read.
struct Stretch {
  double hours = 0.0;
  std::size_t span = 0;
  std::vector<std::size_t> running;  // inflows
  std::vector<std::size_t> arriving;
  std::vector<Reading> readings;
};

// An effect site behind a compartment; it takes no drug (pkpd/effect_site.hpp).
struct EffectSite {
  std::size_t compartment = 0;  // followed
  double ke0_per_h = 0.0;
};

struct Course {
  const pkpd::Structure* structure = nullptr;
  std::vector<EffectSite> sites;  // compartments after the model's own
  pkpd::ZeroPattern pattern;
  std::vector<std::size_t> fed;  // compartments that anything runs into
  std::vector<Inflow> inflows;
  std::vector<Stretch> stretches;
  std::vector<std::size_t> like;  // of each span: the first one whose parameters are surely the same
  std::size_t readings = 0;
};

// What to read, and when. `effect`: the site of that effect instead of the output itself.
struct ReadAt {
  Duration at;
  std::size_t output = 0;
  std::optional<std::size_t> effect = {};
};
struct CourseOf {
  Course course;
  std::vector<std::size_t> place;  // of each ReadAt among the readings
};
// Errors (invalid_input): times or amounts that cannot be; something before the first span.
// `typical`: the values of each span, for lags and the like, and for effect sites that peak at a given time.
[[nodiscard]] Result<CourseOf> make_course(const Question& question, std::span<const pkpd::Values> typical,
                                           std::span<const ReadAt> read_at);

// K (1/h) of the model with its effect sites, row by row.
template <class T>
[[nodiscard]] std::vector<T> rates_of(const Course& course, std::span<const T> values) {
  const std::size_t n = course.pattern.states();
  std::vector<T> rates(n * n);
  for (const auto& flow : course.structure->flows()) {
    const T rate =
        pkpd::product_of<T>(flow.fraction, values) * pkpd::rate_of<T>(*course.structure, flow, values);
    rates[flow.from * n + flow.from] -= rate;
    if (flow.to) rates[*flow.to * n + flow.from] += rate * pkpd::product_of<T>(flow.yield, values);
  }
  for (std::size_t s = 0; s < course.sites.size(); ++s) {
    const std::size_t row = n - course.sites.size() + s;
    rates[row * n + course.sites[s].compartment] = T{course.sites[s].ke0_per_h};
    rates[row * n + row] = T{-course.sites[s].ke0_per_h};
  }
  return rates;
}

// What is read, mg/L, in order of the stretches. `values`: the parameters in each span.
// `end`: set to the amounts after the last stretch where it is given.
template <class T>
[[nodiscard]] std::vector<T> solve(const Course& course, const std::vector<std::vector<T>>& values,
                                   std::vector<T>* end = nullptr) {
  std::vector<std::optional<Ladder<T>>> ladders(course.like.size());
  std::vector<T> amounts(course.pattern.states());
  std::vector<T> input(course.fed.size());
  std::vector<T> read;
  read.reserve(course.readings);
  const auto arrives = [&](const Inflow& inflow) {
    const auto& path = course.structure->paths(inflow.route)[inflow.path];
    return inflow.amount * pkpd::product_of<T>(path.fraction, values[inflow.span]);
  };
  bool empty = true;
  for (const Stretch& stretch : course.stretches) {
    if (stretch.hours > 0.0 && !(empty && stretch.running.empty())) {
      auto& ladder = ladders[course.like[stretch.span]];
      if (!ladder) ladder.emplace(course.pattern, course.fed, rates_of<T>(course, values[stretch.span]));
      std::fill(input.begin(), input.end(), T{});
      for (const std::size_t i : stretch.running) input[course.inflows[i].fed] += arrives(course.inflows[i]);
      ladder->step(stretch.hours, amounts, input);
      empty = false;
    }
    for (const std::size_t i : stretch.arriving) {
      amounts[course.inflows[i].compartment] += arrives(course.inflows[i]);
      empty = false;
    }
    for (const Reading& reading : stretch.readings)
      read.push_back(amounts[reading.compartment] / values[reading.span][reading.volume]);
  }
  if (end != nullptr) *end = std::move(amounts);
  return read;
}

}  // namespace evenkeel::individual
