#include "report/diagram_graph.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

namespace evenkeel::report {
namespace {

using pkpd::Flow;
using pkpd::Model;

constexpr std::string_view times = " ·\u00A0";  // a line is broken before it, not after

std::string joined_by(const std::vector<std::string>& parts, std::string_view between) {
  return fmt::format("{}", fmt::join(parts, between));
}

void add_once(std::string& list, const std::string& more, std::string_view between) {
  if (list.empty()) {
    list = more;
  } else if (!more.empty() && list != more) {
    list += std::string(between) + more;
  }
}

// "norketamine-delay" of "norketamine-delay-2".
std::string without_number(std::string_view id) {
  const auto last = id.find_last_not_of("0123456789");
  const bool numbered = last != std::string_view::npos && last + 1 < id.size() && id[last] == '-' && last > 0;
  return std::string(numbered ? id.substr(0, last) : id);
}

// Of several routes between the same two boxes: what differs is told once each, the rest once.
std::string entries_text(const std::vector<const pkpd::Path*>& paths) {
  std::string share;
  std::string rest;
  for (const pkpd::Path* path : paths) {
    pkpd::Path timing = *path;
    timing.fraction.clear();
    add_once(share, factors_text(path->fraction), " or ");
    add_once(rest, path_text(timing), " or ");
  }
  return share + (share.empty() || rest.empty() ? "" : ", ") + rest;
}

class Builder {
 public:
  explicit Builder(const Model& model) : model_(model) {}

  Graph take() {
    add_compartments();
    add_flows();
    add_routes();
    name_kinds();
    if (!model_.outputs.empty()) graph_.hub = box_of_.at(model_.outputs.front().compartment);
    return std::move(graph_);
  }

 private:
  [[nodiscard]] std::vector<const Flow*> flows_from(const std::string& id) const {
    std::vector<const Flow*> found;
    for (const Flow& flow : model_.flows) {
      if (flow.from == id) found.push_back(&flow);
    }
    return found;
  }

  // The mean time by which everything leaves `id`; empty where it is no cell of a delay.
  [[nodiscard]] std::string mean_time(const std::string& id) const {
    const auto out = flows_from(id);
    if (out.empty()) return {};
    const std::string& name = out.front()->mean_time;
    return std::ranges::all_of(out, [&](const Flow* f) { return f->mean_time == name; }) ? name : "";
  }

  // The cell of the same chain that alone feeds `id`.
  [[nodiscard]] std::optional<std::string> cell_before(const std::string& id) const {
    const std::string time = mean_time(id);
    if (time.empty()) return std::nullopt;
    const Flow* only = nullptr;
    for (const Flow& flow : model_.flows) {
      if (flow.to != id) continue;
      if (only != nullptr) return std::nullopt;
      only = &flow;
    }
    if (only == nullptr || only->mean_time != time || only->stages < 2) return std::nullopt;
    return flows_from(only->from).size() == 1 ? std::optional{only->from} : std::nullopt;
  }

  [[nodiscard]] std::string first_cell(const std::string& id) const {
    std::string first = id;
    for (std::size_t i = 0; i < model_.compartments.size(); ++i) {  // a chain may close upon itself
      const auto before = cell_before(first);
      if (!before || *before == id) break;
      first = *before;
    }
    return first;
  }

  void add_compartments() {
    std::map<std::string, int> cells;
    for (const auto& c : model_.compartments) ++cells[first_cell(c.id)];
    for (const auto& c : model_.compartments) {
      if (first_cell(c.id) != c.id) continue;
      box_of_[c.id] = graph_.boxes.size();
      const std::string time = mean_time(c.id);
      const auto read = [&](const auto& output) { return output.compartment == c.id; };
      Box box{BoxKind::body, id_words(c.id), c.volume, std::ranges::any_of(model_.outputs, read)};
      if (!time.empty()) {
        const int n = cells[c.id];
        box.kind = BoxKind::delay;
        if (n > 1) box.name = id_words(without_number(c.id));
        box.detail = n > 1 ? fmt::format("{} cells, {}", n, time) : fmt::format("1 cell, {}", time);
      }
      graph_.boxes.push_back(std::move(box));
    }
    for (const auto& c : model_.compartments) box_of_[c.id] = box_of_.at(first_cell(c.id));
  }

  void add_flows() {
    for (const Flow& flow : model_.flows) {
      const std::size_t from = box_of_.at(flow.from);
      if (flow.to.empty()) {
        add_arrow(from, outside_of(from), flow_text(flow), " + ");
        continue;
      }
      const std::size_t to = box_of_.at(flow.to);
      if (from == to) continue;  // within a chain
      Arrow* back = arrow(to, from);
      if (back != nullptr) {
        back->exchange = true;
        if (flow_text(flow) != back->label) back->back_label = flow_text(flow);
      } else {
        add_arrow(from, to, flow_text(flow), " + ");
      }
    }
  }

  Arrow* arrow(std::size_t from, std::size_t to) {
    const auto found =
        std::ranges::find_if(graph_.arrows, [&](const Arrow& a) { return a.from == from && a.to == to; });
    return found == graph_.arrows.end() ? nullptr : &*found;
  }

  void add_arrow(std::size_t from, std::size_t to, const std::string& label, std::string_view between) {
    if (Arrow* known = arrow(from, to)) {
      add_once(known->label, label, between);
    } else {
      graph_.arrows.push_back({from, to, label, false, {}});
    }
  }

  std::size_t outside_of(std::size_t from) {
    for (const Arrow& a : graph_.arrows) {
      if (a.from == from && graph_.boxes[a.to].kind == BoxKind::outside) return a.to;
    }
    graph_.boxes.push_back({BoxKind::outside, "out of the body", {}, false});
    return graph_.boxes.size() - 1;
  }

  void add_routes() {
    std::map<std::vector<std::size_t>, std::size_t> by_targets;
    for (const auto& route : model_.routes) {
      std::vector<std::size_t> targets;
      for (const auto& path : route.paths) targets.push_back(box_of_.at(path.compartment));
      const auto [place, fresh] = by_targets.emplace(targets, graph_.boxes.size());
      if (fresh) {
        graph_.boxes.push_back({BoxKind::route, id_words(route.id), {}, false});
      } else {
        add_once(graph_.boxes[place->second].name, id_words(route.id), ", ");
      }
      for (std::size_t i = 0; i < targets.size(); ++i) {
        add_arrow(place->second, targets[i], "", "");
        entries_[{place->second, targets[i]}].push_back(&route.paths[i]);
      }
    }
    for (const auto& [ends, paths] : entries_) arrow(ends.first, ends.second)->label = entries_text(paths);
  }

  void name_kinds() {
    for (std::size_t i = 0; i < graph_.boxes.size(); ++i) {
      Box& box = graph_.boxes[i];
      if (box.kind != BoxKind::body || box.predicted) continue;
      std::size_t exchanges = 0;
      std::size_t entering = 0;
      std::size_t others = 0;
      for (const Arrow& a : graph_.arrows) {
        if (a.from != i && a.to != i) continue;
        const bool from_route = a.to == i && graph_.boxes[a.from].kind == BoxKind::route;
        if (from_route)
          ++entering;
        else
          ++(a.exchange ? exchanges : others);
      }
      const bool fed = std::ranges::any_of(graph_.arrows, [&](const Arrow& a) {
        return (a.to == i || (a.exchange && a.from == i)) && graph_.boxes[a.from].kind != BoxKind::route;
      });
      if (exchanges == 1 && others == 0) box.kind = BoxKind::peripheral;
      if (!fed && entering > 0) box.kind = BoxKind::depot;
    }
  }

  const Model& model_;
  Graph graph_;
  std::map<std::string, std::size_t> box_of_;
  std::map<std::pair<std::size_t, std::size_t>, std::vector<const pkpd::Path*>> entries_;
};

}  // namespace

std::string factors_text(const std::vector<pkpd::Factor>& factors) {
  std::vector<std::string> parts;
  for (const auto& factor : factors) {
    const std::string product = joined_by(factor.product, factor.complement ? "\u00A0·\u00A0" : times);
    parts.push_back(factor.complement ? fmt::format("(1\u00A0−\u00A0{})", product) : product);
  }
  return joined_by(parts, times);
}

std::string flow_text(const Flow& flow) {
  std::string text = !flow.rate.empty() ? flow.rate : flow.clearance;
  const std::string share = factors_text(flow.fraction);
  if (!share.empty()) text += (text.empty() ? "" : std::string(times)) + share;
  const std::string yield = factors_text(flow.yield);
  if (!yield.empty()) text += " ×\u00A0" + yield;
  return text;
}

std::string path_text(const pkpd::Path& path) {
  std::vector<std::string> parts;
  if (!path.fraction.empty()) parts.push_back(factors_text(path.fraction));
  if (!path.lag.empty()) parts.push_back("after " + path.lag);
  if (!path.over.empty()) parts.push_back("over " + path.over);
  return joined_by(parts, ", ");
}

std::string id_words(std::string_view id) {
  std::string words{id};
  std::ranges::replace(words, '-', ' ');
  return words;
}

Graph graph_of(const Model& model) {
  return Builder{model}.take();
}

}  // namespace evenkeel::report
