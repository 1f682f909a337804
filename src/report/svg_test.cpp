#include "report/svg.hpp"

#include <gtest/gtest.h>

namespace evenkeel::report {
namespace {

TEST(Svg, AnAxisLaysItsEndsOnItsPixels) {
  const Axis y{0.0, 300.0, 200.0, 20.0};
  EXPECT_DOUBLE_EQ(y(0.0), 200.0);
  EXPECT_DOUBLE_EQ(y(300.0), 20.0);
  EXPECT_DOUBLE_EQ(y(150.0), 110.0);
  EXPECT_FALSE(y.holds(300.1));
}

TEST(Svg, TicksAreRoundAndInside) {
  EXPECT_EQ(nice_ticks(0.0, 300.0, 5), (std::vector<double>{0, 100, 200, 300}));
  EXPECT_EQ(nice_ticks(-15.0, 104.0, 5), (std::vector<double>{0, 50, 100}));
  EXPECT_EQ(nice_ticks(5.0, 5.0, 5), std::vector<double>{5.0});
}

TEST(Svg, AnAxisEndsAtOrAboveItsHighestValue) {
  for (const double value : {0.011, 0.9, 1.0, 7.3, 253.0, 1200.0, 98765.0}) {
    EXPECT_GE(nice_end(value), value);
    EXPECT_LE(nice_end(value), 1.5 * value);
  }
}

TEST(Svg, WeeklyDateTicksFallOnMondaysAndTellTheYearOnce) {
  const double from = day_number(*Instant::parse("2026-12-16T00:00:00Z"));
  const auto ticks = date_ticks(from, from + 25.0, 7);
  ASSERT_EQ(ticks.size(), 3U);
  EXPECT_EQ(ticks[0].text, "21 Dec 2026");
  EXPECT_EQ(ticks[1].text, "28 Dec");
  EXPECT_EQ(ticks[2].text, "4 Jan 2027");
}

TEST(Svg, LabelsThatWouldOverlapAreMovedApartAndStayInside) {
  const auto moved = spread({50.0, 52.0, 53.0}, 15.0, 70.0);
  EXPECT_LE(moved[2], 70.0);
  EXPECT_GE(moved[1] - moved[0], 15.0 - 1e-9);
  EXPECT_GE(moved[2] - moved[1], 15.0 - 1e-9);
  EXPECT_EQ(spread({10.0, 60.0}, 15.0, 70.0), (std::vector<double>{10.0, 60.0}));
}

TEST(Svg, ALongNameIsCutBetweenCharactersNotInsideOne) {
  EXPECT_EQ(shortened("s12", 14), "s12");
  EXPECT_EQ(shortened("äöüäöü", 4), "äöü…");
}

TEST(Svg, EveryPlotCarriesItsTitleAndDescriptionEscaped) {
  Svg svg{"p", 10.0, 10.0, "a <b>", "c & d"};
  svg.text({1.0, 1.0}, "<x>", "note");
  const std::string markup = svg.finish().markup;
  EXPECT_NE(markup.find("role=\"img\" aria-labelledby=\"p-t p-d\""), std::string::npos);
  EXPECT_NE(markup.find("<title id=\"p-t\">a &lt;b&gt;</title>"), std::string::npos);
  EXPECT_NE(markup.find("<desc id=\"p-d\">c &amp; d</desc>"), std::string::npos);
  EXPECT_NE(markup.find(">&lt;x&gt;</text>"), std::string::npos);
}

}  // namespace
}  // namespace evenkeel::report
