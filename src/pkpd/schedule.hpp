// From a subject's records to a timeline: doses repeated, delayed, split over their paths, ended;
// steady states, resets and changes of the system put in their order.
//
// At one moment, in this order: what ends or arrives by itself (an infusion's end, a lagged dose, an
// additional dose), then the records in their order. So a dose that arrives by itself at the time of
// an observation is given before it, and an observation that stands before a dose does not see it.
// Moments closer than rounding can tell (1e-12 h and 1e-14 of the time) are one.
//
// Every record is read out, after it has acted. The parameters that decide F, lag, duration and rate
// of a dose are those in force when it is due (lag) and when it arrives (the rest).
#pragma once

#include <cstddef>

#include "base/result.hpp"
#include "pkpd/record.hpp"
#include "pkpd/structure.hpp"
#include "pkpd/timeline.hpp"

namespace evenkeel::pkpd {

struct RecordError {
  std::size_t record = 0;  // which one
  Error error;
};

// What is given after the last record.
enum class AfterLastRecord : std::uint8_t { nothing, all_that_is_due };

// Errors (invalid_input): times that go back other than at a reset, a dose that says too little or
// contradicts itself, a steady state that is infinite, a parameter that was not given; more than
// 100,000 infusions at once.
[[nodiscard]] Result<Timeline, RecordError> schedule(const Structure& structure, const Subject& subject,
                                                     AfterLastRecord after = AfterLastRecord::nothing);

}  // namespace evenkeel::pkpd
