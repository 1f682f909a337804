// The work of a dose proposal: 500 candidates, 50 doses (0.02 to 1 mg/kg at 80 kg) over 10 lengths (40 to 85
// min), in one model of three compartments, each with bands of 5, 50 and 95 % at 25 times, three aims and one
// read-out. CL and V1 log-normal with standard deviation 0.3, drawn once from a fixed seed; 3 mg are left of
// earlier doses.
#pragma once

#include <cstddef>

#include "plan/propose.hpp"

namespace evenkeel::bench {

[[nodiscard]] plan::DoseQuestion dose_question(std::size_t members, int threads);

// The candidates and shapes of that question, for the predictions alone.
struct Predictions {
  std::vector<plan::Shape> shapes;
  std::vector<plan::DoseOfShape> candidates;
};
[[nodiscard]] Predictions predictions();

}  // namespace evenkeel::bench
