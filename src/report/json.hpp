// An assessment as JSON, for programs: stable, described by schema/assessment-1.schema.json. Every
// number has its unit in its key; computed numbers carry ten significant digits, doses their own.
#pragma once

#include <string>

#include "assess/assessment.hpp"

namespace evenkeel::report {

[[nodiscard]] std::string to_json(const assess::Assessment& assessment);

}  // namespace evenkeel::report
