// The library as text: a line for each entry, or one entry whole, with the source and label of each
// number. Pure.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "assess/library.hpp"
#include "base/result.hpp"
#include "cohort/behaviour.hpp"

namespace evenkeel::report {

using Behaviours = std::span<const cohort::Behaviour>;  // of virtual patients; no part of a Library

[[nodiscard]] std::string list_text(const assess::Library& library, Behaviours behaviours = {});

// Errors: not_found, with the ids that come closest.
[[nodiscard]] Result<std::string> show_text(const assess::Library& library, std::string_view id,
                                            Behaviours behaviours = {});

}  // namespace evenkeel::report
