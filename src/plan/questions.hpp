// What a careful prescriber would ask next, from what the question and its candidates show. Sentences; none
// changes a dose.
#pragma once

#include <string>
#include <vector>

#include "plan/answer.hpp"
#include "plan/question.hpp"

namespace evenkeel::plan {

[[nodiscard]] std::vector<std::string> careful_questions(const DoseQuestion& question, const Advice& advice);

}  // namespace evenkeel::plan
