#include "report/plot_lines.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace evenkeel::report {
namespace {

LinePlot plain() {
  LinePlot plot;
  plot.id = "p";
  plot.title = "t";
  plot.description = "d";
  plot.width = 400.0;   // the frame runs from 46 to 388
  plot.height = 260.0;  // and from 30 down to 234
  plot.until_h = 10.0;
  plot.top = 100.0;
  plot.unit = "ng/mL";
  plot.lines = {{{0.0, 5.0, 10.0}, {0.0, 100.0, 50.0}, "curve s1"}};
  return plot;
}

std::size_t count(std::string_view text, std::string_view part) {
  std::size_t found = 0;
  for (auto i = text.find(part); i != std::string_view::npos; i = text.find(part, i + part.size())) ++found;
  return found;
}

TEST(PlotLines, ALinearAxisPutsValuesInProportion) {
  EXPECT_NE(draw(plain()).markup.find("points=\"46,234 217,30 388,132\""), std::string::npos);
}

TEST(PlotLines, ALogarithmicAxisGivesEachDecadeTheSameHeight) {
  LinePlot plot = plain();
  plot.scale = Scale::logarithmic;
  plot.lines = {{{0.0, 5.0, 10.0}, {100.0, 10.0, 1.0}, "curve s1"}};
  const std::string svg = draw(plot).markup;
  // Three decades below 100: 1 stands at two thirds of the height, 10 on the straight line to it.
  EXPECT_NE(svg.find("<polyline points=\"46,30 388,166\""), std::string::npos) << svg;
}

TEST(PlotLines, AValueThatIsNoNumberLeavesAGap) {
  LinePlot plot = plain();
  const double none = std::numeric_limits<double>::quiet_NaN();
  plot.lines = {{{0.0, 1.0, 2.0, 3.0, 4.0}, {1.0, 2.0, none, 4.0, 50.0}, "curve s1"}};
  const std::string svg = draw(plot).markup;
  EXPECT_EQ(count(svg, "<polyline"), 2U);
  EXPECT_EQ(svg.find("nan"), std::string::npos);
}

TEST(PlotLines, NothingIsDrawnBelowALogarithmicAxis) {
  LinePlot plot = plain();
  plot.scale = Scale::logarithmic;
  plot.lines = {{{0.0, 5.0, 10.0}, {0.0, 0.0, 0.0}, "curve s1"}};
  EXPECT_EQ(count(draw(plot).markup, "<polyline"), 0U);
}

TEST(PlotLines, ALevelAboveTheAxisIsNotNamed) {
  LinePlot plot = plain();
  plot.levels = {{"near", 40.0, 80.0}, {"far", 900.0, 1000.0}};
  const std::string svg = draw(plot).markup;
  EXPECT_NE(svg.find("near, 40 to 80"), std::string::npos);
  EXPECT_EQ(svg.find("far"), std::string::npos);
}

TEST(PlotLines, EachDoseWithinTheTimesIsMarked) {
  LinePlot plot = plain();
  plot.doses = {{0.0, 0.5}, {4.0, 0.0}, {11.0, 0.5}};
  const std::string svg = draw(plot).markup;
  EXPECT_EQ(count(svg, "class=\"dose-mark\""), 2U);
  EXPECT_EQ(count(svg, "class=\"infusion\""), 1U);  // a dose at once has no length
}

TEST(PlotLines, TimesAreInMinutesHoursOrDays) {
  LinePlot plot = plain();
  EXPECT_NE(draw(plot).markup.find(">4 h</text>"), std::string::npos);
  plot.until_h = 2.0;
  EXPECT_NE(draw(plot).markup.find(">90 min</text>"), std::string::npos);
  plot.until_h = 14.0 * 24.0;
  EXPECT_NE(draw(plot).markup.find(">4 d</text>"), std::string::npos);
}

TEST(Simplified, KeepsCornersAndDropsWhatLiesOnTheLine) {
  const std::vector<Point> points{{0, 0}, {1, 1}, {2, 2}, {3, 2}, {4, 2}};
  const auto kept = simplified(points, 0.01);
  ASSERT_EQ(kept.size(), 3U);
  EXPECT_EQ(kept[1].x, 2.0);
}

TEST(Simplified, NoPointIsFartherOffThanTheTolerance) {
  std::vector<Point> points;
  for (int i = 0; i <= 2000; ++i) points.push_back({0.2 * i, 80.0 * std::sin(0.01 * i)});
  const auto kept = simplified(points, 0.1);
  EXPECT_LT(kept.size(), 200U);
  std::size_t next = 1;
  for (const Point& p : points) {
    while (kept[next].x < p.x) ++next;
    const Point a = kept[next - 1];
    const Point b = kept[next];
    const double on_line = a.y + (b.y - a.y) * (p.x - a.x) / (b.x - a.x);
    EXPECT_LE(std::abs(on_line - p.y) * (b.x - a.x) / std::hypot(b.x - a.x, b.y - a.y), 0.1 + 1e-9);
  }
}

}  // namespace
}  // namespace evenkeel::report
