// Concentrations in mg/L, as individual/ computes them, in the unit and to the digits of reports. Pure.
#pragma once

#include <string>

#include "base/quantity.hpp"
#include "report/page.hpp"

namespace evenkeel::report {

[[nodiscard]] inline double ng_per_mL(Concentration level) {
  return level.in(units::ng / units::mL);
}
[[nodiscard]] inline double ng_per_mL(double mg_L) {
  return ng_per_mL(Concentration::from_canonical(mg_L));
}

[[nodiscard]] inline std::string level_text(double mg_L) {
  return three_digits(ng_per_mL(mg_L));
}
[[nodiscard]] inline std::string level_text(Concentration level) {
  return three_digits(ng_per_mL(level));
}

// "30.1 to 74.5"
[[nodiscard]] inline std::string range_text(double low, double high) {
  return three_digits(low) + " to " + three_digits(high);
}

}  // namespace evenkeel::report
