// The head of the audit chain, to be kept somewhere else: then a log that was cut short or written anew
// shows (verify.hpp). Signed, it also shows who vouches for it.
//
//   {"audit_head": {"number": 12, "hash": "5f...", "at": "2026-03-02T09:00:00Z"},
//    "signature": {"public_key": "...", "ed25519": "..."}}
//
// Keys are Ed25519 (libsodium). The secret key's file is for its owner alone and never stands beside the log.
#pragma once

#include <array>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "store/audit.hpp"

namespace evenkeel::store {

using PublicKey = std::array<std::uint8_t, 32>;

struct SecretKey {
  std::array<std::uint8_t, 64> bytes{};
};

struct ExportedHead {
  Head head;
  Instant at;                          // when it was exported
  std::optional<PublicKey> signed_by;  // its signature holds
};

[[nodiscard]] std::string export_head(const Head& head, Instant at);
[[nodiscard]] std::string sign_head(const Head& head, Instant at, const SecretKey& key);

// Errors: invalid_input for a text that is no head, or a signature that does not hold.
[[nodiscard]] Result<ExportedHead> import_head(std::string_view text);
// The same, and it must be signed with this key.
[[nodiscard]] Result<ExportedHead> import_signed_head(std::string_view text, const PublicKey& key);

// Makes a pair: the secret key in `file`, readable by its owner only, and the public one in "<file>.pub".
// Nothing is overwritten.
Result<void> make_key(const std::filesystem::path& file);
[[nodiscard]] Result<SecretKey> read_secret_key(const std::filesystem::path& file);
[[nodiscard]] Result<PublicKey> read_public_key(const std::filesystem::path& file);

}  // namespace evenkeel::store
