// An answer as one text with every number in full: two answers are the same if and only if their transcripts
// are. For the audit log and for replay; not for reading by patients or at the chair.
//
// A line for each value, in a fixed order; doubles in the shortest form that reads back to the same bits.
// Values; safe to use from any thread.
#pragma once

#include <string>

#include "plan/answer.hpp"
#include "plan/what_if.hpp"

namespace evenkeel::plan {

[[nodiscard]] std::string transcript(const DoseAnswer& answer);
[[nodiscard]] std::string transcript(const WhatIf& answer);

}  // namespace evenkeel::plan
