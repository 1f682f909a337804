// Lines of text within 80 columns, without control characters. For text.cpp and its parts.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/quantity.hpp"

namespace evenkeel::report {

enum class Tone { plain, strong, quiet, good, warning, danger };

class Page {
 public:
  explicit Page(bool colour) : colour_(colour) {}

  void heading(std::string_view title);
  // `first` then, wrapped at 80 columns, `text`; further lines are indented by `indent`.
  void item(std::string_view first, std::string_view text, std::size_t indent, Tone tone = Tone::plain);
  void line(std::string_view text, Tone tone = Tone::plain);
  void blank();

  struct Column {
    std::string title;
    bool right = true;
  };
  // Rows under right- or left-aligned titles, indented by two; columns are as wide as they need. Where that
  // is wider than the page, the widest cells are broken over several lines.
  void table(const std::vector<Column>& columns, const std::vector<std::vector<std::string>>& rows);

  [[nodiscard]] std::string take() { return std::move(text_); }

 private:
  void put(std::string_view text, Tone tone);

  bool colour_;
  std::string text_;
};

// Without the control characters that a terminal would obey.
[[nodiscard]] std::string shown(std::string_view text);

// The number of characters, for UTF-8 text without combining marks.
[[nodiscard]] std::size_t width(std::string_view text);

// "2026-10-05 09:00", UTC.
[[nodiscard]] std::string moment_text(const std::string& rfc3339);
// A number to three significant digits without an exponent: 253, 25.3, 0.253; at most four decimals.
[[nodiscard]] std::string three_digits(double value);
// "2 h 05 min", "40 min", "6 d".
[[nodiscard]] std::string span_text(Duration time);

}  // namespace evenkeel::report
