// The shell of every page: one file without script, which fetches nothing and is held to that by a
// content security policy (docs/adr/0007). Pure.
#pragma once

#include <string>
#include <string_view>

#include "report/html_text.hpp"

namespace evenkeel::report {

// `styles`: style sheets of this program, as they are. `body`: what stands between the body's tags.
[[nodiscard]] std::string document(std::string_view title, std::string_view styles, const Html& body);

[[nodiscard]] std::string_view style_sheet();        // html_style.cpp: what all pages share, and assessments
[[nodiscard]] std::string_view model_style_sheet();  // model_style.cpp: diagrams, curves and bands

}  // namespace evenkeel::report
