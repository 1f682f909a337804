#include "report/page.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <sstream>

#include "base/quantity.hpp"

namespace evenkeel::report {
namespace {

std::vector<std::string> lines_of(const std::string& text) {
  std::istringstream in{text};
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

std::string item(std::string_view first, std::string_view text, std::size_t indent) {
  Page page{false};
  page.item(first, text, indent);
  return page.take();
}

std::string repeated(std::string_view part, int times) {
  std::string text;
  for (int i = 0; i < times; ++i) text += part;
  return text;
}

void expect_narrow(const std::string& text) {
  for (const std::string& line : lines_of(text)) EXPECT_LE(width(line), 80U) << line;
}

// Everything that is not blank, in order: wrapping must neither lose nor add a letter.
std::string letters(std::string text) {
  std::erase_if(text, [](char c) { return c == ' ' || c == '\n'; });
  return text;
}

TEST(Page, WrapsAtEightyColumnsWithTheIndent) {
  EXPECT_EQ(item("  - ", "short", 4), "  - short\n");
  const std::string fits = "  " + std::string(78, 'a') + "\n";
  EXPECT_EQ(item("  ", std::string(78, 'a'), 4), fits);
  EXPECT_EQ(item("  ", std::string(70, 'a') + " " + std::string(7, 'b'), 4),
            "  " + std::string(70, 'a') + " " + std::string(7, 'b') + "\n");
  EXPECT_EQ(item("  ", std::string(70, 'a') + " " + std::string(8, 'b'), 4),
            "  " + std::string(70, 'a') + "\n    " + std::string(8, 'b') + "\n");
}

TEST(Page, NoLineIsWiderThanEightyWhateverComes) {
  for (const std::size_t first : {0, 2, 40, 79, 80, 200}) {
    for (const std::size_t indent : {0, 4, 18, 79, 100}) {
      for (const std::size_t word : {1, 40, 76, 80, 81, 300}) {
        const std::string name = std::string(first, 'n');
        const std::string text = std::string(word, 'a') + " b " + std::string(word, 'c');
        const std::string made = item(name, text, indent);
        expect_narrow(made);
        EXPECT_EQ(letters(made), letters(name + text)) << first << ' ' << indent << ' ' << word;
      }
    }
  }
}

TEST(Page, CountsCharactersNotBytes) {
  EXPECT_EQ(width("Ä深é"), 3U);
  const std::string long_word = repeated("深", 200);
  const std::string made = item("  ", long_word, 4);
  expect_narrow(made);
  EXPECT_EQ(letters(made), long_word);  // no character is cut in two
  EXPECT_EQ(lines_of(made)[0], "  " + repeated("深", 78));
}

// A note may hold any character: none of them may reach the terminal as a command.
TEST(Page, ControlCharactersDoNotReachTheTerminal) {
  const std::string hostile =
      "a\x1b[31mb\x07"
      "c\nd\re\tf\x7fg\xc2\x9b"
      "31mh\xc2\x85i";
  Page page{false};
  page.item("  \x1b]0;x\x07", hostile, 4);
  page.line(hostile);
  page.heading(hostile);
  page.table({{hostile, false}}, {{hostile}});
  for (const char c : page.take()) {
    EXPECT_TRUE(c == '\n' || static_cast<unsigned char>(c) >= 0x20) << static_cast<int>(c);
    EXPECT_NE(c, '\x7f');
  }
  EXPECT_EQ(item("", hostile, 0), "a [31mb c d e f g 31mh i\n");
}

TEST(Page, LettersWhoseBytesLookLikeControlsStay) {
  EXPECT_EQ(item("", "\xc2\xa0\xc3\x9b\xe2\x80\x93", 0), "\xc2\xa0\xc3\x9b\xe2\x80\x93\n");
}

TEST(Page, ColoursOnlyWhenAsked) {
  const auto made = [](bool colour) {
    Page page{colour};
    page.heading("h");
    page.line("plain");
    page.item("", "danger", 0, Tone::danger);
    page.table({{"t"}}, {{"1"}});
    return page.take();
  };
  EXPECT_EQ(made(false).find('\x1b'), std::string::npos);
  EXPECT_NE(made(true).find("\x1b[1;31mdanger\x1b[0m\n"), std::string::npos);
  EXPECT_NE(made(true).find("\nplain\n"), std::string::npos);
}

TEST(Page, TablesAlignByCharacters) {
  Page page{false};
  page.table({{"name", false}, {"mg"}}, {{"Ä", "5"}, {"longer", "35.0"}});
  EXPECT_EQ(page.take(), "  name      mg\n  Ä          5\n  longer  35.0\n");
}

TEST(Page, ATableTooWideBreaksItsWidestCells) {
  Page page{false};
  const std::string id(64, 'x');
  page.table({{"session", false}, {"what", false}, {"mg"}},
             {{id, "a look at the findings with the patient", "35"}, {"s2", "none", "5"}});
  const std::string made = page.take();
  expect_narrow(made);
  EXPECT_NE(letters(made).find("35"), std::string::npos);
  EXPECT_EQ(std::ranges::count(made, 'x'), 64);
  for (const char* word : {"look", "findings", "patient", "none", "s2"})
    EXPECT_NE(made.find(word), std::string::npos) << word;
}

TEST(Page, ATableWithoutRowsIsItsTitles) {
  Page page{false};
  page.table({{"a"}, {"b"}}, {});
  EXPECT_EQ(page.take(), "  a  b\n");
}

TEST(ThreeDigits, GivesThreeWithoutAnExponent) {
  const std::pair<double, const char*> cases[] = {{0.0, "0"},       {253.4, "253"},     {25.34, "25.3"},
                                                  {2.534, "2.53"},  {0.2534, "0.253"},  {0.02534, "0.0253"},
                                                  {1e6, "1000000"}, {-25.34, "-25.3"},  {100.0, "100"},
                                                  {99.96, "100.0"}, {0.00001, "0.0000"}};
  for (const auto& [value, text] : cases) EXPECT_EQ(three_digits(value), text);
  EXPECT_EQ(three_digits(std::numeric_limits<double>::infinity()), "inf");
  EXPECT_EQ(three_digits(std::numeric_limits<double>::quiet_NaN()), "nan");
}

TEST(SpanText, ChoosesItsUnit) {
  using units::day;
  using units::h;
  EXPECT_EQ(span_text(Duration{}), "0 min");
  EXPECT_EQ(span_text(40.0 * units::min), "40 min");
  EXPECT_EQ(span_text(119.0 * units::min), "119 min");
  EXPECT_EQ(span_text(2.0 * h), "2 h");
  EXPECT_EQ(span_text(125.0 * units::min), "2 h 05 min");
  EXPECT_EQ(span_text(47.0 * h), "47 h");
  EXPECT_EQ(span_text(48.0 * h), "2 d");
  EXPECT_EQ(span_text(2.4 * day), "2.4 d");
  EXPECT_EQ(span_text(7.0 * day), "7 d");
}

TEST(MomentText, IsTheMinute) {
  EXPECT_EQ(moment_text("2026-10-05T09:00:59.5Z"), "2026-10-05 09:00");
}

}  // namespace
}  // namespace evenkeel::report
