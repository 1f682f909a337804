#include "watch/person_checks.hpp"

namespace evenkeel::watch {
namespace {

std::vector<Check> source_table() {
  return {
      {"second_source",
       {{"looked_within", "d"}, {"own_dose", "d"}, {"same_find", "d"}},
       {"dependence"},
       &second_source},
      {"home_supply",
       {{"early", "1", true},
        {"window", "d"},
        {"early_share", "%"},
        {"short_script", "d"},
        {"looked_within", "d"}},
       {},
       &home_supply},
      {"many_prescribers",
       {{"prescriptions", "1", true}, {"prescribers", "1", true}, {"window", "d"}, {"looked_within", "d"}},
       {},
       &many_prescribers},
  };
}

}  // namespace

std::vector<Check> person_table() {
  std::vector<Check> all{
      {"craving",
       {{"score", "1"}, {"times", "1", true}, {"rise", "1"}, {"window", "d"}, {"illness_rise", "1"}},
       {"craving", "illness"},
       &craving},
      {"requests",
       {{"times", "1", true}, {"window", "d"}, {"answer", "1"}, {"asked_within", "d"}},
       {"dependence"},
       &requests},
      {"neglect",
       {{"reviews", "1", true},
        {"rise", "1"},
        {"firm", "1"},
        {"missed", "1", true},
        {"window", "d"},
        {"near", "d"}},
       {"illness", "dependence", "daily"},
       &neglect},
      {"social_withdrawal",
       {{"steps", "1"}, {"answer", "1"}, {"checks", "1", true}, {"window", "d"}, {"near", "d"}},
       {"illness", "dependence", "daily"},
       &social_withdrawal},
      {"dependence_score",
       {{"rise", "1"}, {"score", "1"}, {"window", "d"}},
       {"dependence"},
       &dependence_score},
      {"illness_returning",
       {{"rise", "1"},
        {"least", "1"},
        {"readings", "1", true},
        {"share", "%"},
        {"far", "1"},
        {"memory", "d"},
        {"window", "d"}},
       {"illness"},
       &illness_returning},
  };
  for (Check& check : source_table()) all.push_back(std::move(check));
  return all;
}

}  // namespace evenkeel::watch
