// The next dose of an assessment alone, as text, JSON and a page. Pure.
#pragma once

#include <string>

#include "assess/assessment.hpp"
#include "report/text.hpp"

namespace evenkeel::report {

// Within 80 columns.
[[nodiscard]] std::string dose_text(const assess::Assessment& assessment, const TextOptions& options = {});

// schema/plan-1.schema.json. Holds the transcripts (plan/transcript.hpp): two answers are the same if these
// are.
[[nodiscard]] std::string dose_json(const assess::Assessment& assessment);

// One HTML file with plots, no script, nothing fetched.
[[nodiscard]] std::string dose_page(const assess::Assessment& assessment);

}  // namespace evenkeel::report
