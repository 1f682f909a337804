#include "content/sourced.hpp"

#include <charconv>

namespace evenkeel::content {
namespace {

double number_at(const json::Reader& place, std::string_view key) {
  const json::Node* node = place[key].node();
  double value = 0.0;
  std::from_chars(node->text.data(), node->text.data() + node->text.size(), value);
  return value;
}

// Three numbers of one to four digits, such as 1.0.12.
bool is_version(std::string_view text) {
  int numbers = 0;
  while (true) {
    const std::string_view number = text.substr(0, text.find('.'));
    const bool digits = number.find_first_not_of("0123456789") == std::string_view::npos;
    if (number.empty() || number.size() > 4 || !digits) return false;
    ++numbers;
    if (number.size() == text.size()) return numbers == 3;
    text.remove_prefix(number.size() + 1);
  }
}

}  // namespace

std::string form_of(std::string_view kind) {
  const bool second = kind == "model" || kind == "protocol" || kind == "instrument" || kind == "evidence";
  return fmt::format("evenkeel.{}/{}", kind, second ? 2 : 1);
}

bool top_keys(json::Reader& top, json::Keys required, json::Keys optional) {
  std::vector<std::string_view> all{std::begin(header_keys), std::end(header_keys)};
  all.insert(all.end(), required.begin(), required.end());
  return top.check_keys(all, optional);
}

Header read_header(const json::Reader& top, std::string_view kind) {
  Header header;
  auto schema = top["schema"];
  const std::string expected = form_of(kind);
  const std::string named = schema.text(60);
  if (!named.empty() && named != expected)
    schema.fault(fmt::format("'{}' where '{}' is expected", named, expected));
  header.id = top["id"].name();
  auto version = top["version"];
  header.version = version.text(20);
  if (!header.version.empty() && !is_version(header.version)) {
    version.fault(fmt::format("'{}' is not a version such as 1.0.0", header.version));
  }
  constexpr std::pair<std::string_view, std::string_view> statuses[] = {{"released", "released"},
                                                                        {"draft", "draft"},
                                                                        {"hypothesis", "hypothesis"},
                                                                        {"unverified", "unverified"}};
  header.status = top["status"].one_of(statuses);
  header.title = top["title"].text(200);
  for (auto& [key, citation] : top["sources"].members()) header.sources.emplace_back(key, citation.text(600));
  return header;
}

std::string read_source_key(json::Reader place, const Header& header) {
  std::string key = place.name();
  const bool known = std::ranges::any_of(header.sources, [&](const auto& row) { return row.first == key; });
  if (!key.empty() && !known) place.fault(fmt::format("'{}' is not among the file's sources", key));
  return key;
}

Label read_label(json::Reader place) {
  const std::string text = place.text(10);
  if (const auto found = label_from_text(text)) return *found;
  if (!text.empty()) {
    place.fault(text == "R" ? "a number that was only recalled (R) is not shipped"
                            : fmt::format("'{}' is not a label; allowed: V, V2, V2-, CALC, D, P, C", text));
  }
  return Label::proposal;
}

bool has_digit(std::string_view text) {
  return text.find_first_of("0123456789") != std::string_view::npos;
}

Provenance read_provenance(const json::Reader& place, const Header& header) {
  Provenance from;
  from.source = read_source_key(place["source"], header);
  from.label = read_label(place["label"]);
  if (place.has("note")) from.note = place["note"].text(600);
  return from;
}

void check_bounds(json::Reader& place) {
  const auto is_number = [&](std::string_view key) {
    const json::Node* node = place[key].node();
    return node != nullptr && node->kind == json::Kind::number;
  };
  for (const std::string_view key : {"low", "high"}) {
    if (place.has(key)) static_cast<void>(place[key].number(-1e12, 1e12));
  }
  if (!is_number("value")) return;
  const double value = number_at(place, "value");
  if (is_number("low") && !(number_at(place, "low") <= value)) {
    place["value"].fault(fmt::format("{} is below its own low bound {}", value, number_at(place, "low")));
  }
  if (is_number("high") && !(value <= number_at(place, "high"))) {
    place["value"].fault(fmt::format("{} is above its own high bound {}", value, number_at(place, "high")));
  }
}

Sourced<int> read_count(json::Reader place, const Header& header, std::string_view unit) {
  Sourced<int> number;
  if (!place.object({"value", "unit", "source", "label"}, {"note", "low", "high"})) return number;
  number.value = place["value"].integer(0, 100'000);
  auto written = place["unit"];
  const std::string text = written.text(20);
  if (!text.empty() && text != unit) written.fault(fmt::format("'{}' where '{}' is expected", text, unit));
  number.from = read_provenance(place, header);
  check_bounds(place);
  return number;
}

}  // namespace evenkeel::content
