// What an ID token says, held against what was asked for (OpenID Connect Core 1.0, 3.1.3.7). Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.hpp"
#include "base/result.hpp"

namespace evenkeel::openid {

struct Expected {
  std::string issuer;
  std::string client_id;
  std::string nonce;
  std::vector<std::string> acr;  // one of these; none: whatever
  std::vector<std::string> amr;  // each of these
  // When the person has to have shown who they are, at the earliest; none: whenever.
  std::optional<Instant> since;
};

// Whom the token is about (`sub`). Errors: not_permitted, `where` the claim, `what` in plain words.
[[nodiscard]] Result<std::string> subject_of(std::string_view payload, const Expected& expected, Instant now);

// How far the provider's clock may be from ours, and how old a token may be when it comes.
inline constexpr double clock_skew_s = 60.0;
inline constexpr double oldest_token_s = 600.0;

}  // namespace evenkeel::openid
