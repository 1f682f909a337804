// The parts of the page, in the order in which they are read. Each is a <section> or <header>, or
// empty where there is nothing to say. Not for other layers.
#pragma once

#include "assess/assessment.hpp"
#include "report/html_text.hpp"

namespace evenkeel::report {

[[nodiscard]] Html banner(const assess::Assessment& assessment);  // html_banner.cpp
[[nodiscard]] Html level_and_actions(const assess::Assessment& assessment);

[[nodiscard]] Html findings_section(const assess::Assessment& assessment);  // html_findings.cpp

[[nodiscard]] Html exposure_section(const assess::Assessment& assessment);  // html_exposure.cpp

[[nodiscard]] Html scores_section(const assess::Assessment& assessment);  // html_course.cpp
[[nodiscard]] Html pressure_section(const assess::Assessment& assessment);
[[nodiscard]] Html course_section(const assess::Assessment& assessment);

[[nodiscard]] Html gaps_section(const assess::Assessment& assessment);  // html_gaps.cpp
[[nodiscard]] Html sources_section(const assess::Assessment& assessment);
[[nodiscard]] Html footer(const assess::Assessment& assessment);

// A level as number, word and shape: the colour repeats what they say.
[[nodiscard]] Html level_mark(int level);

}  // namespace evenkeel::report
