// evenkeel patient-page: what a patient is told, with the help lines of a country.
#pragma once

#include <CLI/App.hpp>
#include <functional>

#include "apps/evenkeel/command.hpp"

namespace evenkeel::app {

void add_patient_page(CLI::App& program, std::function<Status()>& run);

}  // namespace evenkeel::app
