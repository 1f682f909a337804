// The audit chain: who did what, when, in an order that cannot be altered unseen.
//
//   hash_n = SHA-256( hash_{n-1} || canonical bytes of entry n ),   hash_0 = 32 zero bytes
//
// The canonical bytes are each field's length and content, so no two entries share them (audit.cpp). An
// append's entry also carries the SHA-256 of what it wrote, so a change of an entry shows as well.
// A head that is kept elsewhere (exported, signed) shows that a chain was cut short.
// Values; safe to use from any thread.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.hpp"
#include "base/result.hpp"

namespace evenkeel::store {

using Hash = std::array<std::uint8_t, 32>;
[[nodiscard]] Hash sha256(std::string_view bytes);
[[nodiscard]] std::string hex(const Hash& hash);
[[nodiscard]] Result<Hash> hash_from_hex(std::string_view text);

// What an append's audit entry keeps of each entry: all that its writer gave, for a moved time or another
// kind hides an event as well as another text does.
[[nodiscard]] Hash content_hash(std::string_view key, std::string_view kind, Instant at,
                                std::string_view text);

// Frozen: stored.
enum class Action : std::uint8_t {
  created = 1,  // the log itself
  appended = 2,
  read = 3,
  searched = 4,  // find, streams
  refused = 5,   // a write that was not taken, and why
  exported = 6,
  imported = 7,
  verified = 8,
  backed_up = 9,
  restored = 10,
  denied = 11,  // not permitted to the role
  overridden = 12,
  signed_in = 13,
  signed_out = 14,
  sign_in_failed = 15,
  locked = 16,  // an account, after too many of those
  broke_glass = 17,
  rights_changed = 18,
  released = 19,       // a lock was taken away
  countersigned = 20,  // by the second person; and written then by the first
};
inline constexpr Action last_action = Action::countersigned;
[[nodiscard]] std::string_view action_words(Action action);
// The action of these words, as action_words gives them; none where no action has them.
[[nodiscard]] std::optional<Action> action_of_words(std::string_view words);

struct AuditEntry {
  std::uint64_t number = 0;  // 1, 2, 3, ...
  Action action = Action::read;
  std::string actor;
  std::string role;
  std::string purpose;
  std::string subject;              // "patient/example", or empty
  std::string detail;               // "versions 4 to 6", the reason of a refusal, ...
  Instant at;                       // the caller's clock
  Instant written;                  // the log's own clock
  bool clock_stepped_back = false;  // `written` lies before the entry before it
  std::vector<Hash> texts;          // content_hash of what was appended, in order
  Hash previous{};
  Hash hash{};
};

// The hash that `entry` must carry after `previous`.
[[nodiscard]] Hash chained(const Hash& previous, const AuditEntry& entry);

struct Head {
  std::uint64_t number = 0;
  Hash hash{};
  auto operator<=>(const Head&) const = default;
};

}  // namespace evenkeel::store
