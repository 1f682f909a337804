// evenkeel store, verify, import and export: the keeping of a store.
#pragma once

#include <CLI/App.hpp>
#include <functional>

#include "apps/evenkeel/command.hpp"

namespace evenkeel::app {

void add_store(CLI::App& program, std::function<Status()>& run);
void add_verify(CLI::App& program, std::function<Status()>& run);
void add_import(CLI::App& program, std::function<Status()>& run);
void add_export(CLI::App& program, std::function<Status()>& run);

}  // namespace evenkeel::app
