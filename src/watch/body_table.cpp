#include "watch/body_checks.hpp"

namespace evenkeel::watch {

std::vector<Check> body_table() {
  return {
      {"bladder", {{"visits", "1", true}, {"window", "d"}, {"infection_within", "d"}}, {"check"}, &bladder},
      {"liver", {{"review", "1"}, {"act", "1"}, {"window", "d"}}, {}, &liver},
      {"cognition",
       {{"fall", "1"}, {"tests", "1", true}, {"answer", "1"}, {"window", "d"}},
       {"test", "daily"},
       &cognition},
      {"sedatives", {{"window", "d"}}, {}, &sedatives},
      {"urgent_harm", {{"window", "d"}, {"together", "d"}}, {"check"}, &urgent_harm},
      {"suicide_risk", {{"window", "d"}}, {"screen", "illness"}, &suicide_risk},
  };
}

}  // namespace evenkeel::watch
