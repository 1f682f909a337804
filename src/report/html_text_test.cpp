#include "report/html_text.hpp"

#include <gtest/gtest.h>

namespace evenkeel::report {
namespace {

Instant at(std::string_view text) {
  return *Instant::parse(text);
}

TEST(HtmlText, MarkupCharactersAreEscaped) {
  EXPECT_EQ(escaped("<script>alert('1') & \"2\"</script>"),
            "&lt;script&gt;alert(&#39;1&#39;) &amp; &quot;2&quot;&lt;/script&gt;");
}

TEST(HtmlText, ADirectionOverrideCannotTurnADoseAround) {
  EXPECT_EQ(escaped("5\xE2\x80\xAE.0"), "5\xEF\xBF\xBD.0");
  EXPECT_EQ(escaped("5\xE2\x81\xA6.0"), "5\xEF\xBF\xBD.0");
  EXPECT_EQ(escaped("\xE2\x80\x93"), "\xE2\x80\x93");  // an en dash is only a dash
}

TEST(HtmlText, AControlCharacterIsShownAsReplaced) {
  EXPECT_EQ(escaped(std::string_view{"a\0b\x1B", 4}),
            "a\xEF\xBF\xBD"
            "b\xEF\xBF\xBD");
}

TEST(HtmlText, OnlyHtmlGoesInUnescaped) {
  EXPECT_EQ(html("<p>{} {} {}</p>", "<b>", html("<i>{}</i>", "x"), 3).markup, "<p>&lt;b&gt; <i>x</i> 3</p>");
}

TEST(HtmlText, NumbersLoseTrailingZerosAndKeepTheLeadingOne) {
  EXPECT_EQ(number_text(0.50, 2), "0.5");
  EXPECT_EQ(number_text(100.0, 0), "100");
  EXPECT_EQ(number_text(40.0, 2), "40");
  EXPECT_EQ(number_text(-0.001, 2), "0");
  EXPECT_EQ(number_text(std::numeric_limits<double>::quiet_NaN(), 2), "not a number");
}

TEST(HtmlText, ConcentrationsHaveThreeDigits) {
  const auto ng_per_mL = units::ng / units::mL;
  EXPECT_EQ(ng_per_mL_text(252.6 * ng_per_mL), "253");
  EXPECT_EQ(ng_per_mL_text(25.26 * ng_per_mL), "25.3");
  EXPECT_EQ(ng_per_mL_text(2.526 * ng_per_mL), "2.53");
}

TEST(HtmlText, ADistanceSaysWhichWayItLies) {
  const Instant now = at("2026-03-10T12:00:00Z");
  EXPECT_EQ(distance_text(at("2026-03-13T12:00:00Z"), now), "in 3 days");
  EXPECT_EQ(distance_text(at("2026-03-08T11:00:00Z"), now), "2 days ago");
  EXPECT_EQ(distance_text(at("2026-03-10T13:00:00Z"), now), "in 1 hour");
  EXPECT_EQ(distance_text(at("2026-03-10T11:30:00Z"), now), "within the last hour");
}

TEST(HtmlText, InstrumentsAreNamedAsCliniciansDo) {
  EXPECT_EQ(instrument_name("phq-9"), "PHQ-9");
  EXPECT_EQ(instrument_name("craving-0-10"), "craving (0 to 10)");
}

TEST(HtmlText, AnUnverifiedSourceSaysSo) {
  EXPECT_NE(label_note({"x", Label::conflicting, ""}).find("unverified"), std::string::npos);
  EXPECT_EQ(label_note({"x", Label::seen, ""}).find("unverified"), std::string::npos);
}

TEST(HtmlText, ATableHasACaptionAndScopedHeadings) {
  Table table{"Doses <of> a day", {{"Session"}, {"mg", true}}};
  table.row({"s1", "35.0"});
  const std::string markup = table.finish().markup;
  EXPECT_NE(markup.find("<caption><span>Doses &lt;of&gt; a day</span></caption>"), std::string::npos);
  EXPECT_NE(markup.find("<th scope=\"col\">Session</th>"), std::string::npos);
  EXPECT_NE(markup.find("<th scope=\"row\">s1</th><td class=\"n\">35.0</td>"), std::string::npos);
}

}  // namespace
}  // namespace evenkeel::report
