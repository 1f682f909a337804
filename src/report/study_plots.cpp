#include "report/study_plots.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "report/page.hpp"

namespace evenkeel::report::study {
namespace {

constexpr double wide_px = 720.0;
constexpr double narrow_px = 350.0;
constexpr double row_px = 36.0;
constexpr double heading_px = 26.0;
constexpr double foot_px = 40.0;
constexpr double edge_px = 10.0;
constexpr double text_px = 6.6;  // a character, about

struct Scale {
  Along along = Along::linear;
  Axis axis;
  double operator()(double value) const {
    return axis(along == Along::logarithmic ? std::log10(value) : value);
  }
};

Scale scale_of(Along along, double low, double high, double width) {
  if (along == Along::logarithmic) {
    low = std::log10(low);
    high = std::log10(high);
  }
  return {along, {low, high, edge_px, width - edge_px}};
}

std::vector<double> decades(double low, double high, bool wide) {
  std::vector<double> ticks;
  for (double power = std::floor(std::log10(low)); power <= std::ceil(std::log10(high)); power += 1.0) {
    for (const double factor : {1.0, 2.0, 5.0}) ticks.push_back(factor * std::pow(10.0, power));
  }
  std::erase_if(ticks, [&](double tick) { return tick < low * 0.999 || tick > high * 1.001; });
  const bool many = high / low > (wide ? 1000.0 : 50.0);  // then only 1, 10, 100
  if (many) {
    std::erase_if(ticks, [](double tick) {
      const double power = std::log10(tick);
      return std::abs(power - std::round(power)) > 0.01;
    });
  }
  return ticks;
}

std::vector<double> ticks_of(const Scale& scale, double low, double high, bool wide) {
  if (scale.along == Along::logarithmic) return decades(low, high, wide);
  return nice_ticks(low, high, wide ? 8 : 4);
}

std::string tick_text(double value) {
  return std::abs(value) >= 10'000.0 ? fmt::format("{:.0f}k", value / 1000.0) : number_text(value, 4);
}

void draw_axis(Svg& svg, const Scale& scale, const std::vector<double>& ticks, double top, double bottom,
               double width, std::string_view name) {
  for (const double tick : ticks) {
    svg.line({scale(tick), top}, {scale(tick), bottom}, "grid");
    const bool first = scale(tick) < 24.0;
    const bool last = scale(tick) > width - 24.0;
    svg.text({scale(tick), bottom + 15.0}, tick_text(tick), "tick",
             first  ? Anchor::start
             : last ? Anchor::end
                    : Anchor::middle);
  }
  svg.line({edge_px, bottom}, {width - edge_px, bottom}, "axis");
  svg.text({width / 2.0, bottom + 33.0}, name, "note", Anchor::middle);
}

// A label at the left and numbers at the right of a row's first line, shortened so that they do not meet.
void draw_words(Svg& svg, double y, double width, const std::string& label, const std::string& words) {
  const double room = (width - 2.0 * edge_px) / text_px - static_cast<double>(report::width(words)) - 2.0;
  svg.text({edge_px, y + 13.0}, shortened(label, static_cast<std::size_t>(std::max(room, 8.0))), "label");
  svg.text({width - edge_px, y + 13.0}, words, "value", Anchor::end);
}

double height_of(const RangePlot& plot) {
  double sum = 0.0;
  for (const RangeRow& row : plot.rows) sum += row.words.empty() && !row.value ? heading_px : row_px;
  return sum;
}

void draw_row(Svg& svg, const Scale& scale, const RangeRow& row, double y, double width) {
  draw_words(svg, y, width, row.label, row.words);
  if (!row.value) return;
  const std::string style = arm_class(row.arm);
  const double at = y + 24.0;
  svg.line({scale(row.low), at}, {scale(row.high), at}, "whisker " + style);
  for (const double end : {row.low, row.high})
    svg.line({scale(end), at - 4.0}, {scale(end), at + 4.0}, "whisker " + style);
  if (row.inner) {
    const double from = scale(row.inner->first);
    svg.rect({from, at - 4.0}, std::max(scale(row.inner->second) - from, 1.0), 8.0, "inner " + style, 2.0);
  }
  svg.mark(arm_mark(row.arm), {scale(*row.value), at}, 5.0, "point " + style);
}

Html draw_ranges(const RangePlot& plot, bool wide) {
  const double width = wide ? wide_px : narrow_px;
  const double bottom = height_of(plot) + (plot.line ? 18.0 : 4.0);
  Svg svg(plot.id + (wide ? "" : "-n"), width, bottom + foot_px, plot.title, plot.description);
  const Scale scale = scale_of(plot.along, plot.low, plot.high, width);
  double y = plot.line ? 16.0 : 0.0;
  draw_axis(svg, scale, ticks_of(scale, plot.low, plot.high, wide), y, bottom, width, plot.axis);
  if (plot.line) {
    const double x = scale(*plot.line);
    svg.line({x, y}, {x, bottom}, "base");
    const Anchor anchor = x < width / 3.0 ? Anchor::start : x > width / 1.5 ? Anchor::end : Anchor::middle;
    svg.text({x, 11.0}, plot.line_words, "note", anchor);
  }
  for (const RangeRow& row : plot.rows) {
    if (row.words.empty() && !row.value) {
      svg.text({edge_px, y + 18.0}, shortened(row.label, static_cast<std::size_t>(width / text_px)), "head");
      y += heading_px;
    } else {
      draw_row(svg, scale, row, y, width);
      y += row_px;
    }
  }
  return svg.finish();
}

void draw_stack(Svg& svg, const StackRow& row, double y, double width) {
  const Axis x{0.0, 1.0, edge_px, width - edge_px};
  if (row.shares.empty()) return draw_words(svg, y, width, row.label, "nobody looks");
  draw_words(svg, y, width, row.label, "");
  double from = 0.0;
  for (std::size_t level = 0; level < row.shares.size(); ++level) {
    const double share = row.shares[level];
    const double px = x(from + share) - x(from);
    if (px > 0.0)
      svg.rect({x(from), y + 18.0}, std::max(px - 1.5, 0.5), 22.0, fmt::format("part p{}", level));
    const std::string number = fmt::format("{:.0f} %", 100.0 * share);
    const std::string full = fmt::format("{}: {}", level, number);
    const double middle = 0.5 * (x(from) + x(from + share));
    if (px > text_px * static_cast<double>(full.size()) + 4.0) {
      svg.text({middle, y + 33.0}, full, fmt::format("on p{}", level), Anchor::middle);
    } else if (px > 10.0) {
      svg.text({middle, y + 33.0}, fmt::format("{}", level), fmt::format("on p{}", level), Anchor::middle);
    }
    from += share;
  }
}

Html draw_stacks(const StackPlot& plot, bool wide) {
  constexpr double stack_px = 48.0;
  const double width = wide ? wide_px : narrow_px;
  const double bottom = stack_px * static_cast<double>(plot.rows.size()) + 2.0;
  Svg svg(plot.id + (wide ? "" : "-n"), width, bottom + foot_px, plot.title, plot.description);
  const Scale scale = scale_of(Along::linear, 0.0, 100.0, width);
  draw_axis(svg, scale, nice_ticks(0.0, 100.0, wide ? 10 : 4), 0.0, bottom, width, plot.axis);
  for (std::size_t i = 0; i < plot.rows.size(); ++i)
    draw_stack(svg, plot.rows[i], stack_px * static_cast<double>(i), width);
  return svg.finish();
}

void draw_swing(Svg& svg, const Scale& scale, double base, const TornadoRow& row, double y, double width) {
  draw_words(svg, y, width, row.label, row.words);
  const double at = y + 24.0;
  const double low = row.at_low.value_or(base);
  const double high = row.at_high.value_or(base);
  const auto [from, to] = std::minmax({low, high, base});
  svg.rect({scale(from), at - 4.0}, std::max(scale(to) - scale(from), 1.0), 8.0, "swing");
  if (row.at_low) svg.mark(Mark::circle, {scale(low), at}, 5.0, "end-low");
  if (row.at_high) svg.mark(Mark::diamond, {scale(high), at}, 5.0, "end-high");
}

}  // namespace

// One width for all: two stand side by side on a page.
Html draw(const TornadoPlot& plot) {
  constexpr double width = 440.0;
  double low = plot.base;
  double high = plot.base;
  for (const TornadoRow& row : plot.rows) {
    for (const auto& value : {row.at_low, row.at_high}) {
      low = std::min(low, value.value_or(plot.base));
      high = std::max(high, value.value_or(plot.base));
    }
  }
  const double room = high > low ? 0.05 * (high - low) : std::max(0.05 * std::abs(high), 0.05);
  const double bottom = row_px * static_cast<double>(plot.rows.size()) + 18.0;
  Svg svg(plot.id, width, bottom + foot_px, plot.title, plot.description);
  const Scale scale = scale_of(Along::linear, low - room, high + room, width);
  draw_axis(svg, scale, nice_ticks(low - room, high + room, 5), 16.0, bottom, width, plot.axis);
  const double x = scale(plot.base);
  svg.line({x, 14.0}, {x, bottom}, "base");
  const Anchor anchor = x < width / 3.0 ? Anchor::start : x > width / 1.5 ? Anchor::end : Anchor::middle;
  svg.text({x, 11.0}, "as assumed", "note", anchor);
  double y = 16.0;
  for (const TornadoRow& row : plot.rows) {
    draw_swing(svg, scale, plot.base, row, y, width);
    y += row_px;
  }
  return svg.finish();
}

Html draw(const RangePlot& plot) {
  return wide_and_narrow([&](bool wide) { return draw_ranges(plot, wide); });
}
Html draw(const StackPlot& plot) {
  return wide_and_narrow([&](bool wide) { return draw_stacks(plot, wide); });
}

void fit(RangePlot& plot) {
  std::vector<double> seen;
  for (const RangeRow& row : plot.rows) {
    if (!row.value) continue;
    seen.insert(seen.end(), {row.low, *row.value, row.high});
  }
  if (plot.line) seen.push_back(*plot.line);
  if (seen.empty()) seen = {1.0, 10.0};
  plot.low = *std::ranges::min_element(seen);
  plot.high = *std::ranges::max_element(seen);
  if (plot.along == Along::logarithmic) {
    plot.low *= 0.9;
    plot.high *= 1.1;
    return;
  }
  const double room = std::max(0.03 * (plot.high - plot.low), 1e-9);
  if (plot.low != 0.0) plot.low -= room;
  plot.high += room;
}

std::string arm_class(std::size_t arm) {
  return fmt::format("s{}", arm % 4 + 1);
}

Mark arm_mark(std::size_t arm) {
  constexpr std::array<Mark, 4> marks{Mark::circle, Mark::diamond, Mark::down_triangle, Mark::cross};
  return marks[arm % marks.size()];
}

}  // namespace evenkeel::report::study
