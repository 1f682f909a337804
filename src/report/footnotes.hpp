// Remarks that several rows of a table share, told once under it and pointed at by a letter.
#pragma once

#include <string>
#include <vector>

#include "report/html_text.hpp"

namespace evenkeel::report {

class Footnotes {
 public:
  // The letter of this remark: "a" to "z", then "a1" and on.
  std::string mark(const std::string& text);
  // "a, c"; "none" for no remark.
  std::string marks(const std::vector<std::string>& texts);
  // All remarks with their letters; empty when there is none.
  [[nodiscard]] Html finish() const;

 private:
  std::vector<std::string> texts_;
};

}  // namespace evenkeel::report
