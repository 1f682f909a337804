#include "report/svg.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>

namespace evenkeel::report {
namespace {

std::string px(double value) {
  return number_text(value, 1);
}

double nice_step(double span, int most) {
  const double rough = span / std::max(most, 1);
  const double power = std::pow(10.0, std::floor(std::log10(rough)));
  for (const double factor : {1.0, 2.0, 5.0}) {
    if (factor * power >= rough * 0.999) return factor * power;
  }
  return 10.0 * power;
}

std::string points_text(std::span<const Point> points) {
  std::string text;
  for (const Point& point : points) {
    if (!text.empty()) text += ' ';
    text += px(point.x) + "," + px(point.y);
  }
  return text;
}

constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

}  // namespace

std::vector<double> nice_ticks(double low, double high, int most) {
  if (!(low < high)) return {low};
  const double step = nice_step(high - low, most);
  std::vector<double> ticks;
  for (double tick = std::ceil(low / step - 1e-9) * step; tick <= high + 1e-9 * step; tick += step)
    ticks.push_back(std::abs(tick) < 1e-9 * step ? 0.0 : tick);
  return ticks;
}

double nice_end(double value) {
  const double step = nice_step(value, 5);
  return std::ceil(value / step - 1e-9) * step;
}

double day_number(Instant when) {
  return (when - Instant{}).in(units::day);
}

std::vector<DateTick> date_ticks(double from_day, double to_day, int most) {
  double step = 1.0;
  for (const double days : {1.0, 2.0, 7.0, 14.0, 28.0, 56.0, 91.0, 182.0, 364.0, 728.0, 3640.0}) {
    step = days;
    if ((to_day - from_day) / days <= most) break;
  }
  std::vector<DateTick> ticks;
  std::string year_told;
  constexpr double monday = 4.0;  // 1970-01-05; whole weeks are counted from it
  const double first = step < 7.0 ? std::ceil(from_day) : monday + 7.0 * std::ceil((from_day - monday) / 7.0);
  for (double day = first; day <= to_day; day += step) {
    const std::chrono::sys_days date{std::chrono::days{static_cast<int>(day)}};
    const std::chrono::year_month_day parts{date};
    const std::string year = Date{date}.to_string().substr(0, 4);
    const std::string_view month = months[static_cast<unsigned>(parts.month()) - 1];
    std::string text = fmt::format("{} {}", static_cast<unsigned>(parts.day()), month);
    if (year != year_told) text += " " + year;
    year_told = year;
    ticks.push_back({day, std::move(text)});
  }
  return ticks;
}

std::vector<double> spread(std::vector<double> wanted, double gap, double high) {
  for (std::size_t i = 1; i < wanted.size(); ++i) wanted[i] = std::max(wanted[i], wanted[i - 1] + gap);
  double ceiling = high;
  for (std::size_t i = wanted.size(); i-- > 0;) {
    wanted[i] = std::min(wanted[i], ceiling);
    ceiling = wanted[i] - gap;
  }
  return wanted;
}

std::string shortened(std::string_view text, std::size_t most) {
  std::size_t characters = 0;
  std::size_t cut = 0;  // where the last character but one that fits ends
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool begins = (static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U;
    if (!begins) continue;
    if (characters + 1 == most) cut = i;
    if (++characters > most) return std::string(text.substr(0, cut)) + "…";
  }
  return std::string(text);
}

Svg::Svg(std::string_view id, double width, double height, std::string_view title,
         std::string_view description, std::string_view css_class) {
  body_ = html(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0} {1}\" class=\"{5}\" role=\"img\" "
      "aria-labelledby=\"{2}-t {2}-d\"><title id=\"{2}-t\">{3}</title><desc id=\"{2}-d\">{4}</desc>\n",
      px(width), px(height), id, title, description, css_class);
}

void Svg::line(Point from, Point to, std::string_view css_class) {
  body_ += html("<line x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\" class=\"{}\"/>\n", px(from.x), px(from.y),
                px(to.x), px(to.y), css_class);
}

void Svg::rect(Point corner, double width, double height, std::string_view css_class, double radius) {
  const Html round = radius > 0.0 ? html(" rx=\"{}\"", px(radius)) : Html{};
  body_ += html("<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"{} class=\"{}\"/>\n", px(corner.x),
                px(corner.y), px(std::max(width, 0.0)), px(std::max(height, 0.0)), round, css_class);
}

void Svg::arrow(Point from, Point to, std::string_view css_class) {
  constexpr double head_length = 7.0;
  constexpr double head_half_width = 3.2;
  const double length = std::hypot(to.x - from.x, to.y - from.y);
  if (!(length > 0.0)) return;
  const Point along{(to.x - from.x) / length, (to.y - from.y) / length};
  const Point neck{to.x - head_length * along.x, to.y - head_length * along.y};
  const std::array<Point, 3> head{
      to, Point{neck.x - head_half_width * along.y, neck.y + head_half_width * along.x},
      Point{neck.x + head_half_width * along.y, neck.y - head_half_width * along.x}};
  line(from, neck, css_class);
  body_ += html("<polygon points=\"{}\" class=\"{} head\"/>\n", points_text(head), css_class);
}

void Svg::polyline(std::span<const Point> points, std::string_view css_class) {
  body_ += html("<polyline points=\"{}\" class=\"{}\"/>\n", points_text(points), css_class);
}

void Svg::area(std::span<const Point> points, double base, std::string_view css_class) {
  if (points.empty()) return;
  std::vector<Point> closed{points.begin(), points.end()};
  closed.push_back({points.back().x, base});
  closed.push_back({points.front().x, base});
  polygon(closed, css_class);
}

void Svg::polygon(std::span<const Point> corners, std::string_view css_class) {
  if (corners.empty()) return;
  body_ += html("<polygon points=\"{}\" class=\"{}\"/>\n", points_text(corners), css_class);
}

void Svg::mark(Mark shape, Point at, double size, std::string_view css_class) {
  switch (shape) {
    case Mark::circle:
      body_ += html("<circle cx=\"{}\" cy=\"{}\" r=\"{}\" class=\"{}\"/>\n", px(at.x), px(at.y), px(size),
                    css_class);
      return;
    case Mark::diamond: {
      const double reach = 1.25 * size;
      const std::array<Point, 4> corners{Point{at.x, at.y - reach}, Point{at.x + reach, at.y},
                                         Point{at.x, at.y + reach}, Point{at.x - reach, at.y}};
      body_ += html("<polygon points=\"{}\" class=\"{}\"/>\n", points_text(corners), css_class);
      return;
    }
    case Mark::down_triangle: {
      const std::array<Point, 3> corners{Point{at.x - size, at.y - size}, Point{at.x + size, at.y - size},
                                         Point{at.x, at.y + size}};
      body_ += html("<polygon points=\"{}\" class=\"{}\"/>\n", points_text(corners), css_class);
      return;
    }
    case Mark::cross:
      line({at.x - size, at.y - size}, {at.x + size, at.y + size}, css_class);
      line({at.x - size, at.y + size}, {at.x + size, at.y - size}, css_class);
      return;
  }
}

void Svg::text(Point at, std::string_view text, std::string_view css_class, Anchor anchor) {
  std::string_view where = "start";
  if (anchor == Anchor::middle) where = "middle";
  if (anchor == Anchor::end) where = "end";
  body_ += html("<text x=\"{}\" y=\"{}\" text-anchor=\"{}\" class=\"{}\">{}</text>\n", px(at.x), px(at.y),
                where, css_class, text);
}

Html Svg::finish() const {
  return body_ + Html{"</svg>\n"};
}

void draw_left_axis(Svg& svg, const Frame& frame, const Axis& y, std::span<const double> ticks) {
  for (const double tick : ticks) {
    svg.line({frame.left, y(tick)}, {frame.right, y(tick)}, "grid");
    svg.text({frame.left - 7.0, y(tick) + 4.0}, number_text(tick, 2), "tick", Anchor::end);
  }
}

void draw_date_axis(Svg& svg, const Frame& frame, const Axis& x, int most) {
  svg.line({frame.left, frame.bottom}, {frame.right, frame.bottom}, "axis");
  for (const DateTick& tick : date_ticks(x.low, x.high, most)) {
    svg.line({x(tick.day), frame.bottom}, {x(tick.day), frame.bottom + 4.0}, "axis");
    const bool at_edge = x(tick.day) - frame.left < 30.0;
    svg.text({at_edge ? std::min(x(tick.day), frame.left) : x(tick.day), frame.bottom + 18.0}, tick.text,
             "tick", at_edge ? Anchor::start : Anchor::middle);
  }
}

}  // namespace evenkeel::report
