// The units that a file may use, by their text. A closed list for each kind of quantity: an unknown
// unit is refused with the list, never guessed.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/quantity.hpp"

namespace evenkeel {

template <class Q>
struct UnitName {
  std::string_view text;
  Q unit;
};

// The units allowed for a quantity of type Q; the first is the one reports use.
template <class Q>
[[nodiscard]] std::span<const UnitName<Q>> unit_names();

template <class Q>
[[nodiscard]] std::optional<Q> unit_from_text(std::string_view text) {
  for (const auto& name : unit_names<Q>()) {
    if (name.text == text) return name.unit;
  }
  return std::nullopt;
}

// "mg, ug or g", for a message.
template <class Q>
[[nodiscard]] std::string allowed_units() {
  std::string list;
  const auto names = unit_names<Q>();
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) list += i + 1 == names.size() ? " or " : ", ";
    list += names[i].text;
  }
  return list;
}

}  // namespace evenkeel
