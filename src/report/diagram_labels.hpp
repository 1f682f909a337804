// Where the labels of a diagram's arrows stand: beside their arrow, off boxes, other labels and, where
// there is room, other arrows. Greedy, in the order given; pure.
#pragma once

#include <string>
#include <vector>

#include "report/svg.hpp"

namespace evenkeel::report {

struct Rectangle {
  Point corner;  // left, top
  double width = 0.0;
  double height = 0.0;
};
[[nodiscard]] double overlap(const Rectangle& a, const Rectangle& b);  // px^2

struct Line {
  Point from;
  Point to;
};

class LabelPlaces {
 public:
  // `width` and `height` of the drawing; a label stands inside where it can.
  LabelPlaces(std::vector<Rectangle> boxes, std::vector<Line> arrows, double width, double height)
      : taken_(std::move(boxes)), arrows_(std::move(arrows)), width_(width), height_(height) {}

  // The place for a label of this size beside `arrow`, at least `off` px away from it; it is taken then.
  Rectangle place(const Line& arrow, double label_width, double label_height, double off);

 private:
  [[nodiscard]] double cost(const Rectangle& at, const Line& own) const;

  std::vector<Rectangle> taken_;
  std::vector<Line> arrows_;
  double width_;
  double height_;
};

}  // namespace evenkeel::report
