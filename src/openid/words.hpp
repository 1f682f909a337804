// Words that nobody can guess, and how a word stands in an address or a form. Safe to use from any thread.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace evenkeel::openid {

// 256 random bits in base64url: 43 characters that may stand anywhere.
[[nodiscard]] std::string random_word();
// What the provider is told of a verifier beforehand (RFC 7636, S256).
[[nodiscard]] std::string challenge_of(std::string_view verifier);
// In base64url, SHA-256: what is kept of a word that has to be known again and not told.
[[nodiscard]] std::string digest_of(std::string_view word);

// Whether this is base64url as RFC 7515 has it: its letters alone, no padding, a length that can be.
[[nodiscard]] bool is_base64url(std::string_view text);

// Percent-encoded: all but the unreserved characters of RFC 3986.
[[nodiscard]] std::string encoded(std::string_view text);
// "a=b&c=d", encoded; what has no value is left out.
[[nodiscard]] std::string form_of(
    std::initializer_list<std::pair<std::string_view, std::string_view>> members);

// Equal, in a time that does not tell how much of it is.
[[nodiscard]] bool same_word(std::string_view a, std::string_view b);

}  // namespace evenkeel::openid
