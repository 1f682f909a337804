// A session as those at the chair need it: what stands before the start, then the flowsheet. Pure; the text
// keeps to 80 columns, the JSON has a schema (schema/session-1.schema.json).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "care/flowsheet.hpp"
#include "care/gates.hpp"
#include "care/procedure.hpp"
#include "care/protocol.hpp"

namespace evenkeel::report {

struct SessionReport {
  std::string patient;
  std::string session;
  std::string protocol;  // "id version"
  Instant now;
  care::SessionState state;
  std::vector<care::GateResult> gates;                       // until the infusion begins
  std::optional<care::Flowsheet> flowsheet;                  // from then on
  std::vector<std::pair<std::string, std::string>> sources;  // of the protocol: key, citation
};

// "infusing": for programs; frozen.
[[nodiscard]] std::string_view state_code(const care::SessionState& state);

[[nodiscard]] std::string session_text(const SessionReport& report, bool colour);
[[nodiscard]] std::string session_json(const SessionReport& report);

}  // namespace evenkeel::report
