// A JSON text as a tree that keeps what the strict reader needs: numbers as they were written (a
// double would lose the digits of a dose), the order of members, and duplicate keys as faults.
// Pure: text in, tree out. Limits guard against hostile input.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace evenkeel::json {

enum class Kind : std::uint8_t { null, boolean, number, text, array, object };

struct Member;

struct Node {
  Kind kind = Kind::null;
  bool boolean = false;
  std::string text;             // a text's characters, or a number as written (but -0 as 0)
  std::vector<Node> items;      // of an array
  std::vector<Member> members;  // of an object, in file order, keys unique
};

struct Member {
  std::string key;
  Node value;
};

struct Limits {
  std::size_t bytes = 4 << 20;
  std::size_t depth = 32;
  std::size_t members = 10'000;   // of one object
  std::size_t nodes = 2'000'000;  // of the whole text
};

// So many faults are told of one text: the rest is like them.
inline constexpr std::size_t most_faults = 20;

// The tree of `text`, or every fault found: one for malformed JSON (with line and column), and one
// for each duplicate key (with its path).
[[nodiscard]] Result<Node, Errors> parse(std::string_view text, const Limits& limits = {});

// "an object", "a number", ... for messages.
[[nodiscard]] std::string_view kind_words(Kind kind);

}  // namespace evenkeel::json
