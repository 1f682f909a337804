#include "report/diagram_layout.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

#include "support/drawn_models.hpp"

namespace evenkeel::report {
namespace {

int lanes(const std::vector<GridCell>& cells) {
  return std::ranges::max(cells, {}, &GridCell::lane).lane + 1;
}

void expect_all_apart(const std::vector<GridCell>& cells) {
  std::set<std::pair<int, int>> taken;
  for (const GridCell& cell : cells) {
    EXPECT_GE(cell.layer, 0);
    EXPECT_GE(cell.lane, 0);
    EXPECT_TRUE(taken.emplace(cell.layer, cell.lane).second) << cell.layer << ", " << cell.lane;
  }
}

TEST(DiagramLayout, NoTwoBoxesShareACell) {
  for (const auto& model : test::drawn_models()) {
    const Graph graph = graph_of(model);
    for (const Room room : {Room::broad, Room::narrow}) expect_all_apart(arranged(graph, room));
  }
}

TEST(DiagramLayout, AModelOfManyCompartmentsIsStillDrawn) {
  const Graph graph = graph_of(test::star(62));
  const auto cells = arranged(graph, Room::broad);
  ASSERT_EQ(cells.size(), graph.boxes.size());
  expect_all_apart(cells);
}

TEST(DiagramLayout, DrugRunsForwardFromBoxToBox) {
  for (const auto& model : test::drawn_models()) {
    const Graph graph = graph_of(model);
    const auto cells = arranged(graph, Room::broad);
    for (const Arrow& a : graph.arrows) {
      if (a.exchange || graph.boxes[a.to].kind == BoxKind::outside) continue;
      EXPECT_LT(cells[a.from].layer, cells[a.to].layer)
          << model.id << ": " << graph.boxes[a.from].name << " to " << graph.boxes[a.to].name;
    }
  }
}

// Walked in small steps rather than by the arranger's own geometry.
TEST(DiagramLayout, NoArrowRunsThroughABox) {
  for (const auto& model : test::drawn_models()) {
    const Graph graph = graph_of(model);
    for (const Room room : {Room::broad, Room::narrow}) {
      const auto cells = arranged(graph, room);
      for (const Arrow& a : graph.arrows) {
        for (std::size_t box = 0; box < cells.size(); ++box) {
          if (box == a.from || box == a.to) continue;
          for (int step = 0; step <= 100; ++step) {
            const double along = step / 100.0;
            const double x = cells[a.from].layer + along * (cells[a.to].layer - cells[a.from].layer);
            const double y = cells[a.from].lane + along * (cells[a.to].lane - cells[a.from].lane);
            EXPECT_FALSE(std::abs(x - cells[box].layer) < 0.3 && std::abs(y - cells[box].lane) < 0.3)
                << model.id << ": " << graph.boxes[a.from].name << " to " << graph.boxes[a.to].name
                << " through " << graph.boxes[box].name;
          }
        }
      }
    }
  }
}

TEST(DiagramLayout, APhoneGetsThreeLanesWhereTheyAreEnough) {
  EXPECT_LE(lanes(arranged(graph_of(test::three_compartments()), Room::narrow)), 3);
  EXPECT_LE(lanes(arranged(graph_of(test::with_film_and_chain()), Room::narrow)), 3);
}

TEST(DiagramLayout, TheSameModelIsDrawnTheSame) {
  const Graph graph = graph_of(test::with_liver());
  EXPECT_EQ(arranged(graph, Room::broad), arranged(graph, Room::broad));
}

TEST(DiagramLayout, AnEmptyGraphHasNoCells) {
  EXPECT_TRUE(arranged({}, Room::broad).empty());
}

}  // namespace
}  // namespace evenkeel::report
