#include "openid/provider.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "json/document.hpp"
#include "openid/claims.hpp"
#include "openid/words.hpp"

namespace evenkeel::openid {
namespace {

constexpr std::size_t longest_code = 2'000;

std::string joined(const std::vector<std::string>& words) {
  std::string all;
  for (const std::string& each : words) all += (all.empty() ? "" : " ") + each;
  return all;
}

// A text that the provider's answer holds; empty where it does not.
std::string member_of(std::string_view body, std::string_view key) {
  const auto tree = json::parse(body, {.bytes = 256U << 10U, .depth = 16});
  if (!tree) return {};
  const auto found = std::ranges::find(tree->members, key, &json::Member::key);
  if (found == tree->members.end() || found->value.kind != json::Kind::text) return {};
  return found->value.text;
}

// The words of RFC 6749 and OpenID Connect for what went wrong: nobody else's text is shown to people.
std::string error_word(std::string_view error) {
  constexpr std::string_view known[] = {"access_denied",
                                        "login_required",
                                        "interaction_required",
                                        "consent_required",
                                        "invalid_request",
                                        "unauthorized_client",
                                        "account_selection_required",
                                        "server_error",
                                        "temporarily_unavailable",
                                        "invalid_scope",
                                        "unmet_authentication_requirements",
                                        "unsupported_response_type",
                                        "invalid_grant",
                                        "invalid_client"};
  const auto found = std::ranges::find(known, error);
  return found == std::end(known) ? "another reason" : std::string{*found};
}

Trouble refuse(std::string what) {
  return {Why::refused, std::move(what)};
}

}  // namespace

Result<Begun, Trouble> Provider::begin(const Beginning& beginning, Instant now) {
  const auto metadata = source_.metadata(now);
  if (!metadata) return metadata.error();
  const bool anew = beginning.anew || settings_.ask_every_time;
  auto begun = pendings_.begin(beginning.about, anew, beginning.peer, now);
  if (!begun) return Trouble{Why::busy, "too many have begun to sign in; try again in some minutes"};
  const Pending& pending = begun->pending;
  const std::string query = form_of({{"response_type", "code"},
                                     {"client_id", settings_.client_id},
                                     {"redirect_uri", settings_.redirect()},
                                     {"scope", "openid"},
                                     {"state", pending.state},
                                     {"nonce", pending.nonce},
                                     {"code_challenge", challenge_of(pending.verifier)},
                                     {"code_challenge_method", "S256"},
                                     {"acr_values", joined(settings_.acr)},
                                     {"prompt", anew ? "login" : ""},
                                     {"max_age", anew ? "0" : ""}});
  const char joint = metadata->authorization.find('?') == std::string::npos ? '?' : '&';
  return Begun{metadata->authorization + joint + query, std::move(begun->browser)};
}

Result<Known, Failed> Provider::finish(const Returned& returned, Instant now) {
  auto pending = pendings_.take(returned.state, returned.browser, now);
  if (!pending) {
    return Failed{{Why::stale,
                   "this sign-in was not begun here, in this browser, within the last ten minutes, or was "
                   "used already"},
                  {}};
  }
  auto subject = subject_for(*pending, returned, now);
  if (!subject) return Failed{subject.error(), std::move(pending->about)};
  return Known{settings_.issuer, *std::move(subject), std::move(pending->about)};
}

Result<std::string, Trouble> Provider::subject_for(const Pending& pending, const Returned& returned,
                                                   Instant now) {
  const auto metadata = source_.metadata(now);
  if (!metadata) return metadata.error();
  // Another provider's answer must not be taken to this one (RFC 9207).
  if (returned.issuer.empty() ? metadata->names_itself : returned.issuer != settings_.issuer)
    return refuse("the answer comes from another sign-in service");
  if (!returned.error.empty())
    return Trouble{Why::denied, "the sign-in service did not sign you in: " + error_word(returned.error)};
  if (returned.code.empty() || returned.code.size() > longest_code)
    return refuse("the sign-in service sent no answer that can be used");
  const auto token = token_for(pending, returned.code, *metadata);
  if (!token) return token.error();
  const auto payload = source_.payload_of(*token, now);
  if (!payload) return payload.error();
  Expected expected{settings_.issuer, settings_.client_id, pending.nonce, settings_.acr, settings_.amr, {}};
  if (pending.anew) expected.since = pending.begun;
  auto subject = subject_of(*payload, expected, now);
  if (!subject) return refuse(subject.error().what);
  return *std::move(subject);
}

Result<std::string, Trouble> Provider::token_for(const Pending& pending, const std::string& code,
                                                 const Metadata& metadata) {
  const bool in_form = metadata.secret_in_form;
  Asking asking{metadata.token, form_of({{"grant_type", "authorization_code"},
                                         {"code", code},
                                         {"redirect_uri", settings_.redirect()},
                                         {"code_verifier", pending.verifier},
                                         {"client_id", in_form ? settings_.client_id : ""},
                                         {"client_secret", in_form ? settings_.client_secret : ""}})};
  // Encoded first, as RFC 6749, 2.3.1 has it.
  if (!in_form) asking.client = {encoded(settings_.client_id), encoded(settings_.client_secret)};
  const auto told = source_.ask(asking);
  if (!told) return told.error();
  if (told->status >= 500)
    return Trouble{Why::out_of_reach, fmt::format("the sign-in service answers {}", told->status)};
  if (told->status != 200)
    return refuse("the sign-in service does not take its own answer back: " +
                  error_word(member_of(told->body, "error")));
  std::string token = member_of(told->body, "id_token");
  if (token.empty()) return refuse("the sign-in service does not say who it is");
  return token;
}

}  // namespace evenkeel::openid
