// What the text and the page for patients share. Not for other layers.
#pragma once

#include <string>
#include <vector>

#include "report/patient_page.hpp"

namespace evenkeel::report {

// The evidence of a page, numbered from 1 by where it is first cited.
class Footing {
 public:
  explicit Footing(const PatientPageQuestion& question);

  // "[1, 4]", or empty where nothing is cited.
  [[nodiscard]] std::vector<std::size_t> numbers(const watch::PlainSentence& sentence) const;
  [[nodiscard]] const std::vector<const watch::Evidence*>& entries() const { return entries_; }

 private:
  std::vector<const watch::Evidence*> entries_;
};

// The countries whose lines are shown; none where the one asked for has no line.
[[nodiscard]] std::vector<const watch::Place*> places_shown(const PatientPageQuestion& question);

// "Last checked on 2026-11-28.", and a warning where that is too long ago.
struct Checked {
  std::string words;
  bool old = false;
};
[[nodiscard]] Checked checked(const PatientPageQuestion& question, const watch::HelpLine& line);

// "Grade B, large cohort, survey or systematic review; seen in the primary source; supervised use."
[[nodiscard]] std::string standing(const watch::Evidence& entry);

}  // namespace evenkeel::report
