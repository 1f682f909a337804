#include "server/questions.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "json/member.hpp"

namespace evenkeel::server {
Questions::Questions(std::string_view schema) {
  const auto tree = json::parse(schema);
  const json::Node* definitions = tree ? json::member(*tree, "definitions") : nullptr;
  if (definitions == nullptr) return;
  for (const json::Member& each : definitions->members) {
    Known known;
    const json::Node* others = json::member(each.value, "additionalProperties");
    known.open = others != nullptr && others->kind == json::Kind::boolean && others->boolean;
    if (const json::Node* properties = json::member(each.value, "properties"); properties != nullptr) {
      for (const json::Member& property : properties->members) known.names.insert(property.key);
    }
    by_definition_.emplace(each.key, std::move(known));
  }
}

std::optional<Error> Questions::fault(std::string_view definition, const Target& target) const {
  static const Known nothing;
  const auto found = by_definition_.find(definition);
  const Known& known = found == by_definition_.end() ? nothing : found->second;
  std::set<std::string_view> seen;
  for (const auto& [name, value] : target.query) {
    if (!known.open && !known.names.contains(name))
      return Error{ErrorCode::invalid_input, name,
                   known.names.empty()
                       ? "nothing may stand behind the question mark here"
                       : fmt::format("no such parameter; allowed: {}", fmt::join(known.names, ", "))};
    if (!seen.insert(name).second) return Error{ErrorCode::invalid_input, name, "stands there twice"};
  }
  return std::nullopt;
}

}  // namespace evenkeel::server
