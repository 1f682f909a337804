#include "clinic/one_time_code.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <sodium.h>

#include <array>
#include <chrono>

#include "base/expects.hpp"

namespace evenkeel::clinic {
namespace {

constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
constexpr std::size_t secret_bytes = 20;  // RFC 4226, section 4: as long as the hash

using Mac = std::array<unsigned char, 20>;

Mac hmac_sha1(std::string_view key, const std::array<unsigned char, 8>& message) {
  Mac mac{};
  unsigned int size = 0;
  const auto* made = HMAC(EVP_sha1(), key.data(), static_cast<int>(key.size()), message.data(),
                          message.size(), mac.data(), &size);
  expects(made != nullptr && size == mac.size(), "OpenSSL has HMAC-SHA-1");
  return mac;
}

std::string percent_encoded(std::string_view text) {
  std::string encoded;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       std::string_view{"-._~"}.find(c) != std::string_view::npos;
    encoded += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return encoded;
}

}  // namespace

std::string base32(std::string_view bytes) {
  std::string text;
  text.reserve((bytes.size() * 8 + 4) / 5);
  std::uint32_t held = 0;
  unsigned bits = 0;
  for (const char byte : bytes) {
    held = held << 8U | static_cast<unsigned char>(byte);
    for (bits += 8; bits >= 5; bits -= 5) text += letters[held >> (bits - 5) & 31U];
  }
  if (bits > 0) text += letters[held << (5 - bits) & 31U];
  return text;
}

Result<Secret> bytes_of_base32(std::string_view text) {
  std::string bytes;
  bytes.reserve(text.size());  // never moved while it grows
  std::uint32_t held = 0;
  unsigned bits = 0;
  for (const char c : text) {
    if (c == ' ' || c == '-') continue;
    const char big = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    const auto value = letters.find(big);
    if (value == std::string_view::npos) {
      wipe(bytes);
      return Error{ErrorCode::invalid_input, "secret",
                   "a character that base 32 has not; it has A to Z and 2 to 7"};
    }
    held = held << 5U | static_cast<std::uint32_t>(value);
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes += static_cast<char>(held >> bits & 0xFFU);
  }
  return Secret{std::move(bytes)};
}

Secret new_code_secret() {
  return Secret{base32(random_bytes(secret_bytes).view())};
}

Secret otpauth_uri(const Secret& base32_secret, std::string_view account, std::string_view issuer) {
  const std::string by = percent_encoded(issuer);
  return Secret{fmt::format("otpauth://totp/{}:{}?secret={}&issuer={}&algorithm=SHA1&digits=6&period=30", by,
                            percent_encoded(account), base32_secret.view(), by)};
}

std::int64_t step_of(Instant now) {
  return std::chrono::floor<std::chrono::seconds>(now.time()).time_since_epoch().count() / 30;
}

std::string code_at(const Secret& key, std::int64_t step, int digits) {
  std::array<unsigned char, 8> message{};
  for (unsigned i = 0; i < 8; ++i)
    message[i] = static_cast<unsigned char>(static_cast<std::uint64_t>(step) >> (56 - 8 * i) & 0xFFU);
  const Mac mac = hmac_sha1(key.view(), message);
  const unsigned at = mac[19] & 0xFU;  // RFC 4226, section 5.3
  std::uint32_t number = 0;
  for (unsigned i = 0; i < 4; ++i) number = number << 8U | mac[at + i];
  number &= 0x7FFFFFFFU;
  std::uint32_t bound = 1;
  for (int i = 0; i < digits; ++i) bound *= 10;
  return fmt::format("{:0{}}", number % bound, digits);
}

std::optional<std::int64_t> step_taken(const Secret& key, std::string_view code, Instant now,
                                       std::int64_t last_step) {
  std::optional<std::int64_t> taken;
  for (std::int64_t step = step_of(now) - 1; step <= step_of(now) + 1; ++step) {
    const std::string right = code_at(key, step);
    const bool same =
        code.size() == right.size() && sodium_memcmp(code.data(), right.data(), right.size()) == 0;
    if (same && step > last_step) taken = step;
  }
  return taken;
}

}  // namespace evenkeel::clinic
