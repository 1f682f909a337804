// Decimal: what is read is written again as it was, but for leading zeros and the sign of a zero.
#include <string>

#include "base/decimal.hpp"
#include "fuzz_target.hpp"

namespace {

std::string canonical(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  while (text.size() > 1 && text[0] == '0' && text[1] != '.') text.remove_prefix(1);
  const bool zero = text.find_first_not_of("0.") == std::string_view::npos;
  return (negative && !zero ? "-" : "") + std::string(text);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using evenkeel::Decimal, evenkeel::promise;
  const std::string_view text = evenkeel::as_text(data, size);
  const auto value = Decimal::parse(text);
  if (!value) {
    promise(!value.error().what.empty(), "a refusal has a reason");
    return 0;
  }
  promise(value->to_string() == canonical(text), "the digits that were written are kept");
  promise(*value == *Decimal::parse(value->to_string()), "the text reads as the same value");
  const auto there = value->shifted(3);
  if (there) promise(*there->shifted(-3) == *value, "a change of unit and back changes nothing");
  const auto twice = add(*value, *value);
  if (twice) promise(*subtract(*twice, *value) == *value, "what is added can be taken away");
  promise(std::strtod(std::string(text).c_str(), nullptr) == value->to_double(), "the double is the nearest");
  return 0;
}
