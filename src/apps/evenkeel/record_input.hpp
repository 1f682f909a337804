// What the subcommands that read a patient's record share.
#pragma once

#include <CLI/App.hpp>
#include <span>
#include <string>

#include "apps/evenkeel/command.hpp"
#include "assess/library.hpp"
#include "base/instant.hpp"
#include "base/result.hpp"
#include "exchange/record_reader.hpp"

namespace evenkeel::app {

struct RecordOptions {
  std::string record;
  std::string now;
  std::string format = "text";
  std::string output;
  std::string content;
  std::string instruments;
  std::string colour = "auto";
};
// RECORD, --now, --format, --output, --content, --instruments and --colour.
void add_record_options(CLI::App& command, RecordOptions& options);

// All that a command on a record starts from. `now` is --now, or without it the present: the only place of
// the program that reads the clock for a record.
struct RecordInput {
  Instant now;
  assess::Library library;
  exchange::RecordReading reading;
};
// Or, after complaining, the status to end with: an output that is the record itself (a record only grows and
// is never written over), a moment that cannot be read, faults of the library, a model that it has not, a
// record that cannot be read. Complains of each line that was set aside.
[[nodiscard]] Result<RecordInput, Status> record_input(const RecordOptions& options,
                                                       std::span<const std::string> models);

// --now, or without it the present.
[[nodiscard]] Result<Instant> moment_argument(const std::string& now);
// The record in the file, or standard input for "-"; complains of lines that were set aside. Or, after
// complaining, the status to end with.
[[nodiscard]] Result<exchange::RecordReading, Status> record_or_complain(const std::string& file);
// The library in the folder that --content names, or, after complaining, the status to end with.
[[nodiscard]] Result<assess::Library, Status> library_or_complain(const std::string& content,
                                                                  const std::string& instruments = "");

// --colour auto, always or never: on a terminal, unless NO_COLOR is set.
[[nodiscard]] bool wants_colour(const std::string& colour, const std::string& output);

}  // namespace evenkeel::app
