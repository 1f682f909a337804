// Numbers, clock times and dates as NONMEM-style tables write them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/quantity.hpp"
#include "base/result.hpp"

namespace evenkeel::exchange {

// ".", nothing, or NA in any case.
[[nodiscard]] bool is_missing(std::string_view text);

// The double nearest to a finite decimal number: "1", "-.5", "+2.", "1e-3". None for any other text.
[[nodiscard]] std::optional<double> number_in(std::string_view text);

// The order of a date's parts, by the name of its column.
enum class DateOrder : std::uint8_t {
  month_day_year,  // DATE
  day_month_year,  // DAT1
  year_month_day,  // DAT2
  year_day_month,  // DAT3
};

struct Day {
  long number = 0;  // counted from some day that dates with as many parts share
  int parts = 1;    // of the date: 1 a bare number of a day, 2 without a year, 3
};

// "3/2/2026", "02-03", "17". Parts are separated by any one character that is no digit. A year of one or
// two digits is 2000 to 2050 or 1951 to 1999; without a year, February has 28 days.
// Errors (invalid_input): no such date.
[[nodiscard]] Result<Day> day_in(std::string_view text, DateOrder order);

// The column TIME (with a date column beside it or not), subject by subject.
//
// Where the first time of a table is a number and no date stands beside it, all times are hours as they
// stand. Otherwise they are clock times, HH:MM, HH:MM:SS or hours of the day as a number, and become hours
// since the subject's first row, or since its last row that resets (EVID 3 or 4).
// Beyond a billion hours nothing is taken.
class TimeColumn {
 public:
  struct Fault {
    bool of_date = false;  // or of the time
    std::string what;
  };

  explicit TimeColumn(std::optional<DateOrder> dates) : dates_(dates), clock_(dates.has_value()) {}

  void begin_subject() { origin_.reset(); }

  // Faults: no time, a clock time in a table of plain numbers, no date, dates with and
  // without a year side by side.
  [[nodiscard]] Result<Duration, Fault> read(std::string_view time, std::string_view date, bool resets);

 private:
  struct Moment {
    Day day;
    double seconds = 0.0;
  };
  [[nodiscard]] Result<Duration, Fault> since_origin(const Moment& moment, bool resets);

  std::optional<DateOrder> dates_;
  bool clock_;
  bool begun_ = false;
  std::optional<Moment> origin_;
};

// Hours of "1:30" or "1.5". Errors (invalid_input): neither.
[[nodiscard]] Result<double> hours_in(std::string_view text);

}  // namespace evenkeel::exchange
