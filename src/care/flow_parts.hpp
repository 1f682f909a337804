// The parts of a flowsheet, for flowsheet.cpp. Internal to care.
#pragma once

#include <vector>

#include "care/flowsheet.hpp"
#include "care/session.hpp"

namespace evenkeel::care {

// A started session, as it stood at `when`: now, or the moment at which the patient left.
struct Watched {
  GateQuestion question;  // its events lie at or before `when`, its `now` is `when`
  SessionState state;
  Session session;
  Infusion infusion;
  Instant when;
  std::optional<Instant> ended;
};

[[nodiscard]] std::vector<Firing> firings(const Watched& w);
[[nodiscard]] std::vector<VitalsDue> vitals_due(const Watched& w, const std::vector<Firing>& fired);
// The readings after the start, which the rules of the infusion are about.
[[nodiscard]] std::vector<TimedVitals> after_start(const Watched& w);
[[nodiscard]] std::vector<DischargeCriterion> discharge_criteria(const Watched& w,
                                                                 const std::vector<Firing>& fired);

}  // namespace evenkeel::care
