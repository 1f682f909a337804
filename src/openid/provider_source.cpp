#include "openid/provider_source.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "json/reader.hpp"
#include "openid/settings.hpp"

namespace evenkeel::openid {
namespace {

Trouble out_of_reach(std::string what) {
  return {Why::out_of_reach, std::move(what)};
}

// One of the two who ask, until it is over.
class Turn {
 public:
  explicit Turn(std::counting_semaphore<2>& asking) : asking_(asking) {}
  ~Turn() { asking_.release(); }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;

 private:
  std::counting_semaphore<2>& asking_;
};

// A kept answer is good for a while; a clock that was set back makes it old.
bool is_fresh(Instant read, Instant now, Duration longest) {
  return read <= now && now - read < longest;
}

// An address that the provider names: as safe as its own, and never less.
std::string address_in(const json::Reader& top, const char* key, std::string_view issuer) {
  if (!top.has(key)) return {};
  std::string address = top[key].text();
  // A query is allowed there (RFC 6749, 3.1 and 3.2), a fragment is not.
  const bool safe = is_safe_address(address.substr(0, address.find('?'))) &&
                    address.find('#') == std::string::npos &&
                    (address.starts_with("https://") || issuer.starts_with("http://"));
  return safe ? address : std::string{};
}

bool lists(const json::Reader& top, const char* key, std::string_view word) {
  if (!top.has(key)) return false;
  auto all = top[key].items();
  return std::ranges::any_of(all, [&](json::Reader& each) { return each.text() == word; });
}

bool says_yes(const json::Reader& top, const char* key) {
  return top.has(key) && top[key].node()->kind == json::Kind::boolean && top[key].node()->boolean;
}

Result<Metadata, Trouble> metadata_in(std::string_view text, const std::string& issuer) {
  const auto tree = json::parse(text, {.bytes = 256U << 10U, .depth = 16});
  if (!tree || tree->kind != json::Kind::object)
    return out_of_reach("the sign-in service does not describe itself as OpenID Connect asks");
  Errors faults;
  const json::Reader top{*tree, faults};
  if (!top.has("issuer") || top["issuer"].text() != issuer)
    return out_of_reach(
        "the sign-in service calls itself something else than the settings of this server say");
  Metadata found;
  found.authorization = address_in(top, "authorization_endpoint", issuer);
  found.token = address_in(top, "token_endpoint", issuer);
  found.keys = address_in(top, "jwks_uri", issuer);
  // Where nothing is listed, Basic is meant.
  constexpr const char* ways = "token_endpoint_auth_methods_supported";
  found.secret_in_form = lists(top, ways, "client_secret_post") && !lists(top, ways, "client_secret_basic");
  found.names_itself = says_yes(top, "authorization_response_iss_parameter_supported");
  if (faults.empty() && !found.authorization.empty() && !found.token.empty() && !found.keys.empty())
    return found;
  return out_of_reach("the sign-in service names addresses that cannot be used");
}

}  // namespace

Result<Told, Trouble> ProviderSource::ask(const Asking& asking) {
  if (!asking_.try_acquire_for(patience)) return Trouble{Why::busy, "too many are signing in at this moment"};
  const Turn turn{asking_};
  auto told = fetch_(asking);
  if (!told) return out_of_reach("the sign-in service is out of reach: " + told.error().what);
  return *std::move(told);
}

Result<Metadata, Trouble> ProviderSource::read_metadata() {
  const std::string base = issuer_.ends_with('/') ? issuer_.substr(0, issuer_.size() - 1) : issuer_;
  const auto told = ask({base + "/.well-known/openid-configuration"});
  if (!told) return told.error();
  if (told->status != 200)
    return out_of_reach(
        fmt::format("the sign-in service answers {} when it is to describe itself", told->status));
  return metadata_in(told->body, issuer_);
}

Result<Metadata, Trouble> ProviderSource::metadata(Instant now) {
  {
    const std::lock_guard lock{mutex_};
    if (metadata_ && is_fresh(metadata_at_, now, fresh)) return *metadata_;
    if (failed_at_ && is_fresh(*failed_at_, now, after_failure)) return failure_;
  }
  auto found = read_metadata();
  if (!found) return failed(found.error(), now);
  const std::lock_guard lock{mutex_};
  metadata_ = *found;
  metadata_at_ = now;
  return found;
}

Trouble ProviderSource::failed(const Trouble& trouble, Instant now) {
  const std::lock_guard lock{mutex_};
  if (trouble.why == Why::out_of_reach) {
    failed_at_ = now;
    failure_ = trouble;
  }
  return trouble;
}

Result<std::shared_ptr<const Keys>, Trouble> ProviderSource::keys(Instant now, Duration oldest) {
  {
    const std::lock_guard lock{mutex_};
    if (keys_ && is_fresh(keys_at_, now, oldest)) return keys_;
    if (failed_at_ && is_fresh(*failed_at_, now, after_failure)) return failure_;
  }
  const auto known = metadata(now);
  if (!known) return known.error();
  const auto told = ask({known->keys});
  if (!told) return failed(told.error(), now);
  auto read = Keys::read(told->body);
  if (told->status != 200 || !read)
    return failed(out_of_reach("the sign-in service does not give its keys"), now);
  auto fresh_keys = std::make_shared<const Keys>(*std::move(read));
  const std::lock_guard lock{mutex_};
  keys_ = fresh_keys;
  keys_at_ = now;
  return fresh_keys;
}

Result<std::string, Trouble> ProviderSource::payload_of(const std::string& token, Instant now) {
  for (const Duration oldest : {fresh, between_keys}) {
    const auto known = keys(now, oldest);
    if (!known) return known.error();
    auto payload = (*known)->payload_of(token);
    if (payload) return *std::move(payload);
    // Of the provider's own keys it may have newer ones; whoever sends tokens can make it ask once a minute.
    if (!payload.error().key_unknown || oldest == between_keys)
      return Trouble{Why::refused, payload.error().why};
  }
  return Trouble{};
}

}  // namespace evenkeel::openid
