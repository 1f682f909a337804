// A stated population as a file (evenkeel.population/1): how weight and age are spread, and which share of
// the members belongs to a group. Each number carries its source and label, as all content does: who the
// simulated patients are is a claim, and an assumption says so (P).
// docs/how-to/simulate-a-population.md describes it, schema/population-1.schema.json states it again.
#pragma once

#include <string_view>

#include "base/result.hpp"
#include "json/reader.hpp"
#include "pkpd/demographics.hpp"

namespace evenkeel::content {

// The value, or every fault of the text at once (invalid_input, by its path). What is read can be drawn
// from: MemberSampler::make() takes it. Safe to use from any thread.
[[nodiscard]] Result<pkpd::Demographics, Errors> read_population(std::string_view text);

// The same where it stands in another file; faults are told at their place there.
[[nodiscard]] pkpd::Demographics read_population(json::Reader& top);

}  // namespace evenkeel::content
