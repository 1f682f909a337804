#include "cohort/behaviour.hpp"

namespace evenkeel::cohort {

std::span<const AssumedField<Drives>> drive_fields() {
  static constexpr AssumedField<Drives> table[] = {
      {"onset_from", "wk", "earliest onset after the first session", 0.0, 520.0, &Drives::onset_from},
      {"onset_to", "wk", "latest onset after the first session", 0.0, 520.0, &Drives::onset_to},
      {"craving_rise", "/wk", "rise of craving, points of 10", 0.0, 10.0, &Drives::craving_rise},
      {"craving_top", "1", "craving it rises to, points of 10", 0.0, 10.0, &Drives::craving_top},
      {"honesty", "1", "share of craving and use that answers tell", 0.0, 1.0, &Drives::honesty},
      {"requests", "/month", "requests for a session sooner or stronger", 0.0, 60.0, &Drives::requests},
      {"tolerance", "1", "share of the effect lost with each exposure", 0.0, 1.0, &Drives::tolerance},
      {"tolerance_half_life", "d", "time to regain half of it", 0.1, 3650.0, &Drives::tolerance_half_life},
      {"dose_push", "1", "chance at each visit that a higher dose is agreed on", 0.0, 1.0,
       &Drives::dose_push},
      {"outside_days", "/wk", "days of use from elsewhere", 0.0, 7.0, &Drives::outside_days},
      {"outside_mg", "mg", "base used on each such day", 0.0, 20000.0, &Drives::outside_mg},
      {"outside_growth", "/wk", "growth of that amount, as a share", 0.0, 1.0, &Drives::outside_growth},
      {"outside_share", "1", "share of it that reaches the blood", 0.0, 1.0, &Drives::outside_share},
      {"relapse", "/wk", "chance that the illness comes back", 0.0, 1.0, &Drives::relapse},
      {"relapse_rise", "1", "points of the PHQ-9 it then rises by", 0.0, 27.0, &Drives::relapse_rise},
      {"withdrawal", "1", "mean severity of signs in a long gap, 0 to 3", 0.0, 3.0, &Drives::withdrawal},
      {"withdrawal_after", "d", "days after a dose was due by the gap before when they peak", 0.5, 60.0,
       &Drives::withdrawal_after},
      {"neglect", "/quarter", "rise of neglect, steps of 3", 0.0, 3.0, &Drives::neglect},
      {"withdrawn", "/quarter", "days of contact a week that are lost", 0.0, 7.0, &Drives::withdrawn},
      {"bladder_hazard", "/wk", "chance of new bladder symptoms", 0.0, 1.0, &Drives::bladder_hazard},
      {"infection_share", "1", "share of them due to infection, found when looked for", 0.0, 1.0,
       &Drives::infection_share},
      {"body_illness", "/wk", "chance of an illness that keeps from work and people", 0.0, 1.0,
       &Drives::body_illness},
      {"no_show", "1", "chance that an appointment is missed", 0.0, 1.0, &Drives::no_show},
      {"diverted", "1", "share of the recorded dose that the patient was not given", 0.0, 1.0,
       &Drives::diverted},
  };
  return table;
}

}  // namespace evenkeel::cohort
