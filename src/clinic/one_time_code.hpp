// One-time codes of a second factor: RFC 6238 with HMAC-SHA-1, 30 seconds, six digits, as every app that
// shows codes has them. The moment is an argument. Values; safe to use from any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/instant.hpp"
#include "base/result.hpp"
#include "clinic/secret.hpp"

namespace evenkeel::clinic {

// RFC 4648, upper case, without padding. Read, it may have blanks and small letters. Errors: invalid_input.
[[nodiscard]] std::string base32(std::string_view bytes);
[[nodiscard]] Result<Secret> bytes_of_base32(std::string_view text);

// 160 random bits in base32.
[[nodiscard]] Secret new_code_secret();

// What an app reads as a QR code: "otpauth://totp/Evenkeel:nurse-1?secret=...".
[[nodiscard]] Secret otpauth_uri(const Secret& base32_secret, std::string_view account,
                                 std::string_view issuer = "Evenkeel");

// The number of the 30 seconds in which `now` lies.
[[nodiscard]] std::int64_t step_of(Instant now);

// The code of a step, with leading zeros. `key` is the secret's bytes.
[[nodiscard]] std::string code_at(const Secret& key, std::int64_t step, int digits = 6);

// The step of which `code` is the code: that of `now`, the one before or the one after, and none up to
// `last_step`, which were used. None: it is not taken. Compares all, in constant time.
[[nodiscard]] std::optional<std::int64_t> step_taken(const Secret& key, std::string_view code, Instant now,
                                                     std::int64_t last_step);

}  // namespace evenkeel::clinic
