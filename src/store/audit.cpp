#include "store/audit.hpp"

#include <fmt/format.h>
#include <sodium.h>

namespace evenkeel::store {

Hash sha256(std::string_view bytes) {
  Hash hash{};
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): bytes of text are what is hashed
  crypto_hash_sha256(hash.data(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  return hash;
}

namespace {

void put(std::string& to, std::uint64_t value) {
  for (int shift = 56; shift >= 0; shift -= 8) to.push_back(static_cast<char>(value >> shift & 0xFFU));
}

void put(std::string& to, std::string_view text) {
  put(to, text.size());
  to.append(text);
}

void put(std::string& to, Instant at) {
  put(to, static_cast<std::uint64_t>(at.time().time_since_epoch().count()));
}

void put(std::string& to, const Hash& hash) {
  to.append(hash.begin(), hash.end());
}

}  // namespace

std::string hex(const Hash& hash) {
  std::string text;
  for (const auto byte : hash) text += fmt::format("{:02x}", byte);
  return text;
}

Result<Hash> hash_from_hex(std::string_view text) {
  Hash hash{};
  const auto refused =
      Error{ErrorCode::invalid_input, "hash",
            fmt::format("'{}'; a hash is {} digits 0 to 9 and a to f", text.substr(0, 80), 2 * hash.size())};
  if (text.size() != 2 * hash.size()) return refused;
  constexpr std::string_view digits = "0123456789abcdef";
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto digit = digits.find(text[i]);
    if (digit == std::string_view::npos) return refused;
    hash[i / 2] = static_cast<std::uint8_t>(hash[i / 2] << 4U | digit);
  }
  return hash;
}

Hash content_hash(std::string_view key, std::string_view kind, Instant at, std::string_view text) {
  std::string bytes;
  put(bytes, key);
  put(bytes, kind);
  put(bytes, at);
  put(bytes, text);
  return sha256(bytes);
}

std::string_view action_words(Action action) {
  switch (action) {
    case Action::created:
      return "created";
    case Action::appended:
      return "appended";
    case Action::read:
      return "read";
    case Action::searched:
      return "searched";
    case Action::refused:
      return "refused";
    case Action::exported:
      return "exported";
    case Action::imported:
      return "imported";
    case Action::verified:
      return "verified";
    case Action::backed_up:
      return "backed up";
    case Action::restored:
      return "restored";
    case Action::denied:
      return "denied";
    case Action::overridden:
      return "overridden";
    case Action::signed_in:
      return "signed in";
    case Action::signed_out:
      return "signed out";
    case Action::sign_in_failed:
      return "failed to sign in";
    case Action::locked:
      return "locked";
    case Action::broke_glass:
      return "broke the glass";
    case Action::rights_changed:
      return "changed rights";
    case Action::released:
      return "unlocked";
    case Action::countersigned:
      return "countersigned";
  }
  return "unknown";
}

std::optional<Action> action_of_words(std::string_view words) {
  for (int code = int(Action::created); code <= int(last_action); ++code) {
    if (action_words(Action(code)) == words) return Action(code);
  }
  return std::nullopt;
}

Hash chained(const Hash& previous, const AuditEntry& entry) {
  std::string bytes;
  put(bytes, previous);
  put(bytes, entry.number);
  put(bytes, static_cast<std::uint64_t>(entry.action));
  put(bytes, entry.actor);
  put(bytes, entry.role);
  put(bytes, entry.purpose);
  put(bytes, entry.subject);
  put(bytes, entry.detail);
  put(bytes, entry.at);
  put(bytes, entry.written);
  put(bytes, static_cast<std::uint64_t>(entry.clock_stepped_back));
  put(bytes, entry.texts.size());
  for (const Hash& text : entry.texts) put(bytes, text);
  return sha256(bytes);
}

}  // namespace evenkeel::store
