#include "plan/amount.hpp"

#include <fmt/format.h>

#include <cmath>

namespace evenkeel::plan {
namespace {

constexpr double most_steps = 1e9;

std::string without_zeros(std::string digits) {
  if (digits.find('.') == std::string::npos) return digits;
  digits.erase(digits.find_last_not_of('0') + 1);
  if (digits.back() == '.') digits.pop_back();
  return digits == "-0" ? "0" : digits;
}

// Both sides over one denominator; none where that does not fit.
struct Sides {
  Result<Decimal> left;
  Result<Decimal> right;
  explicit operator bool() const { return left.has_value() && right.has_value(); }
};

Sides crossed(const Ratio& a, const Ratio& b) {
  return {multiply(a.over, b.under), multiply(b.over, a.under)};
}

bool is_positive(const Decimal& value) {
  return value > Decimal{};
}

}  // namespace

Result<Decimal> decimal_of(double value, int places) {
  if (!(std::fabs(value) < 1e15))
    return Error{ErrorCode::invalid_input, "", fmt::format("{} is not a number that can be used", value)};
  return Decimal::parse(without_zeros(fmt::format("{:.{}f}", value, places)));
}

bool at_most(const Ratio& seen, const Ratio& allowed) {
  const Sides sides = crossed(seen, allowed);
  return is_positive(seen.under) && is_positive(allowed.under) && sides && *sides.left <= *sides.right;
}

bool at_least(const Ratio& seen, const Ratio& allowed) {
  return at_most(allowed, seen);
}

Result<Decimal> product(const Decimal& a, const Decimal& b, const Decimal& c) {
  const auto first = multiply(a, b);
  if (!first) return first;
  return multiply(*first, c);
}

Result<Decimal> whole_steps_within(const Ratio& value, const Decimal& step) {
  const double estimate = value.to_double() / step.to_double();
  if (!is_positive(step) || !is_positive(value.under) || !(estimate >= 0.0) || !(estimate < most_steps)) {
    return Error{ErrorCode::invalid_input, "",
                 fmt::format("{}/{} in steps of {} cannot be counted", value.over.to_string(),
                             value.under.to_string(), step.to_string())};
  }
  // The estimate is off by one at most; the comparison is exact.
  for (auto steps = static_cast<std::int64_t>(estimate) + 1; steps >= 0; --steps) {
    const auto reached = multiply(Decimal{steps}, step);
    if (reached && at_most({*reached, Decimal{1}}, value)) return Decimal{steps};
  }
  return Error{ErrorCode::invalid_input, "", "an amount below zero"};
}

Result<Decimal> whole_steps_reaching(const Ratio& value, const Decimal& step) {
  const auto within = whole_steps_within(value, step);
  if (!within) return within;
  const auto reached = multiply(*within, step);
  if (!reached) return reached;
  return at_least({*reached, Decimal{1}}, value) ? within : add(*within, Decimal{1});
}

std::string short_text(const Decimal& value) {
  return without_zeros(value.to_string());
}

}  // namespace evenkeel::plan
