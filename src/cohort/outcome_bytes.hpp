// Outcomes as bytes, for what is kept on disk and sent to another process: what is read back is the same to
// the last bit. Little-endian, whatever the machine. Pure.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "cohort/life.hpp"

namespace evenkeel::cohort {

// Changes whenever the bytes do: a checkpoint of another form is not read.
inline constexpr int outcome_form = 1;

[[nodiscard]] std::string bytes_of(std::span<const Outcome> outcomes);

// Errors: invalid_input for bytes that bytes_of() does not make of these; `study` says which arms, patients
// and behaviours there are.
[[nodiscard]] Result<std::vector<Outcome>> outcomes_of(std::string_view bytes, const Study& study);

}  // namespace evenkeel::cohort
