#include "report/diagram_layout.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

namespace evenkeel::report {
namespace {

// How bad a thing is, in units of a tenth of a cell.
constexpr double through_box = 400.0;
constexpr double crossing = 60.0;
constexpr double backward = 80.0;
constexpr double sideways = 25.0;  // an exchange between boxes of different layers, for each layer
constexpr double used_lane = 30.0;
constexpr double used_layer = 6.0;
constexpr double same_cell = 10000.0;
constexpr std::size_t many = 30;  // boxes; a larger drawing is not improved, for the time it takes
constexpr double box_half = 0.36;

struct Spot {
  double x = 0.0;
  double y = 0.0;
};
Spot spot(const GridCell& cell) {
  return {static_cast<double>(cell.layer), static_cast<double>(cell.lane)};
}

double turn(Spot a, Spot b, Spot c) {
  return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}
bool cross(Spot a, Spot b, Spot c, Spot d) {
  return turn(a, b, c) * turn(a, b, d) < -1e-9 && turn(c, d, a) * turn(c, d, b) < -1e-9;
}
// Whether the line comes into the box around `centre`.
bool meets_box(Spot a, Spot b, Spot centre) {
  const Spot corners[] = {{centre.x - box_half, centre.y - box_half},
                          {centre.x + box_half, centre.y - box_half},
                          {centre.x + box_half, centre.y + box_half},
                          {centre.x - box_half, centre.y + box_half}};
  return cross(a, b, corners[0], corners[2]) || cross(a, b, corners[1], corners[3]);
}

class Arranger {
 public:
  Arranger(const Graph& graph, Room room)
      : graph_(graph),
        too_many_lanes_(room == Room::broad ? 0.0 : 120.0),
        cells_(graph.boxes.size()),
        reach_(std::max(3, static_cast<int>(std::ceil(std::sqrt(static_cast<double>(cells_.size())))))) {}

  // Improving ends at the nearest best drawing, so it starts from several.
  std::vector<GridCell> take() {
    place_spine();
    const auto spine = cells_;
    const std::size_t starts = cells_.size() <= many ? std::min<std::size_t>(order_.size(), 10) : 1;
    auto best = improved();
    double least = cost();
    for (std::size_t start = 1; start < starts; ++start) {
      std::rotate(order_.begin(), order_.begin() + 1, order_.end());
      cells_ = spine;
      auto other = improved();
      if (const double here = cost(); here < least - 1e-9) {
        least = here;
        best = std::move(other);
      }
    }
    return best;
  }

 private:
  std::vector<GridCell> improved() {
    for (const std::size_t box : order_) settle(box);
    bool better = cells_.size() <= many;
    for (int sweep = 0; better && sweep < 20; ++sweep) {
      better = false;
      for (const std::size_t box : order_) better = settle(box) || better;
      better = swap_pairs() || better;
    }
    return from_zero();
  }

  [[nodiscard]] std::optional<std::size_t> onward(const Arrow& a, std::size_t from) const {
    if (graph_.boxes[a.from].kind == BoxKind::route) return std::nullopt;
    const auto counts = [&](std::size_t box) {
      return graph_.boxes[box].kind != BoxKind::outside && graph_.boxes[box].kind != BoxKind::peripheral;
    };
    if (a.from == from && counts(a.to)) return a.to;
    if (a.exchange && a.to == from && counts(a.from)) return a.from;
    return std::nullopt;
  }

  // Breadth first from the hub; the box farthest away ends the spine.
  void place_spine() {
    std::vector<std::optional<std::size_t>> parent(cells_.size());
    std::vector<std::size_t> reached{graph_.hub};
    parent[graph_.hub] = graph_.hub;
    for (std::size_t i = 0; i < reached.size(); ++i) {
      for (const Arrow& a : graph_.arrows) {
        const auto next = onward(a, reached[i]);
        if (!next || parent[*next]) continue;
        parent[*next] = reached[i];
        reached.push_back(*next);
      }
    }
    std::vector<std::size_t> spine{reached.back()};
    while (spine.back() != graph_.hub) spine.push_back(*parent[spine.back()]);
    std::ranges::reverse(spine);
    for (std::size_t i = 0; i < spine.size(); ++i) {
      cells_[spine[i]] = GridCell{static_cast<int>(i), 0};
    }
    last_layer_ = static_cast<int>(spine.size());
    order_others(std::move(spine));
  }

  // The boxes to place, each after one that it hangs on.
  void order_others(std::vector<std::size_t> known) {
    const auto add = [&](std::size_t box) {
      if (std::ranges::find(known, box) != known.end()) return;
      known.push_back(box);
      order_.push_back(box);
    };
    for (std::size_t i = 0; i < known.size(); ++i) {
      for (const Arrow& a : graph_.arrows) {
        if (a.from == known[i]) add(a.to);
        if (a.to == known[i]) add(a.from);
      }
    }
    for (std::size_t box = 0; box < cells_.size(); ++box) add(box);
  }

  [[nodiscard]] bool placed(std::size_t box) const { return cells_[box].has_value(); }

  [[nodiscard]] double arrow_cost(const Arrow& a) const {
    const GridCell from = *cells_[a.from];
    const GridCell to = *cells_[a.to];
    const double length = std::hypot(to.layer - from.layer, to.lane - from.lane);
    double cost = 10.0 * length * length;
    if (a.exchange) {
      cost += sideways * std::abs(to.layer - from.layer);
    } else {
      const bool may_turn = graph_.boxes[a.to].kind == BoxKind::outside;  // a way out may go up or down
      if (to.layer < from.layer || (to.layer == from.layer && !may_turn)) cost += backward;
    }
    for (std::size_t box = 0; box < cells_.size(); ++box) {
      if (box == a.from || box == a.to || !placed(box)) continue;
      if (meets_box(spot(from), spot(to), spot(*cells_[box]))) cost += through_box;
    }
    return cost;
  }

  // What tips the scales between places that are otherwise as good.
  [[nodiscard]] double taste(std::size_t box) const {
    const GridCell cell = *cells_[box];
    switch (graph_.boxes[box].kind) {
      case BoxKind::peripheral:
        return cell.lane > 0 ? 1.0 : 0.0;
      case BoxKind::outside:
        return cell.lane < 0 ? 2.0 : 0.0;
      default:
        return cell.lane < 0 ? 1.5 : 0.0;
    }
  }

  [[nodiscard]] double cost() const {
    double total = 0.0;
    std::vector<const Arrow*> drawn;
    for (const Arrow& a : graph_.arrows) {
      if (!placed(a.from) || !placed(a.to)) continue;
      total += arrow_cost(a);
      for (const Arrow* other : drawn) {
        if (cross(spot(*cells_[a.from]), spot(*cells_[a.to]), spot(*cells_[other->from]),
                  spot(*cells_[other->to])))
          total += crossing;
      }
      drawn.push_back(&a);
    }
    GridCell low{0, 0};
    GridCell high{0, 0};
    for (std::size_t box = 0; box < cells_.size(); ++box) {
      if (!placed(box)) continue;
      total += taste(box);
      const GridCell cell = *cells_[box];
      for (std::size_t other = 0; other < box; ++other)
        total += cells_[other] == cells_[box] ? same_cell : 0.0;
      low = {std::min(low.layer, cell.layer), std::min(low.lane, cell.lane)};
      high = {std::max(high.layer, cell.layer), std::max(high.lane, cell.lane)};
    }
    const int lanes = high.lane - low.lane + 1;
    return total + used_lane * lanes + too_many_lanes_ * std::max(0, lanes - 3) +
           used_layer * (high.layer - low.layer);
  }

  // Moves `box` to the best free cell; says whether that is a better one than it had.
  bool settle(std::size_t box) {
    std::optional<GridCell> best = cells_[box];
    std::optional<double> least;
    if (best) least = cost();
    const std::optional<double> before = least;
    for (int layer = -reach_; layer <= last_layer_ + 1; ++layer) {
      for (int lane = -reach_; lane <= reach_; ++lane) {
        cells_[box] = GridCell{layer, lane};
        const double here = cost();
        if (least && !(here < *least - 1e-9)) continue;
        least = here;
        best = cells_[box];
      }
    }
    cells_[box] = best;
    return !before || *least < *before - 1e-9;
  }

  bool swap_pairs() {
    bool better = false;
    double least = cost();
    for (std::size_t i = 0; i < order_.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        std::swap(cells_[order_[i]], cells_[order_[j]]);
        const double here = cost();
        if (here < least - 1e-9) {
          least = here;
          better = true;
        } else {
          std::swap(cells_[order_[i]], cells_[order_[j]]);
        }
      }
    }
    return better;
  }

  [[nodiscard]] std::vector<GridCell> from_zero() const {
    std::vector<GridCell> out;
    GridCell low = *cells_.front();
    for (const auto& cell : cells_) low = {std::min(low.layer, cell->layer), std::min(low.lane, cell->lane)};
    for (const auto& cell : cells_) out.push_back({cell->layer - low.layer, cell->lane - low.lane});
    return out;
  }

  const Graph& graph_;
  double too_many_lanes_;  // for each beyond three
  std::vector<std::optional<GridCell>> cells_;
  std::vector<std::size_t> order_;
  int reach_;  // lanes on either side of the middle: always more cells than boxes
  int last_layer_ = 0;
};

}  // namespace

std::vector<GridCell> arranged(const Graph& graph, Room room) {
  return graph.boxes.empty() ? std::vector<GridCell>{} : Arranger{graph, room}.take();
}

}  // namespace evenkeel::report
