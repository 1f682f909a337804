// The help of an assessment, for its text, JSON and page: the steps of the care pathway that apply, and the
// structured look at dependence. Nothing where the level is below 2. Not for other layers.
#pragma once

#include "assess/assessment.hpp"
#include "json/document.hpp"
#include "report/html_text.hpp"
#include "report/page.hpp"

namespace evenkeel::report {

void put_help(Page& page, const assess::Assessment& assessment);           // help_text.cpp
[[nodiscard]] Html help_section(const assess::Assessment& assessment);     // help_html.cpp
[[nodiscard]] json::Node help_node(const assess::Assessment& assessment);  // help_json.cpp
[[nodiscard]] json::Node dependence_review_node(const assess::Assessment& assessment);

// What the record says to a criterion, in words: "nothing in the record", "not looked for: ...".
[[nodiscard]] std::string spoken_words(const watch::CriterionView& view);

}  // namespace evenkeel::report
