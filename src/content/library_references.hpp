// What the files of help say about other files of a library. For the loader.
#pragma once

#include "assess/library.hpp"
#include "base/result.hpp"

namespace evenkeel::content {

// Rules, instruments, items and evidence that criteria, pathway and patient's page name are there.
void check_help_references(const assess::Library& library, Errors& faults);

}  // namespace evenkeel::content
