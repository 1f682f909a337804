// The parts of a report on one patient's own parameters, for the report itself and for an assessment's. Not
// for other layers.
#pragma once

#include "assess/individual.hpp"
#include "json/document.hpp"
#include "report/html_text.hpp"
#include "report/page.hpp"

namespace evenkeel::report {

void put_parameters(Page& page, const assess::Individual& found);
void put_bands(Page& page, const assess::Individual& found);
// Each measurement beside what is expected of it, what may be wrong, and when to draw next.
void put_measurements(Page& page, const assess::Individual& found);

[[nodiscard]] Html parameters_html(const assess::Individual& found);
[[nodiscard]] Html bands_html(const assess::Individual& found);
[[nodiscard]] Html measurements_html(const assess::Individual& found);
[[nodiscard]] std::string_view individual_style_sheet();

[[nodiscard]] json::Node individual_node(const assess::Individual& found);

}  // namespace evenkeel::report
