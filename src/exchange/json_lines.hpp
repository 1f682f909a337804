// Lines of a JSON-lines file, as the strict readers of records and ledgers take them.
#pragma once

#include <cstddef>
#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace evenkeel::exchange {

inline constexpr std::size_t longest_line = 1 << 20;  // bytes; a longer one is skipped unread
inline constexpr std::size_t most_lines = 1'000'000;

struct Line {
  std::size_t number = 0;
  std::string text;
  bool too_long = false;
};

// The next line, without holding more of an endless one than its first `longest_line` bytes.
[[nodiscard]] std::optional<Line> next_line(std::istream& in, std::size_t number);

[[nodiscard]] bool is_blank(std::string_view text);

// "line 7: body.dose"
[[nodiscard]] Error at_line(std::size_t number, Error error);

// The id of a line that could not be taken, where it can be told.
[[nodiscard]] std::string id_in(std::string_view line);

// The name at `subject` of a heading {"format": `format`, "version": 1, `subject`: "..."}, perhaps with an
// "origin". Errors: "line 1: field".
[[nodiscard]] Result<std::string> read_heading(const Line& line, std::string_view format,
                                               std::string_view subject);

}  // namespace evenkeel::exchange
