// The visits of a record: each session by its first event that counts, and where it stands. Pure.
#pragma once

#include <string>
#include <vector>

#include "care/procedure.hpp"
#include "clinic/chart.hpp"

namespace evenkeel::clinic {

struct Visit {
  std::string session;
  Instant at;         // of the check-in, or of the start where there was none
  std::string place;  // or empty
  care::SessionState state;

  [[nodiscard]] bool over() const { return care::is_final(state); }
};

// By time.
[[nodiscard]] std::vector<Visit> visits(const Chart& chart);

}  // namespace evenkeel::clinic
