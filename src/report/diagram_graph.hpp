// A model's compartments, routes and flows as the boxes and arrows of a drawing.
//
// What is folded: the equal cells of a delay chain become one box; two flows that go and return
// become one exchange; routes that enter the same compartments become one box. Pure.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "pkpd/model.hpp"

namespace evenkeel::report {

enum class BoxKind {
  route,       // where a dose enters
  depot,       // filled by routes only
  body,        // any other compartment
  peripheral,  // exchanges with one other compartment and does nothing else
  delay,       // one or several cells that only pass on
  outside,     // where eliminated drug goes: an arrow's end, no box
};

struct Box {
  BoxKind kind = BoxKind::body;
  std::string name;        // in words
  std::string detail;      // the volume's symbol, or a delay's cells and mean time; may be empty
  bool predicted = false;  // an output is read here
};

struct Arrow {
  std::size_t from = 0;
  std::size_t to = 0;
  std::string label;       // may be empty
  bool exchange = false;   // also flows back
  std::string back_label;  // of the way back, where it is another
};

struct Graph {
  std::vector<Box> boxes;
  std::vector<Arrow> arrows;
  std::size_t hub = 0;  // the compartment of the first output
};

// `model` is one that its reader accepted: every compartment that it names exists.
[[nodiscard]] Graph graph_of(const pkpd::Model& model);

// "(1 − F1) · F2", and "KA · (1 − F1)" for a flow; names of parameters, empty for no factor.
[[nodiscard]] std::string factors_text(const std::vector<pkpd::Factor>& factors);
[[nodiscard]] std::string flow_text(const pkpd::Flow& flow);
// "F1, after ALAG1, over D1"
[[nodiscard]] std::string path_text(const pkpd::Path& path);
// A compartment's or route's id in words: "norketamine-peripheral" is "norketamine peripheral".
[[nodiscard]] std::string id_words(std::string_view id);

}  // namespace evenkeel::report
