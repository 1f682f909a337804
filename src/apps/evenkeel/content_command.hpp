// evenkeel content list | show | check
#pragma once

#include <CLI/App.hpp>
#include <functional>

#include "apps/evenkeel/command.hpp"

namespace evenkeel::app {

// Adds the subcommand; when it is called, `run` is set to what does it.
void add_content(CLI::App& program, std::function<Status()>& run);

}  // namespace evenkeel::app
