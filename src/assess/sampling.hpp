// When to draw the next sample of a patient so that it tells most (individual/next_sample.hpp), on the clock
// of the record. Pure; safe to use from any thread.
#pragma once

#include "assess/individualise.hpp"
#include "assess/own_draws.hpp"
#include "base/result.hpp"

namespace evenkeel::assess {

// Errors: those of individual::next_sample; invalid_input for a window or a dose before the end of the
// record.
[[nodiscard]] Result<NextSampleView> when_to_sample(const OwnDraws& own, const care::Facts& facts,
                                                    const SampleQuestion& wanted, int threads);

}  // namespace evenkeel::assess
