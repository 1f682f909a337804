// The other direction of record_reader.hpp: what is written reads back as the same event.
#pragma once

#include <string>
#include <string_view>

#include "care/event.hpp"

namespace evenkeel::exchange {

// The first line of a record, without its newline.
[[nodiscard]] std::string write_heading(std::string_view patient);
// One event line, without its newline. Amounts keep their digits.
[[nodiscard]] std::string write_event(const care::Event& event);

}  // namespace evenkeel::exchange
