// What every content file shares: its heading, and numbers that carry unit, source and label.
//
//   {"value": 84, "unit": "L/h", "source": "kamp-2020", "label": "V2-", "low": 69, "high": 90, "note": "..."}
//
// `low` and `high` are the number's own bounds: a value outside them is a fault of the file.
// For the readers of this layer.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "base/provenance.hpp"
#include "json/reader.hpp"

namespace evenkeel::content {

struct Header {
  std::string id;
  std::string version;
  std::string status;
  std::string title;
  std::vector<std::pair<std::string, std::string>> sources;
};

// The heading keys every file has: schema, id, version, status, title, sources.
inline constexpr std::string_view header_keys[] = {"schema", "id", "version", "status", "title", "sources"};

// The words of a file's `schema` line: "evenkeel.model/2".
[[nodiscard]] std::string form_of(std::string_view kind);

// True when `top` is an object with the heading and `required`, and beside `optional` nothing else.
bool top_keys(json::Reader& top, json::Keys required, json::Keys optional = {});
[[nodiscard]] Header read_header(const json::Reader& top, std::string_view kind);

// `source`, `label` and `note` of the object at `place`.
[[nodiscard]] Provenance read_provenance(const json::Reader& place, const Header& header);

// A key of the file's own sources.
[[nodiscard]] std::string read_source_key(json::Reader place, const Header& header);
// One of the labels; R is refused.
[[nodiscard]] Label read_label(json::Reader place);
// Whether a sentence states a number in figures.
[[nodiscard]] bool has_digit(std::string_view text);

// Checks value against the place's own low and high, where it has them.
void check_bounds(json::Reader& place);

template <class Q>
[[nodiscard]] Sourced<Q> read_sourced(json::Reader place, const Header& header) {
  Sourced<Q> number{place.quantity<Q>({"source", "label"}, {"note", "low", "high"}),
                    read_provenance(place, header)};
  check_bounds(place);
  if (!(number.value >= Q{})) place["value"].fault("a negative number");
  return number;
}

// A whole number of `unit` ("sessions", "mmHg").
[[nodiscard]] Sourced<int> read_count(json::Reader place, const Header& header, std::string_view unit);

// A tree as a T: `read` fills the value, every fault is collected.
template <class T, class Read>
[[nodiscard]] Result<T, Errors> read_tree(const json::Node& tree, Read&& read) {
  Errors faults;
  json::Reader top{tree, faults};
  T value = read(top);
  if (!faults.empty()) return faults;
  return value;
}

// A file's text as a T.
template <class T, class Read>
[[nodiscard]] Result<T, Errors> read_file(std::string_view text, Read&& read) {
  auto tree = json::parse(text);
  if (!tree) return std::move(tree.error());
  return read_tree<T>(*tree, std::forward<Read>(read));
}

}  // namespace evenkeel::content
