// A diagram in pixels: how large its boxes are and where they stand. Pure.
#pragma once

#include <string>
#include <vector>

#include "report/diagram_graph.hpp"
#include "report/diagram_layout.hpp"
#include "report/svg.hpp"

namespace evenkeel::report {

struct DiagramStyle {
  bool wide = true;  // layers run across; down on a phone
  std::size_t most_in_box = 16;
  std::size_t most_in_label = 15;
  double narrowest_box_px = 76.0;
  double room_px = 34.0;  // least between two boxes, for an arrow
};

struct Shape {
  Point centre;
  double width = 0.0;
  double height = 0.0;
  std::vector<std::string> name;    // lines
  std::vector<std::string> detail;  // lines
};

struct DiagramPlan {
  std::vector<Shape> shapes;  // as graph.boxes
  double width = 0.0;
  double height = 0.0;
};

// `cells` as arranged() gives them for `graph`.
[[nodiscard]] DiagramPlan planned(const Graph& graph, const std::vector<GridCell>& cells,
                                  const DiagramStyle& style);

}  // namespace evenkeel::report
