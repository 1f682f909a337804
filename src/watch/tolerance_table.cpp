#include "watch/tolerance_checks.hpp"

namespace evenkeel::watch {

std::vector<Check> tolerance_table() {
  return {
      {"failed_spacing",
       {{"times", "1", true}, {"achieved", "%"}, {"window", "d"}, {"answer", "1"}, {"craving", "1"}},
       {"dependence", "craving", "illness"},
       &failed_spacing},
      {"withdrawal_pattern",
       {{"signs", "1", true},
        {"severity", "1"},
        {"gap", "%"},
        {"first_day", "d"},
        {"peak_by", "d"},
        {"last_day", "d"},
        {"eased", "%"},
        {"window", "d"}},
       {"withdrawal", "illness"},
       &withdrawal_pattern},
      {"benefit_lost",
       {{"benefit", "1"},
        {"doses", "1", true},
        {"held", "1", true},
        {"from", "d"},
        {"within", "d"},
        {"looked_within", "d"}},
       {"illness"},
       &benefit_lost},
      {"effect_against_model",
       {{"sessions", "1", true},
        {"exposure_rise", "%"},
        {"effect_fall", "1"},
        {"benefit_shorter", "%"},
        {"return", "1"}},
       {"dissociation", "illness"},
       &effect_against_model},
      {"toxicology",
       {{"longest_window", "h"}, {"least_limit", "ng/mL"}, {"without_model", "d"}, {"looked_within", "d"}},
       {},
       &toxicology},
  };
}

}  // namespace evenkeel::watch
