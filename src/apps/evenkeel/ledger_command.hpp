// evenkeel ledger: what a controlled-drug ledger adds up to, and what somebody must look at.
#pragma once

#include <CLI/App.hpp>
#include <functional>

#include "apps/evenkeel/command.hpp"

namespace evenkeel::app {

void add_ledger(CLI::App& program, std::function<Status()>& run);

}  // namespace evenkeel::app
