// evenkeel session VERB: a session as it goes, from the door to the way home, in the store.
#pragma once

#include <CLI/App.hpp>
#include <functional>

#include "apps/evenkeel/command.hpp"

namespace evenkeel::app {

void add_session(CLI::App& program, std::function<Status()>& run);

}  // namespace evenkeel::app
