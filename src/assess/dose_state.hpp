// What a record says of a patient as the plan of the next dose asks for it (plan/fresh.hpp).
// Pure; safe to use from any thread.
#pragma once

#include <span>

#include "assess/assessment.hpp"
#include "care/event.hpp"
#include "care/protocol.hpp"
#include "care/session.hpp"
#include "plan/fresh.hpp"

namespace evenkeel::assess {

[[nodiscard]] plan::PatientState patient_state(const Assessment& assessment,
                                               std::span<const care::Event> valid,
                                               std::span<const care::Session> sessions,
                                               const care::Protocol& protocol);

}  // namespace evenkeel::assess
