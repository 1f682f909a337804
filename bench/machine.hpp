// What this machine can do, measured before the works in the same run: the yardsticks of the ratios.
#pragma once

#include <cstddef>

#include "pkpd/batch.hpp"

namespace evenkeel::bench {

struct Machine {
  double write_bytes_per_s = 0.0;       // past the caches, one core, memory that was touched before
  double textbook_outputs_per_s = 0.0;  // dose by dose, one core, the three-compartment work
};

[[nodiscard]] double processor_seconds();  // of this process
[[nodiscard]] double real_seconds();

// The best of several runs each; about a second.
[[nodiscard]] Machine measure_machine();

// The most memory this process held since `forget_peak_memory`, MB. Linux.
void forget_peak_memory();
[[nodiscard]] double peak_memory_MB();

}  // namespace evenkeel::bench
