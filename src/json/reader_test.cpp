#include "json/reader.hpp"

#include <gtest/gtest.h>

namespace evenkeel::json {
namespace {

// A document, the cursor on its top, and the faults it collects.
struct Sheet {
  explicit Sheet(std::string_view text) : tree(*parse(text)), top(tree, faults) {}
  Sheet(const Sheet&) = delete;

  [[nodiscard]] std::string told() const {
    std::string lines;
    for (const Error& fault : faults) lines += to_string(fault) + "\n";
    return lines;
  }

  Node tree;
  Errors faults;
  Reader top;
};

TEST(Reader, ReadsWhatIsThere) {
  Sheet sheet{R"({"id": "a-1.b", "dose": 35.00, "unit": {"value": 40, "unit": "min"}, "count": 3, "ok": true,
                  "at": "2026-03-02T10:00:00+01:00", "born": "1980-06-15", "list": ["x", "y"]})"};
  ASSERT_TRUE(sheet.top.object({"id", "dose", "unit", "count", "ok", "at", "born", "list"}));
  EXPECT_EQ(sheet.top["id"].name(), "a-1.b");
  EXPECT_EQ(sheet.top["dose"].decimal().to_string(), "35.00");
  EXPECT_DOUBLE_EQ(sheet.top["unit"].quantity<Duration>().in(units::h), 2.0 / 3.0);
  EXPECT_EQ(sheet.top["count"].integer(0, 10), 3);
  EXPECT_TRUE(sheet.top["ok"].boolean());
  EXPECT_EQ(sheet.top["at"].instant().to_string(), "2026-03-02T09:00:00Z");
  EXPECT_EQ(sheet.top["born"].date().to_string(), "1980-06-15");
  const auto items = sheet.top["list"].items(1);
  ASSERT_EQ(items.size(), 2U);
  EXPECT_EQ(Reader{items[1]}.text(), "y");
  EXPECT_EQ(items[1].path(), "list[1]");
  EXPECT_EQ(sheet.told(), "");
}

TEST(Reader, TellsEveryFaultAtOnce) {
  Sheet sheet{R"({"dose": "35", "count": 3.5, "extra": 1, "ok": 0})"};
  EXPECT_FALSE(sheet.top.object({"dose", "count", "ok", "id"}));
  EXPECT_EQ(sheet.top["dose"].decimal(), Decimal{});
  EXPECT_EQ(sheet.top["count"].integer(0, 10), 0);
  EXPECT_FALSE(sheet.top["ok"].boolean());
  EXPECT_EQ(sheet.told(),
            "id: 'id' is missing\n"
            "extra: unknown key 'extra'\n"
            "dose: the text '35' where a number is expected\n"
            "count: the number 3.5 where a whole number from 0 to 10 is expected\n"
            "ok: the number 0 where true or false is expected\n");
}

TEST(Reader, IsSilentAboutAMissingMember) {
  Sheet sheet{"{}"};
  EXPECT_EQ(sheet.top["a"]["b"].text(), "");
  EXPECT_EQ(sheet.top["a"].number(1.0, 2.0), 0.0);
  EXPECT_TRUE(sheet.top["a"].items(1).empty());
  EXPECT_EQ(sheet.top["a"].quantity<DrugMass>(), DrugMass{});
  EXPECT_EQ(sheet.top["a"]["b"].path(), "a.b");
  EXPECT_EQ(sheet.top["a"].node(), nullptr);
  EXPECT_EQ(sheet.told(), "");
}

TEST(Reader, RefusesAnUnknownUnitAndListsTheAllowedOnes) {
  Sheet sheet{R"({"dose": {"value": 35, "unit": "grains"}})"};
  EXPECT_EQ(sheet.top["dose"].quantity<DrugMass>(), DrugMass{});
  EXPECT_EQ(sheet.told(), "dose.unit: 'grains' is not a unit allowed here; use mg, ug or g\n");
}

TEST(Reader, RefusesAQuantityWithoutItsUnitOrWithMore) {
  Sheet bare{"35"};
  EXPECT_EQ(bare.top.quantity<DrugMass>(), DrugMass{});
  EXPECT_EQ(bare.told(), "the number 35 where an object is expected\n");
  Sheet more{R"({"value": 35, "salt": true})"};
  EXPECT_EQ(more.top.quantity<DrugMass>(), DrugMass{});
  EXPECT_EQ(more.told(), "unit: 'unit' is missing\nsalt: unknown key 'salt'\n");
  Sheet allowed{R"({"value": 35, "unit": "mg", "source": "x"})"};
  EXPECT_EQ(allowed.top.quantity<DrugMass>({"source"}), 35.0 * units::mg);
}

TEST(Reader, RefusesAWordThatIsNotOnTheList) {
  constexpr std::pair<std::string_view, int> words[] = {{"iv", 1}, {"im", 2}};
  Sheet sheet{R"({"a": "im", "b": "oral"})"};
  EXPECT_EQ(sheet.top["a"].one_of(words), 2);
  EXPECT_EQ(sheet.top["b"].one_of(words), 0);
  EXPECT_EQ(sheet.told(), "b: 'oral' is not known here; allowed: iv, im\n");
}

TEST(Reader, KeepsNumbersWithinTheirBounds) {
  Sheet sheet{"[1, 2, 3, 1e-400, 2e0, -1]"};
  auto items = sheet.top.items();
  EXPECT_EQ(items[0].number(1.0, 2.0), 1.0);
  EXPECT_EQ(items[1].number(1.0, 2.0), 2.0);
  EXPECT_EQ(items[2].number(1.0, 2.0), 0.0);
  EXPECT_EQ(items[3].number(0.0, 2.0), 0.0);
  EXPECT_EQ(items[4].number(1.0, 2.0), 2.0);
  EXPECT_EQ(items[5].integer(0, 5), 0);
  EXPECT_EQ(sheet.told(),
            "[2]: the number 3 is outside 1 to 2\n"
            "[3]: the number 1e-400 is outside 0 to 2\n"
            "[5]: the number -1 where a whole number from 0 to 5 is expected\n");
}

TEST(Reader, NeverAcceptsANumberWhereABoundIsNotANumber) {
  Sheet sheet{"1"};
  EXPECT_EQ(sheet.top.number(0.0 / 0.0, 2.0), 0.0);
  EXPECT_EQ(sheet.faults.size(), 1U);
}

TEST(Reader, RefusesIntegersThatAreNotWrittenAsSuch) {
  Sheet sheet{"[3.0, 3e0, 99999999999, -0]"};
  auto items = sheet.top.items();
  for (auto& item : items) static_cast<void>(item.integer(0, 100));
  EXPECT_EQ(sheet.faults.size(), 3U) << sheet.told();
}

TEST(Reader, RefusesADoseInExponents) {
  Sheet sheet{"3.5e1"};
  EXPECT_EQ(sheet.top.decimal(), Decimal{});
  EXPECT_EQ(sheet.faults.size(), 1U);
}

TEST(Reader, RefusesTextThatIsEmptyLongOrHasControlCharacters) {
  Sheet sheet{R"(["", "abcdef", "a\nb", "a\u007f", "\u0000", "abc"])"};
  auto items = sheet.top.items();
  for (auto& item : items) static_cast<void>(item.text(5));
  EXPECT_EQ(sheet.told(),
            "[0]: an empty text\n"
            "[1]: a text of 6 bytes; at most 5 are allowed\n"
            "[2]: a text with control characters\n"
            "[3]: a text with control characters\n"
            "[4]: a text with control characters\n");
}

TEST(Reader, RefusesNamesThatAreNotForMachines) {
  Sheet sheet{R"({"a b": 1, "": 2, "ok": "x/y"})"};
  EXPECT_EQ(sheet.top.members().size(), 3U);
  EXPECT_EQ(sheet.top["ok"].name(), "");
  EXPECT_EQ(sheet.faults.size(), 3U) << sheet.told();
}

TEST(Reader, RefusesListsThatAreTooShort) {
  Sheet sheet{"[1]"};
  EXPECT_TRUE(sheet.top.items(2).empty());
  EXPECT_EQ(sheet.told(), "a list of 1 where 2 to 10000 are allowed\n");
}

TEST(Reader, RefusesDatesAndMomentsInWords) {
  Sheet sheet{R"(["yesterday", "2026-02-30", "2026-03-02T09:00:00"])"};
  auto items = sheet.top.items();
  EXPECT_EQ(items[0].date(), Date{});
  EXPECT_EQ(items[1].date(), Date{});
  EXPECT_EQ(items[2].instant(), Instant{});
  EXPECT_EQ(sheet.faults.size(), 3U);
}

}  // namespace
}  // namespace evenkeel::json
