// Markup that cannot be forgotten to be escaped, and the few ways in which a report writes values.
//
// A string is text and is escaped wherever it enters; only an Html goes in as it is. What came from
// a record is hostile input: an identifier may hold <script>, a note may hold a bidirectional
// override that turns a dose around. Pure.
#pragma once

#include <fmt/format.h>

#include <concepts>
#include <initializer_list>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "assess/assessment.hpp"
#include "base/instant.hpp"
#include "base/quantity.hpp"

namespace evenkeel::report {

// Safe between tags and inside a quoted attribute. Control characters and bidirectional overrides
// become U+FFFD, so that what is read is what is there.
[[nodiscard]] std::string escaped(std::string_view text);

struct Html {
  std::string markup;

  Html& operator+=(const Html& more) {
    markup += more.markup;
    return *this;
  }
  friend Html operator+(Html first, const Html& second) { return std::move(first += second); }
  [[nodiscard]] bool empty() const { return markup.empty(); }
};

// What stands in the output for an argument of html(): numbers and Html as they are, text escaped.
template <class T>
[[nodiscard]] auto safe(const T& value) {
  if constexpr (std::same_as<T, Html>) {
    return std::string_view{value.markup};
  } else if constexpr (std::is_arithmetic_v<T>) {
    return value;
  } else {
    return escaped(std::string_view{value});
  }
}
template <class T>
using Safe = decltype(safe(std::declval<const T&>()));

// html("<p>{} is {:.1f} kg</p>", name, weight_kg): the form is markup, the arguments are not.
template <class... Args>
[[nodiscard]] Html html(fmt::format_string<Safe<Args>...> form, const Args&... args) {
  return [&](const auto&... made) {
    return Html{fmt::vformat(fmt::string_view{form}, fmt::make_format_args(made...))};
  }(safe(args)...);
}

// Times are UTC and on the 24-hour clock; the page says so once.
[[nodiscard]] std::string day_text(Instant when);     // "2026-03-02"
[[nodiscard]] std::string minute_text(Instant when);  // "2026-03-02 09:00"
[[nodiscard]] std::string clock_text(Instant when);   // "09:00"
[[nodiscard]] Html moment(Instant when);              // minute_text in a <time>, kept on one line
[[nodiscard]] Html day(Instant when);                 // day_text likewise
[[nodiscard]] std::string distance_text(Instant when, Instant now);  // "in 3 days", "2 days ago"
[[nodiscard]] double minutes_between(Instant from, Instant to);

// At most `places` decimals, never a trailing zero, always a leading one: "0.5".
[[nodiscard]] std::string number_text(double value, int places);
[[nodiscard]] std::string ng_per_mL_text(Concentration value);  // the number alone, to three digits
[[nodiscard]] std::string duration_text(Duration length);       // "40 min", "7 days"

// "PHQ-9" for "phq-9"; an unknown id stands for itself.
[[nodiscard]] std::string instrument_name(std::string_view id);
[[nodiscard]] std::string label_note(const Provenance& from);  // "source key: label's words"

// A list of text, or of markup.
[[nodiscard]] Html bullet_list(const std::vector<Html>& items, std::string_view css_class = "");
[[nodiscard]] std::string joined(const std::vector<std::string>& parts, std::string_view between);

struct Column {
  std::string title;
  bool number = false;
  bool prose = false;  // kept wide enough to read on a phone
};

struct Cell {
  Cell(Html html_content) : content(std::move(html_content)) {}
  Cell(std::string_view text) : content{escaped(text)} {}
  Cell(const std::string& text) : content{escaped(text)} {}
  Cell(const char* text) : content{escaped(text)} {}
  Cell(Html html_content, std::size_t columns) : content(std::move(html_content)), span(columns) {}

  Html content;
  std::size_t span = 1;
};

// A table with its caption and headings, in a box of its own that scrolls where it is too wide.
class Table {
 public:
  Table(std::string caption, std::vector<Column> columns)
      : caption_(std::move(caption)), columns_(std::move(columns)) {}

  void row(const std::vector<Cell>& cells, std::string_view css_class = "");
  [[nodiscard]] Html finish() const;

 private:
  std::string caption_;
  std::vector<Column> columns_;
  Html rows_;
};

// Behind a summary line, beside the plot it belongs to; not printed.
[[nodiscard]] Html data_table(const Table& table);

// The prediction of the session with this id, or null.
[[nodiscard]] const assess::SessionExposure* exposure_of(const assess::Assessment& assessment,
                                                         std::string_view session);

}  // namespace evenkeel::report
