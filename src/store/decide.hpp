// What an append comes to, given what its stream holds: written, there already, or refused. Pure.
#pragma once

#include <map>
#include <string>

#include "store/event_log.hpp"

namespace evenkeel::store {

// What is kept of an entry to recognise it when its key comes again.
struct Known {
  std::string kind;
  Instant at;
  Hash text{};
  std::uint64_t version = 0;
  std::uint64_t sequence = 0;
};

// A stream as far as the appends of a batch ask about it; grows as the batch is decided.
struct StreamState {
  std::uint64_t version = 0;
  std::map<std::string, Known, std::less<>> by_key;
};

// With `repeated` nothing is to be written. Otherwise `state` has the new entries, numbered from
// `last_sequence` + 1 on. Errors: `stale`; `invalid_input` for a key that was used for something else, or for
// some keys that are known beside others that are not.
[[nodiscard]] Result<Appended> decide(const Append& what, StreamState& state, std::uint64_t last_sequence);

// "version 4", "versions 4 to 6", "nothing": the detail of an audit entry.
[[nodiscard]] std::string versions_words(std::uint64_t first, std::uint64_t last);
// Of a read from `after` on. Who reads on has what was before: "version 13, after version 12 from before".
[[nodiscard]] std::string read_words(std::uint64_t after, const std::vector<Entry>& found);

}  // namespace evenkeel::store
