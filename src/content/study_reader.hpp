// A study as a file (evenkeel.study/1): who the patients are, how they behave, and the arms to compare.
// docs/study-format.md describes the form, schema/study-file-1.schema.json states it again. Text in, value
// out; nothing is filled in. Safe to use from any thread.
#pragma once

#include <filesystem>
#include <span>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "cohort/study.hpp"

namespace evenkeel::content {

// What a study may name.
struct StudyParts {
  std::span<const cohort::Behaviour> behaviours;
  std::span<const pkpd::Demographics> populations;
};

// The value, or every fault of the text at once (invalid_input, not_found; by its path). Shares of the mix
// add up to 1, names of arms and behaviours are unique. A number that the study sets in place of a
// behaviour's own keeps the study's source, as "study.<key>" among those of the behaviour.
[[nodiscard]] Result<cohort::Study, Errors> read_study(std::string_view text, const StudyParts& parts);

// The study in a file: behaviours are those of the content folder, populations the *.population.json beside
// the study. Errors: storage; those of the readers with the file's name.
[[nodiscard]] Result<cohort::Study, Errors> load_study(const std::filesystem::path& file,
                                                       const std::filesystem::path& content_folder);

}  // namespace evenkeel::content
