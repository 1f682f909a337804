// The provider's public keys (RFC 7517), and what was signed by one of them (RFC 7515).
//
// RS256 and ES256 alone: a token that names another algorithm, `none` or one with a shared secret before all,
// is refused before any key is looked at. Of a key only what is public is taken over. Values; safe to read
// from any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace evenkeel::openid {

struct Unsigned {
  bool key_unknown = false;  // the provider may have newer keys
  std::string why;
};

class Keys {
 public:
  Keys() = default;
  // What is of no use here (another kind, for encryption, too short) is left out. Errors: invalid_input where
  // this is no set of keys.
  [[nodiscard]] static Result<Keys> read(std::string_view jwks);

  // What the token (compact, signed) says, once its signature holds.
  [[nodiscard]] Result<std::string, Unsigned> payload_of(std::string_view token) const;
  [[nodiscard]] std::size_t size() const { return keys_.size(); }

  static constexpr std::size_t most_keys = 50;
  static constexpr std::size_t longest_token = 32U << 10U;

 private:
  struct Key {
    std::string algorithm;  // "RS256" or "ES256"
    std::string id;         // or empty
    std::string jwk;        // public members alone
  };
  std::vector<Key> keys_;
};

}  // namespace evenkeel::openid
