// The random numbers of one virtual patient, by what they are for and the day (or the place) they are for.
// They do not depend on the arm: in each the same patient has the same luck. Values; any thread.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string_view>

#include "pkpd/random.hpp"

namespace evenkeel::cohort {

// A number's name. Frozen as the names of pkpd/random.hpp are: another name is another life.
[[nodiscard]] constexpr pkpd::Variable luck(std::string_view name) {
  return {pkpd::Purpose::virtual_life, name};
}

class Draws {
 public:
  // Days before the first session have an index too.
  static constexpr int day_zero = 64;

  Draws(std::uint64_t seed, std::uint32_t patient) : seed_(seed), patient_(patient) {}

  // Between 0 and 1, neither of them.
  [[nodiscard]] double even(const pkpd::Variable& what, int day = -day_zero) const {
    return pkpd::uniform(what, draw(day));
  }
  [[nodiscard]] double normal(const pkpd::Variable& what, int day = -day_zero) const {
    return pkpd::standard_normal(what, draw(day));
  }
  // Never with chance 0, always with chance 1.
  [[nodiscard]] bool happens(const pkpd::Variable& what, int day, double chance) const {
    return chance > 0.0 && even(what, day) < chance;
  }

 private:
  [[nodiscard]] pkpd::Draw draw(int day) const {
    return {seed_, patient_, static_cast<std::uint32_t>(day + day_zero)};
  }

  std::uint64_t seed_;
  std::uint32_t patient_;
};

// The whole number nearest to `value` among those that an answer can be.
[[nodiscard]] inline int answer_of(double value, int least, int most) {
  return std::clamp(static_cast<int>(std::floor(value + 0.5)), least, most);
}

}  // namespace evenkeel::cohort
