// A site's controlled-drug ledger as JSON lines: the heading, then one event a line. docs/ledger-format.md.
//
// A line that cannot be taken is set aside with its number, its field and the reason; the lines after it are
// read on. Nothing is dropped silently and nothing is filled in.
#pragma once

#include <iosfwd>
#include <string_view>
#include <vector>

#include "assess/assessment.hpp"
#include "base/result.hpp"
#include "care/ledger.hpp"

namespace evenkeel::exchange {

struct LedgerReading {
  care::ledger::Ledger ledger;
  std::vector<assess::SetAside> set_aside;
};

// Errors (invalid_input; `where` is "line 1: field"): an empty file, no heading, another format or version.
// After a good heading reading always succeeds, if only with lines set aside.
[[nodiscard]] Result<LedgerReading> read_ledger(std::istream& in);

// One event line (without its newline): the event, or every fault of the line. How it fits the ledger is for
// Ledger::add.
[[nodiscard]] Result<care::ledger::Event, Errors> read_ledger_event(std::string_view line);

// A body alone: of the kind named, as its JSON.
[[nodiscard]] Result<care::ledger::Body, Errors> read_ledger_body_text(std::string_view kind,
                                                                       std::string_view body);

}  // namespace evenkeel::exchange
