// `evenkeel plan`: candidates for the next dose, under limits that say why.
#pragma once

#include <CLI/App.hpp>
#include <functional>

#include "apps/evenkeel/command.hpp"

namespace evenkeel::app {

void add_plan(CLI::App& program, std::function<Status()>& run);

}  // namespace evenkeel::app
