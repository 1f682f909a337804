#include "json/write.hpp"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "base/expects.hpp"

namespace evenkeel::json {
namespace {

Node leaf(Kind kind, std::string text) {
  Node node;
  node.kind = kind;
  node.text = std::move(text);
  return node;
}

std::string quoted(const std::string& text) {
  // Text that is not UTF-8 cannot come from a parsed record; should it, it is replaced, not thrown.
  return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

class Writer {
 public:
  explicit Writer(bool indented) : indented_(indented) {}

  void write(const Node& node) {
    switch (node.kind) {
      case Kind::null:
        out += "null";
        return;
      case Kind::boolean:
        out += node.boolean ? "true" : "false";
        return;
      case Kind::number:
        out += node.text;
        return;
      case Kind::text:
        out += quoted(node.text);
        return;
      case Kind::array:
        sequence('[', ']', node.items, [&](const Node& item) { write(item); });
        return;
      case Kind::object:
        sequence('{', '}', node.members, [&](const Member& member) {
          out += quoted(member.key) + (indented_ ? ": " : ":");
          write(member.value);
        });
        return;
    }
  }

  std::string out;

 private:
  template <class T, class Each>
  void sequence(char open, char close, const std::vector<T>& parts, Each&& each) {
    out += open;
    ++depth_;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      if (i > 0) out += ',';
      new_line();
      each(parts[i]);
    }
    --depth_;
    if (!parts.empty()) new_line();
    out += close;
  }

  void new_line() {
    if (indented_) out += '\n' + std::string(2 * depth_, ' ');
  }

  bool indented_;
  std::size_t depth_ = 0;
};

}  // namespace

Node null() {
  return {};
}

Node boolean(bool value) {
  Node node;
  node.kind = Kind::boolean;
  node.boolean = value;
  return node;
}

Node text(std::string_view value) {
  return leaf(Kind::text, std::string(value));
}
Node number(const Decimal& value) {
  return leaf(Kind::number, value.to_string());
}
Node number(long long value) {
  return leaf(Kind::number, std::to_string(value));
}

Node number(double value) {
  expects(std::isfinite(value), "only a finite number is written");
  return leaf(Kind::number, fmt::format("{}", value));
}

Node rounded(double value, int digits) {
  expects(std::isfinite(value), "only a finite number is written");
  return leaf(Kind::number, fmt::format("{:.{}g}", value, digits));
}

Node list(std::vector<Node> items) {
  Node node;
  node.kind = Kind::array;
  node.items = std::move(items);
  return node;
}

Node object(std::vector<std::pair<std::string, Node>> members) {
  Node node;
  node.kind = Kind::object;
  node.members.reserve(members.size());
  for (auto& [key, value] : members) node.members.push_back({std::move(key), std::move(value)});
  return node;
}

std::string dump(const Node& node) {
  Writer writer{false};
  writer.write(node);
  return std::move(writer.out);
}

std::string dump_indented(const Node& node) {
  Writer writer{true};
  writer.write(node);
  return std::move(writer.out);
}

}  // namespace evenkeel::json
