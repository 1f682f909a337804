#include "report/patient_page.hpp"

#include <gtest/gtest.h>

#include <sstream>

namespace evenkeel::report {
namespace {

const Provenance own{"here", Label::secondary, ""};

watch::PatientPage page() {
  return {"patient-page",
          "1.0.0",
          "draft",
          "What to know",
          {{"one", "Is it?", false, false, {{"It can be.", {"b", "a"}, true}, {"Ask us.", {}, false}}},
           {"help", "Where help is", false, true, {{"Talk <b>now</b>.", {"a"}, true}}}},
          {}};
}

std::vector<watch::Evidence> evidence() {
  watch::Evidence a;
  a.id = "a";
  a.title = "First";
  a.grade = 'B';
  a.label = Label::seen;
  a.statement = "8 % of them";
  a.sources = {{"k", "Somebody 2020"}};
  watch::Evidence b = a;
  b.id = "b";
  b.title = "Second";
  return {a, b};
}

watch::HelpLines lines() {
  return {"lines",
          "1.0.0",
          "draft",
          "t",
          {31.0 * units::day, own},
          "None verified here.",
          {{"US",
            "United States",
            {{"x",
              "The Line",
              "crisis",
              "1-800 555",
              {},
              "24 h",
              {"English"},
              *Date::parse("2026-03-01"),
              own}}}},
          {{"here", "s"}}};
}

struct Made {
  watch::PatientPage what = page();
  std::vector<watch::Evidence> known = evidence();
  watch::HelpLines help = lines();
  [[nodiscard]] std::string text(const char* country, const char* now) const {
    return patient_page_text({what, known, help, country, *Instant::parse(now)});
  }
  [[nodiscard]] std::string markup(const char* country, const char* now) const {
    return patient_page_html({what, known, help, country, *Instant::parse(now)});
  }
};

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

TEST(PatientPage, FactsCarryTheNumberOfTheirEvidenceAtTheFoot) {
  const std::string text = Made{}.text("US", "2026-03-02T00:00:00Z");
  EXPECT_TRUE(has(text, "It can be. [1, 2]")) << text;
  EXPECT_TRUE(has(text, "Talk <b>now</b>. [2]")) << text;
  EXPECT_TRUE(has(text, " 1 Second. Grade B: large cohort")) << text;
  EXPECT_TRUE(has(text, " 2 First. Grade B")) << text;
}

TEST(PatientPage, NeverShowsAPercentageNotEvenThatOfAStudy) {
  EXPECT_FALSE(has(Made{}.text("US", "2026-03-02T00:00:00Z"), "%"));
  EXPECT_FALSE(has(Made{}.markup("US", "2026-03-02T00:00:00Z"), "8 %"));
}

TEST(PatientPage, ALineCheckedTooLongAgoIsShownWithAWarning) {
  EXPECT_FALSE(has(Made{}.text("US", "2026-04-01T00:00:00Z"), "ask the clinic whether"));
  EXPECT_TRUE(has(Made{}.text("US", "2026-04-02T00:00:00Z"), "That is not within the last 31 days"));
  EXPECT_TRUE(has(Made{}.markup("US", "2026-04-02T00:00:00Z"), "class=\"old\""));
}

TEST(PatientPage, ACountryWithoutALineSaysWhatToDo) {
  const std::string text = Made{}.text("NZ", "2026-03-02T00:00:00Z");
  EXPECT_TRUE(has(text, "None verified here."));
  EXPECT_FALSE(has(text, "The Line"));
  EXPECT_TRUE(has(Made{}.text("", "2026-03-02T00:00:00Z"), "The Line"));
}

TEST(PatientPage, OnAPhoneTheNumberDialsAndWordsAreEscaped) {
  const std::string markup = Made{}.markup("US", "2026-03-02T00:00:00Z");
  EXPECT_TRUE(has(markup, "href=\"tel:1800555\"")) << markup;
  EXPECT_TRUE(has(markup, "Talk &lt;b&gt;now"));
  EXPECT_FALSE(has(markup, "<script"));
}

TEST(PatientPage, StaysWithinEightyColumns) {
  std::istringstream in{Made{}.text("US", "2026-04-02T00:00:00Z")};
  for (std::string line; std::getline(in, line);) EXPECT_LE(line.size(), 80U) << line;
}

}  // namespace
}  // namespace evenkeel::report
