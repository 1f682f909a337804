// From the command line to a study that can be run.
#pragma once

#include <memory>

#include "apps/evenkeel/study_checkpoint.hpp"
#include "apps/evenkeel/study_options.hpp"
#include "assess/library.hpp"
#include "cohort/life.hpp"

namespace evenkeel::app {

// The world refers to the library, which therefore does not move.
struct StudySetup {
  std::unique_ptr<const assess::Library> library;
  std::unique_ptr<const cohort::World> world;
};
// Errors: those of the readers, of World::make, and of numbers on the command line that the study cannot
// take.
[[nodiscard]] Result<StudySetup, Errors> set_up(const StudyOptions& options);

// What a checkpoint is of: this program's version, the study's text with the populations beside it, what of
// it the command line changed, and every file of content. Errors: storage.
[[nodiscard]] Result<StudyMarks> marks_of(const StudyOptions& options, const cohort::Study& study);

}  // namespace evenkeel::app
