// A study from beginning to end: its patients, then each assumption moved, by whatever hands there are.
#pragma once

#include <functional>
#include <string_view>

#include "apps/evenkeel/study_pieces.hpp"
#include "cohort/life.hpp"
#include "cohort/sensitivity.hpp"
#include "cohort/tally.hpp"

namespace evenkeel::app {

// Every patient in every arm; `see` is called for each, in the order of the arms and their patients.
[[nodiscard]] Status run_patients(const cohort::World& world, const Hands& hands,
                                  const std::function<void(const cohort::Outcome&)>& see,
                                  cohort::Tallies& tallies);

// Each assumption at its ends, ranked. The study that they are compared with is run by every rank and share
// for itself; of a moved number of one behaviour, only patients who behave so are run again.
[[nodiscard]] Status run_assumptions(const cohort::World& world, const Hands& hands,
                                     cohort::Ranking& ranking);

}  // namespace evenkeel::app
