// A model's compartments as a drawing: static SVG, once across for a page and once down for a phone,
// with the same in words for who cannot see it, and a table of the flows. Pure.
#pragma once

#include "pkpd/model.hpp"
#include "report/html_text.hpp"

namespace evenkeel::report {

// A <figure>. `model` is one that its reader accepted.
[[nodiscard]] Html diagram(const pkpd::Model& model);

}  // namespace evenkeel::report
