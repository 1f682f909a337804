// The plots of what the infusions did in the blood: predicted curves from the start of each
// infusion against the published levels, with what was measured, and the doses along the course.
#pragma once

#include "assess/assessment.hpp"
#include "report/html_text.hpp"

namespace evenkeel::report {

// All sessions on one pair of axes, the latest in front. Empty when nothing is predicted or measured.
[[nodiscard]] Html plot_curves(const assess::Assessment& assessment);
[[nodiscard]] Html curves_legend(const assess::Assessment& assessment);
// One small plot for each session with a prediction or a measurement, on the same axes; empty for a
// single session.
[[nodiscard]] Html plot_each_session(const assess::Assessment& assessment);
// Dose for the body weight of the day, by date, against the plan's. Empty without sessions.
[[nodiscard]] Html plot_doses(const assess::Assessment& assessment);

// The session during or after which `at` falls, or null before the first.
[[nodiscard]] const care::Session* session_at(const assess::Assessment& assessment, Instant at);

}  // namespace evenkeel::report
