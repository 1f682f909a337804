// An assessment as one HTML page: no script, no other file, nothing fetched. It opens offline, prints
// on A4 and reads on a phone. Pure: the same assessment gives the same bytes.
//
// What came from the record is escaped (html_text.hpp); a content security policy in the page
// forbids whatever would slip through.
#pragma once

#include <string>

#include "assess/assessment.hpp"

namespace evenkeel::report {

[[nodiscard]] std::string to_html(const assess::Assessment& assessment);

}  // namespace evenkeel::report
