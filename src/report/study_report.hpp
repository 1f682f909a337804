// A study of the virtual clinic as text for people, JSON for programs (schema/study-1.schema.json), tables
// (docs/study-results.md) and a page. Every form begins with what is measured, what is assumed, and that no
// percentage of addiction is predicted for a patient. Pure.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "cohort/life.hpp"
#include "cohort/result.hpp"
#include "cohort/sensitivity.hpp"

namespace evenkeel::report {

struct StudyReport {
  std::string program;  // "evenkeel 0.1.0"
  cohort::StudyResult result;
  cohort::Ranking sensitivity;  // without assumptions where that was not asked for
};

// Within 80 columns; colours only where asked for.
[[nodiscard]] std::string study_text(const StudyReport& report, bool colour);
[[nodiscard]] std::string study_json(const StudyReport& report);
// The results in long form: a line for each number.
[[nodiscard]] std::string study_csv(const StudyReport& report);
[[nodiscard]] std::string study_page(const StudyReport& report);

// The patients in wide form: a line for each patient and arm, as they are done. Numbers read back as the
// same doubles; a day that did not come is empty. `rules`: the ids of the library's rules, in its order.
[[nodiscard]] std::string patients_csv_header(std::span<const std::string> rules);
[[nodiscard]] std::string patients_csv_line(const cohort::Study& study, const cohort::Outcome& outcome);

}  // namespace evenkeel::report
