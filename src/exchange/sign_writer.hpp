// The bodies of events that warning signs are read from, as JSON. For record_writer.cpp.
#pragma once

#include "care/sign_event.hpp"
#include "json/write.hpp"

namespace evenkeel::exchange {

[[nodiscard]] json::Node write(const care::Toxicology& body);
[[nodiscard]] json::Node write(const care::MedicineChanged& body);
[[nodiscard]] json::Node write(const care::LabResult& body);
[[nodiscard]] json::Node write(const care::UrineTest& body);
[[nodiscard]] json::Node write(const care::AppointmentMissed& body);
[[nodiscard]] json::Node write(const care::CircumstanceNoted& body);
[[nodiscard]] json::Node write(const care::HarmSeen& body);

}  // namespace evenkeel::exchange
