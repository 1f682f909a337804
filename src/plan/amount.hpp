// Exact arithmetic for limits: a dose of 12.3 mg is 0.3 mg/kg of 41 kg, and no binary rounding makes it more.
//
//   over / under,   under > 0
//
// A comparison that does not fit into a Decimal is false: what cannot be compared never passes.
// Values; safe to use from any thread.
#pragma once

#include "base/decimal.hpp"
#include "base/result.hpp"

namespace evenkeel::plan {

struct Ratio {
  Decimal over;
  Decimal under{1};

  [[nodiscard]] double to_double() const { return over.to_double() / under.to_double(); }
};

// The decimal nearest to `value` with at most `places` places, without zeros at its end.
// Errors (invalid_input): not finite, or more than 18 digits.
[[nodiscard]] Result<Decimal> decimal_of(double value, int places);

[[nodiscard]] bool at_most(const Ratio& seen, const Ratio& allowed);
[[nodiscard]] bool at_least(const Ratio& seen, const Ratio& allowed);

// The product of whatever fits; an error otherwise.
[[nodiscard]] Result<Decimal> product(const Decimal& a, const Decimal& b, const Decimal& c);

// How many whole steps fit into `value`, and the least number that reaches it. Errors (invalid_input):
// value below zero, a step that is not above zero, more than 10^9 steps.
[[nodiscard]] Result<Decimal> whole_steps_within(const Ratio& value, const Decimal& step);
[[nodiscard]] Result<Decimal> whole_steps_reaching(const Ratio& value, const Decimal& step);

// "41", "0.5": the digits without zeros at their end.
[[nodiscard]] std::string short_text(const Decimal& value);

}  // namespace evenkeel::plan
