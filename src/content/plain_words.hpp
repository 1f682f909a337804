// What content that reaches a patient, or a clinician in a hurry, must not say. For the readers of this
// layer.
#pragma once

#include <string_view>

namespace evenkeel::content {

// "5 mg", "0.5mg/kg", "10 mL": an amount of a drug. A page of help never names one.
[[nodiscard]] bool names_a_dose(std::string_view text);
// "8 %", "percent", "per cent": no published data support one for a patient.
[[nodiscard]] bool names_a_percentage(std::string_view text);
// The word "addict" for a person, "addicts", "junkie", "abuser": no page calls anybody so.
[[nodiscard]] bool blames(std::string_view text);

}  // namespace evenkeel::content
