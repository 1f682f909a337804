// The FHIR R4 Questionnaire inside an instrument's file, for the readers of this layer.
#pragma once

#include "care/instrument.hpp"
#include "json/reader.hpp"

namespace evenkeel::content {

inline constexpr int extreme_answer = 1000;

// Sets url, codes, items and the JSON itself. `instrument` has its version, status and title, which the
// questionnaire repeats. Holds the part of FHIR that is known here (docs/instrument-format.md): unknown
// members and broken invariants are faults.
void read_questionnaire(json::Reader place, care::Instrument& instrument);

}  // namespace evenkeel::content
