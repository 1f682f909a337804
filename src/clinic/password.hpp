// Passwords: kept as Argon2id hashes, never as they are (libsodium; 64 MiB and three passes for each).
//
// All functions may be called from any thread; who serves many lets few of them hash at a time.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "clinic/secret.hpp"

namespace evenkeel::clinic {

inline constexpr std::size_t fewest_password_bytes = 12;
inline constexpr std::size_t most_password_bytes = 200;

// Errors: storage where there is not the memory.
[[nodiscard]] Result<std::string> hash_password(const Secret& password);

// Takes as long for a wrong password as for a right one, and for a text that is no hash.
[[nodiscard]] bool verify_password(const std::string& hash, const Secret& password);

// Takes as long as verify_password, for a name that nobody has: the time does not tell.
void verify_nothing(const Secret& password);
[[nodiscard]] const char* hash_of_nobody();  // for its costs

// What a new password must be: 12 characters or more, at most 200 bytes, not the account's name and not one
// of the most common. Which characters is the owner's choice. Errors: invalid_input, `where` "password".
[[nodiscard]] Result<void> check_new_password(const Secret& password, std::string_view name);

// "k7fm-2qxr-9w4t-hd3p": 80 random bits, without letters that are mistaken for others.
[[nodiscard]] Secret temporary_password();

}  // namespace evenkeel::clinic
