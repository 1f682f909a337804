#include "exchange/csv_line.hpp"

#include <array>
#include <charconv>

namespace evenkeel::exchange {

void CsvLine::separate() {
  if (begun_) text_ += ',';
  begun_ = true;
}

void CsvLine::number(double value) {
  separate();
  std::array<char, 32> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value);
  text_.append(digits.data(), end.ptr);
}

void CsvLine::number(const std::optional<double>& value) {
  if (value) {
    number(*value);
  } else {
    separate();
    text_ += '.';
  }
}

void CsvLine::text(std::string_view value) {
  separate();
  if (value.find_first_of("\", \t#@") == std::string_view::npos) {
    text_ += value;
    return;
  }
  text_ += '"';
  for (const char c : value) {
    if (c == '"') text_ += c;
    text_ += c;
  }
  text_ += '"';
}

}  // namespace evenkeel::exchange
