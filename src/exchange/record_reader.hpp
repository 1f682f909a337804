// A patient's record as JSON lines: the heading, then one event a line. docs/record-format.md.
//
// A line that cannot be taken is set aside with its number, its field and the reason; the lines
// after it are read on. Nothing is dropped silently and nothing is filled in.
#pragma once

#include <iosfwd>
#include <string_view>
#include <vector>

#include "assess/assessment.hpp"
#include "base/result.hpp"
#include "care/record.hpp"
#include "exchange/json_lines.hpp"

namespace evenkeel::exchange {

struct RecordReading {
  care::Record record;
  std::vector<assess::SetAside> set_aside;
};

// Errors (invalid_input; `where` is "line 1: field"): an empty file, no heading, another format or
// version. After a good heading reading always succeeds, if only with lines set aside.
[[nodiscard]] Result<RecordReading> read_record(std::istream& in);

// One event line (without its newline): the event, or every fault of the line.
[[nodiscard]] Result<care::Event, Errors> read_event(std::string_view line);

// A body alone: of the kind named, as its JSON.
[[nodiscard]] Result<care::Body, Errors> read_body_text(std::string_view kind, std::string_view body);

}  // namespace evenkeel::exchange
