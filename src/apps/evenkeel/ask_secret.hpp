// Passwords and codes: asked on the terminal without showing them, or read as lines of standard input; never
// from the command line, which other programs of the machine can read.
#pragma once

#include <string>

#include "base/result.hpp"
#include "clinic/secret.hpp"

namespace evenkeel::app {

// Error (invalid_input): cancelled, or no line was left, or one of more than 1,000 bytes.
[[nodiscard]] Result<clinic::Secret> ask_secret(const std::string& prompt);
// On a terminal twice, until both are the same; otherwise one line.
[[nodiscard]] Result<clinic::Secret> ask_new_secret(const std::string& prompt);
// What may be seen while it is typed: a one-time code.
[[nodiscard]] Result<std::string> ask_line(const std::string& prompt);

}  // namespace evenkeel::app
