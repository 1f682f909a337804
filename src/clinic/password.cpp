#include "clinic/password.hpp"

#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>
#include <array>

#include "base/expects.hpp"

namespace evenkeel::clinic {
namespace {

// Above what OWASP asks of Argon2id (19 MiB, two passes).
constexpr unsigned long long passes = 3;
constexpr std::size_t memory = 64UL << 20U;

// Of a password that nobody knows; its costs are those of every hash here (held by a test).
constexpr const char* of_nobody =
    "$argon2id$v=19$m=65536,t=3,p=1$5I56upeCYWI90Zl1GBylIg$ZZgzfwaKjKCSW/VQ2KjrmIwWFzMaf0qnxJzKvXJIXTs";

// The most common ones of twelve characters or more, and what people make of a rule of twelve.
constexpr std::string_view common[] = {"123456789012",
                                       "1234567890123",
                                       "12345678901234",
                                       "123456789123",
                                       "1234567891234",
                                       "1q2w3e4r5t6y",
                                       "1qaz2wsx3edc",
                                       "1qaz2wsx3edc4rfv",
                                       "qwertyuiop12",
                                       "qwertyuiop123",
                                       "qwertyuiop[]",
                                       "qwertyuiopasdf",
                                       "asdfghjkl123",
                                       "password1234",
                                       "password12345",
                                       "password123!",
                                       "password2024",
                                       "password2025",
                                       "password2026",
                                       "passwordpassword",
                                       "passw0rd1234",
                                       "letmeinletmein",
                                       "iloveyou1234",
                                       "iloveyouforever",
                                       "administrator",
                                       "administrator1",
                                       "welcome12345",
                                       "welcome1234!",
                                       "changeme1234",
                                       "changemechangeme",
                                       "qwerty123456",
                                       "qwertyqwerty",
                                       "qwertyqwerty12",
                                       "abcdefghijkl",
                                       "abcdefghijklm",
                                       "abcdef123456",
                                       "abc123abc123",
                                       "monkey123456",
                                       "dragon123456",
                                       "sunshine1234",
                                       "football1234",
                                       "princess1234",
                                       "trustno1trustno1",
                                       "correcthorsebatterystaple",
                                       "correct horse battery staple",
                                       "ketamine1234",
                                       "evenkeelevenkeel",
                                       "hospital1234",
                                       "clinicclinic",
                                       "clinic123456",
                                       "doctordoctor",
                                       "nursenursenurse"};

bool matches(const char* hash, std::string_view password) {
  expects(sodium_init() >= 0, "libsodium has its random numbers");
  return crypto_pwhash_str_verify(hash, password.data(), password.size()) == 0;
}

std::string lower(std::string_view text) {
  std::string small{text};
  for (char& c : small) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return small;
}

Error refuse(std::string what) {
  return {ErrorCode::invalid_input, "password", std::move(what)};
}

std::size_t characters_of(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));  // not a later byte
}

}  // namespace

Result<std::string> hash_password(const Secret& password) {
  expects(sodium_init() >= 0, "libsodium has its random numbers");
  std::array<char, crypto_pwhash_STRBYTES> hash{};
  if (crypto_pwhash_str(hash.data(), password.view().data(), password.view().size(), passes, memory) == 0)
    return std::string{hash.data()};
  return Error{ErrorCode::storage, "password",
               fmt::format("cannot be hashed: that takes {} MiB of memory", memory >> 20U)};
}

bool verify_password(const std::string& hash, const Secret& password) {
  // Nobody's password is longer, so a longer one is not worth its time.
  const std::string_view text = password.view().substr(0, most_password_bytes + 1);
  const bool is_hash = hash.starts_with(crypto_pwhash_STRPREFIX) && hash.size() < crypto_pwhash_STRBYTES;
  const bool right = matches(is_hash ? hash.c_str() : of_nobody, text);
  return right && is_hash && text.size() <= most_password_bytes;
}

const char* hash_of_nobody() {
  return of_nobody;
}

void verify_nothing(const Secret& password) {
  static_cast<void>(verify_password(of_nobody, password));
}

Result<void> check_new_password(const Secret& password, std::string_view name) {
  const std::string_view text = password.view();
  if (text.size() > most_password_bytes)
    return refuse(fmt::format("{} bytes; a password has at most {}", text.size(), most_password_bytes));
  if (characters_of(text) < fewest_password_bytes) {
    return refuse(
        fmt::format("{} characters; a password has {} or more: a few words that nobody else would "
                    "put together are easiest to keep",
                    characters_of(text), fewest_password_bytes));
  }
  std::string small = lower(text);
  const bool is_common = std::ranges::find(common, std::string_view{small}) != std::end(common) ||
                         small.find_first_not_of(small.front()) == std::string::npos;
  const std::size_t named = name.empty() ? std::string::npos : small.find(lower(name));
  const bool is_name = named != std::string::npos && small.size() - name.size() < 8;
  wipe(small);
  if (is_common) return refuse("is one of the most common ones; choose another");
  if (is_name) return refuse("is little more than the account's name; choose another");
  return {};
}

Secret temporary_password() {
  constexpr std::string_view letters = "23456789abcdefghijkmnpqrstuvwxyz";
  static_assert(letters.size() == 32);
  std::string text;
  text.reserve(19);
  for (int group = 0; group < 4; ++group) {
    if (group > 0) text += '-';
    text += random_text(4, letters);
  }
  return Secret{std::move(text)};
}

}  // namespace evenkeel::clinic
