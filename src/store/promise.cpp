#include "store/promise.hpp"

#include <fmt/format.h>

#include "store/checks.hpp"

namespace evenkeel::store {

std::optional<std::string> differs(const Promise& promise, const Entry& entry) {
  if (to_string(entry.stream) != promise.subject) {
    return fmt::format("the chain has {} here", promise.subject);
  }
  if (content_hash(entry.key, entry.kind, entry.at, entry.text) != promise.content) {
    return std::string{"key, kind, time or text is not what was written"};
  }
  if (entry.written != promise.written) {
    return fmt::format("says written {}, the chain says {}", entry.written.to_string(),
                       promise.written.to_string());
  }
  return std::nullopt;
}

std::optional<std::string> breaks(const Head& before, const AuditEntry& entry) {
  if (entry.number != before.number + 1) {
    return fmt::format("entry {} is followed by {}", before.number, entry.number);
  }
  if (entry.previous != before.hash)
    return fmt::format("does not follow entry {} as it stands", before.number);
  if (chained(entry.previous, entry) != entry.hash) return std::string{"its content is not what was hashed"};
  return std::nullopt;
}

std::optional<std::uint64_t> Versions::take(const Entry& entry) {
  std::uint64_t& last = last_[entry.stream];
  const std::uint64_t expected = last + 1;
  last = entry.version;
  if (entry.version == expected) return std::nullopt;
  return expected;
}

}  // namespace evenkeel::store
