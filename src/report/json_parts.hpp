// How reports write numbers and texts as JSON. Pure.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "json/write.hpp"

namespace evenkeel::report {

// Computed: to ten digits.
[[nodiscard]] inline json::Node computed(double value) {
  return json::rounded(value, 10);
}
[[nodiscard]] inline json::Node whole(std::size_t value) {
  return json::number(static_cast<long long>(value));
}
[[nodiscard]] inline json::Node texts_node(const std::vector<std::string>& values) {
  return json::list_of(values, [](const std::string& value) { return json::text(value); });
}

}  // namespace evenkeel::report
