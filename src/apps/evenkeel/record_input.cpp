#include "apps/evenkeel/record_input.hpp"

#include <unistd.h>

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <optional>

#include "content/library_loader.hpp"

namespace evenkeel::app {
namespace {

Result<exchange::RecordReading> read_record_file(const std::string& file) {
  auto reading = [&]() -> Result<exchange::RecordReading> {
    if (file == "-") return exchange::read_record(std::cin);
    if (std::filesystem::is_directory(file))
      return Error{ErrorCode::storage, "", "is a folder, not a record"};
    std::ifstream in{file, std::ios::binary};
    if (!in) return Error{ErrorCode::storage, "", "the record cannot be opened"};
    return exchange::read_record(in);
  }();
  const std::string name = file == "-" ? "standard input" : file;
  if (!reading) {
    Error& error = reading.error();
    error.where = error.where.empty() ? name : name + ": " + error.where;
  }
  return reading;
}

void complain_set_aside(const exchange::RecordReading& reading, const std::string& file) {
  for (const auto& aside : reading.set_aside) {
    Error located = aside.error;
    located.where = file + ": " + located.where;
    complain(located);
  }
}

bool is_same_file(const std::string& record, const std::string& output) {
  std::error_code ignored;
  return !output.empty() && record != "-" && std::filesystem::equivalent(output, record, ignored);
}

std::optional<Error> unknown_model(const assess::Library& library, std::span<const std::string> models) {
  for (const std::string& model : models) {
    if (assess::find_model(library.models, model) == nullptr)
      return Error{ErrorCode::not_found, "--model",
                   "there is no model '" + model + "'; see: evenkeel content list"};
  }
  return std::nullopt;
}

Status misused(const Error& error) {
  complain(error);
  return wrong_usage;
}

}  // namespace

Result<Instant> moment_argument(const std::string& now) {
  if (!now.empty()) {
    auto parsed = Instant::parse(now);
    if (!parsed) parsed.error().where = "--now";
    return parsed;
  }
  return Instant{std::chrono::time_point_cast<std::chrono::nanoseconds>(std::chrono::system_clock::now())};
}

Result<assess::Library, Status> library_or_complain(const std::string& content,
                                                    const std::string& instruments) {
  auto library = content::load_library(content_folder(content), instruments_folder(instruments));
  if (library) return *std::move(library);
  for (const Error& fault : library.error()) complain(fault);
  return library.error().front().code == ErrorCode::storage ? storage_failed : bad_input;
}

Result<exchange::RecordReading, Status> record_or_complain(const std::string& file) {
  auto reading = read_record_file(file);
  if (!reading) {
    complain(reading.error());
    return status_of(reading.error().code);
  }
  complain_set_aside(*reading, file);
  return *std::move(reading);
}

void add_record_options(CLI::App& command, RecordOptions& options) {
  command
      .add_option("record", options.record,
                  "The record, JSON lines (docs/record-format.md); - for standard input")
      ->required()
      ->option_text("RECORD");
  command
      .add_option("--now", options.now,
                  "As of this moment, with what was known then, RFC 3339; otherwise the present")
      ->option_text("T");
  command.add_option("--format", options.format, "text, json or html")
      ->check(CLI::IsMember({"text", "json", "html"}))
      ->option_text("FORMAT");
  command.add_option("-o,--output", options.output, "Write here instead of to standard output")
      ->option_text("FILE");
  command.add_option("--content", options.content, "Use this content folder")->option_text("DIR");
  command.add_option("--instruments", options.instruments, "A folder of the site's own instruments")
      ->option_text("DIR");
  command.add_option("--colour,--color", options.colour, "auto, always or never")
      ->check(CLI::IsMember({"auto", "always", "never"}))
      ->option_text("WHEN");
}

Result<RecordInput, Status> record_input(const RecordOptions& options, std::span<const std::string> models) {
  if (is_same_file(options.record, options.output))
    return misused({ErrorCode::invalid_input, "--output", "this is the record itself; name another file"});
  const auto now = moment_argument(options.now);
  if (!now) return misused(now.error());
  auto library = library_or_complain(options.content, options.instruments);
  if (!library) return library.error();
  if (const auto error = unknown_model(*library, models)) return misused(*error);
  auto reading = record_or_complain(options.record);
  if (!reading) return reading.error();
  return RecordInput{*now, *std::move(library), *std::move(reading)};
}

bool wants_colour(const std::string& colour, const std::string& output) {
  if (colour != "auto") return colour == "always";
  const char* no_colour = std::getenv("NO_COLOR");
  return output.empty() && isatty(STDOUT_FILENO) != 0 && (no_colour == nullptr || *no_colour == '\0');
}

}  // namespace evenkeel::app
