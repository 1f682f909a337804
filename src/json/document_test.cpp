#include "json/document.hpp"

#include <gtest/gtest.h>

namespace evenkeel::json {
namespace {

Node tree(std::string_view text) {
  auto node = parse(text);
  EXPECT_TRUE(node.has_value()) << text << (node ? "" : " " + to_string(node.error().front()));
  return node ? *std::move(node) : Node{};
}

Errors faults(std::string_view text, const Limits& limits = {}) {
  auto node = parse(text, limits);
  EXPECT_FALSE(node.has_value()) << text.substr(0, 60);
  return node ? Errors{Error{}} : node.error();
}

TEST(Document, KeepsNumbersAsTheyWereWritten) {
  for (const char* text :
       {"35.00", "0.50", "1e3", "1.0E-7", "-0.0", "12345678901234567890123", "0", "18446744073709551615",
        "-9223372036854775808", "0.1000000000000000055511151231257827"}) {
    const Node node = tree(text);
    EXPECT_EQ(node.kind, Kind::number);
    EXPECT_EQ(node.text, text);
  }
}

TEST(Document, KeepsMembersInFileOrder) {
  const Node node = tree(R"({"z": 1, "a": [true, null, "x"], "m": {}})");
  ASSERT_EQ(node.members.size(), 3U);
  EXPECT_EQ(node.members[0].key, "z");
  EXPECT_EQ(node.members[1].key, "a");
  EXPECT_EQ(node.members[2].value.kind, Kind::object);
  const auto& items = node.members[1].value.items;
  ASSERT_EQ(items.size(), 3U);
  EXPECT_TRUE(items[0].kind == Kind::boolean && items[0].boolean);
  EXPECT_EQ(items[1].kind, Kind::null);
  EXPECT_EQ(items[2].text, "x");
}

TEST(Document, ReadsEscapes) {
  EXPECT_EQ(tree(R"("a\"\\\n\u00e9")").text, "a\"\\\n\xC3\xA9");
}

TEST(Document, ReportsEveryDuplicateKeyWithItsPath) {
  const Errors found = faults(R"({"dose": 1, "dose": 2, "plan": {"steps": [{"x": 1, "x": 2}]}})");
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].where, "");
  EXPECT_EQ(found[0].what, "the key 'dose' appears twice");
  EXPECT_EQ(found[1].where, "plan.steps[0]");
}

TEST(Document, ReportsDuplicatesBesideABrokenEnd) {
  EXPECT_EQ(faults(R"({"a": 1, "a": 2, )").size(), 2U);
}

TEST(Document, SaysWhereATextIsCutOff) {
  for (const char* text : {"", "{", "[1, 2", R"({"a": )", R"({"a")", R"("abc)", "[1,"}) {
    const Errors found = faults(text);
    ASSERT_EQ(found.size(), 1U) << text;
    EXPECT_NE(found[0].what.find("ends too early"), std::string::npos) << text << " -> " << found[0].what;
  }
}

TEST(Document, NamesLineAndColumn) {
  const Errors found = faults("{\n  \"a\": 1,\n  \"b\": x\n}");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_NE(found[0].what.find("line 3, column 8"), std::string::npos) << found[0].what;
}

TEST(Document, RefusesWhatJsonDoesNotWrite) {
  for (const char* text :
       {"{'a': 1}", "[1,]",        "{\"a\": 1,}", "01",           "+1",    ".5",     "5.",     "NaN",
        "Infinity", "0x1",         "// c\n1",     "{} {}",        "1 2",   "tru",    "\"\t\"", "\"\x01\"",
        "\"\\x\"",  "\"\\ud800\"", "\"\xff\"",    "\"\xc0\x80\"", "[1 2]", "{1: 2}", "-"}) {
    EXPECT_EQ(faults(text).front().code, ErrorCode::invalid_input) << text;
  }
}

// The library took a zero byte for the end, and whatever followed it went unread.
TEST(Document, RefusesAZeroByte) {
  using namespace std::string_view_literals;
  EXPECT_FALSE(parse("1\0"sv).has_value());
  EXPECT_FALSE(parse("{\"a\": 1}\0{\"a\": 2}"sv).has_value());
  EXPECT_TRUE(parse("\"\\u0000\"").has_value());  // escaped, it is a character; the Reader refuses it
}

TEST(Document, RefusesANumberThatNoDoubleHolds) {
  EXPECT_FALSE(parse("1e999").has_value());
  EXPECT_FALSE(parse("[-1e400]").has_value());
  EXPECT_TRUE(parse("1e308").has_value());
}

TEST(Document, RefusesNestingBeyondTheLimitWithoutFailing) {
  const std::string deep(100'000, '[');
  const Errors found = faults(deep);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_NE(found[0].what.find("deeper than 32"), std::string::npos);
  EXPECT_TRUE(parse(std::string(32, '[') + std::string(32, ']')).has_value());
  EXPECT_FALSE(parse(std::string(33, '[') + std::string(33, ']')).has_value());
}

TEST(Document, RefusesMoreBytesThanTheLimit) {
  EXPECT_FALSE(parse("[1,2,3]", {.bytes = 6}).has_value());
  EXPECT_TRUE(parse("[1,2,3]", {.bytes = 7}).has_value());
}

// A text of nothing but faults costs little: a megabyte of them was answered with thirteen.
TEST(Document, TellsTheFirstFaultsOfManyAndReadsNoFurther) {
  std::string text = "[";
  for (int i = 0; i < 100'000; ++i) text += R"({"a":0,"a":0},)";
  const Errors found = faults(text + "0]");
  EXPECT_EQ(found.size(), most_faults);
  EXPECT_EQ(found[0].what, "the key 'a' appears twice");
}

TEST(Document, RefusesMoreValuesThanTheLimit) {
  EXPECT_TRUE(parse("[1,[2],{\"a\":3}]", {.nodes = 6}).has_value());
  const Errors found = faults("[1,[2],{\"a\":3}]", {.nodes = 5});
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].what, "more than 5 values in one text");
}

TEST(Document, RefusesAnObjectOfTooManyMembers) {
  std::string text = "{";
  for (int i = 0; i < 10'001; ++i) text += (i > 0 ? ",\"" : "\"") + std::to_string(i) + "\":0";
  const Errors found = faults(text + "}");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].what, "an object of more than 10000 members");
}

}  // namespace
}  // namespace evenkeel::json
