#include "report/diagram_plan.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "report/diagram_text.hpp"

namespace evenkeel::report {
namespace {

class Planner {
 public:
  Planner(const Graph& graph, const std::vector<GridCell>& cells, const DiagramStyle& style)
      : graph_(graph), cells_(cells), style_(style) {}

  DiagramPlan take() {
    make_shapes();
    const auto x = places(style_.wide ? &GridCell::layer : &GridCell::lane, true);
    const auto y = places(style_.wide ? &GridCell::lane : &GridCell::layer, false);
    for (std::size_t i = 0; i < shapes_.size(); ++i) {
      const auto layer = static_cast<std::size_t>(cells_[i].layer);
      const auto lane = static_cast<std::size_t>(cells_[i].lane);
      shapes_[i].centre = {x.at[style_.wide ? layer : lane], y.at[style_.wide ? lane : layer]};
    }
    return {std::move(shapes_), x.size, y.size};
  }

 private:
  struct Places {
    std::vector<double> at;
    double size = 0.0;
  };

  void make_shapes() {
    for (const Box& box : graph_.boxes) {
      Shape shape;
      if (box.kind == BoxKind::outside) {
        shape.width = shape.height = 44.0;  // room for the arrow's end
      } else {
        shape.name = name_lines(box.name, style_.most_in_box);
        if (!box.detail.empty()) shape.detail = broken(box.detail, style_.most_in_box);
        const double text = std::max(widest(shape.name) * (box.predicted ? 1.14 : 1.0), widest(shape.detail));
        shape.width = std::max(style_.narrowest_box_px, text + 16.0);
        shape.height = line_height_px * static_cast<double>(shape.name.size() + shape.detail.size()) + 12.0;
      }
      shapes_.push_back(std::move(shape));
    }
  }

  [[nodiscard]] std::vector<double> sizes(int GridCell::*axis, double Shape::*extent) const {
    std::vector<double> out;
    for (std::size_t i = 0; i < shapes_.size(); ++i) {
      const auto row = static_cast<std::size_t>(cells_[i].*axis);
      if (row >= out.size()) out.resize(row + 1, 0.0);
      out[row] = std::max(out[row], shapes_[i].*extent);
    }
    return out;
  }

  // Room for the largest box in each row of `axis`, and after each row for the labels.
  [[nodiscard]] Places places(int GridCell::*axis, bool across) const {
    const auto size = sizes(axis, across ? &Shape::width : &Shape::height);
    const auto gap = gaps(axis, across, size);
    Places out;
    double edge = 2.0;
    for (std::size_t i = 0; i < size.size(); ++i) {
      out.at.push_back(edge + size[i] / 2.0);
      edge += size[i] + gap[i];
    }
    out.size = edge + 2.0;
    return out;
  }

  // After each row: what the labels of arrows to the next row need, across as wide, down as high; and
  // across what the label of an arrow within the row needs beside it, with or without a next row.
  [[nodiscard]] std::vector<double> gaps(int GridCell::*axis, bool across,
                                         const std::vector<double>& size) const {
    std::vector<double> out(size.size(), style_.room_px);
    out.back() = 0.0;
    for (const Arrow& a : graph_.arrows) {
      const auto low = static_cast<std::size_t>(std::min(cells_[a.from].*axis, cells_[a.to].*axis));
      const auto high = static_cast<std::size_t>(std::max(cells_[a.from].*axis, cells_[a.to].*axis));
      const bool straight =
          cells_[a.from].layer == cells_[a.to].layer || cells_[a.from].lane == cells_[a.to].lane;
      const auto label = broken(a.label, style_.most_in_label);
      const double wide = std::max(widest(label), widest(broken(a.back_label, style_.most_in_label)));
      double need = 0.0;
      if (high == low && across) need = wide + 14.0 - size[low] / 2.0;
      if (high == low + 1 && across && straight) need = wide + 18.0;
      if (high == low + 1 && !across) need = line_height_px * static_cast<double>(label.size()) + 14.0;
      out[low] = std::max(out[low], need);
    }
    return out;
  }

  const Graph& graph_;
  const std::vector<GridCell>& cells_;
  const DiagramStyle& style_;
  std::vector<Shape> shapes_;
};

}  // namespace

DiagramPlan planned(const Graph& graph, const std::vector<GridCell>& cells, const DiagramStyle& style) {
  return Planner{graph, cells, style}.take();
}

}  // namespace evenkeel::report
