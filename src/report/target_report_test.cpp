#include "report/target_report.hpp"

#include <gtest/gtest.h>

#include <sstream>

#include "report/page.hpp"
#include "report/target_words.hpp"
#include "support/target_report_example.hpp"

namespace evenkeel::report {
namespace {

using test::by_hand_report;

bool has(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}
std::size_t count(std::string_view text, std::string_view part) {
  std::size_t found = 0;
  for (auto i = text.find(part); i != std::string_view::npos; i = text.find(part, i + part.size())) ++found;
  return found;
}

TEST(TargetText, SaysFirstThatNoPumpIsControlled) {
  EXPECT_TRUE(target_text(by_hand_report(), false)
                  .starts_with("A plan for people: no pump is controlled. A clinician decides.\n"));
  EXPECT_TRUE(has(target_page(by_hand_report()), "no pump is controlled"));
  EXPECT_TRUE(has(target_json(by_hand_report()), "no pump is controlled"));
}

TEST(TargetText, KeepsToEightyColumns) {
  for (const auto& report : {by_hand_report(), test::report_of(test::effect_site_question())}) {
    std::istringstream lines{target_text(report, false)};
    for (std::string line; std::getline(lines, line);) EXPECT_LE(width(line), 80U) << line;
  }
}

TEST(TargetText, PrintsEveryRateAsThePumpTakesIt) {
  const auto report = by_hand_report();
  const auto rates = target_rates(report);
  ASSERT_EQ(rates.rows.size(), report.answer.segments.size());
  EXPECT_EQ(rates.rows.front()[0], "0:00:00");
  EXPECT_EQ(rates.rows.back()[1], "1:00:00");
  for (std::size_t i = 0; i < rates.rows.size(); ++i) {
    const auto& segment = report.answer.segments[i];
    EXPECT_NEAR(std::stod(rates.rows[i][2]), segment.flow.in(test::mL_h), 1e-9);  // no digit is lost
    EXPECT_NEAR(std::stod(rates.rows[i][4]) * 70.0, segment.rate.in(units::mg / units::h), 0.05);
  }
  EXPECT_NEAR(std::stod(rates.rows.back()[5]), report.answer.volume.in(units::mL), 0.01);
}

TEST(TargetText, SaysWhatBindsWhatIsMissedAndWhichLevelIsEntered) {
  auto question = test::plasma_question();
  question.pump.largest = 60.0 * test::mL_h;
  question.pump.syringe = 10.0 * units::mL;
  question.targets[2].level = 1.0 * test::ng_mL;
  const std::string text = target_text(test::report_of(question), false);
  EXPECT_TRUE(has(text, "the pump's largest rate binds"));
  EXPECT_TRUE(has(text, "not reached"));
  EXPECT_TRUE(has(text, "A new syringe is due at"));
  EXPECT_TRUE(has(text, "the published level for dissociation begins at 100 ng/mL") ||
              has(text, "published level for dissociation"));
  EXPECT_FALSE(has(text, "published level for anaesthesia"));
}

TEST(TargetText, AMomentBetweenTwoSecondsIsTheNext) {
  EXPECT_EQ(target_clock(0.0 * units::s), "0:00:00");
  EXPECT_EQ(target_clock(10.2 * units::s), "0:00:11");
  EXPECT_EQ(target_clock(10.0 * units::s * 1.0000000001), "0:00:10");
  EXPECT_EQ(target_clock(3723.0 * units::s), "1:02:03");
}

TEST(TargetText, ShowsTheHighestInOthersAndNotOnlyTheEnd) {
  const auto ranges = target_ranges(by_hand_report());
  ASSERT_EQ(ranges.rows.size(), 2U);
  EXPECT_TRUE(has(ranges.rows[0][2], ", up to 139"));  // half of 277.9 in plasma, though it ends near 75
  EXPECT_TRUE(has(ranges.rows[1][2], ", up to 278"));
}

TEST(TargetPage, IsWholeEscapedAndWithoutScript) {
  const std::string page = target_page(by_hand_report());
  EXPECT_TRUE(page.starts_with("<!doctype html>"));
  EXPECT_TRUE(page.ends_with("</html>\n"));
  EXPECT_TRUE(has(page, "A &lt;defect&gt;."));
  EXPECT_FALSE(has(page, "<script"));
  EXPECT_EQ(count(page, "<svg "), 3U);  // effect site, plasma, rate
}

TEST(TargetPage, HidesRatesThatNobodyCouldSetByHandAndSaysSo) {
  const std::string page = target_page(test::report_of(test::plasma_question()));
  EXPECT_TRUE(has(page, "rates are too many to set by hand"));
  EXPECT_TRUE(has(page, "<details><summary>All rates"));
  EXPECT_FALSE(has(target_page(by_hand_report()), "<details>"));
}

}  // namespace
}  // namespace evenkeel::report
