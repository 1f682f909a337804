// Numbers that a study supposes, as a file writes them: each with its bounds, unit, source and label.
//
//   {"value": 0.5, "low": 0, "high": 1, "unit": "/wk", "source": "evenkeel", "label": "P", "note": "..."}
//
// The table of fields says what there is: each one once, and nothing else. For the readers of this layer.
#pragma once

#include "cohort/assumption.hpp"
#include "content/sourced.hpp"

namespace evenkeel::content {

template <class Group>
[[nodiscard]] cohort::Assumed read_assumed(json::Reader place, const Header& header,
                                           const cohort::AssumedField<Group>& field) {
  cohort::Assumed read;
  if (!place.object({"value", "low", "high", "unit", "source", "label"}, {"note"})) return read;
  read.value = place["value"].number(field.least, field.most);
  read.low = place["low"].number(field.least, field.most);
  read.high = place["high"].number(field.least, field.most);
  auto unit = place["unit"];
  const std::string text = unit.text(20);
  if (!text.empty() && text != field.unit)
    unit.fault(fmt::format("'{}' where '{}' is expected: {}", text, field.unit, field.words));
  read.from = read_provenance(place, header);
  check_bounds(place);
  return read;
}

template <class Group>
[[nodiscard]] Group read_all_assumed(json::Reader place, const Header& header,
                                     std::span<const cohort::AssumedField<Group>> fields) {
  Group read;
  std::vector<std::string_view> names;
  for (const auto& field : fields) names.push_back(field.name);
  if (!place.check_keys(names, {})) return read;
  for (const auto& field : fields) read.*field.field = read_assumed(place[field.name], header, field);
  return read;
}

}  // namespace evenkeel::content
