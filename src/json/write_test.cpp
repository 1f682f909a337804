#include "json/write.hpp"

#include <gtest/gtest.h>

namespace evenkeel::json {
namespace {

TEST(JsonWrite, GivesBackWhatWasParsed) {
  for (const char* text :
       {R"({"a":[1,2.50,-0.125],"b":{"c":null,"d":true},"e":"x"})", "[]", "{}", R"(["ä","\n","\"","\\"])"}) {
    const auto tree = parse(text);
    ASSERT_TRUE(tree);
    EXPECT_EQ(dump(*tree), text);
  }
}

TEST(JsonWrite, KeepsTheDigitsOfADecimal) {
  EXPECT_EQ(dump(number(*Decimal::parse("35.00"))), "35.00");
}

TEST(JsonWrite, WritesADoubleSoThatItReadsBackTheSame) {
  for (const double value : {0.1, 1.0 / 3.0, 6.02e23, 1e-300, -0.0}) {
    const std::string text = dump(number(value));
    EXPECT_EQ(std::stod(text), value) << text;
    EXPECT_TRUE(parse(text)) << text;
  }
}

TEST(JsonWrite, RoundsAComputedNumberToItsDigits) {
  EXPECT_EQ(dump(rounded(253.12345678, 6)), "253.123");
  EXPECT_EQ(dump(rounded(40.0, 10)), "40");
}

TEST(JsonWrite, EscapesWhatWouldEndAText) {
  EXPECT_EQ(dump(text("a\"b\\c\nd")), R"("a\"b\\c\nd")");
  EXPECT_TRUE(parse(dump(text("\xff not utf-8"))));
}

TEST(JsonWrite, IndentsByLevel) {
  EXPECT_EQ(dump_indented(object({{"a", list({number(1LL), null()})}, {"b", object({})}})),
            "{\n  \"a\": [\n    1,\n    null\n  ],\n  \"b\": {}\n}");
}

TEST(JsonWriteDeathTest, RefusesANumberThatIsNone) {
  EXPECT_DEATH(static_cast<void>(number(std::numeric_limits<double>::quiet_NaN())), "finite");
}

}  // namespace
}  // namespace evenkeel::json
