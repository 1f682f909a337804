#include "report/diagram_text.hpp"

#include <algorithm>
#include <utility>

namespace evenkeel::report {
namespace {

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

double text_width(std::string_view text) {
  double width = 0.0;
  for (const char c : text) {
    if ((static_cast<unsigned char>(c) & 0xC0U) == 0x80U) continue;
    const bool capital = 'A' <= c && c <= 'Z';
    const bool slim = c == ' ' || c == 'i' || c == 'l' || c == 't' || c == 'f' || c == 'r' || c == '-';
    width += capital ? 8.4 : slim ? 4.6 : 7.2;
  }
  return width;
}

}  // namespace

std::vector<std::string> broken(std::string_view text, std::size_t most) {
  std::vector<std::string> lines;
  std::string line;
  std::string word;
  const auto end_word = [&] {
    if (word.empty()) return;
    if (!line.empty() && characters(line) + 1 + characters(word) > most)
      lines.push_back(std::exchange(line, {}));
    line += (line.empty() ? "" : " ") + std::exchange(word, {});
  };
  for (const char c : text) {
    if (c == ' ')
      end_word();
    else
      word += c;
  }
  end_word();
  if (!line.empty()) lines.push_back(line);
  return lines;
}

std::vector<std::string> name_lines(const std::string& name, std::size_t most) {
  constexpr std::string_view longest = "hydroxynorketamine";
  std::string seamed = name;
  if (const auto at = seamed.find(longest); most < longest.size() && at != std::string::npos)
    seamed.replace(at, longest.size(), "hydroxy- norketamine");
  return broken(seamed, most);
}

double widest(const std::vector<std::string>& lines) {
  double most = 0.0;
  for (const auto& line : lines) most = std::max(most, text_width(line));
  return most;
}

}  // namespace evenkeel::report
