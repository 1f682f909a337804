// The page for patients: what they are told in plain words, the help lines of a country, and at the foot what
// each fact rests on. No percentage, no promise, no blame: the readers of content see to the words. Pure.
#pragma once

#include <span>
#include <string>

#include "watch/evidence.hpp"
#include "watch/help.hpp"
#include "watch/patient_page.hpp"

namespace evenkeel::report {

struct PatientPageQuestion {
  const watch::PatientPage& page;
  std::span<const watch::Evidence> evidence;
  const watch::HelpLines& lines;
  std::string country;  // two letters, or empty: every country that has lines
  Instant now;          // a line that was checked too long ago is shown with a warning
};

[[nodiscard]] std::string patient_page_text(const PatientPageQuestion& question);
// One file for screen, phone and paper.
[[nodiscard]] std::string patient_page_html(const PatientPageQuestion& question);

}  // namespace evenkeel::report
