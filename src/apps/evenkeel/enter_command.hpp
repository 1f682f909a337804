// evenkeel enter KIND BODY: writes one event of any kind into a patient's record in the store.
#pragma once

#include <CLI/App.hpp>
#include <functional>

#include "apps/evenkeel/command.hpp"

namespace evenkeel::app {

void add_enter(CLI::App& program, std::function<Status()>& run);

}  // namespace evenkeel::app
