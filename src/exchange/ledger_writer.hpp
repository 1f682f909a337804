// The other direction of ledger_reader.hpp: what is written reads back as the same event.
#pragma once

#include <string>
#include <string_view>

#include "care/ledger_event.hpp"

namespace evenkeel::exchange {

// The first line of a ledger, without its newline.
[[nodiscard]] std::string write_ledger_heading(std::string_view site);
// One event line, without its newline. Amounts keep their digits.
[[nodiscard]] std::string write_ledger_event(const care::ledger::Event& event);

}  // namespace evenkeel::exchange
