// What all forms of a study's report say alike. For study_*.cpp.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "report/study_report.hpp"

namespace evenkeel::report::study {

// The first lines of every form.
[[nodiscard]] std::string measured(const cohort::Study& study);
[[nodiscard]] std::string assumed(const cohort::Study& study);
[[nodiscard]] std::string_view not_said();

// How to read the numbers.
[[nodiscard]] std::string_view about_intervals();
[[nodiscard]] std::string_view about_differences();
[[nodiscard]] std::string_view about_verdicts();
[[nodiscard]] std::string_view about_ranking();

[[nodiscard]] std::string_view truth_text(cohort::Truth truth);     // "sign"; frozen
[[nodiscard]] std::string_view truth_words(cohort::Truth truth);    // "a sign to notice"
[[nodiscard]] std::string_view supply_text(cohort::Supply supply);  // "street"; frozen

[[nodiscard]] std::string percent(double share);                                        // "12.3 %", "<0.1 %"
[[nodiscard]] std::string percent_range(const std::optional<cohort::Estimate>& share);  // "12 % (10 to 14)"
[[nodiscard]] std::string rate_range(const std::optional<cohort::Estimate>& rate);      // "0.31 (0.2 to 0.4)"
[[nodiscard]] std::string points(double difference_of_shares);                          // "+3.1 points"
[[nodiscard]] std::string points_range(const std::optional<cohort::Estimate>& difference);
[[nodiscard]] std::string signed_range(const std::optional<cohort::Estimate>& difference);
[[nodiscard]] std::string in_unit(double value, std::string_view unit);             // an assumption's
[[nodiscard]] std::string in_unit(double low, double high, std::string_view unit);  // "0.2 to 0.9 mg"
// A headline's: shares as percentages.
[[nodiscard]] std::string headline_text(const std::optional<double>& value, std::string_view unit);

// "56 days before harm", "on the day of harm", "12 days after harm".
[[nodiscard]] std::string lead_words(double days);

// The answer in a few sentences, the reference arm first.
[[nodiscard]] std::vector<std::string> in_short(const cohort::StudyResult& result);

}  // namespace evenkeel::report::study
