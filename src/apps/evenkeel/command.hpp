// What the subcommands share: where to write, how to end.
#pragma once

#include <filesystem>
#include <string>

#include "base/result.hpp"

namespace evenkeel::app {

// Exit statuses; frozen, for scripts rely on them.
enum Status : int {
  done = 0,
  faults_found = 1,
  wrong_usage = 2,
  bad_input = 3,
  outside_domain = 4,
  storage_failed = 5,
  interrupted = 130,  // by the user, as shells have it
};

[[nodiscard]] Status status_of(ErrorCode code);

// "evenkeel: where: what" on standard error.
void complain(const Error& error);

// The content folder: the one named, else $EVENKEEL_CONTENT, else beside the installed program, else
// that of the source tree this program was built from.
[[nodiscard]] std::filesystem::path content_folder(const std::string& named);

// The folder of a site's own instruments: the one named, else $EVENKEEL_INSTRUMENTS, else none.
[[nodiscard]] std::filesystem::path instruments_folder(const std::string& named);

// Writes `text` to `file`, or to standard output when `file` is empty. Complains and returns
// storage_failed when that fails.
[[nodiscard]] Status write_out(const std::string& text, const std::string& file);

}  // namespace evenkeel::app
