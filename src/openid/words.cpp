#include "openid/words.hpp"

#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>
#include <array>

#include "base/expects.hpp"

namespace evenkeel::openid {
namespace {

using Bytes = std::array<unsigned char, 32>;

std::string base64url(const Bytes& bytes) {
  std::array<char, sodium_base64_ENCODED_LEN(32, sodium_base64_VARIANT_URLSAFE_NO_PADDING)> text{};
  sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(),
                    sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  return text.data();
}

bool is_unreserved(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
         c == '_' || c == '~';
}

}  // namespace

std::string random_word() {
  expects(sodium_init() >= 0, "libsodium has its random numbers");
  Bytes bytes{};
  randombytes_buf(bytes.data(), bytes.size());
  return base64url(bytes);
}

std::string digest_of(std::string_view word) {
  Bytes hash{};
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): bytes of text are what is hashed
  crypto_hash_sha256(hash.data(), reinterpret_cast<const unsigned char*>(word.data()), word.size());
  return base64url(hash);
}

std::string challenge_of(std::string_view verifier) {
  return digest_of(verifier);
}

bool is_base64url(std::string_view text) {
  const auto allowed = [](char c) { return is_unreserved(c) && c != '.' && c != '~'; };
  return !text.empty() && text.size() % 4 != 1 && std::ranges::all_of(text, allowed);
}

std::string encoded(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (is_unreserved(c)) out += c;
    if (!is_unreserved(c)) out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return out;
}

std::string form_of(std::initializer_list<std::pair<std::string_view, std::string_view>> members) {
  std::string out;
  for (const auto& [name, value] : members) {
    if (value.empty()) continue;
    if (!out.empty()) out += '&';
    out += encoded(name) + "=" + encoded(value);
  }
  return out;
}

bool same_word(std::string_view a, std::string_view b) {
  return a.size() == b.size() && !a.empty() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace evenkeel::openid
