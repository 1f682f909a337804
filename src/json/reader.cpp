#include "json/reader.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace evenkeel::json {
namespace {

constexpr std::size_t longest_list = 10'000;

// At most 40 bytes for a message, never through the middle of a character.
std::string clipped(std::string_view text) {
  if (text.size() <= 40) return std::string(text);
  std::size_t end = 40;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return std::string(text.substr(0, end)) + "...";
}

bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' ||
         c == '-';
}

// C0 and C1 controls, which a terminal obeys, and the overrides that make text read in another order
// than it is stored (U+202A to U+202E, U+2066 to U+2069).
bool has_control_character(std::string_view text) {
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (byte(i) < 0x20 || byte(i) == 0x7f) return true;
    if (byte(i) == 0xC2 && byte(i + 1) < 0xA0) return true;
    if (byte(i) != 0xE2) continue;
    if (byte(i + 1) == 0x80 && byte(i + 2) >= 0xAA && byte(i + 2) <= 0xAE) return true;
    if (byte(i + 1) == 0x81 && byte(i + 2) >= 0xA6 && byte(i + 2) <= 0xA9) return true;
  }
  return false;
}

}  // namespace

Reader::Reader(const Node& node, Errors& faults, std::string path)
    : Reader(&node, &faults, std::move(path)) {}

Reader::Reader(const Node* node, Errors* faults, std::string path)
    : node_(node), faults_(faults), path_(std::move(path)) {}

void Reader::fault(std::string what, ErrorCode code) {
  if (node_ != nullptr) faults_->push_back({code, path_, std::move(what)});
}

std::string Reader::seen() const {
  switch (node_->kind) {
    case Kind::text:
      return "the text '" + clipped(node_->text) + "'";
    case Kind::number:
      return "the number " + clipped(node_->text);
    case Kind::boolean:
      return node_->boolean ? "true" : "false";
    default:
      return std::string(kind_words(node_->kind));
  }
}

bool Reader::is(Kind kind) {
  if (node_ == nullptr) return false;
  if (node_->kind == kind) return true;
  fault(fmt::format("{} where {} is expected", seen(), kind_words(kind)));
  return false;
}

bool Reader::object(Keys required, Keys optional) {
  return check_keys(required, optional);
}

bool Reader::check_keys(std::span<const std::string_view> required,
                        std::span<const std::string_view> optional) {
  if (!is(Kind::object)) return false;
  bool whole = true;
  for (const auto key : required) {
    if (has(key)) continue;
    fault_at(key, fmt::format("'{}' is missing", key));
    whole = false;
  }
  for (const auto& member : node_->members) {
    const auto is_key = [&](std::string_view key) { return key == member.key; };
    if (std::ranges::any_of(required, is_key) || std::ranges::any_of(optional, is_key)) continue;
    fault_at(clipped(member.key), fmt::format("unknown key '{}'", clipped(member.key)));
    whole = false;
    if (faults_->size() >= most_faults) break;
  }
  return whole;
}

void Reader::fault_at(std::string_view key, std::string what) {
  faults_->push_back({ErrorCode::invalid_input, path_of(key), std::move(what)});
}

std::string Reader::path_of(std::string_view key) const {
  return path_.empty() ? std::string(key) : path_ + "." + std::string(key);
}

bool Reader::has(std::string_view key) const {
  return node_ != nullptr && node_->kind == Kind::object &&
         std::ranges::find(node_->members, key, &Member::key) != node_->members.end();
}

Reader Reader::operator[](std::string_view key) const {
  if (!has(key)) return Reader{nullptr, faults_, path_of(key)};
  return Reader{&std::ranges::find(node_->members, key, &Member::key)->value, faults_, path_of(key)};
}

std::vector<std::pair<std::string, Reader>> Reader::members() {
  std::vector<std::pair<std::string, Reader>> found;
  if (!is(Kind::object)) return found;
  for (const auto& member : node_->members) {
    const bool named =
        !member.key.empty() && member.key.size() <= 64 && std::ranges::all_of(member.key, is_name_character);
    if (!named) fault(fmt::format("'{}' is not a name: 1 to 64 of a-z A-Z 0-9 . _ -", clipped(member.key)));
    found.emplace_back(member.key, (*this)[member.key]);
  }
  return found;
}

std::vector<Reader> Reader::items(std::size_t at_least) {
  std::vector<Reader> found;
  if (!is(Kind::array)) return found;
  if (node_->items.size() < at_least || node_->items.size() > longest_list) {
    fault(
        fmt::format("a list of {} where {} to {} are allowed", node_->items.size(), at_least, longest_list));
    return found;
  }
  for (std::size_t i = 0; i < node_->items.size(); ++i) {
    found.push_back(Reader{&node_->items[i], faults_, fmt::format("{}[{}]", path_, i)});
  }
  return found;
}

std::string Reader::text(std::size_t longest) {
  if (!is(Kind::text)) return {};
  if (node_->text.empty()) {
    fault("an empty text");
  } else if (node_->text.size() > longest) {
    fault(fmt::format("a text of {} bytes; at most {} are allowed", node_->text.size(), longest));
  } else if (has_control_character(node_->text)) {
    fault("a text with control characters");
  } else {
    return node_->text;
  }
  return {};
}

std::string Reader::name() {
  std::string word = text(64);
  if (!std::ranges::all_of(word, is_name_character)) {
    fault(fmt::format("'{}' is not a name: 1 to 64 of a-z A-Z 0-9 . _ -", clipped(word)));
    return {};
  }
  return word;
}

bool Reader::boolean() {
  return is(Kind::boolean) && node_->boolean;
}

Decimal Reader::decimal() {
  if (!is(Kind::number)) return {};
  const auto value = Decimal::parse(node_->text);
  if (value) return *value;
  fault(value.error().what);
  return {};
}

double Reader::number(double low, double high) {
  if (!is(Kind::number)) return 0.0;
  double value = std::nan("");
  const char* end = node_->text.data() + node_->text.size();
  const auto read = std::from_chars(node_->text.data(), end, value);
  const bool whole = read.ec == std::errc{} && read.ptr == end;
  if (whole && low <= value && value <= high) return value;
  fault(fmt::format("{} is outside {} to {}", seen(), low, high));
  return 0.0;
}

int Reader::integer(int low, int high) {
  if (!is(Kind::number)) return 0;
  int value = 0;
  const char* end = node_->text.data() + node_->text.size();
  const auto read = std::from_chars(node_->text.data(), end, value);
  const bool whole = read.ec == std::errc{} && read.ptr == end;
  if (whole && low <= value && value <= high) return value;
  fault(fmt::format("{} where a whole number from {} to {} is expected", seen(), low, high));
  return 0;
}

Instant Reader::instant() {
  const std::string written = text(40);
  if (written.empty()) return {};
  const auto value = Instant::parse(written);
  if (value) return *value;
  fault(value.error().what);
  return {};
}

Date Reader::date() {
  const std::string written = text(40);
  if (written.empty()) return {};
  const auto value = Date::parse(written);
  if (value) return *value;
  fault(value.error().what);
  return {};
}

}  // namespace evenkeel::json
