// A member of a tree, looked up by its key. Pure.
#pragma once

#include <algorithm>
#include <string_view>

#include "json/document.hpp"

namespace evenkeel::json {

// Null where there is none, or where the node is no object.
[[nodiscard]] inline const Node* member(const Node& node, std::string_view key) {
  const auto found = std::ranges::find(node.members, key, &Member::key);
  return found == node.members.end() ? nullptr : &found->value;
}

}  // namespace evenkeel::json
