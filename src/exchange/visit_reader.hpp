// The bodies of events about a visit (care/visit_event.hpp). For body_reader.cpp.
#pragma once

#include "care/event.hpp"
#include "json/reader.hpp"

namespace evenkeel::exchange {

[[nodiscard]] care::Body screening(json::Reader place);
[[nodiscard]] care::Body consent_recorded(json::Reader place);
[[nodiscard]] care::Body plan_signed(json::Reader place);
[[nodiscard]] care::Body session_checked_in(json::Reader place);
[[nodiscard]] care::Body pre_check(json::Reader place);
[[nodiscard]] care::Body session_decision(json::Reader place);
[[nodiscard]] care::Body sign_seen(json::Reader place);
[[nodiscard]] care::Body session_ready(json::Reader place);
[[nodiscard]] care::Body session_cancelled(json::Reader place);
[[nodiscard]] care::Body session_stopped(json::Reader place);

}  // namespace evenkeel::exchange
