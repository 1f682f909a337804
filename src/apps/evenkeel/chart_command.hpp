// evenkeel chart: the assessment of a record that is in the store.
#pragma once

#include <CLI/App.hpp>
#include <functional>

#include "apps/evenkeel/command.hpp"

namespace evenkeel::app {

void add_chart(CLI::App& program, std::function<Status()>& run);

}  // namespace evenkeel::app
