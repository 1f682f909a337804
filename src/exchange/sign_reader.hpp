// The bodies of events that warning signs are read from (care/sign_event.hpp). For body_reader.cpp.
#pragma once

#include "care/event.hpp"
#include "json/reader.hpp"

namespace evenkeel::exchange {

[[nodiscard]] care::Body toxicology(json::Reader place);
[[nodiscard]] care::Body medicine_changed(json::Reader place);
[[nodiscard]] care::Body lab_result(json::Reader place);
[[nodiscard]] care::Body urine_test(json::Reader place);
[[nodiscard]] care::Body appointment_missed(json::Reader place);
[[nodiscard]] care::Body circumstance(json::Reader place);
[[nodiscard]] care::Body harm(json::Reader place);

}  // namespace evenkeel::exchange
