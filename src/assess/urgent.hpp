// What asks for somebody today and is no warning sign: urgent answers, and a session in which a hold or a
// stop waits for a decision. Pure.
#pragma once

#include <span>
#include <vector>

#include "assess/assessment.hpp"
#include "assess/library.hpp"

namespace evenkeel::assess {

struct UrgentQuestion {
  std::span<const care::Event> valid;
  const Library& library;
  const care::Protocol* protocol;  // or null
  Instant now;
};

// The urgent answers that wait, each due within what the protocol's highest level allows, else a day. One is
// answered by a later evaluation with the same instrument that answers its urgent items; by a later review
// that names the event; and the illness questionnaire's item about suicide by a later complete suicide screen
// that the patient did not fill in alone.
[[nodiscard]] std::vector<Action> urgent_actions(const UrgentQuestion& q,
                                                 std::span<const care::TimedScore> scores);

// What waits for a clinician's decision in the latest session, where it is not over.
[[nodiscard]] std::vector<Action> waiting_session(const UrgentQuestion& q,
                                                  std::span<const SessionView> sessions);

}  // namespace evenkeel::assess
