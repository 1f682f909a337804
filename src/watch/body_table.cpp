#include "watch/body_checks.hpp"

namespace evenkeel::watch {

std::vector<Check> body_table() {
  return {{"bladder", {{"visits", "1", true}, {"window", "d"}}, {}, &bladder}};
}

}  // namespace evenkeel::watch
