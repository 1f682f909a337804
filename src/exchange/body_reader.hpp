// The bodies of events, by kind. For record_reader.cpp.
#pragma once

#include <string>

#include "care/event.hpp"
#include "json/reader.hpp"

namespace evenkeel::exchange {

// The body at `place`, of the kind that the text at `kind` names; faults are added to the reader's list.
[[nodiscard]] care::Body read_body(json::Reader kind, json::Reader place);

}  // namespace evenkeel::exchange
