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
