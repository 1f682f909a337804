#include "watch/outcome.hpp"

namespace evenkeel::watch {

std::span<const Check> checks() {
  static const std::vector<Check> table{
      {"dose_above_plan",
       {{"above_plan", "%"}, {"rise", "%"}, {"titration_sessions", "1", true}, {"second_signature", "mg/kg"}},
       {},
       &dose_above_plan},
      {"rate_band", {{"ceiling", "mg/kg/h"}}, {}, &rate_band},
      {"shortening_intervals",
       {{"gaps", "1", true}, {"share_of_plan", "%"}, {"late_course", "wk"}, {"late_gap", "d"}},
       {},
       &shortening_intervals},
      {"craving",
       {{"score", "1"}, {"times", "1", true}, {"rise", "1"}, {"window", "d"}, {"illness_rise", "1"}},
       {"craving", "illness"},
       &craving},
      {"bladder", {{"visits", "1", true}, {"window", "d"}}, {}, &bladder},
      {"second_source", {{"looked_within", "d"}}, {}, &second_source},
  };
  return table;
}

}  // namespace evenkeel::watch
