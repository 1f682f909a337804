// The parts of a report on the next dose: as text, markup and JSON. Not for other layers.
#pragma once

#include <string>
#include <vector>

#include "assess/next_dose.hpp"
#include "json/document.hpp"
#include "report/html_text.hpp"
#include "report/page.hpp"

namespace evenkeel::report {

void put_next_dose(Page& page, const assess::NextDose& next);
[[nodiscard]] Html next_dose_html(const assess::NextDose& next);
[[nodiscard]] json::Node next_dose_node(const assess::NextDose& next);

// Words shared by text and page.
[[nodiscard]] std::string dose_words(
    const plan::Candidate& candidate);  // "32 mg (0.40 mg/kg, 16 mL) over 40 min"
[[nodiscard]] std::string rate_words(const plan::Candidate& candidate);  // "24 mL/h"
[[nodiscard]] std::string limit_sentence(
    const plan::Limit& limit);  // "dose per body weight: 0.5 mg/kg, plan"
[[nodiscard]] std::string peak_words(
    const plan::ModelPrediction& p);  // "230 (200 to 260)"; "230" without a spread
// Refusals, those for one and the same reason as one sentence.
[[nodiscard]] std::vector<std::string> refusal_sentences(const std::vector<plan::Refused>& refused);
[[nodiscard]] std::string basis_words(individual::Basis basis);

}  // namespace evenkeel::report
