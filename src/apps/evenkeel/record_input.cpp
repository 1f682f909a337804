#include "apps/evenkeel/record_input.hpp"

#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>

#include "content/library_loader.hpp"

namespace evenkeel::app {

Result<Instant> moment_argument(const std::string& now) {
  if (!now.empty()) {
    auto parsed = Instant::parse(now);
    if (!parsed) parsed.error().where = "--now";
    return parsed;
  }
  return Instant{std::chrono::time_point_cast<std::chrono::nanoseconds>(std::chrono::system_clock::now())};
}

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

Result<assess::Library, Status> library_or_complain(const std::string& content) {
  auto library = content::load_library(content_folder(content));
  if (library) return *std::move(library);
  for (const Error& fault : library.error()) complain(fault);
  return library.error().front().code == ErrorCode::storage ? storage_failed : bad_input;
}

bool is_same_file(const std::string& record, const std::string& output) {
  std::error_code ignored;
  return !output.empty() && record != "-" && std::filesystem::equivalent(output, record, ignored);
}

bool wants_colour(const std::string& colour, const std::string& output) {
  if (colour != "auto") return colour == "always";
  const char* no_colour = std::getenv("NO_COLOR");
  return output.empty() && isatty(STDOUT_FILENO) != 0 && (no_colour == nullptr || *no_colour == '\0');
}

}  // namespace evenkeel::app
