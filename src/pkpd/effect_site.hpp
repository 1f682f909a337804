// The effect site: a place that takes no drug and follows a concentration with a delay.
//
//   dCe/dt = ke0 (C - Ce)
//
// ke0 belongs to one disposition model: the same ke0 peaks three times later under another one. The
// time from a bolus to the peak of the effect does not, so ke0 is found from that for each model.
// Source of that rule: Minto et al., "Using the time of maximum effect site concentration to combine
// pharmacokinetics and pharmacodynamics"; discussed in Anesthesiology 2004;100:1320.
#pragma once

#include <cstddef>

#include "base/quantity.hpp"
#include "pkpd/system.hpp"

namespace evenkeel::pkpd {

// 1/h: with it Ce is highest `time_to_peak` (> 0, the caller's duty) after a bolus into the compartment
// of output `output`. To 1e-12, relative.
[[nodiscard]] double ke0_per_h(const LinearSystem& system, std::size_t output, Duration time_to_peak);

// `system` with one compartment and one output more, both last: Ce of output `output`. Requires
// ke0_per_h >= 0 and finite. The compartment holds Ce times that output's volume, no drug: columns of
// the matrix may now sum to more than zero.
[[nodiscard]] LinearSystem with_effect_site(const LinearSystem& system, std::size_t output, double ke0_per_h);

}  // namespace evenkeel::pkpd
