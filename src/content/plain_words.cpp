#include "content/plain_words.hpp"

#include <algorithm>
#include <cctype>
#include <string>
#include <vector>

namespace evenkeel::content {
namespace {

bool is_letter(char c) {
  return std::isalpha(static_cast<unsigned char>(c)) != 0;
}
bool is_digit(char c) {
  return std::isdigit(static_cast<unsigned char>(c)) != 0;
}

// The words of a text in small letters: runs of letters, and runs of digits.
std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  const auto kind = [](char c) { return is_letter(c) ? 1 : is_digit(c) ? 2 : 0; };
  int before = 0;
  for (const char c : text) {
    const int now = kind(c);
    if (now != 0) {
      if (now != before) words.emplace_back();
      words.back() += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }
    before = now;
  }
  return words;
}

bool is_number(const std::string& word) {
  return is_digit(word.front());
}

}  // namespace

bool names_a_dose(std::string_view text) {
  constexpr std::string_view units[] = {"mg", "mcg", "ug", "g", "kg", "ml", "milligram", "milligrams"};
  if (text.find("\xC2\xB5g") != std::string_view::npos) return true;  // the micro sign
  const auto words = words_of(text);
  for (std::size_t i = 1; i < words.size(); ++i) {
    if (is_number(words[i - 1]) && std::ranges::find(units, words[i]) != std::end(units)) return true;
  }
  return false;
}

bool names_a_percentage(std::string_view text) {
  if (text.find('%') != std::string_view::npos) return true;
  const auto words = words_of(text);
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i] == "percent" || words[i] == "percentage") return true;
    if (words[i] == "per" && i + 1 < words.size() && words[i + 1] == "cent") return true;
  }
  return false;
}

bool blames(std::string_view text) {
  constexpr std::string_view never[] = {"addict", "addicts", "junkie", "junkies", "abuser", "abusers"};
  return std::ranges::any_of(words_of(text), [&](const std::string& word) {
    return std::ranges::find(never, word) != std::end(never);
  });
}

}  // namespace evenkeel::content
