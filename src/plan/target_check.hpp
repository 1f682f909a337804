// What a target question must be, before anything is computed. Not for other layers.
#pragma once

#include <optional>

#include "plan/target.hpp"

namespace evenkeel::plan {

// The first thing that is wrong with it; `where` names the field. All but what only the course shows.
[[nodiscard]] std::optional<Error> fault_of(const TargetQuestion& question);

// Whether `length` is a whole multiple, zero too, of `part` > 0, but for rounding.
[[nodiscard]] bool is_multiple(Duration length, Duration part);

}  // namespace evenkeel::plan
