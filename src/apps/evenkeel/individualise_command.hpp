// `evenkeel individualise`: one patient's own parameters and predictions from what was measured.
#pragma once

#include <CLI/App.hpp>
#include <functional>

#include "apps/evenkeel/command.hpp"

namespace evenkeel::app {

void add_individualise(CLI::App& program, std::function<Status()>& run);

}  // namespace evenkeel::app
