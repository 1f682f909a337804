#include "json/document.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <unordered_set>

namespace evenkeel::json {
namespace {

// Builds the tree from the library's events. A `false` stops the library; `faults` then says why.
class TreeBuilder final : public nlohmann::json_sax<nlohmann::json> {
 public:
  TreeBuilder(std::string_view text, const Limits& limits) : text_(text), limits_(limits) {}

  bool null() override { return place({}); }
  bool boolean(bool value) override {
    return place({.kind = Kind::boolean, .boolean = value, .text = {}, .items = {}, .members = {}});
  }
  bool number_integer(number_integer_t value) override {
    return place(leaf(Kind::number, std::to_string(value)));
  }
  bool number_unsigned(number_unsigned_t value) override {
    return place(leaf(Kind::number, std::to_string(value)));
  }
  bool number_float(number_float_t, const string_t& written) override {
    return place(leaf(Kind::number, written));
  }
  bool string(string_t& value) override { return place(leaf(Kind::text, std::move(value))); }
  bool binary(binary_t&) override { return false; }
  bool start_object(std::size_t) override { return open(Kind::object); }
  bool start_array(std::size_t) override { return open(Kind::array); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }

  bool key(string_t& name) override {
    Node& object = *open_.back();
    if (object.members.size() >= limits_.members) {
      faults.push_back({ErrorCode::invalid_input, path(),
                        fmt::format("an object of more than {} members", limits_.members)});
      return false;
    }
    if (!keys_.back().insert(name).second) {
      faults.push_back(
          {ErrorCode::invalid_input, path(), fmt::format("the key '{}' appears twice", name.substr(0, 60))});
      if (faults.size() >= most_faults) return false;
    }
    object.members.push_back({std::move(name), {}});
    return true;
  }

  bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception&) override {
    const std::string_view before = text_.substr(0, std::min(position, text_.size()));
    const auto line = 1 + std::ranges::count(before, '\n');
    const auto column = before.size() - (before.rfind('\n') + 1);
    const bool cut = position > text_.size() || (position == text_.size() && !open_.empty());
    faults.push_back(
        {ErrorCode::invalid_input, "",
         fmt::format("not valid JSON: {} at line {}, column {}",
                     cut ? "the text ends too early" : "unexpected character or number", line, column)});
    return false;
  }

  Node root;
  Errors faults;

 private:
  static Node leaf(Kind kind, std::string text) {
    Node node;
    node.kind = kind;
    node.text = std::move(text);
    return node;
  }

  // Where the next value goes: the root, the last member's value, or a new array item.
  Node& slot() {
    if (open_.empty()) return root;
    Node& parent = *open_.back();
    if (parent.kind == Kind::object) return parent.members.back().value;
    return parent.items.emplace_back();
  }

  bool place(Node node) {
    if (!counted()) return false;
    slot() = std::move(node);
    return true;
  }

  bool counted() {
    if (++nodes_ <= limits_.nodes) return true;
    faults.push_back(
        {ErrorCode::invalid_input, path(), fmt::format("more than {} values in one text", limits_.nodes)});
    return false;
  }

  bool open(Kind kind) {
    if (open_.size() >= limits_.depth) {
      faults.push_back(
          {ErrorCode::invalid_input, path(), fmt::format("nested deeper than {} levels", limits_.depth)});
      return false;
    }
    if (!counted()) return false;
    Node& node = slot();
    node.kind = kind;
    if (kind == Kind::object) keys_.emplace_back();
    open_.push_back(&node);  // stays valid: a parent does not grow while its child is open
    return true;
  }

  bool close() {
    if (open_.back()->kind == Kind::object) keys_.pop_back();
    open_.pop_back();
    return true;
  }

  [[nodiscard]] std::string path() const {
    std::string text;
    for (const Node* node : open_) {
      if (node->kind == Kind::object && !node->members.empty() && node != open_.back()) {
        text += (text.empty() ? "" : ".") + node->members.back().key.substr(0, 60);
      } else if (node->kind == Kind::array && node != open_.back()) {
        text += fmt::format("[{}]", node->items.size() - 1);
      }
    }
    return text;
  }

  std::string_view text_;
  Limits limits_;
  std::vector<Node*> open_;
  std::vector<std::unordered_set<std::string>> keys_;  // of each open object
  std::size_t nodes_ = 0;
};

}  // namespace

Result<Node, Errors> parse(std::string_view text, const Limits& limits) {
  if (text.size() > limits.bytes) {
    return Errors{{ErrorCode::invalid_input, "",
                   fmt::format("{} bytes long; at most {} are read", text.size(), limits.bytes)}};
  }
  if (text.find('\0') != std::string_view::npos) {  // the library would stop there and ignore the rest
    return Errors{{ErrorCode::invalid_input, "", "not valid JSON: a zero byte"}};
  }
  TreeBuilder builder{text, limits};
  const bool whole = nlohmann::json::sax_parse(text.begin(), text.end(), &builder);
  if (!whole && builder.faults.empty())
    builder.faults.push_back({ErrorCode::invalid_input, "", "not valid JSON"});
  if (!builder.faults.empty()) return std::move(builder.faults);
  return std::move(builder.root);
}

std::string_view kind_words(Kind kind) {
  switch (kind) {
    case Kind::null:
      return "null";
    case Kind::boolean:
      return "true or false";
    case Kind::number:
      return "a number";
    case Kind::text:
      return "a text";
    case Kind::array:
      return "a list";
    case Kind::object:
      return "an object";
  }
  return "a value";
}

}  // namespace evenkeel::json
