// evenkeel target: rates that reach and hold a concentration, as a plan for people.
#pragma once

#include <CLI/App.hpp>
#include <functional>

#include "apps/evenkeel/command.hpp"
#include "apps/evenkeel/target_options.hpp"

namespace evenkeel::app {

// Plans and prints. Complains on standard error.
[[nodiscard]] Status plan_target_schedule(const TargetOptions& options);

// The options on any command, so that they can stand under another name too.
void add_target_options(CLI::App& command, TargetOptions& options);

// Registers the subcommand; running it sets `run`.
void add_target(CLI::App& program, std::function<Status()>& run);

}  // namespace evenkeel::app
