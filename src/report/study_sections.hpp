// The parts of a study's page. For study_page.cpp and study_page_*.cpp.
#pragma once

#include <string_view>

#include "report/html_text.hpp"
#include "report/study_report.hpp"

namespace evenkeel::report::study {

[[nodiscard]] std::string_view style();

// "look for" stands above the plot: what to look for, in a sentence.
[[nodiscard]] Html section(std::string_view id, std::string_view title, std::string_view look_for,
                           const Html& body);
[[nodiscard]] Html arm_legend(const cohort::StudyResult& result, bool watched_only);

[[nodiscard]] Html exposure_section(const cohort::StudyResult& result);
[[nodiscard]] Html levels_section(const cohort::StudyResult& result);
[[nodiscard]] Html noticing_section(const cohort::StudyResult& result);
[[nodiscard]] Html alarms_section(const cohort::StudyResult& result);
[[nodiscard]] Html lead_section(const cohort::StudyResult& result);
[[nodiscard]] Html differences_section(const cohort::StudyResult& result);
[[nodiscard]] Html rules_section(const cohort::StudyResult& result);
[[nodiscard]] Html assumptions_section(const cohort::Ranking& sensitivity);

}  // namespace evenkeel::report::study
