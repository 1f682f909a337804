// A quantity as JSON, in the unit that gives the same quantity back with the fewest digits: 40 min, not
// 0.666... h. For the record's writers.
#pragma once

#include "base/expects.hpp"
#include "base/unit_text.hpp"
#include "json/write.hpp"

namespace evenkeel::exchange {

template <class Q>
[[nodiscard]] json::Node quantity(Q value) {
  json::Node number;
  std::string_view unit;
  for (const auto& name : unit_names<Q>()) {
    json::Node candidate = json::number(value.in(name.unit));
    const bool exact = value.in(name.unit) * name.unit == value;
    if (exact && (unit.empty() || candidate.text.size() < number.text.size())) {
      number = std::move(candidate);
      unit = name.text;
    }
  }
  expects(!unit.empty(), "a quantity is exact in the canonical unit");
  return json::object({{"value", number}, {"unit", json::text(unit)}});
}

}  // namespace evenkeel::exchange
