#include "report/diagram_labels.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

namespace evenkeel::report {
namespace {

// In px^2 of overlap.
constexpr double over_arrow = 120.0;
constexpr double other_side = 40.0;
constexpr double off_middle = 200.0;  // for each whole length of the arrow

// The share of the line that lies in the rectangle, by clipping it at the four sides.
double share_inside(const Line& line, const Rectangle& r) {
  double low = 0.0;
  double high = 1.0;
  const auto clip = [&](double start, double step, double from, double to) {
    if (std::abs(step) < 1e-12) {
      if (start < from || start > to) high = -1.0;
      return;
    }
    const double a = (from - start) / step;
    const double b = (to - start) / step;
    low = std::max(low, std::min(a, b));
    high = std::min(high, std::max(a, b));
  };
  clip(line.from.x, line.to.x - line.from.x, r.corner.x, r.corner.x + r.width);
  clip(line.from.y, line.to.y - line.from.y, r.corner.y, r.corner.y + r.height);
  return std::max(0.0, high - low);
}

}  // namespace

double overlap(const Rectangle& a, const Rectangle& b) {
  const double across =
      std::min(a.corner.x + a.width, b.corner.x + b.width) - std::max(a.corner.x, b.corner.x);
  const double down =
      std::min(a.corner.y + a.height, b.corner.y + b.height) - std::max(a.corner.y, b.corner.y);
  return std::max(0.0, across) * std::max(0.0, down);
}

double LabelPlaces::cost(const Rectangle& at, const Line& own) const {
  const Rectangle page{{0.0, 0.0}, width_, height_};
  double sum = 3.0 * (at.width * at.height - overlap(at, page));
  for (const Rectangle& other : taken_) sum += 3.0 * overlap(at, other);
  for (const Line& arrow : arrows_) {
    const bool same = arrow.from.x == own.from.x && arrow.from.y == own.from.y && arrow.to.x == own.to.x &&
                      arrow.to.y == own.to.y;
    if (!same && share_inside(arrow, at) > 0.0) sum += over_arrow;
  }
  return sum;
}

Rectangle LabelPlaces::place(const Line& arrow, double label_width, double label_height, double off) {
  const double length = std::hypot(arrow.to.x - arrow.from.x, arrow.to.y - arrow.from.y);
  Point aside{0.0, -1.0};
  if (length > 0.0) aside = {-(arrow.to.y - arrow.from.y) / length, (arrow.to.x - arrow.from.x) / length};
  // Above what runs across, right of what runs down.
  const bool runs_across = std::abs(aside.y) >= std::abs(aside.x);
  if (runs_across ? aside.y > 0.0 : aside.x < 0.0) aside = {-aside.x, -aside.y};
  const double away = off + label_width / 2.0 * std::abs(aside.x) + label_height / 2.0 * std::abs(aside.y);
  std::optional<Rectangle> best;
  double least = 0.0;
  for (const double along : std::array{0.5, 0.42, 0.58, 0.34, 0.66, 0.25, 0.75, 0.15, 0.85}) {
    for (const double side : {1.0, -1.0}) {
      const Point middle{arrow.from.x + along * (arrow.to.x - arrow.from.x) + side * away * aside.x,
                         arrow.from.y + along * (arrow.to.y - arrow.from.y) + side * away * aside.y};
      const Rectangle at{
          {middle.x - label_width / 2.0, middle.y - label_height / 2.0}, label_width, label_height};
      const double here =
          cost(at, arrow) + (side < 0.0 ? other_side : 0.0) + off_middle * std::abs(along - 0.5);
      if (best && !(here < least)) continue;
      least = here;
      best = at;
    }
  }
  taken_.push_back(*best);
  return *best;
}

}  // namespace evenkeel::report
