// The part of an assessment that helps: from level 2 on the steps of the care pathway and the structured look
// at dependence. Pure.
#pragma once

#include "assess/assessment.hpp"
#include "assess/library.hpp"

namespace evenkeel::assess {

// Fills `help` and `dependence_review` from the level and the rules of `out`, and notes their versions.
void offer_help(const Library& library, Assessment& out);

}  // namespace evenkeel::assess
