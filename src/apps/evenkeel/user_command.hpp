// evenkeel user VERB: who may sign in to a store, and as what.
#pragma once

#include <CLI/App.hpp>
#include <functional>

#include "apps/evenkeel/command.hpp"

namespace evenkeel::app {

void add_user(CLI::App& program, std::function<Status()>& run);

}  // namespace evenkeel::app
