#include "watch/person_checks.hpp"

namespace evenkeel::watch {

std::vector<Check> person_table() {
  return {
      {"craving",
       {{"score", "1"}, {"times", "1", true}, {"rise", "1"}, {"window", "d"}, {"illness_rise", "1"}},
       {"craving", "illness"},
       &craving},
      {"second_source", {{"looked_within", "d"}}, {}, &second_source},
  };
}

}  // namespace evenkeel::watch
