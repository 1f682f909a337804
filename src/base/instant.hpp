// Moments in UTC and calendar dates, as RFC 3339 writes them.
//
//   2026-03-02T09:00:00Z   2026-03-02T10:00:00.250+01:00   2026-03-02 (a date)
//
// A time without an offset, a date that does not exist, a 61st second and a leap second are
// refused. Years 1900 to 2199, nanosecond resolution. There is no clock here: `now` is an argument.
#pragma once

#include <chrono>
#include <compare>
#include <string>
#include <string_view>

#include "base/quantity.hpp"
#include "base/result.hpp"

namespace evenkeel {

class Instant {
 public:
  using Time = std::chrono::sys_time<std::chrono::nanoseconds>;

  constexpr Instant() = default;
  explicit constexpr Instant(Time time) : time_(time) {}

  static Result<Instant> parse(std::string_view text);

  // UTC, with "Z"; fractional digits only where there are any.
  [[nodiscard]] std::string to_string() const;
  [[nodiscard]] constexpr Time time() const { return time_; }

  constexpr auto operator<=>(const Instant&) const = default;

  // The time that passed from `b` to `a`.
  friend Duration operator-(Instant a, Instant b);
  // Rounded to the nearest nanosecond. `length` must be finite and end within 285 years of 1970.
  friend Instant operator+(Instant start, Duration length);
  friend Instant operator-(Instant end, Duration length) { return end + -length; }

 private:
  Time time_{};
};

class Date {
 public:
  constexpr Date() = default;
  explicit constexpr Date(std::chrono::sys_days day) : day_(day) {}

  static Result<Date> parse(std::string_view text);
  static Date of(Instant instant);  // the UTC day

  [[nodiscard]] std::string to_string() const;
  [[nodiscard]] constexpr std::chrono::sys_days day() const { return day_; }
  [[nodiscard]] Instant start() const { return Instant{day_}; }

  constexpr auto operator<=>(const Date&) const = default;

 private:
  std::chrono::sys_days day_{};
};

// Whole years from `birth` to `on`; 29 February has its birthday on 1 March in common years.
[[nodiscard]] int years_between(Date birth, Date on);

}  // namespace evenkeel
