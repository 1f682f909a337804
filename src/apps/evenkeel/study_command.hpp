// evenkeel study: the virtual clinic asked a question.
#pragma once

#include <CLI/App.hpp>
#include <functional>

#include "apps/evenkeel/command.hpp"
#include "apps/evenkeel/crew.hpp"

namespace evenkeel::app {

// Registers the subcommand; its callback leaves in `run` what is to be done, by this crew.
void add_study(CLI::App& program, std::function<Status()>& run, Crew& crew);

}  // namespace evenkeel::app
