// Random bodies of events, each within what the record's format allows. The same seed, the same events.
#pragma once

#include <random>
#include <string>
#include <utility>

#include "support/events.hpp"

namespace evenkeel::test {

class RandomEvents {
 public:
  explicit RandomEvents(std::uint64_t seed) : rng_(seed) {}

  [[nodiscard]] int whole(int low, int high) { return std::uniform_int_distribution<int>{low, high}(rng_); }
  [[nodiscard]] bool chance(int of) { return whole(1, of) == 1; }
  template <class T>
  [[nodiscard]] T code(int low, int high) {
    return static_cast<T>(whole(low, high));
  }
  // A number above zero with up to six digits, two of them behind the point.
  [[nodiscard]] double number(double highest) { return highest * whole(1, 999'999) / 1e6; }
  // A decimal with its digits: 12.340
  [[nodiscard]] Decimal decimal(int highest) {
    std::string digits = std::to_string(whole(0, highest - 1));
    if (!chance(3)) digits += "." + std::to_string(whole(1, 9999));
    if (chance(4)) digits += (digits.find('.') != std::string::npos) ? "0" : ".0";
    return *Decimal::parse(digits);
  }
  // Text with what must be escaped, and letters beyond ASCII.
  [[nodiscard]] std::string text() {
    static const char* const parts[] = {"a", "Ä", "\"", "\\", "/", " ", "深", "{", "<b>", "'", "7"};
    std::string made = "t";
    for (int i = whole(0, 12); i > 0; --i) made += parts[whole(0, 10)];
    return made;
  }
  [[nodiscard]] std::string name() {
    return "n" + std::to_string(whole(0, 999)) + (chance(2) ? "-a.b_C" : "");
  }
  [[nodiscard]] Date date() { return test::date(whole(-20'000, 20'000)); }
  [[nodiscard]] Duration length(Duration longest) { return number(1.0) * longest; }
  template <class Make>
  [[nodiscard]] auto maybe(Make&& make) -> std::optional<decltype(make())> {
    if (chance(2)) return std::nullopt;
    return make();
  }
  [[nodiscard]] std::mt19937_64& rng() { return rng_; }

 private:
  std::mt19937_64 rng_;
};

}  // namespace evenkeel::test
