#include "exchange/table_time.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <chrono>
#include <cmath>

#include "exchange/table_line.hpp"

namespace evenkeel::exchange {
namespace {

constexpr double longest_h = 1e9;

bool is_digit(char c) {
  return '0' <= c && c <= '9';
}

Error refuse(std::string what) {
  return {ErrorCode::invalid_input, "", std::move(what)};
}

template <class T>
std::optional<T> parsed(std::string_view text) {
  T value{};
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, value);
  return read.ec == std::errc{} && read.ptr == end ? std::optional{value} : std::nullopt;
}

// Two digits at most, below sixty, perhaps with a fraction.
std::optional<double> sixtieths(std::string_view text, bool fraction) {
  const std::size_t whole = std::min(text.find('.'), text.size());
  if (whole == 0 || whole > 2 || (!fraction && whole < text.size())) return std::nullopt;
  const auto value = is_digit(text.front()) ? parsed<double>(text) : std::nullopt;
  return value && *value < 60.0 ? value : std::nullopt;
}

// Seconds of "9:05", "-1:30", "33:22:05.5", or of hours as a number.
std::optional<double> seconds_in(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) {
    const auto hours = number_in(text);
    return hours ? std::optional{*hours * 3600.0} : std::nullopt;
  }
  const bool negative = text.starts_with('-');
  const std::string_view hours_text = text.substr(negative ? 1 : 0, colon - (negative ? 1 : 0));
  const std::string_view rest = text.substr(colon + 1);
  const std::size_t second_colon = rest.find(':');
  const bool has_seconds = second_colon != std::string_view::npos;
  if (hours_text.empty() || hours_text.size() > 6 || !is_digit(hours_text.front())) return std::nullopt;
  const auto hours = parsed<int>(hours_text);
  const auto minutes = sixtieths(rest.substr(0, second_colon), false);
  const auto seconds = has_seconds ? sixtieths(rest.substr(second_colon + 1), true) : std::optional{0.0};
  if (!hours || !minutes || !seconds) return std::nullopt;
  const double all = *hours * 3600.0 + *minutes * 60.0 + *seconds;
  return negative ? -all : all;
}

std::string_view words(DateOrder order) {
  switch (order) {
    case DateOrder::month_day_year:
      return "month day year (DATE)";
    case DateOrder::day_month_year:
      return "day month year (DAT1)";
    case DateOrder::year_month_day:
      return "year month day (DAT2)";
    case DateOrder::year_day_month:
      return "year day month (DAT3)";
  }
  return "";
}

std::optional<int> year_in(std::string_view text) {
  const auto year = parsed<int>(text);
  if (!year || text.size() == 3 || text.size() > 4) return std::nullopt;
  if (text.size() == 4) return 1900 <= *year && *year <= 2199 ? year : std::nullopt;
  return *year <= 50 ? 2000 + *year : 1900 + *year;
}

// Up to three runs of digits with one other character between; none for any other text.
std::optional<std::pair<std::array<std::string_view, 3>, int>> parts_of(std::string_view text) {
  std::array<std::string_view, 3> parts;
  int count = 0;
  std::size_t at = 0;
  while (true) {
    const std::size_t start = at;
    while (at < text.size() && is_digit(text[at])) ++at;
    if (at == start || count == 3) return std::nullopt;
    parts[static_cast<std::size_t>(count++)] = text.substr(start, at - start);
    if (at == text.size()) return std::pair{parts, count};
    ++at;
  }
}

}  // namespace

bool is_missing(std::string_view text) {
  const auto is = [](char c, char letter) { return c == letter || c == letter - 'A' + 'a'; };
  return text.empty() || text == "." || (text.size() == 2 && is(text[0], 'N') && is(text[1], 'A'));
}

std::optional<double> number_in(std::string_view text) {
  if (text.starts_with('+') && text.size() > 1 && text[1] != '-') text.remove_prefix(1);
  const auto value = parsed<double>(text);
  return value && std::isfinite(*value) ? value : std::nullopt;
}

Result<double> hours_in(std::string_view text) {
  if (text.find(':') == std::string_view::npos) {
    if (const auto hours = number_in(text)) return *hours;
    return refuse(fmt::format("'{}' is not a number", shown(text)));
  }
  if (const auto seconds = seconds_in(text)) return *seconds / 3600.0;
  return refuse(fmt::format("'{}' is not a time of the form HH:MM or HH:MM:SS", shown(text)));
}

Result<Day> day_in(std::string_view text, DateOrder order) {
  const auto no_date = [&] {
    return refuse(fmt::format("'{}' is not a date in the order {}", shown(text), words(order)));
  };
  if (const auto day = parsed<int>(text)) return Day{*day, 1};
  const auto found = parts_of(text);
  if (!found) return no_date();
  const auto& [parts, count] = *found;
  const bool year_first = order == DateOrder::year_month_day || order == DateOrder::year_day_month;
  const bool day_first = order == DateOrder::day_month_year || order == DateOrder::year_day_month;
  const std::size_t first = count == 3 && year_first ? 1 : 0;
  const auto one = parsed<unsigned>(parts[first]);
  const auto two = parsed<unsigned>(parts[first + 1]);
  // Without a year: one that is no leap year.
  const auto year = count == 3 ? year_in(parts[year_first ? 0 : 2]) : std::optional{2001};
  // Larger numbers would wrap in <chrono>.
  if (!one || !two || !year || *one > 31 || *two > 31) return no_date();
  const std::chrono::year_month_day date{std::chrono::year{*year},
                                         std::chrono::month{day_first ? *two : *one},
                                         std::chrono::day{day_first ? *one : *two}};
  if (!date.ok()) return no_date();
  return Day{std::chrono::sys_days{date}.time_since_epoch().count(), count};
}

Result<Duration, TimeColumn::Fault> TimeColumn::read(std::string_view time, std::string_view date,
                                                     bool resets) {
  if (is_missing(time)) return Fault{false, "no time"};
  const bool has_colon = time.find(':') != std::string_view::npos;
  if (!begun_) clock_ = clock_ || has_colon;
  begun_ = true;
  if (has_colon && !clock_) {
    return Fault{false,
                 fmt::format("the clock time '{}' in a table whose first time is a plain number of hours",
                             shown(time))};
  }
  const auto hours = hours_in(time);
  if (!hours) return Fault{false, hours.error().what};
  if (!(std::abs(*hours) <= longest_h)) return Fault{false, fmt::format("a time of {}", shown(time))};
  if (!clock_) return *hours * units::h;
  Moment moment{{}, *seconds_in(time)};
  if (dates_) {
    if (is_missing(date)) return Fault{true, "no date"};
    const auto day = day_in(date, *dates_);
    if (!day) return Fault{true, day.error().what};
    moment.day = *day;
  }
  return since_origin(moment, resets);
}

Result<Duration, TimeColumn::Fault> TimeColumn::since_origin(const Moment& moment, bool resets) {
  if (origin_ && origin_->day.parts != moment.day.parts)
    return Fault{true, "dates with and without a year or a month stand side by side"};
  if (!origin_ || resets) origin_ = moment;
  const double day_seconds = 86'400.0 * static_cast<double>(moment.day.number - origin_->day.number);
  const double hours = (day_seconds + (moment.seconds - origin_->seconds)) / 3600.0;
  if (!(std::abs(hours) <= longest_h)) return Fault{true, fmt::format("{} h from the first row", hours)};
  return hours * units::h;
}

}  // namespace evenkeel::exchange
