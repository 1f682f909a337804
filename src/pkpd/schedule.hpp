// From a subject's records to a timeline: doses repeated, delayed, split over their paths, ended;
// steady states, resets and changes of the system put in their order. The rules are NONMEM's; [n] names
// where that is stated or printed.
//
// Order. At one moment: what ends or arrives by itself (an infusion's end, a lagged or additional dose),
// then the records in their order [1][6]. An observation sees what arrives at its time; one that stands
// before a dose does not see it. Every record is read out after it has acted.
// Parameters. From one record to the next the system is the later record's, unless the record says
// otherwise (Record::before) [6]. An arrival or an end inside that time does not change it. A lag is
// that of the dose's record, for all additional doses too [1]. F, duration and rate are those in force
// when the dose arrives; then they stay, but a modelled rate follows the parameters until the dose is in [1].
// Steady state. Its past is that of the record's parameters. With lag L and interval T the record's own
// dose arrives at L, and the amounts are those of phase T - L; past infusions that still run go on to
// their ends [2][6], and with L >= T past doses that are still on their way arrive. An infusion since
// ever (no amount) stops at its record; lag and F do not apply to it [2][3].
// Resets. EVID 3 and 4 and SS 1 wipe the amounts, running infusions, lagged doses under way and
// additional doses to come, as at the record's time [4][5][6]. SS 2 wipes nothing. After EVID 3 and 4
// the time may begin anew.
// Unlike NONMEM, moments closer than rounding can tell (1e-12 h and 1e-14 of the time) are one: an
// arrival at 0.1 + 0.2 h is not missed by an observation at 0.3 h.
//
// [1] NONMEM help, "dose event record"  [2] "SS dose event record"  [3] "bioavailability fraction"
// [4] "steady state (SS) data item"  [5] NONMEM Users Guide VI, V.K
// [6] tests/reference/records/README.md: results of NONMEM 7.4.3 to 7.6.0, and their source
#pragma once

#include <cstddef>

#include "base/result.hpp"
#include "pkpd/record.hpp"
#include "pkpd/structure.hpp"
#include "pkpd/timeline.hpp"

namespace evenkeel::pkpd {

struct RecordError {
  std::size_t record = 0;  // the one that was reached when the fault showed
  Error error;
};

// What is given after the last record.
enum class AfterLastRecord : std::uint8_t { nothing, all_that_is_due };

// Errors (invalid_input): a time that goes back other than at a reset, or lies beyond 1e12 h; a dose that
// says too little or contradicts itself or its route; a steady state that is infinite; a parameter that
// was not given; more than 100,000 additional or implied doses.
[[nodiscard]] Result<Timeline, RecordError> schedule(const Structure& structure, const Subject& subject,
                                                     AfterLastRecord after = AfterLastRecord::nothing);

}  // namespace evenkeel::pkpd
