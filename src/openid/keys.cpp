#include "openid/keys.hpp"

#include <cjose/cjose.h>
#include <fmt/format.h>

#include <memory>

#include "json/reader.hpp"
#include "json/write.hpp"
#include "openid/words.hpp"

namespace evenkeel::openid {
namespace {

struct JwkEnd {
  void operator()(cjose_jwk_t* jwk) const { cjose_jwk_release(jwk); }
};
using Jwk = std::unique_ptr<cjose_jwk_t, JwkEnd>;
using Jws = std::unique_ptr<cjose_jws_t, decltype(&cjose_jws_release)>;

// 2,048 to 8,192 bits, in base64url.
constexpr std::size_t shortest_modulus = 342;
constexpr std::size_t longest_modulus = 1366;
constexpr std::size_t coordinate = 43;  // of P-256

// A member that is a text, or nothing.
std::string text_of(const json::Node& node, std::string_view key) {
  for (const json::Member& each : node.members) {
    if (each.key == key && each.value.kind == json::Kind::text) return each.value.text;
  }
  return {};
}

// A fuzzer found that cjose ends the program at base64 that is none; so it is given none.
bool is_compact(std::string_view token) {
  const auto first = token.find('.'), last = token.rfind('.');
  if (first == std::string_view::npos || first == last) return false;
  return is_base64url(token.substr(0, first)) && is_base64url(token.substr(first + 1, last - first - 1)) &&
         is_base64url(token.substr(last + 1));
}

std::string public_part(const json::Node& node, std::initializer_list<std::string_view> members) {
  std::vector<std::pair<std::string, json::Node>> kept;
  for (const std::string_view each : members) kept.emplace_back(each, json::text(text_of(node, each)));
  return json::dump(json::object(std::move(kept)));
}

// The algorithm that this key can hold, and its public part; both empty where it is of no use here.
std::pair<std::string, std::string> usable(const json::Node& node) {
  const std::string use = text_of(node, "use");
  const std::string algorithm = text_of(node, "alg");
  if (!use.empty() && use != "sig") return {};
  const std::string kind = text_of(node, "kty");
  // 0 where it is no number at all.
  const auto size = [&](const char* key) {
    const std::string text = text_of(node, key);
    return is_base64url(text) ? text.size() : 0;
  };
  if (kind == "RSA" && size("n") >= shortest_modulus && size("n") <= longest_modulus && size("e") > 0 &&
      (algorithm.empty() || algorithm == "RS256"))
    return {"RS256", public_part(node, {"kty", "n", "e"})};
  if (kind == "EC" && text_of(node, "crv") == "P-256" && size("x") == coordinate && size("y") == coordinate &&
      (algorithm.empty() || algorithm == "ES256"))
    return {"ES256", public_part(node, {"kty", "crv", "x", "y"})};
  return {};
}

std::string header_word(cjose_header_t* header, const char* name) {
  cjose_err ignored{};
  const char* word = cjose_header_get(header, name, &ignored);
  return word == nullptr ? "" : word;
}

bool header_has(cjose_header_t* header, const char* name) {
  cjose_err ignored{};
  char* raw = cjose_header_get_raw(header, name, &ignored);
  const bool has = raw != nullptr;
  if (has) cjose_get_dealloc()(raw);
  return has;
}

Jws imported(std::string_view token) {
  cjose_err ignored{};
  return {cjose_jws_import(token.data(), token.size(), &ignored), &cjose_jws_release};
}

// A fresh import for each key: what a failed check leaves behind is the library's own.
std::string signed_by(std::string_view token, const std::string& key) {
  cjose_err ignored{};
  const Jwk jwk{cjose_jwk_import(key.data(), key.size(), &ignored)};
  const Jws jws = imported(token);
  if (!jwk || !jws || !cjose_jws_verify(jws.get(), jwk.get(), &ignored)) return {};
  std::uint8_t* bytes = nullptr;
  std::size_t size = 0;
  if (!cjose_jws_get_plaintext(jws.get(), &bytes, &size, &ignored)) return {};
  return {bytes, bytes + size};
}

}  // namespace

Result<Keys> Keys::read(std::string_view jwks) {
  const Error none{ErrorCode::invalid_input, "keys", "is no set of keys"};
  const auto tree = json::parse(jwks, {.bytes = 256U << 10U, .depth = 16});
  if (!tree || tree->kind != json::Kind::object) return none;
  Keys keys;
  for (const json::Member& member : tree->members) {
    if (member.key != "keys") continue;
    if (member.value.kind != json::Kind::array || member.value.items.size() > most_keys) return none;
    for (const json::Node& each : member.value.items) {
      auto [algorithm, jwk] = usable(each);
      if (!algorithm.empty()) keys.keys_.push_back({algorithm, text_of(each, "kid"), std::move(jwk)});
    }
    return keys;
  }
  return none;
}

Result<std::string, Unsigned> Keys::payload_of(std::string_view token) const {
  const auto refuse = [](std::string why) { return Unsigned{false, std::move(why)}; };
  if (token.size() > longest_token) return refuse("the token is too long");
  const Jws jws = is_compact(token) ? imported(token) : Jws{nullptr, &cjose_jws_release};
  if (!jws) return refuse("the token is no signed token");
  cjose_header_t* header = cjose_jws_get_protected(jws.get());
  const std::string algorithm = header_word(header, "alg");
  if (algorithm != "RS256" && algorithm != "ES256")
    return refuse(
        fmt::format("the token is signed with '{}'; RS256 and ES256 are taken", algorithm.substr(0, 20)));
  if (header_has(header, "crit")) return refuse("the token asks for what is not known here (crit)");
  const std::string id = header_word(header, "kid");
  for (const Key& each : keys_) {
    if (each.algorithm != algorithm || (!id.empty() && each.id != id)) continue;
    std::string payload = signed_by(token, each.jwk);
    if (!payload.empty()) return payload;
    if (!id.empty()) return refuse("the token's signature does not hold");
  }
  return Unsigned{true, "the token is signed by none of the provider's keys"};
}

}  // namespace evenkeel::openid
