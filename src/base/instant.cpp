#include "base/instant.hpp"

#include <fmt/format.h>

#include <cmath>
#include <optional>

#include "base/expects.hpp"

namespace evenkeel {
namespace {

using std::chrono::sys_days;
__extension__ using Wide = __int128;

Error refuse(std::string_view text, std::string_view why) {
  return {ErrorCode::invalid_input, "", fmt::format("'{}' {}", text.substr(0, 40), why)};
}

// Exactly `width` digits at `at`, or nothing.
std::optional<int> digits(std::string_view text, std::size_t at, std::size_t width) {
  if (at + width > text.size()) return std::nullopt;
  int value = 0;
  for (const char c : text.substr(at, width)) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

bool in_years(int year) {
  return 1900 <= year && year <= 2199;
}

Result<sys_days> parse_day(std::string_view text, std::string_view whole) {
  const auto year = digits(text, 0, 4);
  const auto month = digits(text, 5, 2);
  const auto day = digits(text, 8, 2);
  if (text.size() != 10 || text[4] != '-' || text[7] != '-' || !year || !month || !day) {
    return refuse(whole, "is not a date; write 2026-03-02");
  }
  const std::chrono::year_month_day date{std::chrono::year{*year},
                                         std::chrono::month{static_cast<unsigned>(*month)},
                                         std::chrono::day{static_cast<unsigned>(*day)}};
  if (!date.ok()) return refuse(whole, "is a date that does not exist");
  if (!in_years(*year)) return refuse(whole, "lies outside the years 1900 to 2199");
  return sys_days{date};
}

// Minutes east of UTC from "Z", "+01:00" or "-05:30".
std::optional<int> parse_offset(std::string_view text) {
  if (text == "Z" || text == "z") return 0;
  if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':') return std::nullopt;
  const auto hours = digits(text, 1, 2);
  const auto minutes = digits(text, 4, 2);
  if (!hours || !minutes || *hours > 23 || *minutes > 59) return std::nullopt;
  const int offset = *hours * 60 + *minutes;
  return text[0] == '-' ? -offset : offset;
}

struct ClockTime {
  std::chrono::nanoseconds since_midnight{};
  std::size_t length = 0;  // characters read
};

// "09:00:00" with up to nine fractional digits.
std::optional<ClockTime> parse_clock(std::string_view text) {
  const auto hour = digits(text, 0, 2);
  const auto minute = digits(text, 3, 2);
  const auto second = digits(text, 6, 2);
  if (!hour || !minute || !second || text[2] != ':' || text[5] != ':') return std::nullopt;
  if (*hour > 23 || *minute > 59 || *second > 59) return std::nullopt;
  ClockTime clock{std::chrono::hours{*hour} + std::chrono::minutes{*minute} + std::chrono::seconds{*second},
                  8};
  if (text.size() <= 8 || text[8] != '.') return clock;
  std::size_t end = 9;
  std::int64_t unit = 100'000'000;
  for (; end < text.size() && text[end] >= '0' && text[end] <= '9'; ++end, unit /= 10) {
    if (unit == 0) return std::nullopt;
    clock.since_midnight += std::chrono::nanoseconds{(text[end] - '0') * unit};
  }
  if (end == 9) return std::nullopt;
  clock.length = end;
  return clock;
}

// Written by hand: dates stand in every sentence of a finding.
std::string day_text(sys_days day) {
  const std::chrono::year_month_day date{day};
  expects(std::chrono::year{0} <= date.year() && date.year() <= std::chrono::year{9999},
          "a year has four digits");
  std::string text = "0000-00-00";
  const auto write = [&](std::size_t last, unsigned value) {
    for (; value > 0; value /= 10, --last) text[last] = static_cast<char>('0' + value % 10);
  };
  write(3, static_cast<unsigned>(static_cast<int>(date.year())));
  write(6, static_cast<unsigned>(date.month()));
  write(9, static_cast<unsigned>(date.day()));
  return text;
}

}  // namespace

Result<Instant> Instant::parse(std::string_view text) {
  if (text.size() < 20 || (text[10] != 'T' && text[10] != 't')) {
    return refuse(text, "is not a moment; write 2026-03-02T09:00:00Z or with an offset such as +01:00");
  }
  const auto day = parse_day(text.substr(0, 10), text);
  if (!day) return day.error();
  const auto clock = parse_clock(text.substr(11));
  if (!clock) return refuse(text, "has no valid time of day; write 09:00:00, up to 23:59:59");
  const auto offset = parse_offset(text.substr(11 + clock->length));
  if (!offset) return refuse(text, "has no valid offset; end with Z or with an offset such as +01:00");
  const Time time = Time{*day} + clock->since_midnight - std::chrono::minutes{*offset};
  const std::chrono::year_month_day utc{std::chrono::floor<std::chrono::days>(time)};
  if (!in_years(static_cast<int>(utc.year())))
    return refuse(text, "lies outside the years 1900 to 2199 in UTC");
  return Instant{time};
}

std::string Instant::to_string() const {
  const auto day = std::chrono::floor<std::chrono::days>(time_);
  const std::chrono::hh_mm_ss clock{time_ - day};
  std::string text = fmt::format("{}T{:02}:{:02}:{:02}", day_text(day), clock.hours().count(),
                                 clock.minutes().count(), clock.seconds().count());
  if (clock.subseconds().count() != 0) {
    text += fmt::format(".{:09}", clock.subseconds().count());
    text.erase(text.find_last_not_of('0') + 1);
  }
  return text + "Z";
}

Duration operator-(Instant a, Instant b) {
  // 1900 to 2199 is more nanoseconds than 64 bits hold.
  const auto gap = Wide{a.time_.time_since_epoch().count()} - Wide{b.time_.time_since_epoch().count()};
  return Duration::from_canonical(static_cast<double>(gap) / 3.6e12);
}

Instant operator+(Instant start, Duration length) {
  const double end_h =
      static_cast<double>(start.time_.time_since_epoch().count()) / 3.6e12 + length.in(units::h);
  expects(std::abs(end_h) < 2.5e6, "a length of time is finite and ends within 285 years of 1970");
  return Instant{start.time_ + std::chrono::nanoseconds{std::llround(length.in(units::h)*3.6e12)}};
}

Result<Date> Date::parse(std::string_view text) {
  const auto day = parse_day(text, text);
  if (!day) return day.error();
  return Date{*day};
}

Date Date::of(Instant instant) {
  return Date{std::chrono::floor<std::chrono::days>(instant.time())};
}

std::string Date::to_string() const {
  return day_text(day_);
}

int years_between(Date birth, Date on) {
  const std::chrono::year_month_day from{birth.day()};
  const std::chrono::year_month_day to{on.day()};
  const int years = static_cast<int>(to.year()) - static_cast<int>(from.year());
  const bool before_birthday = std::pair{to.month(), to.day()} < std::pair{from.month(), from.day()};
  return before_birthday ? years - 1 : years;
}

}  // namespace evenkeel
