// A plot of values over time: lines, bands, doses and published levels, on a linear or logarithmic
// axis; for model pages and simulations. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "report/html_text.hpp"
#include "report/svg.hpp"

namespace evenkeel::report {

struct PlotLine {
  std::vector<double> times_h;  // rising
  std::vector<double> values;   // as times_h; one that is not finite leaves a gap
  std::string css_class;
};
struct PlotBand {  // between two curves over the same times
  std::vector<double> times_h;
  std::vector<double> low;
  std::vector<double> high;
  std::string css_class = "spread";
};
struct PlotMark {
  double at_h = 0.0;
  double value = 0.0;
  Mark shape = Mark::circle;
  std::string css_class = "measured";
};
struct PlotLevel {
  std::string name;
  double from = 0.0;
  double to = 0.0;
};
struct PlotDose {
  double at_h = 0.0;
  double length_h = 0.0;  // 0: at once
};
enum class Scale { linear, logarithmic };

struct LinePlot {
  std::string id;  // unique on the page
  std::string title;
  std::string description;
  double width = 400.0;
  double height = 260.0;
  Scale scale = Scale::linear;
  double from_h = 0.0;
  double until_h = 1.0;  // > from_h
  double top = 1.0;      // the highest value to be seen, > 0; the axis ends at a round number above
  std::string unit;
  std::vector<PlotBand> bands;  // the widest first
  std::vector<PlotLine> lines;
  std::vector<PlotLevel> levels;  // drawn as far as they lie within the axis
  std::vector<PlotDose> doses;
  std::vector<PlotMark> marks = {};  // drawn as far as they lie within the axes
};

[[nodiscard]] Html draw(const LinePlot& plot);

// Points left out where the line through the others passes within `tolerance` of them (Ramer, Douglas
// and Peucker); the first and the last stay.
[[nodiscard]] std::vector<Point> simplified(const std::vector<Point>& points, double tolerance);

}  // namespace evenkeel::report
