// Blood pressure during each session: one small plot a session, on the same axes.
#pragma once

#include "assess/assessment.hpp"
#include "report/html_text.hpp"

namespace evenkeel::report {

// Empty without sessions. A reading that crosses one of the protocol's limits is marked.
[[nodiscard]] Html plot_pressures(const assess::Assessment& assessment);

// All vital signs of one session, as they were written down.
[[nodiscard]] Table vitals_table(const care::Session& session);

}  // namespace evenkeel::report
