// The lines of a table and their fields. One row is one line: a quoted field ("a ""b"", c") holds no line
// break. Memory is bounded whatever comes in.
#pragma once

#include <cstdint>
#include <deque>
#include <istream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace evenkeel::exchange {

inline constexpr std::size_t longest_row = 1 << 16;  // bytes
inline constexpr std::size_t most_columns = 1000;

// How fields are separated. `blank`: by any run of spaces and tabs, where no field is empty.
enum class Separator : std::uint8_t { comma, tab, blank };

class LineReader {
 public:
  explicit LineReader(std::istream& in) : in_(&in) {}

  // The next line, valid until the next call, without "\n" or "\r\n" and without a byte-order mark before
  // the first; none at the end. Errors (invalid_input): longer than `longest_row`; then nothing more
  // may be read.
  [[nodiscard]] Result<std::optional<std::string_view>> next();

  [[nodiscard]] std::size_t number() const { return number_; }  // of the line last read, from 1

 private:
  std::istream* in_;
  std::string line_;
  std::size_t number_ = 0;
};

// By what a heading's fields are separated: a comma where it has one, else a tab where it has one.
[[nodiscard]] Separator separator_in(std::string_view heading);

class Fields {
 public:
  // The fields of `line`, without blanks around them and without quotes; valid as long as `line` is and
  // until the next call. Errors (invalid_input): a quote that is not closed or stands inside a field, more
  // than `most_columns` fields.
  [[nodiscard]] std::optional<Error> split(std::string_view line, Separator separator);

  [[nodiscard]] std::size_t size() const { return fields_.size(); }
  [[nodiscard]] std::string_view operator[](std::size_t i) const { return fields_[i]; }

 private:
  [[nodiscard]] std::optional<Error> take_quoted(std::string_view line, std::size_t& at);

  std::vector<std::string_view> fields_;
  std::deque<std::string> unquoted_;
};

// `text` for a message: at most 40 bytes of it, control characters replaced by '?'.
[[nodiscard]] std::string shown(std::string_view text);

}  // namespace evenkeel::exchange
