#include "exchange/table_time.hpp"

#include <gtest/gtest.h>

namespace evenkeel::exchange {
namespace {

TEST(IsMissing, KnowsDotNothingAndNA) {
  for (const char* text : {".", "", "NA", "na", "Na"}) EXPECT_TRUE(is_missing(text)) << text;
  for (const char* text : {"..", "0", "N", "NAN", "N/A", "-"}) EXPECT_FALSE(is_missing(text)) << text;
}

TEST(NumberIn, TakesDecimalNumbers) {
  EXPECT_EQ(number_in("1"), 1.0);
  EXPECT_EQ(number_in("-.5"), -0.5);
  EXPECT_EQ(number_in("+2."), 2.0);
  EXPECT_EQ(number_in("1.5E-3"), 0.0015);
  EXPECT_EQ(number_in("0.1"), 0.1);
}

TEST(NumberIn, TakesNothingElse) {
  for (const char* text : {"",    "+",    "-",     ".",      "1,5", "1.5x", "x",   "1 2",  "0x10", "inf",
                           "nan", "-inf", "1e999", "1e-999", "+-1", "++1",  "1d3", "1:30", "<5",   "-99 "}) {
    EXPECT_FALSE(number_in(text)) << text;
  }
}

TEST(HoursIn, TakesClockTimes) {
  EXPECT_EQ(*hours_in("1:30"), 1.5);
  EXPECT_EQ(*hours_in("33:22:30"), 33.375);
  EXPECT_EQ(*hours_in("-1:30"), -1.5);
  EXPECT_EQ(*hours_in("0:00:00.5"), 0.5 / 3600.0);
  EXPECT_EQ(*hours_in("9:5"), 9.0 + 5.0 / 60.0);
  EXPECT_EQ(*hours_in("1.30"), 1.3);
}

TEST(HoursIn, RefusesWhatIsNoClockTime) {
  for (const char* text : {"1:60", "1:00:60", ":30", "1:", "1:2:3:4", "1:-5", "1:5.5", "1:005", "1::5",
                           "a:30", "1:3O", "--1:30", "1234567:00", "8:45 pm", "1:.5", "1:00:"}) {
    EXPECT_FALSE(hours_in(text)) << text;
  }
  EXPECT_NE(hours_in("1:60").error().what.find("HH:MM or HH:MM:SS"), std::string::npos);
}

long number_of(std::string_view text, DateOrder order) {
  const auto day = day_in(text, order);
  EXPECT_TRUE(day) << text;
  return day ? day->number : -1;
}

TEST(DayIn, ReadsEachOrder) {
  const long day = number_of("2026-03-02", DateOrder::year_month_day);
  EXPECT_EQ(number_of("3/2/2026", DateOrder::month_day_year), day);
  EXPECT_EQ(number_of("02-03-2026", DateOrder::day_month_year), day);
  EXPECT_EQ(number_of("2026.2.3", DateOrder::year_day_month), day);
  EXPECT_EQ(number_of("03:02:26", DateOrder::month_day_year), day);
  EXPECT_EQ(day, 20514);  // days since 1970-01-01: 56 years with 14 leap days, 31 + 28 + 1 days of 2026
}

TEST(DayIn, PutsTwoDigitYearsInto1951To2050) {
  EXPECT_EQ(number_of("1/1/50", DateOrder::month_day_year), number_of("1/1/2050", DateOrder::month_day_year));
  EXPECT_EQ(number_of("1/1/51", DateOrder::month_day_year), number_of("1/1/1951", DateOrder::month_day_year));
  EXPECT_EQ(number_of("1/1/0", DateOrder::month_day_year), number_of("1/1/2000", DateOrder::month_day_year));
}

TEST(DayIn, KnowsLeapYears) {
  EXPECT_EQ(
      number_of("3/1/2024", DateOrder::month_day_year) - number_of("2/28/2024", DateOrder::month_day_year),
      2);
  EXPECT_EQ(number_of("3/1", DateOrder::month_day_year) - number_of("2/28", DateOrder::month_day_year), 1);
  EXPECT_FALSE(day_in("2/29", DateOrder::month_day_year));
  EXPECT_FALSE(day_in("2/29/1900", DateOrder::month_day_year));
}

TEST(DayIn, TakesDaysAlone) {
  EXPECT_EQ(number_of("-3", DateOrder::month_day_year), -3);
  EXPECT_EQ(number_of("100", DateOrder::month_day_year), 100);
  EXPECT_EQ(day_in("100", DateOrder::month_day_year)->parts, 1);
  EXPECT_EQ(day_in("10/1", DateOrder::day_month_year)->parts, 2);
}

TEST(DayIn, RefusesWhatIsNoDate) {
  for (const char* text :
       {"2026-03-02", "13/1/2026", "1/32/2026", "0/1/2026", "257/1/2026", "1//2026", "1/2/3/4", "1/2/",
        "/1/2", "1/2/202", "1/2/20260", "1/2/1800", "March 2", "", "1.5.x", "99999999999/1/26"}) {
    EXPECT_FALSE(day_in(text, DateOrder::month_day_year)) << text;
  }
  EXPECT_NE(day_in("2026-03-02", DateOrder::month_day_year).error().what.find("month day year (DATE)"),
            std::string::npos);
}

double at_h(TimeColumn& times, std::string_view time, std::string_view date = "", bool resets = false) {
  const auto at = times.read(time, date, resets);
  EXPECT_TRUE(at) << time << " " << date << ": " << (at ? "" : at.error().what);
  return at ? at->in(units::h) : -1.0;
}

TEST(TimeColumn, LeavesPlainNumbersAsTheyAre) {
  TimeColumn times{std::nullopt};
  times.begin_subject();
  EXPECT_EQ(at_h(times, "5"), 5.0);
  EXPECT_EQ(at_h(times, "-1"), -1.0);
  EXPECT_EQ(at_h(times, "0.1", "", true), 0.1);
  times.begin_subject();
  EXPECT_EQ(at_h(times, "7"), 7.0);
}

TEST(TimeColumn, CountsClockTimesFromTheSubjectsFirstRow) {
  TimeColumn times{std::nullopt};
  times.begin_subject();
  EXPECT_EQ(at_h(times, "8:00"), 0.0);
  EXPECT_EQ(at_h(times, "14:45"), 6.75);
  EXPECT_EQ(at_h(times, "14.75"), 6.75);
  EXPECT_EQ(at_h(times, "33:00"), 25.0);
  times.begin_subject();
  EXPECT_EQ(at_h(times, "9"), 0.0);
  EXPECT_EQ(at_h(times, "9:20"), 1200.0 / 3600.0);
}

TEST(TimeColumn, CountsClockTimesFromAReset) {
  TimeColumn times{std::nullopt};
  times.begin_subject();
  EXPECT_EQ(at_h(times, "8:00"), 0.0);
  EXPECT_EQ(at_h(times, "10:00", "", true), 0.0);
  EXPECT_EQ(at_h(times, "10:30"), 0.5);
}

TEST(TimeColumn, AddsDatesWhateverTheTimesLookLike) {
  TimeColumn times{DateOrder::month_day_year};
  times.begin_subject();
  EXPECT_EQ(at_h(times, "9:15", "10-1-86"), 0.0);
  EXPECT_EQ(at_h(times, "8:30", "10-2-86"), 23.25);
  times.begin_subject();
  EXPECT_EQ(at_h(times, "8", "10-12"), 0.0);
  EXPECT_EQ(at_h(times, "10", "10-14"), 50.0);
}

void refused(TimeColumn& times, std::string_view time, std::string_view date, bool of_date,
             std::string_view what) {
  const auto at = times.read(time, date, false);
  ASSERT_FALSE(at) << time;
  EXPECT_EQ(at.error().of_date, of_date);
  EXPECT_NE(at.error().what.find(what), std::string::npos) << at.error().what;
}

TEST(TimeColumn, RefusesAClockTimeAmongPlainNumbers) {
  TimeColumn times{std::nullopt};
  times.begin_subject();
  EXPECT_EQ(at_h(times, "0"), 0.0);
  refused(times, "8:00", "", false, "the clock time '8:00' in a table whose first time is a plain number");
}

TEST(TimeColumn, RefusesWhatIsMissingMixedOrFarAway) {
  TimeColumn plain{std::nullopt};
  refused(plain, ".", "", false, "no time");
  refused(plain, "1e10", "", false, "a time of 1e10");
  refused(plain, "noon", "", false, "'noon' is not a number");
  TimeColumn times{DateOrder::year_month_day};
  times.begin_subject();
  EXPECT_EQ(at_h(times, "8:00", "2026-03-02"), 0.0);
  refused(times, "8:00", ".", true, "no date");
  refused(times, "8:00", "3-2", true, "with and without a year");
  refused(times, "8:00", "2026-02-30", true, "year month day (DAT2)");
  TimeColumn days{DateOrder::month_day_year};
  days.begin_subject();
  EXPECT_EQ(at_h(days, "0", "0"), 0.0);
  refused(days, "0", "2000000000", true, "from the first row");
}

}  // namespace
}  // namespace evenkeel::exchange
