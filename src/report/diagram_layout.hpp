// Where the boxes of a diagram stand: cells of a grid. Layers run the way the drug goes, lanes across.
//
// The hub and the longest way onward from it stand in lane 0, one layer after the other. Every other
// box is moved about, one at a time and in pairs, while that makes the drawing better: no arrow
// through a box, few crossings, arrows forward, short, few lanes. Deterministic; pure.
#pragma once

#include <vector>

#include "report/diagram_graph.hpp"

namespace evenkeel::report {

struct GridCell {
  int layer = 0;  // from 0
  int lane = 0;   // from 0
  bool operator==(const GridCell&) const = default;
};

// Which way the drawing may grow: a page is broad (layers run across it), a phone is not (they run down).
enum class Room { broad, narrow };

// One cell for each box, as graph.boxes; no two the same.
[[nodiscard]] std::vector<GridCell> arranged(const Graph& graph, Room room);

}  // namespace evenkeel::report
