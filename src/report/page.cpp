#include "report/page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/quantity.hpp"

namespace evenkeel::report {
namespace {

constexpr std::size_t columns_wide = 80;

std::string_view code(Tone tone) {
  switch (tone) {
    case Tone::plain:
      return "";
    case Tone::strong:
      return "\x1b[1m";
    case Tone::quiet:
      return "\x1b[2m";
    case Tone::good:
      return "\x1b[32m";
    case Tone::warning:
      return "\x1b[33m";
    case Tone::danger:
      return "\x1b[1;31m";
  }
  return "";
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : text) {
    if (c == ' ') {
      if (!word.empty()) words.push_back(std::exchange(word, {}));
    } else {
      word += c;
    }
  }
  if (!word.empty()) words.push_back(word);
  return words;
}

// The first `count` characters of UTF-8 text, in bytes.
std::size_t prefix_bytes(std::string_view text, std::size_t count) {
  std::size_t bytes = 0;
  for (; bytes < text.size(); ++bytes) {
    const bool starts_character = (static_cast<unsigned char>(text[bytes]) & 0xC0) != 0x80;
    if (starts_character && count-- == 0) break;
  }
  return bytes;
}

// `text` in pieces of at most `to` characters, broken at a space where there is one.
std::vector<std::string> pieces(std::string text, std::size_t to) {
  std::vector<std::string> found;
  while (width(text) > to) {
    const std::size_t most = prefix_bytes(text, to);
    const std::size_t space = text.rfind(' ', most);
    const bool at_space = space != std::string::npos && space > 0;
    found.push_back(text.substr(0, at_space ? space : most));
    text.erase(0, at_space ? space + 1 : most);
  }
  found.push_back(std::move(text));
  return found;
}

std::string padded(const std::string& text, std::size_t to, bool right) {
  const std::string space(to - std::min(to, width(text)), ' ');
  return right ? space + text : text + space;
}

}  // namespace

// Spaces for control characters: C0, DEL, and C1 as UTF-8 writes them (a terminal takes U+009B for an
// escape).
std::string shown(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const bool c1 = byte == 0xC2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xA0;
    if (c1) ++i;
    plain += byte < 0x20 || byte == 0x7F || c1 ? ' ' : text[i];
  }
  return plain;
}

std::size_t width(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

void Page::put(std::string_view text, Tone tone) {
  const bool coloured = colour_ && tone != Tone::plain;
  if (coloured) text_ += code(tone);
  text_ += shown(text);
  if (coloured) text_ += "\x1b[0m";
  text_ += '\n';
}

void Page::line(std::string_view text, Tone tone) {
  put(text, tone);
}
void Page::blank() {
  text_ += '\n';
}

void Page::heading(std::string_view title) {
  blank();
  put(title, Tone::strong);
}

void Page::item(std::string_view first, std::string_view text, std::size_t indent, Tone tone) {
  if (width(first) >= columns_wide) {  // a name longer than a line is wrapped like text
    const std::size_t name = std::min(first.find_first_not_of(' '), first.size());
    return item(first.substr(0, std::min(name, indent)),
                std::string(first.substr(name)) + " " + std::string(text), indent, tone);
  }
  const std::string margin(std::min(indent, columns_wide - 1), ' ');
  std::string current{first};
  bool fresh = true;
  const auto fits = [&](const std::string& word) {
    return width(current) + (fresh ? 0 : 1) + width(word) <= columns_wide;
  };
  const auto new_line = [&](const std::string& ended) {
    put(ended, tone);
    current = margin;
    fresh = true;
  };
  for (std::string word : words_of(shown(text))) {
    if (!fits(word) && current.find_first_not_of(' ') != std::string::npos) new_line(current);
    while (!fits(word)) {  // a word longer than a line, such as an id from a hostile file
      const std::size_t bytes = prefix_bytes(word, columns_wide - width(current));
      new_line(current + word.substr(0, bytes));
      word.erase(0, bytes);
    }
    current += fresh ? word : " " + word;
    fresh = false;
  }
  put(current, tone);
}

void Page::table(const std::vector<Column>& columns, const std::vector<std::vector<std::string>>& rows) {
  std::vector<std::size_t> widths;
  std::size_t wide = 2 * columns.size();
  for (std::size_t c = 0; c < columns.size(); ++c) {
    std::size_t widest = width(columns[c].title);
    for (const auto& row : rows) widest = std::max(widest, width(row[c]));
    widths.push_back(widest);
    wide += widest;
  }
  for (; wide > columns_wide; --wide) {
    const auto widest = std::ranges::max_element(widths);
    if (widest == widths.end() || *widest <= 1) break;
    --*widest;
  }
  const auto put_row = [&](auto&& cell, Tone tone) {
    std::vector<std::vector<std::string>> parts;
    std::size_t lines = 1;
    for (std::size_t c = 0; c < columns.size(); ++c) {
      parts.push_back(pieces(shown(cell(c)), widths[c]));
      lines = std::max(lines, parts.back().size());
    }
    for (std::size_t k = 0; k < lines; ++k) {
      std::string line = "  ";
      for (std::size_t c = 0; c < columns.size(); ++c)
        line += padded(k < parts[c].size() ? parts[c][k] : "", widths[c], columns[c].right) + "  ";
      put(line.substr(0, line.find_last_not_of(' ') + 1), tone);
    }
  };
  put_row([&](std::size_t c) { return columns[c].title; }, Tone::quiet);
  for (const auto& row : rows) put_row([&](std::size_t c) { return row[c]; }, Tone::plain);
}

std::string moment_text(const std::string& rfc3339) {
  return rfc3339.substr(0, 10) + " " + rfc3339.substr(11, 5);
}

std::string three_digits(double value) {
  if (value == 0.0) return "0";
  if (!std::isfinite(value)) return fmt::format("{}", value);
  const int decimals = std::clamp(2 - static_cast<int>(std::floor(std::log10(std::abs(value)))), 0, 4);
  return fmt::format("{:.{}f}", value, decimals);
}

std::string span_text(Duration time) {
  const double minutes = time.in(units::min);
  if (minutes < 120.0) return fmt::format("{:.0f} min", minutes);
  if (minutes < 48.0 * 60.0) {
    const auto whole = static_cast<int>(std::lround(minutes));
    return whole % 60 == 0 ? fmt::format("{} h", whole / 60)
                           : fmt::format("{} h {:02} min", whole / 60, whole % 60);
  }
  return fmt::format("{:.3g} d", time.in(units::day));
}

}  // namespace evenkeel::report
