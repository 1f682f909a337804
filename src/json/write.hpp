// JSON out: a tree built by hand, and its text. Numbers are written with the digits they carry, so
// what parse() read, dump() gives back.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/decimal.hpp"
#include "json/document.hpp"

namespace evenkeel::json {

[[nodiscard]] Node null();
[[nodiscard]] Node boolean(bool value);
[[nodiscard]] Node text(std::string_view value);
[[nodiscard]] Node number(const Decimal& value);
[[nodiscard]] Node number(long long value);
// The shortest text that reads back as the same double. `value` must be finite.
[[nodiscard]] Node number(double value);
// Rounded to `digits` significant digits, for computed values.
[[nodiscard]] Node rounded(double value, int digits);
[[nodiscard]] Node list(std::vector<Node> items);
[[nodiscard]] Node object(std::vector<std::pair<std::string, Node>> members);

template <class T, class Write>
[[nodiscard]] Node list_of(const T& values, Write&& write) {
  std::vector<Node> items;
  items.reserve(std::size(values));
  for (const auto& value : values) items.push_back(write(value));
  return list(std::move(items));
}

// Null where there is no value.
template <class T, class Write>
[[nodiscard]] Node optional(const std::optional<T>& value, Write&& write) {
  return value ? write(*value) : null();
}

// On one line, or indented by two spaces a level.
[[nodiscard]] std::string dump(const Node& node);
[[nodiscard]] std::string dump_indented(const Node& node);

}  // namespace evenkeel::json
