// A published number with what was published of its uncertainty.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/interval.hpp"
#include "base/provenance.hpp"

namespace evenkeel::pkpd {

enum class Bound : std::uint8_t { low, typical, high };

// The interval holds the value; none where none was published. What kind of interval it is (95 %
// interval, one standard deviation, range of estimates) is said in words and never converted.
template <class T>
struct Estimated {
  T value{};
  Provenance from;
  std::optional<Interval<T>> interval = std::nullopt;
  std::string interval_is = {};

  [[nodiscard]] T of(Bound bound) const {
    return bound == Bound::low ? low() : bound == Bound::high ? high() : value;
  }
  [[nodiscard]] T low() const { return interval ? interval->low() : value; }
  [[nodiscard]] T high() const { return interval ? interval->high() : value; }
};

}  // namespace evenkeel::pkpd
