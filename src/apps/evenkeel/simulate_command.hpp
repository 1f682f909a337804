// evenkeel simulate: what a model predicts for a regimen or a table.
#pragma once

#include <CLI/App.hpp>
#include <functional>

#include "apps/evenkeel/command.hpp"

namespace evenkeel::app {

// Registers the subcommand; its callback leaves in `run` what is to be done.
void add_simulate(CLI::App& program, std::function<Status()>& run);

}  // namespace evenkeel::app
