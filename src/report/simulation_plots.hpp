// The curves of a simulation's page. Not for other layers.
#pragma once

#include "report/html_text.hpp"
#include "report/simulation.hpp"

namespace evenkeel::report {

// For each output a row of plots for each model, linear and logarithmic, with the numbers in a table. The
// curves of outputs that stand at the same place in their models and have one unit share their axes.
[[nodiscard]] Html simulation_curves(const Simulation& simulation);

// "median" or "P5"
[[nodiscard]] std::string percent_text(double percent);

}  // namespace evenkeel::report
