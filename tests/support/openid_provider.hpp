// An OpenID provider in memory: real keys, real signatures, and as many lies as a test wants. No network.
#pragma once

#include <cjose/cjose.h>
#include <fmt/format.h>

#include <functional>
#include <map>
#include <memory>

#include "base/instant.hpp"
#include "openid/fetch.hpp"
#include "openid/settings.hpp"
#include "openid/words.hpp"

namespace evenkeel::test {

struct KeyEnd {
  void operator()(cjose_jwk_t* jwk) const { cjose_jwk_release(jwk); }
};
using Key = std::unique_ptr<cjose_jwk_t, KeyEnd>;

inline Key named(cjose_jwk_t* jwk, const std::string& id) {
  cjose_err error{};
  cjose_jwk_set_kid(jwk, id.data(), id.size(), &error);
  return Key{jwk};
}
// Making one takes a while: made once for a test program.
inline const Key& rsa_key() {
  static const Key key = [] {
    cjose_err error{};
    return named(cjose_jwk_create_RSA_random(2048, nullptr, 0, &error), "rsa-1");
  }();
  return key;
}
inline Key ec_key(const std::string& id) {
  cjose_err error{};
  return named(cjose_jwk_create_EC_random(CJOSE_JWK_EC_P_256, &error), id);
}
inline std::string jwk_text(const Key& key, bool with_private = false) {
  cjose_err error{};
  char* text = cjose_jwk_to_json(key.get(), with_private, &error);
  std::string copy{text};
  cjose_get_dealloc()(text);
  return copy;
}
inline std::string key_set(std::initializer_list<std::string> keys) {
  std::string all;
  for (const std::string& each : keys) all += (all.empty() ? "" : ",") + each;
  return R"({"keys": [)" + all + "]}";
}

inline std::string base64url(std::string_view text) {
  cjose_err error{};
  char* out = nullptr;
  std::size_t size = 0;
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): bytes of text
  cjose_base64url_encode(reinterpret_cast<const std::uint8_t*>(text.data()), text.size(), &out, &size,
                         &error);
  std::string copy{out, size};
  cjose_get_dealloc()(out);
  return copy;
}

// The claims signed with the key; `algorithm` as the header says it.
inline std::string signed_token(const Key& key, const char* algorithm, const std::string& claims,
                                const std::string& kid) {
  cjose_err error{};
  cjose_header_t* header = cjose_header_new(&error);
  cjose_header_set(header, CJOSE_HDR_ALG, algorithm, &error);
  if (!kid.empty()) cjose_header_set(header, CJOSE_HDR_KID, kid.c_str(), &error);
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): bytes of text
  cjose_jws_t* jws = cjose_jws_sign(key.get(), header, reinterpret_cast<const std::uint8_t*>(claims.data()),
                                    claims.size(), &error);
  const char* text = nullptr;
  std::string token;
  if (jws != nullptr && cjose_jws_export(jws, &text, &error)) token = text;
  if (jws != nullptr) cjose_jws_release(jws);
  cjose_header_release(header);
  return token;
}

// What is asked of the provider: counted, and answered by what a test put here.
class FakeProvider {
 public:
  static constexpr const char* issuer = "https://login.example.org/clinic";

  FakeProvider() {
    answers["/.well-known/openid-configuration"] = [] {
      return openid::Told{200, fmt::format(R"({{"issuer": "{0}", "authorization_endpoint": "{0}/auth",
        "token_endpoint": "{0}/token", "jwks_uri": "{0}/keys", "other": [1, {{}}]}})",
                                           issuer)};
    };
    answers["/keys"] = [] { return openid::Told{200, key_set({jwk_text(rsa_key())})}; };
    answers["/token"] = [this] {
      return openid::Told{200, fmt::format(R"({{"access_token": "a", "token_type": "Bearer",
        "id_token": "{}"}})",
                                           signed_token(rsa_key(), "RS256", claims(), "rsa-1"))};
    };
  }

  [[nodiscard]] static openid::Settings settings() {
    openid::Settings made;
    made.issuer = issuer;
    made.client_id = "evenkeel";
    made.client_secret = "se:cret";
    made.address = "https://evenkeel.example.org";
    made.name = "Clinic sign-in";
    return made;
  }
  [[nodiscard]] openid::Fetch fetch() {
    return [this](const openid::Asking& asking) -> Result<openid::Told> {
      const std::string path = asking.url.substr(std::string{issuer}.size());
      ++asked[path];
      last = asking;
      if (!answers.contains(path)) return Error{ErrorCode::storage, "provider", "it cannot be reached"};
      return answers.at(path)();
    };
  }

  // Of a token that is good, but for what a test replaces; `nonce` as the browser was sent with it.
  [[nodiscard]] std::string claims() const {
    std::string all;
    for (const auto& [name, value] : members)
      all += fmt::format(R"({}"{}": {})", all.empty() ? "" : ", ", name, value);
    return "{" + all + "}";
  }
  // Fills them for somebody who signs in at this moment; `address` is where the browser was sent.
  void know(const std::string& subject, const std::string& address, Instant now) {
    const auto at = std::chrono::duration_cast<std::chrono::seconds>(now.time().time_since_epoch()).count();
    members = {{"iss", quoted(issuer)},          {"sub", quoted(subject)},
               {"aud", quoted("evenkeel")},      {"nonce", quoted(parameter(address, "nonce"))},
               {"iat", std::to_string(at)},      {"exp", std::to_string(at + 300)},
               {"auth_time", std::to_string(at)}};
  }
  [[nodiscard]] static std::string parameter(const std::string& address, const std::string& name) {
    const auto at = address.find(name + "=");
    if (at == std::string::npos) return {};
    const auto begin = at + name.size() + 1;
    return address.substr(begin, address.find('&', begin) - begin);
  }
  [[nodiscard]] static std::string quoted(const std::string& text) { return "\"" + text + "\""; }

  std::map<std::string, std::function<openid::Told()>> answers;
  std::map<std::string, int> asked;
  std::map<std::string, std::string> members;  // of the next token
  openid::Asking last;
};

}  // namespace evenkeel::test
