// Events that no other part of an assessment shows, in plain words. Not for other layers.
#pragma once

#include <string>
#include <vector>

#include "care/event.hpp"
#include "watch/rule.hpp"

namespace evenkeel::assess {

// One line, or empty where another part shows the event. `rules` tell which a review may name.
[[nodiscard]] std::string entry_text(const care::Body& body, const std::vector<watch::Rule>& rules);

}  // namespace evenkeel::assess
