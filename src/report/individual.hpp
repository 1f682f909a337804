// One patient's own parameters (assess/individual.hpp) as text, JSON and a page. Pure.
#pragma once

#include <string>

#include "assess/individual.hpp"
#include "report/text.hpp"

namespace evenkeel::report {

// Within 80 columns.
[[nodiscard]] std::string individual_text(const assess::IndividualAnswer& answer,
                                          const TextOptions& options = {});

// schema/individual-1.schema.json
[[nodiscard]] std::string individual_json(const assess::IndividualAnswer& answer);

// One HTML file with plots, no script, nothing fetched.
[[nodiscard]] std::string individual_page(const assess::IndividualAnswer& answer);

}  // namespace evenkeel::report
