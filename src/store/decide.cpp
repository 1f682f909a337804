#include "store/decide.hpp"

#include <fmt/format.h>

#include "store/checks.hpp"

namespace evenkeel::store {

namespace {

Result<void> same(const StreamName& stream, const NewEntry& entry, const Known& known) {
  if (known.kind == entry.kind && known.at == entry.at && known.text == sha256(entry.text)) return {};
  return Error{
      ErrorCode::invalid_input, to_string(stream),
      fmt::format("the key '{}' stands for another entry already, version {}; a new entry needs a key of "
                  "its own",
                  entry.key, known.version)};
}

Result<Appended> there_already(const Append& what, const StreamState& state) {
  Appended answer{0, 0, true};
  for (const NewEntry& entry : what.entries) {
    const Known& known = state.by_key.find(entry.key)->second;
    if (auto equal = same(what.stream, entry, known); !equal) return equal.error();
    answer.version = known.version;
    answer.sequence = known.sequence;
  }
  return answer;
}

}  // namespace

Result<Appended> decide(const Append& what, StreamState& state, std::uint64_t last_sequence) {
  std::size_t known = 0;
  for (const NewEntry& entry : what.entries) known += state.by_key.count(entry.key);
  if (known == what.entries.size()) return there_already(what, state);
  if (known > 0) {
    return Error{
        ErrorCode::invalid_input, to_string(what.stream),
        fmt::format("{} of the {} keys stand for entries already; send an append again as it was, or only "
                    "new entries",
                    known, what.entries.size())};
  }
  if (what.expected_version != state.version) {
    return Error{ErrorCode::stale, to_string(what.stream),
                 fmt::format("the stream is at version {}, not at {} as expected; read it again",
                             state.version, what.expected_version)};
  }
  for (const NewEntry& entry : what.entries) {
    state.by_key[entry.key] = {entry.kind, entry.at, sha256(entry.text), ++state.version, ++last_sequence};
  }
  return Appended{state.version, last_sequence, false};
}

std::string versions_words(std::uint64_t first, std::uint64_t last) {
  if (last < first || last == 0) return "nothing";
  return first == last ? fmt::format("version {}", last) : fmt::format("versions {} to {}", first, last);
}

std::string read_words(std::uint64_t after, const std::vector<Entry>& found) {
  const std::string words =
      found.empty() ? "nothing" : versions_words(found.front().version, found.back().version);
  return after == 0 ? words : fmt::format("{}, after version {} from before", words, after);
}

}  // namespace evenkeel::store
