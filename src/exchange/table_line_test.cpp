#include "exchange/table_line.hpp"

#include <gtest/gtest.h>

#include <sstream>

namespace evenkeel::exchange {
namespace {

using Strings = std::vector<std::string>;

Strings split(std::string_view line, Separator separator = Separator::comma) {
  Fields fields;
  const auto error = fields.split(line, separator);
  if (error) return {"refused: " + error->what};
  Strings found;
  for (std::size_t i = 0; i < fields.size(); ++i) found.emplace_back(fields[i]);
  return found;
}

Strings lines(const std::string& text) {
  std::istringstream in{text};
  LineReader reader{in};
  Strings found;
  while (true) {
    const auto line = reader.next();
    if (!line) found.push_back("refused: " + line.error().what);
    if (!line || !*line) return found;
    found.emplace_back(**line);
  }
}

TEST(LineReader, TakesEitherLineEndAndALastLineWithoutOne) {
  EXPECT_EQ(lines("a\r\nb\n\nc"), (Strings{"a", "b", "", "c"}));
  EXPECT_EQ(lines("a\n"), (Strings{"a"}));
  EXPECT_EQ(lines(""), Strings{});
  EXPECT_EQ(lines("a\rb\n"), (Strings{"a\rb"}));
}

TEST(LineReader, PassesOverAByteOrderMarkAtTheStartOnly) {
  EXPECT_EQ(lines("\xEF\xBB\xBFID\n\xEF\xBB\xBFx"), (Strings{"ID", "\xEF\xBB\xBFx"}));
}

TEST(LineReader, RefusesAnEndlessLineWithoutHoldingIt) {
  const std::string longest(longest_row, 'x');
  EXPECT_EQ(lines(longest + "\r\n"), Strings{longest});
  EXPECT_EQ(lines(longest + "x\n"), Strings{"refused: a line of more than 65536 bytes"});
  EXPECT_EQ(lines(longest + longest), Strings{"refused: a line of more than 65536 bytes"});
}

TEST(LineReader, CountsLines) {
  std::istringstream in{"a\nb\n"};
  LineReader reader{in};
  EXPECT_EQ(reader.number(), 0U);
  ASSERT_TRUE(reader.next());
  ASSERT_TRUE(reader.next());
  EXPECT_EQ(reader.number(), 2U);
}

TEST(SeparatorIn, PrefersCommasThenTabs) {
  EXPECT_EQ(separator_in("ID,TIME"), Separator::comma);
  EXPECT_EQ(separator_in("ID,\tTIME"), Separator::comma);
  EXPECT_EQ(separator_in("ID\tTIME AMT"), Separator::tab);
  EXPECT_EQ(separator_in("ID  TIME"), Separator::blank);
}

TEST(Fields, AreSplitAtCommas) {
  EXPECT_EQ(split("1, 2.5 ,,x"), (Strings{"1", "2.5", "", "x"}));
  EXPECT_EQ(split("1,"), (Strings{"1", ""}));
  EXPECT_EQ(split(",1"), (Strings{"", "1"}));
  EXPECT_EQ(split(""), (Strings{""}));
  EXPECT_EQ(split("a b,c"), (Strings{"a b", "c"}));
}

TEST(Fields, AreSplitAtTabsOrAtRunsOfBlanks) {
  EXPECT_EQ(split("1\t\t 2 \t", Separator::tab), (Strings{"1", "", "2", ""}));
  EXPECT_EQ(split("  1  2\t 3  ", Separator::blank), (Strings{"1", "2", "3"}));
}

TEST(Fields, LoseTheirQuotes) {
  EXPECT_EQ(split(R"("a,b","say ""x""", "" ,c)"), (Strings{"a,b", "say \"x\"", "", "c"}));
  EXPECT_EQ(split(R"("a b" 2)", Separator::blank), (Strings{"a b", "2"}));
}

TEST(Fields, RefuseQuotesThatDoNotFit) {
  EXPECT_EQ(split("1,\"abc"), (Strings{"refused: a quote that is not closed on its line"}));
  EXPECT_EQ(split("1,a\"b\""), (Strings{"refused: a quote inside the field 'a\"b\"'"}));
  EXPECT_EQ(split("\"a\"b,1"),
            (Strings{"refused: something stands between a quoted field and the next separator"}));
}

TEST(Fields, AreAThousandAtMost) {
  EXPECT_EQ(split(std::string(most_columns - 1, ',')).size(), most_columns);
  EXPECT_EQ(split(std::string(most_columns, ',')), (Strings{"refused: more than 1000 fields"}));
}

TEST(Shown, ClipsAndCleans) {
  EXPECT_EQ(shown("a\x1b[31m"), "a?[31m");
  EXPECT_EQ(shown(std::string(50, 'a')), std::string(40, 'a') + "...");
  EXPECT_EQ(shown(std::string(39, 'a') + "\xC3\xA4\xC3\xA4"), std::string(39, 'a') + "...");
}

}  // namespace
}  // namespace evenkeel::exchange
