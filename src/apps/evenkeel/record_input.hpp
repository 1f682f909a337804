// What the subcommands that read a patient's record share.
#pragma once

#include <string>

#include "apps/evenkeel/command.hpp"
#include "assess/library.hpp"
#include "base/instant.hpp"
#include "base/result.hpp"
#include "exchange/record_reader.hpp"

namespace evenkeel::app {

// --now, or without it the present: the only place of the program that reads the clock for a record.
[[nodiscard]] Result<Instant> moment_argument(const std::string& now);

// The record in a file, or "-" for standard input. Errors name the file.
[[nodiscard]] Result<exchange::RecordReading> read_record_file(const std::string& file);

// Complains of each line that was set aside.
void complain_set_aside(const exchange::RecordReading& reading, const std::string& file);

// The content folder's library, or the status to end with after complaining.
[[nodiscard]] Result<assess::Library, Status> library_or_complain(const std::string& content);

// The record only grows: a report is never written over it, under whatever name.
[[nodiscard]] bool is_same_file(const std::string& record, const std::string& output);

// --colour auto, always or never: on a terminal, unless NO_COLOR is set.
[[nodiscard]] bool wants_colour(const std::string& colour, const std::string& output);

}  // namespace evenkeel::app
