#include "report/plot_lines.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

namespace evenkeel::report {
namespace {

constexpr double decades = 3.0;  // shown at least, on a logarithmic axis
constexpr double tolerance_px = 0.1;

// The vertical axis of a plot: a value's place, or none where it has none.
class ValueAxis {
 public:
  ValueAxis(const LinePlot& plot, const Frame& frame) : logarithmic_(plot.scale == Scale::logarithmic) {
    if (logarithmic_) {
      const double high = std::log10(nice_end(plot.top));
      axis_ = {std::floor(high - decades + 0.31), high, frame.bottom, frame.top};
    } else {
      axis_ = {0.0, nice_end(plot.top), frame.bottom, frame.top};
    }
  }

  // Px, at most a little outside the axis so that a line leaves the frame where it should.
  [[nodiscard]] double operator()(double value) const {
    const double at = logarithmic_ ? (value > 0.0 ? std::log10(value) : axis_.low - 1.0) : value;
    return axis_(std::clamp(at, axis_.low, axis_.high));
  }
  [[nodiscard]] bool shows(double value) const {
    return std::isfinite(value) &&
           (logarithmic_ ? value > 0.0 && axis_.holds(std::log10(value)) : axis_.holds(value));
  }
  [[nodiscard]] double high() const { return logarithmic_ ? std::pow(10.0, axis_.high) : axis_.high; }
  [[nodiscard]] double low() const { return logarithmic_ ? std::pow(10.0, axis_.low) : axis_.low; }

  [[nodiscard]] std::vector<double> ticks() const {
    if (!logarithmic_) return nice_ticks(0.0, axis_.high, 5);
    std::vector<double> found;
    for (double power = axis_.low; power <= axis_.high + 1e-9; power += 1.0)
      found.push_back(std::pow(10.0, power));
    return found;
  }

 private:
  bool logarithmic_;
  Axis axis_;
};

std::vector<Point> thinned(const std::vector<Point>& points) {
  return simplified(points, tolerance_px);
}

// The pieces of a line between its gaps.
std::vector<std::vector<Point>> pieces(const PlotLine& line, const Axis& x, const ValueAxis& y) {
  std::vector<std::vector<Point>> found(1);
  for (std::size_t i = 0; i < line.times_h.size() && i < line.values.size(); ++i) {
    if (!x.holds(line.times_h[i])) continue;
    if (y.shows(line.values[i])) {
      found.back().push_back({x(line.times_h[i]), y(line.values[i])});
    } else if (!found.back().empty()) {
      found.emplace_back();
    }
  }
  return found;
}

void draw_band(Svg& svg, const PlotBand& band, const Axis& x, const ValueAxis& y) {
  std::vector<Point> upper;
  std::vector<Point> lower;
  for (std::size_t i = 0; i < band.times_h.size(); ++i) {
    if (!x.holds(band.times_h[i]) || !std::isfinite(band.low[i]) || !std::isfinite(band.high[i])) continue;
    upper.push_back({x(band.times_h[i]), y(band.high[i])});
    lower.push_back({x(band.times_h[i]), y(band.low[i])});
  }
  std::vector<Point> outline = thinned(upper);
  std::vector<Point> back = thinned(lower);
  outline.insert(outline.end(), back.rbegin(), back.rend());
  svg.polygon(outline, band.css_class);
}

void draw_levels(Svg& svg, const std::vector<PlotLevel>& levels, const Frame& frame, const ValueAxis& y) {
  for (const PlotLevel& level : levels) {
    if (!(level.from < y.high()) || !(level.to > y.low())) continue;
    const double top = y(level.to);
    const double bottom = y(level.from);
    svg.rect({frame.left, top}, frame.right - frame.left, bottom - top, "level-band");
    svg.line({frame.left, bottom}, {frame.right, bottom}, "refline");
    if (level.to < y.high()) svg.line({frame.left, top}, {frame.right, top}, "refline");
    svg.text({frame.right - 4.0, std::max(top + 13.0, frame.top + 12.0)},
             fmt::format("{}, {} to {}", level.name, number_text(level.from, 1), number_text(level.to, 1)),
             "level-name", Anchor::end);
  }
}

void draw_doses(Svg& svg, const std::vector<PlotDose>& doses, const Frame& frame, const Axis& x) {
  for (const PlotDose& dose : doses) {
    if (!x.holds(dose.at_h)) continue;
    const double from = x(dose.at_h);
    const double to = x(std::min(dose.at_h + dose.length_h, x.high));
    if (dose.length_h > 0.0)
      svg.rect({from, frame.top}, std::max(to - from, 0.8), frame.bottom - frame.top, "infusion");
    svg.mark(Mark::down_triangle, {from, frame.top - 5.0}, 3.2, "dose-mark");
  }
}

double time_step(double span_h) {
  for (const double step :
       {1.0 / 12.0, 0.25, 0.5, 1.0, 2.0, 4.0, 6.0, 12.0, 24.0, 48.0, 96.0, 168.0, 336.0, 672.0}) {
    if (span_h / step <= 7.0) return step;
  }
  return 24.0 * nice_end(span_h / 24.0 / 7.0);
}

// In minutes, hours or days, whichever the steps are whole in.
std::string time_text(double time_h, double step_h) {
  if (step_h < 1.0) return number_text(60.0 * time_h, 0) + " min";
  if (step_h < 24.0) return number_text(time_h, 0) + " h";
  return number_text(time_h / 24.0, 1) + " d";
}

void draw_time_axis(Svg& svg, const Frame& frame, const Axis& x) {
  svg.line({frame.left, frame.bottom}, {frame.right, frame.bottom}, "axis");
  const double step = time_step(x.high - x.low);
  for (double at = std::ceil(x.low / step - 1e-9) * step; at <= x.high + 1e-9 * step; at += step) {
    svg.line({x(at), frame.bottom}, {x(at), frame.bottom + 4.0}, "axis");
    svg.text({x(at), frame.bottom + 18.0}, time_text(at, step), "tick", Anchor::middle);
  }
}

std::string tick_text(double value) {
  if (value >= 0.01 && value < 1e5) return number_text(value, 3);
  return value == 0.0 ? "0" : fmt::format("{:.0e}", value);
}

}  // namespace

std::vector<Point> simplified(const std::vector<Point>& points, double tolerance) {
  if (points.size() < 3) return points;
  std::vector<bool> kept(points.size(), false);
  kept.front() = kept.back() = true;
  std::vector<std::pair<std::size_t, std::size_t>> spans{{0, points.size() - 1}};
  while (!spans.empty()) {
    const auto [first, last] = spans.back();
    spans.pop_back();
    const Point a = points[first];
    const Point b = points[last];
    const double length = std::hypot(b.x - a.x, b.y - a.y);
    double most = tolerance;
    std::optional<std::size_t> farthest;
    for (std::size_t i = first + 1; i < last; ++i) {
      const Point p = points[i];
      const double off = length > 0.0
                             ? std::abs((b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x)) / length
                             : std::hypot(p.x - a.x, p.y - a.y);
      if (off <= most) continue;
      most = off;
      farthest = i;
    }
    if (!farthest) continue;
    kept[*farthest] = true;
    spans.emplace_back(first, *farthest);
    spans.emplace_back(*farthest, last);
  }
  std::vector<Point> out;
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (kept[i]) out.push_back(points[i]);
  }
  return out;
}

Html draw(const LinePlot& plot) {
  const Frame frame{46.0, 30.0, plot.width - 12.0, plot.height - 26.0};
  Svg svg{plot.id, plot.width, plot.height, plot.title, plot.description};
  const Axis x{plot.from_h, plot.until_h, frame.left, frame.right};
  const ValueAxis y{plot, frame};
  svg.text({2.0, 12.0}, plot.unit, "tick");
  draw_doses(svg, plot.doses, frame, x);
  draw_levels(svg, plot.levels, frame, y);
  for (const double tick : y.ticks()) {
    svg.line({frame.left, y(tick)}, {frame.right, y(tick)}, "grid");
    svg.text({frame.left - 7.0, y(tick) + 4.0}, tick_text(tick), "tick", Anchor::end);
  }
  draw_time_axis(svg, frame, x);
  for (const PlotBand& band : plot.bands) draw_band(svg, band, x, y);
  for (const PlotLine& line : plot.lines) {
    for (const auto& piece : pieces(line, x, y)) {
      if (piece.size() > 1) svg.polyline(thinned(piece), line.css_class);
    }
  }
  for (const PlotMark& mark : plot.marks) {
    if (x.holds(mark.at_h) && y.shows(mark.value))
      svg.mark(mark.shape, {x(mark.at_h), y(mark.value)}, 4.5, mark.css_class);
  }
  return svg.finish();
}

}  // namespace evenkeel::report
