// What a session is expected to do in the blood, for those at the chair: the middle and the spread of
// patients like this one, and of this patient where something was measured.
//
// Before the infusion the order as it would start; from its start on what the record says, with the rest as
// ordered. Shown beside the patient, never in place of looking at them. Pure.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "assess/individual.hpp"
#include "assess/library.hpp"
#include "care/record.hpp"

namespace evenkeel::assess {

struct CurveQuestion {
  const care::Record& record;
  const Library& library;
  Instant now;
  std::string session;
  // Where it has not begun: what is drawn up, as if it began at `now`.
  std::optional<care::SessionStarted> planned = {};
};

struct SessionCurve {
  ModelUsed model;
  Instant start;
  SessionBands bands;                 // mg/L of the model's first output
  std::optional<Instant> runs_until;  // as ordered, of an infusion that still runs
  std::size_t measured = 0;  // readings that the patient's own band rests on; 0: it is the population's
  std::vector<std::string> notes;
};

// Errors: not_found where the session has no infusion and none is planned; outside_domain where no model
// covers the patient or the drug, or the infusion is not known.
[[nodiscard]] Result<SessionCurve> session_curve(const CurveQuestion& question);

// Whether the curve of an infusion that has begun may be another once this is entered. Until then it stays as
// it was made, whatever `now` is; from `runs_until` on it is unknown, unless something was entered.
[[nodiscard]] bool moves_curve(const care::Body& body);

}  // namespace evenkeel::assess
