#include "report/diagram.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "report/diagram_graph.hpp"
#include "report/diagram_labels.hpp"
#include "report/diagram_layout.hpp"
#include "report/diagram_plan.hpp"
#include "report/diagram_text.hpp"
#include "report/svg.hpp"

namespace evenkeel::report {
namespace {

constexpr DiagramStyle page_style{};
constexpr DiagramStyle phone_style{false, 11, 11, 56.0, 24.0};

// Where the line from the centre of `shape` towards `to` leaves its box, and a little on.
Point border(const Shape& shape, Point to) {
  constexpr double margin = 3.0;
  const double dx = to.x - shape.centre.x;
  const double dy = to.y - shape.centre.y;
  const double length = std::hypot(dx, dy);
  if (!(length > 0.0)) return shape.centre;
  const double across = std::abs(dx) > 0.0 ? shape.width / 2.0 / std::abs(dx) : 1.0;
  const double down = std::abs(dy) > 0.0 ? shape.height / 2.0 / std::abs(dy) : 1.0;
  const double share = std::min({across, down, 1.0}) + margin / length;
  return {shape.centre.x + share * dx, shape.centre.y + share * dy};
}

Point moved(Point point, Point by, double times) {
  return {point.x + times * by.x, point.y + times * by.y};
}

// The drawn line of an arrow; one that leaves the body ends a little way off.
Line line_of(const DiagramPlan& plan, const Graph& graph, const Arrow& arrow) {
  constexpr double way_out = 36.0;
  const Shape& from = plan.shapes[arrow.from];
  const Shape& to = plan.shapes[arrow.to];
  const Point start = border(from, to.centre);
  if (graph.boxes[arrow.to].kind != BoxKind::outside) return {start, border(to, from.centre)};
  const double length = std::hypot(to.centre.x - start.x, to.centre.y - start.y);
  if (!(length > 0.0)) return {start, start};
  const Point along{(to.centre.x - start.x) / length, (to.centre.y - start.y) / length};
  const bool runs_across = std::abs(along.x) > std::abs(along.y);
  const double wanted = runs_across ? std::max(way_out, widest({arrow.label}) + 12.0) : way_out;
  return {start, moved(start, along, std::min(length, wanted))};
}

void draw_arrow(Svg& svg, const Graph& graph, const Arrow& arrow, const Line& line) {
  if (!arrow.exchange)
    return svg.arrow(line.from, line.to,
                     graph.boxes[arrow.from].kind == BoxKind::route ? "flow entry" : "flow");
  const double length = std::hypot(line.to.x - line.from.x, line.to.y - line.from.y);
  if (!(length > 0.0)) return;
  const Point aside{-(line.to.y - line.from.y) / length, (line.to.x - line.from.x) / length};
  svg.arrow(moved(line.from, aside, 4.0), moved(line.to, aside, 4.0), "flow");
  svg.arrow(moved(line.to, aside, -4.0), moved(line.from, aside, -4.0), "flow");
}

void draw_label(Svg& svg, LabelPlaces& places, const Line& line, const std::string& label, bool exchange,
                const DiagramStyle& style) {
  if (label.empty()) return;
  const double length = std::abs(line.to.x - line.from.x);
  const auto room = static_cast<std::size_t>(length / 8.0);
  const auto lines = broken(label, std::max(style.most_in_label, room));
  const double height = line_height_px * static_cast<double>(lines.size()) - 2.0;
  const Rectangle at = places.place(line, widest(lines), height, exchange ? 9.0 : 5.0);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    svg.text({at.corner.x + at.width / 2.0, at.corner.y + 11.0 + line_height_px * static_cast<double>(i)},
             lines[i], "flow-text", Anchor::middle);
  }
}

void draw_arrows(Svg& svg, const DiagramPlan& plan, const Graph& graph, const DiagramStyle& style) {
  std::vector<Rectangle> boxes;
  for (const Shape& shape : plan.shapes) {
    if (!shape.name.empty())
      boxes.push_back({{shape.centre.x - shape.width / 2.0, shape.centre.y - shape.height / 2.0},
                       shape.width,
                       shape.height});
  }
  std::vector<Line> lines;
  for (const Arrow& arrow : graph.arrows) lines.push_back(line_of(plan, graph, arrow));
  LabelPlaces places{std::move(boxes), lines, plan.width, plan.height};
  for (std::size_t i = 0; i < lines.size(); ++i) draw_arrow(svg, graph, graph.arrows[i], lines[i]);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    draw_label(svg, places, lines[i], graph.arrows[i].label, graph.arrows[i].exchange, style);
    draw_label(svg, places, lines[i], graph.arrows[i].back_label, true, style);
  }
}

void draw_box(Svg& svg, const Shape& shape, const Box& box) {
  if (box.kind == BoxKind::outside) return;
  const Point corner{shape.centre.x - shape.width / 2.0, shape.centre.y - shape.height / 2.0};
  std::string css = "box";
  double radius = 4.0;
  if (box.predicted) css += " predicted";
  if (box.kind == BoxKind::route) {
    css += " route";
    radius = std::min(shape.height / 2.0, 18.0);
  }
  if (box.kind == BoxKind::delay) {
    svg.rect({corner.x + 4.0, corner.y - 4.0}, shape.width, shape.height, "box delay", radius);
    css += " delay";
  }
  svg.rect(corner, shape.width, shape.height, css, radius);
  double y = corner.y + 18.0;
  for (const auto& line : shape.name) {
    svg.text({shape.centre.x, y}, line, box.predicted ? "head" : "", Anchor::middle);
    y += line_height_px;
  }
  for (const auto& line : shape.detail) {
    svg.text({shape.centre.x, y}, line, "tick", Anchor::middle);
    y += line_height_px;
  }
}

std::string in_words(const Graph& graph) {
  std::string words;
  for (const Arrow& a : graph.arrows) {
    words += fmt::format("{} {} {}{}. ", graph.boxes[a.from].name, a.exchange ? "exchanges with" : "to",
                         graph.boxes[a.to].name, a.label.empty() ? "" : " by " + a.label);
  }
  return words;
}

Html draw(const Graph& graph, const pkpd::Model& model, bool wide) {
  const DiagramStyle& style = wide ? page_style : phone_style;
  const DiagramPlan plan = planned(graph, arranged(graph, wide ? Room::broad : Room::narrow), style);
  const double width = std::max(plan.width, wide ? 420.0 : 300.0);
  Svg svg{wide ? "diagram" : "diagram-narrow", width, plan.height, "Compartments of " + model.title,
          in_words(graph)};
  draw_arrows(svg, plan, graph, style);
  for (std::size_t i = 0; i < graph.boxes.size(); ++i) draw_box(svg, plan.shapes[i], graph.boxes[i]);
  return html("<div class=\"diagram\" style=\"max-width:{:.0f}px\">{}</div>", width, svg.finish());
}

Html legend(const Graph& graph) {
  std::vector<Html> keys{Html{"<span class=\"key box predicted\"></span>concentration predicted here"},
                         Html{"<span class=\"key box route\"></span>dose by this route"}};
  const auto has = [&](BoxKind kind) {
    return std::ranges::any_of(graph.boxes, [&](const Box& box) { return box.kind == kind; });
  };
  if (has(BoxKind::delay))
    keys.push_back(Html{"<span class=\"key box delay\"></span>delay: cells that only pass on"});
  if (has(BoxKind::outside)) keys.push_back(Html{"an arrow that ends free leaves the body"});
  return bullet_list(keys, "legend in-line");
}

Table flow_table(const pkpd::Model& model) {
  Table table{"Ways in and flows", {{"From"}, {"To"}, {"Rate"}, {"Share that goes this way"}, {"Other"}}};
  const auto or_all = [](const std::string& text) { return text.empty() ? std::string("all") : text; };
  for (const auto& route : model.routes) {
    for (const auto& path : route.paths) {
      std::vector<std::string> other;
      if (!path.lag.empty()) other.push_back("after " + path.lag);
      if (!path.modelled_duration.empty()) other.push_back("modelled duration " + path.modelled_duration);
      if (!path.modelled_rate.empty()) other.push_back("modelled rate " + path.modelled_rate);
      table.row({"dose, " + id_words(route.id), id_words(path.compartment),
                 path.over.empty() ? std::string("as given") : "evenly over " + path.over,
                 or_all(factors_text(path.fraction)), other.empty() ? "none" : joined(other, ", ")});
    }
  }
  for (const auto& flow : model.flows) {
    std::string rate = flow.rate;
    if (!flow.clearance.empty()) {
      const auto from = std::ranges::find(model.compartments, flow.from, &pkpd::Compartment::id);
      rate = flow.clearance + (from == model.compartments.end() ? "" : " / " + from->volume);
    }
    if (!flow.mean_time.empty()) rate = fmt::format("{} / {}", flow.stages, flow.mean_time);
    table.row({id_words(flow.from), flow.to.empty() ? std::string("out of the body") : id_words(flow.to),
               rate, or_all(factors_text(flow.fraction)),
               flow.yield.empty() ? std::string("none") : "mass times " + factors_text(flow.yield)});
  }
  return table;
}

}  // namespace

Html diagram(const pkpd::Model& model) {
  const Graph graph = graph_of(model);
  if (graph.boxes.empty()) return {};
  const Html drawing = wide_and_narrow([&](bool wide) { return draw(graph, model, wide); });
  return html(
      "<figure><figcaption>Compartments</figcaption>{}{}<details><summary>The flows as a table</summary>{}"
      "</details></figure>\n",
      drawing, legend(graph), flow_table(model).finish());
}

}  // namespace evenkeel::report
