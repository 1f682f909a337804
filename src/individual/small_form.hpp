// The problem that most patients are (small_problem.hpp), recognised in a Problem: one concentration read in
// the central compartment of one to three, drug given into it, up to four log-normal effects of the patient.
//
// Only what drug can come from counts: a metabolite behind the central compartment is no matter where it is
// not read. Pure; safe to use from any thread.
#pragma once

#include <optional>

#include "individual/problem.hpp"
#include "individual/small_problem.hpp"

namespace evenkeel::individual {

// Its z is the problem's z. None where anything does not fit.
[[nodiscard]] std::optional<SmallProblem> small_form(const Problem& problem);

}  // namespace evenkeel::individual
