// The demo clinic's days as data: who enters what, so many minutes from a visit's beginning.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.hpp"
#include "base/result.hpp"

namespace evenkeel::app {

struct DemoLine {
  int minute = 0;
  std::string by;
  std::string kind;
  std::string body;  // JSON; {place} and days from today such as {+14} stand for themselves
};

// In the order of the file. Errors: storage; invalid_input with the line.
[[nodiscard]] Result<std::vector<DemoLine>> demo_lines(const std::filesystem::path& file);
[[nodiscard]] std::string filled(std::string_view body, Instant now, std::string_view place);

}  // namespace evenkeel::app
