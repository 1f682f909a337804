#include "http/http.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace evenkeel::http {
namespace {

constexpr std::pair<std::string_view, Method> methods[] = {
    {"GET", Method::get}, {"HEAD", Method::head},   {"POST", Method::post},
    {"PUT", Method::put}, {"PATCH", Method::patch}, {"DELETE", Method::remove}};
constexpr std::size_t most_parameters = 100;

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool same_name(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, {}, lower, lower);
}

Error refused(std::string what) {
  return {ErrorCode::invalid_input, "request target", std::move(what)};
}

std::optional<int> hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (lower(c) >= 'a' && lower(c) <= 'f') return lower(c) - 'a' + 10;
  return std::nullopt;
}

// How many bytes follow the first of a UTF-8 sequence; none where it is no first byte.
std::optional<int> followers(unsigned char first) {
  if (first < 0x80) return 0;
  if (first >= 0xC2 && first <= 0xDF) return 1;
  if (first >= 0xE0 && first <= 0xEF) return 2;
  if (first >= 0xF0 && first <= 0xF4) return 3;
  return std::nullopt;
}

// The byte number `k` after the first of a letter.
bool may_follow(unsigned char first, int k, unsigned char next) {
  if (k > 1) return next >= 0x80 && next <= 0xBF;
  const unsigned char low = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
  const unsigned char high = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
  return next >= low && next <= high;
}

// As Unicode's table 3-7: no overlong forms, no surrogates, nothing above U+10FFFF.
bool is_utf8(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto first = static_cast<unsigned char>(text[i]);
    const auto follow = followers(first);
    if (!follow || text.size() - i <= static_cast<std::size_t>(*follow)) return false;
    for (int k = 1; k <= *follow; ++k) {
      if (!may_follow(first, k, static_cast<unsigned char>(text[++i]))) return false;
    }
  }
  return true;
}

bool is_control(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
}

Result<std::string> decoded(std::string_view text, bool plus_is_space) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      out += plus_is_space && text[i] == '+' ? ' ' : text[i];
      continue;
    }
    const auto high = i + 1 < text.size() ? hex_digit(text[i + 1]) : std::nullopt;
    const auto low = i + 2 < text.size() ? hex_digit(text[i + 2]) : std::nullopt;
    if (!high || !low) return refused("a % must be followed by two hexadecimal digits");
    out += static_cast<char>(*high * 16 + *low);
    i += 2;
  }
  if (std::ranges::any_of(out, is_control)) return refused("it has a control character");
  if (!is_utf8(out)) return refused("it is not UTF-8 once decoded");
  return out;
}

// `text` begins after the first slash.
Result<std::vector<std::string>> parse_path(std::string_view text) {
  std::vector<std::string> path;
  while (!text.empty() || !path.empty()) {
    const auto end = text.find('/');
    auto segment = decoded(text.substr(0, end), false);
    if (!segment) return segment.error();
    const bool last = end == std::string_view::npos;
    if (segment->empty() && !last) return refused("it has an empty segment");
    if (*segment == "." || *segment == "..") return refused("it has a segment '.' or '..'");
    if (segment->find_first_of("/\\") != std::string::npos) {
      return refused("it has a slash or backslash inside a segment");
    }
    path.push_back(std::move(*segment));
    if (last) break;
    text.remove_prefix(end + 1);
  }
  return path;
}

Result<std::vector<std::pair<std::string, std::string>>> parse_query(std::string_view text) {
  std::vector<std::pair<std::string, std::string>> query;
  while (!text.empty()) {
    const auto end = std::min(text.find('&'), text.size());
    const std::string_view part = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (part.empty()) continue;
    const auto equals = std::min(part.find('='), part.size());
    auto name = decoded(part.substr(0, equals), true);
    auto value = decoded(part.substr(std::min(equals + 1, part.size())), true);
    if (!name) return name.error();
    if (!value) return value.error();
    if (query.size() == most_parameters) {
      return refused(fmt::format("it has more than {} parameters", most_parameters));
    }
    query.emplace_back(std::move(*name), std::move(*value));
  }
  return query;
}

std::string_view trimmed(std::string_view text) {
  const auto first = std::min(text.find_first_not_of(" \t"), text.size());
  return text.substr(first, text.find_last_not_of(" \t") + 1 - first);
}

}  // namespace

std::string_view method_text(Method method) {
  for (const auto& [text, value] : methods) {
    if (value == method) return text;
  }
  return "";
}

std::optional<Method> method_from_text(std::string_view text) {
  for (const auto& [word, value] : methods) {
    if (word == text) return value;
  }
  return std::nullopt;
}

std::optional<std::string_view> find_header(const std::vector<Header>& headers, std::string_view name) {
  const auto found =
      std::ranges::find_if(headers, [&](const Header& header) { return same_name(header.name, name); });
  return found == headers.end() ? std::nullopt : std::optional<std::string_view>(found->value);
}

std::optional<std::string_view> Target::parameter(std::string_view name) const {
  const auto found = std::ranges::find(query, name, &std::pair<std::string, std::string>::first);
  return found == query.end() ? std::nullopt : std::optional<std::string_view>(found->second);
}

Result<Target> parse_target(std::string_view text) {
  if (!text.starts_with('/')) return refused("it does not begin with a slash");
  const auto unsafe = [](char c) {
    return is_control(c) || c < 0 || std::string_view(" \"#<>\\").find(c) != std::string_view::npos;
  };
  if (std::ranges::any_of(text, unsafe)) return refused("it has a character that must be escaped");
  const auto question = std::min(text.find('?'), text.size());
  auto path = parse_path(text.substr(1, question - 1));
  if (!path) return path.error();
  auto query = parse_query(text.substr(std::min(question + 1, text.size())));
  if (!query) return query.error();
  return Target{std::move(*path), std::move(*query)};
}

std::optional<std::string_view> Request::header(std::string_view name) const {
  return find_header(headers, name);
}

std::optional<std::string_view> Request::cookie(std::string_view name) const {
  std::string_view rest = header("Cookie").value_or("");
  std::optional<std::string_view> found;
  while (!rest.empty()) {
    const auto end = std::min(rest.find(';'), rest.size());
    const std::string_view pair = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    const auto equals = pair.find('=');
    if (equals == std::string_view::npos || trimmed(pair.substr(0, equals)) != name) continue;
    if (found) return std::nullopt;
    found = trimmed(pair.substr(equals + 1));
  }
  return found;
}

}  // namespace evenkeel::http
