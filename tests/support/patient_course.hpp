// A patient's course by the engine's own road, for tests of src/individual: what a question asks of, with the
// parameters in each span given, as a pkpd::Trajectory. Doses enter whole, where the model's first route
// leads.
#pragma once

#include <gtest/gtest.h>

#include <optional>
#include <utility>
#include <vector>

#include "individual/question.hpp"
#include "pkpd/effect_site.hpp"
#include "pkpd/trajectory.hpp"

namespace evenkeel::test {

// An effect site behind an output; read as one output more than the model has.
struct Site {
  std::size_t output = 0;
  double ke0_per_h = 0.0;
};

inline pkpd::Trajectory course_of(const individual::Question& question,
                                  const std::vector<pkpd::Values>& values, std::optional<Site> site = {}) {
  std::vector<pkpd::Epoch> epochs;
  for (std::size_t i = 0; i < question.spans.size(); ++i) {
    auto system = question.structure->system(values[i]);
    EXPECT_TRUE(system.has_value()) << to_string(system.error());
    if (site) *system = pkpd::with_effect_site(*system, site->output, site->ke0_per_h);
    epochs.push_back({question.spans[i].from, *std::move(system)});
  }
  std::vector<pkpd::Dose> doses;
  for (const individual::Given& given : question.given)
    doses.push_back({given.at, given.length, given.amount});
  auto made = pkpd::Trajectory::make(std::move(epochs), doses);
  EXPECT_TRUE(made.has_value());
  return *std::move(made);
}

}  // namespace evenkeel::test
