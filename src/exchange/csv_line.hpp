// One line of comma-separated values, appended to a text. Numbers are the shortest that read back as the
// same double; what is not there is a dot; a text that could be taken for something else is quoted.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace evenkeel::exchange {

class CsvLine {
 public:
  explicit CsvLine(std::string& text) : text_(text) {}

  void number(double value);
  void number(const std::optional<double>& value);
  void text(std::string_view value);
  void end() { text_ += '\n'; }

 private:
  void separate();

  std::string& text_;
  bool begun_ = false;
};

}  // namespace evenkeel::exchange
