#include "base/decimal.hpp"

#include <gtest/gtest.h>

#include <random>

namespace evenkeel {
namespace {

Decimal read(std::string_view text) {
  const auto value = Decimal::parse(text);
  EXPECT_TRUE(value.has_value()) << text;
  return value.value_or(Decimal{});
}

TEST(Decimal, KeepsTheDigitsThatWereWritten) {
  for (const char* text : {"0", "0.50", "35.00", "-1.250", "123456789012345678", "0.123456789012", "100"}) {
    EXPECT_EQ(read(text).to_string(), text);
  }
  EXPECT_EQ(read("0.50").places(), 2);
}

TEST(Decimal, DropsOnlyWhatIsNoDigitOfTheValue) {
  EXPECT_EQ(read("007.5").to_string(), "7.5");
  EXPECT_EQ(read("-0.00").to_string(), "0.00");
}

TEST(Decimal, AddsATenthAndTwoTenthsToThreeTenths) {
  EXPECT_EQ(*add(read("0.1"), read("0.2")), read("0.3"));
  EXPECT_EQ(add(read("0.1"), read("0.20"))->to_string(), "0.30");
  EXPECT_EQ(subtract(read("1"), read("0.9"))->to_string(), "0.1");
  EXPECT_EQ(multiply(read("0.5"), read("82.5"))->to_string(), "41.25");
}

TEST(Decimal, ComparesByValueNotByDigits) {
  EXPECT_EQ(read("0.50"), read("0.5"));
  EXPECT_LT(read("-2"), read("-1.99"));
  EXPECT_GT(read("999999999999999999"), read("0.000000000001"));
  EXPECT_EQ(Decimal{35}, read("35.000"));
}

TEST(Decimal, RefusesWhatIsNotPlainDigits) {
  for (const char* text : {"", "-", "+1", " 1", "1 ", "1e3", "1E3", ".5", "5.", "1.2.3", "--1", "1,5", "0x10",
                           "nan", "inf", "1-", "\xD9\xA1"}) {
    const auto value = Decimal::parse(text);
    ASSERT_FALSE(value.has_value()) << text;
    EXPECT_EQ(value.error().code, ErrorCode::invalid_input);
  }
  EXPECT_FALSE(Decimal::parse(std::string_view{"1\0", 2}).has_value());
}

TEST(Decimal, RefusesMoreDigitsThanItKeeps) {
  EXPECT_FALSE(Decimal::parse("1234567890123456789").has_value());
  EXPECT_FALSE(Decimal::parse("0.1234567890123").has_value());
  EXPECT_FALSE(Decimal::parse(std::string(1000, '9')).has_value());
}

TEST(Decimal, RefusesAResultThatDoesNotFitRatherThanRoundIt) {
  const Decimal largest = read("999999999999999999");
  EXPECT_FALSE(add(largest, Decimal{1}).has_value());
  EXPECT_FALSE(subtract(*subtract(Decimal{0}, largest), Decimal{1}).has_value());
  EXPECT_FALSE(multiply(largest, Decimal{2}).has_value());
  EXPECT_FALSE(multiply(read("0.000001"), read("0.0000001")).has_value());
  EXPECT_FALSE(add(largest, read("0.1")).has_value());
}

// 10^8 with three places times 10^8 with one is 10^16: it has 17 digits once the zeros after the
// point go, and was refused for the 21 it has before.
TEST(Decimal, DropsTrailingZerosThatStandInTheWay) {
  EXPECT_EQ(*multiply(read("100000000.000"), read("100000000.0")), read("10000000000000000"));
  EXPECT_EQ(multiply(read("0.0000010"), read("0.0000010"))->to_string(), "0.000000000001");
  EXPECT_EQ(*add(read("999999999999999999"), read("0.00")), read("999999999999999999"));
}

TEST(Decimal, ChangesUnitsExactly) {
  EXPECT_EQ(read("250").shifted(3)->to_string(), "0.250");  // ug to mg
  EXPECT_EQ(read("0.25").shifted(-3)->to_string(), "250");
  EXPECT_EQ(read("1.2345").shifted(-2)->to_string(), "123.45");
  EXPECT_EQ(*read("0").shifted(-12), Decimal{});
  EXPECT_FALSE(read("1").shifted(13).has_value());
  EXPECT_FALSE(read("1").shifted(-18).has_value());
}

// The power of ten overflowed the wide integer here.
TEST(Decimal, RefusesAnAbsurdChangeOfUnit) {
  for (const int shift : {-2'000'000'000, -60, -31, 31, 60, 2'000'000'000}) {
    EXPECT_FALSE(read("1").shifted(shift).has_value()) << shift;
    EXPECT_EQ(*read("0").shifted(shift), Decimal{}) << shift;
  }
}

TEST(Decimal, DividesTowardsZeroToTheAskedPlaces) {
  EXPECT_EQ(divide_down(read("115.3"), read("11.53"), 2)->to_string(), "10.00");
  EXPECT_EQ(divide_down(read("2"), read("3"), 4)->to_string(), "0.6666");
  EXPECT_EQ(divide_down(read("-2"), read("3"), 4)->to_string(), "-0.6666");
  EXPECT_EQ(divide_down(read("0.000000000001"), read("999999999999999999"), 8)->to_string(), "0.00000000");
  EXPECT_EQ(divide_down(read("1"), read("0.000000000001"), 5)->to_string(), "1000000000000.00000");
  EXPECT_FALSE(divide_down(read("999999999999999999"), read("0.000000000001"), 8).has_value());
}

TEST(Decimal, AQuotientTimesItsDivisorIsNeverMore) {
  std::mt19937_64 random{20261128};
  for (int run = 0; run < 2000; ++run) {
    const Decimal a = *Decimal{static_cast<std::int64_t>(random() % 1'000'000'000)}.shifted(3);
    const Decimal b = *Decimal{static_cast<std::int64_t>(random() % 99'999 + 1)}.shifted(2);
    const Decimal quotient = *divide_down(a, b, 4);
    const Decimal next = *add(quotient, read("0.0001"));
    EXPECT_TRUE(*multiply(quotient, b) <= a && a < *multiply(next, b)) << "seed 20261128, run " << run;
  }
}

TEST(Decimal, BecomesTheNearestDouble) {
  EXPECT_EQ(read("0.1").to_double(), 0.1);
  EXPECT_EQ(read("-35.00").to_double(), -35.0);
  EXPECT_EQ(read("0.123456789012").to_double(), 0.123456789012);
}

TEST(Decimal, ArithmeticAgreesWithWholeNumbers) {
  std::mt19937_64 random{20260301};
  for (int run = 0; run < 2000; ++run) {
    const auto a = static_cast<std::int64_t>(random() % 2'000'000'001) - 1'000'000'000;
    const auto b = static_cast<std::int64_t>(random() % 900'000'001) - 450'000'000;
    SCOPED_TRACE(testing::Message() << "seed 20260301, run " << run << ": " << a << ", " << b);
    const Decimal x = *Decimal{a}.shifted(4);
    const Decimal y = *Decimal{b}.shifted(4);
    EXPECT_EQ(*add(x, y), *Decimal{a + b}.shifted(4));
    EXPECT_EQ(*subtract(x, y), *Decimal{a - b}.shifted(4));
    EXPECT_EQ(*multiply(x, y), *Decimal{a * b}.shifted(8));
    EXPECT_EQ(x <=> y, a <=> b);
    EXPECT_EQ(Decimal::parse(x.to_string())->to_string(), x.to_string());
  }
}

}  // namespace
}  // namespace evenkeel
