// A small writer of static plots: scalable, without script, coloured by the page's style sheet.
//
// Coordinates are pixels of the view box, y downwards. Every plot carries a title and a description
// for who cannot see it. Text is escaped. Pure.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.hpp"
#include "report/html_text.hpp"

namespace evenkeel::report {

// Values from `low` to `high` laid on pixels from `from_px` to `to_px` (which may run downwards).
struct Axis {
  double low = 0.0;
  double high = 1.0;
  double from_px = 0.0;
  double to_px = 1.0;

  [[nodiscard]] double operator()(double value) const {
    return from_px + (value - low) / (high - low) * (to_px - from_px);
  }
  [[nodiscard]] bool holds(double value) const { return low <= value && value <= high; }
};

// Steps of 1, 2 or 5 times a power of ten, at most about `most` of them, inside [low, high].
[[nodiscard]] std::vector<double> nice_ticks(double low, double high, int most);
// The first round number at or above `value`, for the end of an axis; `value` above 0.
[[nodiscard]] double nice_end(double value);

struct DateTick {
  double day = 0.0;  // days since 1970-01-01
  std::string text;  // "2 Mar"; with the year where it is first told or changes
};
[[nodiscard]] double day_number(Instant when);
[[nodiscard]] std::vector<DateTick> date_ticks(double from_day, double to_day, int most);

// The positions moved apart to at least `gap`, in their order, none below `high` where that is possible.
[[nodiscard]] std::vector<double> spread(std::vector<double> wanted, double gap, double high);

// At most `most` characters (code points), the last an ellipsis where something was cut.
[[nodiscard]] std::string shortened(std::string_view text, std::size_t most);

struct Point {
  double x = 0.0;
  double y = 0.0;
};

enum class Anchor { start, middle, end };
enum class Mark { circle, diamond, down_triangle, cross };

class Svg {
 public:
  // `id` is unique on the page.
  Svg(std::string_view id, double width, double height, std::string_view title, std::string_view description,
      std::string_view css_class = "");

  void line(Point from, Point to, std::string_view css_class);
  void rect(Point corner, double width, double height, std::string_view css_class, double radius = 0.0);
  // A line with a head at `to`; the head takes the same class.
  void arrow(Point from, Point to, std::string_view css_class);
  void polyline(std::span<const Point> points, std::string_view css_class);
  // The surface between the points and the height `base`.
  void area(std::span<const Point> points, double base, std::string_view css_class);
  void polygon(std::span<const Point> corners, std::string_view css_class);
  void mark(Mark shape, Point at, double size, std::string_view css_class);
  void text(Point at, std::string_view text, std::string_view css_class, Anchor anchor = Anchor::start);
  [[nodiscard]] Html finish() const;

 private:
  Html body_;
};

// The rectangle that a plot's axes span.
struct Frame {
  double left = 0.0;
  double top = 0.0;
  double right = 0.0;
  double bottom = 0.0;
};

void draw_left_axis(Svg& svg, const Frame& frame, const Axis& y, std::span<const double> ticks);
void draw_date_axis(Svg& svg, const Frame& frame, const Axis& x, int most);

// The same plot drawn for a page and for a phone; the style sheet shows one of them.
template <class Draw>
[[nodiscard]] Html wide_and_narrow(const Draw& draw) {
  return html("<div class=\"wide\">{}</div><div class=\"narrow\">{}</div>\n", draw(true), draw(false));
}

}  // namespace evenkeel::report
