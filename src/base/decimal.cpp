#include "base/decimal.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/expects.hpp"

namespace evenkeel {
namespace {

__extension__ using Wide = __int128;

constexpr std::int64_t coefficient_limit = 1'000'000'000'000'000'000;  // 10^18
constexpr int places_limit = 12;

constexpr Wide power_of_ten(int exponent) {
  Wide power = 1;
  for (int i = 0; i < exponent; ++i) power *= 10;
  return power;
}

Error refuse(std::string_view text, std::string_view why) {
  return {ErrorCode::invalid_input, "",
          "'" + std::string(text.substr(0, 40)) + "' is not a decimal number: " + std::string(why)};
}

}  // namespace

Decimal::Decimal(std::int64_t whole) : coefficient_(whole) {
  expects(-coefficient_limit < whole && whole < coefficient_limit, "a whole Decimal fits 18 digits");
}

Result<Decimal> Decimal::make(Wide coefficient, int places) {
  // Trailing zeros are dropped only where they are in the way of a representable value.
  const auto fits = [&] { return -coefficient_limit < coefficient && coefficient < coefficient_limit; };
  while ((places > places_limit || (places > 0 && !fits())) && coefficient % 10 == 0) {
    coefficient /= 10;
    --places;
  }
  if (places > places_limit) return Error{ErrorCode::invalid_input, "", "more than 12 decimal places"};
  if (!fits()) return Error{ErrorCode::invalid_input, "", "more than 18 digits"};
  return Decimal{static_cast<std::int64_t>(coefficient), places};
}

Result<Decimal> Decimal::parse(std::string_view text) {
  std::string_view rest = text;
  const bool negative = rest.starts_with('-');
  if (negative) rest.remove_prefix(1);
  const auto point = rest.find('.');
  const std::string_view whole = rest.substr(0, point);
  const std::string_view fraction = point == std::string_view::npos ? "" : rest.substr(point + 1);
  if (whole.empty() || (point != std::string_view::npos && fraction.empty())) {
    return refuse(text, "digits are needed on both sides of the point");
  }
  if (whole.size() + fraction.size() > 18) return refuse(text, "more than 18 digits");
  if (fraction.size() > places_limit) return refuse(text, "more than 12 decimal places");
  std::int64_t coefficient = 0;
  for (const std::string_view part : {whole, fraction}) {
    for (const char c : part) {
      if (c < '0' || c > '9') return refuse(text, "write it in digits, without an exponent");
      coefficient = coefficient * 10 + (c - '0');
    }
  }
  return Decimal{negative ? -coefficient : coefficient, static_cast<int>(fraction.size())};
}

std::string Decimal::to_string() const {
  std::string digits = std::to_string(coefficient_ < 0 ? -coefficient_ : coefficient_);
  const auto places = static_cast<std::size_t>(places_);
  if (digits.size() <= places) digits.insert(0, places + 1 - digits.size(), '0');
  if (places > 0) digits.insert(digits.size() - places, 1, '.');
  return coefficient_ < 0 ? "-" + digits : digits;
}

double Decimal::to_double() const {
  // Through text: the nearest double to the decimal, whatever the number of digits.
  const std::string text = to_string();
  double value = 0.0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

Result<Decimal> Decimal::shifted(int shift) const {
  if (shift < -30 || shift > 30) {  // no value but zero survives that; powers stay within the wide type
    if (coefficient_ == 0) return Decimal{};
    return Error{ErrorCode::invalid_input, "", "a change of unit by more than 30 powers of ten"};
  }
  if (shift >= 0) return make(coefficient_, places_ + shift);
  if (-shift <= places_) return Decimal{coefficient_, places_ + shift};
  const int up = -shift - places_;
  if (up > 18 && coefficient_ != 0) return Error{ErrorCode::invalid_input, "", "more than 18 digits"};
  return make(coefficient_ * power_of_ten(std::min(up, 18)), 0);
}

Result<Decimal> add(const Decimal& a, const Decimal& b) {
  const int places = std::max(a.places_, b.places_);
  return Decimal::make(
      a.coefficient_ * power_of_ten(places - a.places_) + b.coefficient_ * power_of_ten(places - b.places_),
      places);
}

Result<Decimal> subtract(const Decimal& a, const Decimal& b) {
  return add(a, Decimal{-b.coefficient_, b.places_});
}

Result<Decimal> multiply(const Decimal& a, const Decimal& b) {
  return Decimal::make(static_cast<Wide>(a.coefficient_) * b.coefficient_, a.places_ + b.places_);
}

Result<Decimal> divide_down(const Decimal& a, const Decimal& b, int places) {
  expects(b.coefficient_ != 0, "nothing is divided by zero");
  expects(0 <= places && places <= 8, "a quotient has at most 8 places");
  // Below 10^18 * 10^20, which the wide type holds; and below 10^18 * 10^12.
  const int up = places + b.places_ - a.places_;
  const Wide over = static_cast<Wide>(a.coefficient_) * power_of_ten(std::max(up, 0));
  const Wide under = static_cast<Wide>(b.coefficient_) * power_of_ten(std::max(-up, 0));
  return Decimal::make(over / under, places);
}

std::strong_ordering Decimal::operator<=>(const Decimal& other) const {
  const Wide left = coefficient_ * power_of_ten(other.places_);
  const Wide right = other.coefficient_ * power_of_ten(places_);
  return left <=> right;
}

}  // namespace evenkeel
