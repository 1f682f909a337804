// A closed interval that cannot be built upside down, nor with NaN at an end.
#pragma once

#include "base/result.hpp"

namespace evenkeel {

template <class T>
class Interval {
 public:
  constexpr Interval() = default;  // holds only the zero of T
  static Result<Interval> make(T low, T high) {
    if (!(low <= high))
      return Error{ErrorCode::invalid_input, "", "the low bound is not at or below the high bound"};
    return Interval{low, high};
  }

  [[nodiscard]] constexpr T low() const { return low_; }
  [[nodiscard]] constexpr T high() const { return high_; }

  // False for NaN: both tests are written positively.
  [[nodiscard]] constexpr bool contains(T value) const { return low_ <= value && value <= high_; }

  bool operator==(const Interval&) const = default;

 private:
  constexpr Interval(T low, T high) : low_(low), high_(high) {}
  T low_{};
  T high_{};
};

}  // namespace evenkeel
