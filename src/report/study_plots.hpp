// The plots of a study: rows of ranges, stacked shares, and what moves a result. Each row has its label above
// its mark, so that a phone shows the same plot. Pure.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "report/html_text.hpp"
#include "report/svg.hpp"

namespace evenkeel::report::study {

enum class Along { linear, logarithmic };

// A value with what surrounds it; a heading where there is no value.
struct RangeRow {
  std::string label;
  std::string words;    // the numbers, at the right end
  std::size_t arm = 0;  // tells by mark and colour
  std::optional<double> value = std::nullopt;
  double low = 0.0;
  double high = 0.0;
  std::optional<std::pair<double, double>> inner = std::nullopt;
};

struct RangePlot {
  std::string id;  // unique on the page
  std::string title;
  std::string description;
  std::string axis;  // what and in which unit
  Along along = Along::linear;
  double low = 0.0;  // of the axis; rows lie within it
  double high = 1.0;
  std::optional<double> line = std::nullopt;  // a place of note, such as the day of harm
  std::string line_words = {};
  std::vector<RangeRow> rows;
};
[[nodiscard]] Html draw(const RangePlot& plot);

// The least round axis that holds all rows; of values above 0 where it is logarithmic.
void fit(RangePlot& plot);

struct StackRow {
  std::string label;
  std::vector<double> shares;  // by level; none: nobody looked
};
struct StackPlot {
  std::string id;
  std::string title;
  std::string description;
  std::string axis;
  std::vector<StackRow> rows;
};
[[nodiscard]] Html draw(const StackPlot& plot);

struct TornadoRow {
  std::string label;
  std::string words;
  std::optional<double> at_low, at_high;
};
struct TornadoPlot {
  std::string id;
  std::string title;
  std::string description;
  std::string axis;
  double base = 0.0;
  std::vector<TornadoRow> rows;
};
[[nodiscard]] Html draw(const TornadoPlot& plot);

// "s1" to "s4", and a mark: they come back after four.
[[nodiscard]] std::string arm_class(std::size_t arm);
[[nodiscard]] Mark arm_mark(std::size_t arm);

}  // namespace evenkeel::report::study
