// The plots of what the patient answered: each instrument over the course, on one axis of dates.
#pragma once

#include "assess/assessment.hpp"
#include "report/html_text.hpp"

namespace evenkeel::report {

// Every instrument with answers, the outcome first, the 0 to 10 scales together. Empty without any.
[[nodiscard]] Html plot_scores(const assess::Assessment& assessment);

}  // namespace evenkeel::report
