// Numbers above zero that carry a published interval, for the readers of effects and interactions.
//
//   {"value": 127, "unit": "ng/mL", "low": 84, "high": 191, "interval": "interquartile range", ...}
//
// `low`, `high` and `interval`, the kind of it in words, stand together or not at all; the interval is
// above zero and holds the value.
#pragma once

#include "content/sourced.hpp"
#include "pkpd/estimated.hpp"

namespace evenkeel::content {

// In the unit of the file.
struct WrittenEstimate {
  pkpd::Estimated<double> number;
  std::string unit;
};
[[nodiscard]] WrittenEstimate read_written(json::Reader place, const Header& header);

// In `unit`, and no other.
[[nodiscard]] pkpd::Estimated<double> read_estimate(json::Reader place, const Header& header,
                                                    std::string_view unit);

template <class Q>
[[nodiscard]] pkpd::Estimated<Q> read_estimated(json::Reader place, const Header& header) {
  const WrittenEstimate written = read_written(place, header);
  const auto unit = unit_from_text<Q>(written.unit);
  if (!unit) {
    if (!written.unit.empty())
      place["unit"].fault(
          fmt::format("'{}' is not a unit allowed here; use {}", written.unit, allowed_units<Q>()));
    return {};
  }
  pkpd::Estimated<Q> estimated{written.number.value * *unit, written.number.from, std::nullopt,
                               written.number.interval_is};
  if (const auto& interval = written.number.interval) {
    // Scaling keeps the order.
    estimated.interval = *Interval<Q>::make(interval->low() * *unit, interval->high() * *unit);
  }
  return estimated;
}

// The number alone, where no interval is carried.
template <class T>
[[nodiscard]] Sourced<T> without_interval(json::Reader place, const pkpd::Estimated<T>& estimated) {
  if (estimated.interval) place["interval"].fault("no interval is carried here; say it in the note");
  return {estimated.value, estimated.from};
}

}  // namespace evenkeel::content
