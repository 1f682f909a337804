// A cursor over a JSON tree that guesses nothing and collects every fault.
//
//   json::Reader top{tree, faults};
//   if (top.object({"id", "dose"}, {"note"})) {          // missing and unknown keys become faults
//     const std::string id = top["id"].name();
//     const Decimal dose = top["dose"].decimal();
//   }
//   if (!faults.empty()) return faults;                   // values read after a fault are not used
//
// A read that fails adds one Error (path, what was seen, what is allowed) and returns an empty
// value; a Reader of a missing member is silent, for the fault is already told. The tree and the
// fault list must outlive the Reader. Not for sharing between threads.
#pragma once

#include <fmt/format.h>

#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/decimal.hpp"
#include "base/instant.hpp"
#include "base/result.hpp"
#include "base/unit_text.hpp"
#include "json/document.hpp"

namespace evenkeel::json {

using Keys = std::initializer_list<std::string_view>;

class Reader {
 public:
  Reader(const Node& node, Errors& faults, std::string path = "");

  // True when this is an object that has every `required` key and, beside the `optional` ones, no other.
  bool object(Keys required, Keys optional = {});
  bool check_keys(std::span<const std::string_view> required, std::span<const std::string_view> optional);
  // The member, or a silent Reader when it is absent.
  [[nodiscard]] Reader operator[](std::string_view key) const;
  [[nodiscard]] bool has(std::string_view key) const;
  // Every member in file order, of an object whose keys are names of the file's own.
  [[nodiscard]] std::vector<std::pair<std::string, Reader>> members();
  // The items of a list with at least `at_least` and at most 10,000 of them.
  [[nodiscard]] std::vector<Reader> items(std::size_t at_least = 0);

  // Text of 1 to `longest` bytes without control characters or direction overrides.
  [[nodiscard]] std::string text(std::size_t longest = 2000);
  // A name for machines: 1 to 64 of a-z A-Z 0-9 . _ -
  [[nodiscard]] std::string name();
  [[nodiscard]] bool boolean();
  [[nodiscard]] Decimal decimal();
  // A finite number within low..high.
  [[nodiscard]] double number(double low, double high);
  [[nodiscard]] int integer(int low, int high);
  [[nodiscard]] Instant instant();
  [[nodiscard]] Date date();

  // A number with its unit: {"value": 40, "unit": "min"}, with further keys where the caller allows them.
  template <class Q>
  [[nodiscard]] Q quantity(Keys also = {}, Keys optional = {});

  // One of a closed list of words; `words` is a range of pairs {text, value}.
  template <class T, std::size_t N>
  [[nodiscard]] T one_of(const std::pair<std::string_view, T> (&words)[N]);

  // How many faults have been told so far, by any reader of this tree.
  [[nodiscard]] std::size_t faults() const { return faults_->size(); }
  // Adds a fault at this place.
  void fault(std::string what, ErrorCode code = ErrorCode::invalid_input);
  [[nodiscard]] const std::string& path() const { return path_; }
  // This place, or none where the member was missing.
  [[nodiscard]] const Node* node() const { return node_; }

 private:
  Reader(const Node* node, Errors* faults, std::string path);
  [[nodiscard]] bool is(Kind kind);
  [[nodiscard]] std::string seen() const;
  void fault_at(std::string_view key, std::string what);
  [[nodiscard]] std::string path_of(std::string_view key) const;

  const Node* node_;  // null: absent, silent
  Errors* faults_;
  std::string path_;
};

template <class Q>
Q Reader::quantity(Keys also, Keys optional) {
  std::vector<std::string_view> required{"value", "unit"};
  required.insert(required.end(), also.begin(), also.end());
  if (!check_keys(required, optional)) return Q{};
  const double value = (*this)["value"].number(-1e12, 1e12);
  const std::string unit_text = (*this)["unit"].text(20);
  const auto unit = unit_from_text<Q>(unit_text);
  if (!unit && !unit_text.empty()) {
    (*this)["unit"].fault(
        fmt::format("'{}' is not a unit allowed here; use {}", unit_text, allowed_units<Q>()));
  }
  return unit ? value * *unit : Q{};
}

template <class T, std::size_t N>
T Reader::one_of(const std::pair<std::string_view, T> (&words)[N]) {
  const std::string seen_word = text(60);
  if (node_ == nullptr || seen_word.empty()) return T{};
  std::string allowed;
  for (const auto& [word, value] : words) {
    if (word == seen_word) return value;
    allowed += (allowed.empty() ? "" : ", ") + std::string(word);
  }
  fault(fmt::format("'{}' is not known here; allowed: {}", seen_word, allowed));
  return T{};
}

}  // namespace evenkeel::json
