// Exact decimals for doses at the edge: what was written is what is kept, digits included.
//   value = coefficient * 10^-places
// A dose read as 0.50 stays 0.50; 0.1 + 0.2 is 0.3. Results that do not fit (18 digits, 12 places)
// are an error, never a rounding. Comparison is by value: 0.50 == 0.5.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace evenkeel {

class Decimal {
 public:
  constexpr Decimal() = default;
  // A whole number, exact. Magnitude below 10^18 (the programmer's duty).
  explicit Decimal(std::int64_t whole);

  // Digits with at most one point and an optional leading minus. No exponent, no plus, no spaces.
  static Result<Decimal> parse(std::string_view text);

  [[nodiscard]] std::string to_string() const;
  [[nodiscard]] double to_double() const;
  [[nodiscard]] int places() const { return places_; }

  // This value times 10^-shift, exactly: a change of unit such as ug to mg (shift 3).
  [[nodiscard]] Result<Decimal> shifted(int shift) const;

  friend Result<Decimal> add(const Decimal& a, const Decimal& b);
  friend Result<Decimal> subtract(const Decimal& a, const Decimal& b);
  friend Result<Decimal> multiply(const Decimal& a, const Decimal& b);
  // a / b cut to `places` (0 to 8), towards zero: the only operation that rounds, and it says which way.
  // Requires b other than 0.
  friend Result<Decimal> divide_down(const Decimal& a, const Decimal& b, int places);

  std::strong_ordering operator<=>(const Decimal& other) const;
  bool operator==(const Decimal& other) const { return (*this <=> other) == 0; }

 private:
  Decimal(std::int64_t coefficient, int places) : coefficient_(coefficient), places_(places) {}
  __extension__ static Result<Decimal> make(__int128 coefficient, int places);

  std::int64_t coefficient_ = 0;
  int places_ = 0;
};

}  // namespace evenkeel
