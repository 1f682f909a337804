#include "report/footnotes.hpp"

#include <algorithm>

namespace evenkeel::report {
namespace {

std::string letter(std::size_t index) {
  const char c = static_cast<char>('a' + static_cast<int>(index % 26));
  return index < 26 ? std::string(1, c) : fmt::format("{}{}", c, index / 26);
}

}  // namespace

std::string Footnotes::mark(const std::string& text) {
  auto found = std::ranges::find(texts_, text);
  if (found == texts_.end()) found = texts_.insert(texts_.end(), text);
  return letter(static_cast<std::size_t>(found - texts_.begin()));
}

std::string Footnotes::marks(const std::vector<std::string>& texts) {
  std::vector<std::string> found;
  for (const std::string& text : texts) found.push_back(mark(text));
  return found.empty() ? "none" : joined(found, ", ");
}

Html Footnotes::finish() const {
  Html list;
  for (std::size_t i = 0; i < texts_.size(); ++i)
    list += html("<li><b>{}</b> {}</li>\n", letter(i), texts_[i]);
  return list.empty() ? Html{} : html("<ul class=\"footnotes\">{}</ul>\n", list);
}

}  // namespace evenkeel::report
