// What the audit chain says of the entries that were written: one promise for each, in their order.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "store/event_log.hpp"

namespace evenkeel::store {

struct Promise {
  std::uint64_t number = 0;  // of the audit entry
  std::string subject;       // the stream
  Instant written;
  Hash content{};
};

// The promises of one audit entry, handed to `take` until it gives false; whether it never did.
template <class Take>
bool each_promise(const AuditEntry& entry, Take&& take) {
  for (const Hash& content : entry.texts) {
    if (!take(Promise{entry.number, entry.subject, entry.written, content})) return false;
  }
  return true;
}

// In which way `entry` is not what was promised, or nothing.
[[nodiscard]] std::optional<std::string> differs(const Promise& promise, const Entry& entry);

// How `entry` is not the next of the chain after `before`, or nothing.
[[nodiscard]] std::optional<std::string> breaks(const Head& before, const AuditEntry& entry);

// Versions without gaps. Grows by one number for each stream.
class Versions {
 public:
  // The version that stands in the way, expected first; or nothing.
  std::optional<std::uint64_t> take(const Entry& entry);

 private:
  std::map<StreamName, std::uint64_t> last_;
};

}  // namespace evenkeel::store
