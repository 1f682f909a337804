// The next dose: one question in, one answer out.
//
//   1. What is missing, stale or contradictory?  Anything: no advice, and the list.
//   2. Each candidate of the grid: outside a limit, or a rise without its reason: refused, by name.
//   3. Rounded down to what syringe and pump deliver, and held against every limit again.
//   4. Predicted in every model, judged by every aim, ranked: most aims met, then the lower dose, then the
//      lower rate. A higher dose never ranks first among those that meet the aims (the minimum dose that has
//      the effect: ASA 2025).
//
// A rise (more mg/kg, or a higher rate per kg, than the last dose given) needs two points of the outcome that
// show no response, the later one from after the last dose, and a change of the plan for that reason.
// Two clinicians sign above the protocol's second-signature limit; the candidate says so.
//
// Pure: no clock, no randomness. Errors (invalid_input): a question that is malformed rather than incomplete:
// a limit, plan, grid or aim outside what can be meant, a forecast that is not sound. Safe to use from any
// thread.
#pragma once

#include "base/result.hpp"
#include "plan/answer.hpp"
#include "plan/question.hpp"

namespace evenkeel::plan {

// A probability cannot be told from fewer members (a proposal).
inline constexpr std::size_t fewest_members = 100;
inline constexpr std::size_t most_candidates = 10'000;

[[nodiscard]] Result<DoseAnswer> propose(const DoseQuestion& question);

}  // namespace evenkeel::plan
