#pragma once

#include <CLI/App.hpp>
#include <functional>

#include "apps/evenkeel/command.hpp"

namespace evenkeel::app {

void add_serve(CLI::App& program, std::function<Status()>& run);

}  // namespace evenkeel::app
