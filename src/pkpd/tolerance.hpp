// A hypothesis, off unless somebody asks for it: the body answers a concentration with a slow
// counter-regulation, and the effect follows what is left.
//
//   dR/dt = k (C - R),  k = ln 2 / half-life        net = C - share R
//
// Why this form: in patients the late effect fades over weeks while the peak stays (dissociation at
// 60 min falls, at 30 min does not: Del Sant et al. 2023, doi
// 10.3390/ph16010031; children wake earlier at the same dose). R is small beside a peak and not
// beside a tail, so it shortens the offset and hardly lowers the peak; a C50 that rises would do the
// opposite. No human model of tolerance to dissociation was found, so there is no default: whoever
// asks names both numbers.
// R is linear in C, so the system stays exact. net never exceeds C: nothing that limits a dose may be
// computed from it, and a predicted loss of effect is no reason for a higher dose.
#pragma once

#include <cstddef>
#include <string_view>

#include "base/quantity.hpp"
#include "base/result.hpp"
#include "pkpd/system.hpp"

namespace evenkeel::pkpd {

struct CounterRegulation {
  Duration half_life;  // > 0
  double share = 0.0;  // of R that is taken off, 0 to 1
};

// Said wherever a value rests on it.
inline constexpr std::string_view tolerance_is_hypothesis =
    "Tolerance is a hypothesis: no human model of it was found, and no limit rests on it.";

// `system` with R of output `output` as its last compartment and last output.
// Errors (invalid_input): a half-life that is not above zero and finite, a share outside 0 to 1.
[[nodiscard]] Result<LinearSystem> with_counter_regulation(const LinearSystem& system, std::size_t output,
                                                           const CounterRegulation& regulation);

// What is left to act. Below zero after a long exposure: there is no effect to read then, and a
// read-out refuses it.
[[nodiscard]] Concentration net(Concentration concentration, Concentration regulation,
                                const CounterRegulation& by);

}  // namespace evenkeel::pkpd
