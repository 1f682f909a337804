// When a dose above the last one may be proposed at all.
//
// Above: more mg/kg than was given last, or a higher rate per kg, by more than rounding makes: what was given
// was rounded down to whole steps of syringe and pump, so one step is no rise, nor 0.1 % of a rate (rates of
// a record are rounded). The plan's own dose still bounds it. Pure.
#pragma once

#include <optional>
#include <string>

#include "plan/fresh.hpp"
#include "plan/limit.hpp"

namespace evenkeel::plan {

// The dose that was given last; none before the first.
[[nodiscard]] std::optional<GivenDose> last_given(const PatientState& patient);

[[nodiscard]] bool is_rise(const TestedDose& dose, const Decimal& weight_kg, const GivenDose& last,
                           const Site& site);

// Why no rise may be proposed, as a sentence, or nothing: two points of the outcome show no response, the
// later one was taken after the last dose, and the plan's dose was last changed for insufficient response.
[[nodiscard]] std::optional<std::string> no_reason_to_rise(const PatientState& patient);

}  // namespace evenkeel::plan
