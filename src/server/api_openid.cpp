// The sign-in through the site's OpenID provider: out by one address, back by the other. A browser goes
// there, no page: what is answered is a redirect or a small page of its own.
//
// The cookie of a sign-in is SameSite=Strict, and who comes back from the provider comes from another site.
// So the answer is a page of ours that goes on to the others: then it is this site that asks, and the cookie
// is sent.
#include <fmt/format.h>

#include "clinic/provider_sign_in.hpp"
#include "server/openid_page.hpp"
#include "server/route.hpp"
#include "server/router.hpp"

namespace evenkeel::server {
namespace {

// Binds what was begun to this browser. Lax, for it has to come along from the provider.
std::string_view binding_name(bool secure) {
  return secure ? "__Host-evenkeel-openid" : "evenkeel-openid";
}

Header binding(const Call& call, std::string_view word, Duration age) {
  return {"Set-Cookie", fmt::format("{}={}; Path=/; HttpOnly; SameSite=Lax; Max-Age={:.0f}{}",
                                    binding_name(call.request.secure), word, age.in(units::s),
                                    call.request.secure ? "; Secure" : "")};
}

std::string text_of(const Call& call, std::string_view name) {
  return std::string{call.request.target.parameter(name).value_or("")};
}

Shown shown(openid::Why why) {
  switch (why) {
    case openid::Why::stale:
      return Shown::stale;
    case openid::Why::denied:
      return Shown::denied;
    case openid::Why::out_of_reach:
      return Shown::out_of_reach;
    case openid::Why::busy:
      return Shown::busy;
    case openid::Why::refused:
      break;
  }
  return Shown::refused;
}

// A locked screen that its owner opens again; empty where somebody signs in.
std::string screen_to_open(const Call& call) {
  if (call.request.target.parameter("for") != "unlock") return {};
  const auto token = call.request.cookie(cookie_name(call.request.secure));
  const auto found = token ? call.house.sign_ins.find(*token, call.who.now, false) : std::nullopt;
  return found ? found->id : std::string{};
}

Answer begin(const Call& call) {
  auto* provider = call.house.settings.provider.get();
  if (provider == nullptr) return openid_page(call.request, Shown::no_provider);
  std::string screen = screen_to_open(call);
  const bool anew = !screen.empty();
  const auto begun = provider->begin({std::move(screen), anew, call.request.peer}, call.who.now);
  if (!begun) return openid_page(call.request, shown(begun.error().why), begun.error().what);
  Response answer{302, "", "", {{"Location", begun->address}, {"Cache-Control", "no-store"}}};
  answer.headers.push_back(binding(call, begun->browser, openid::Pendings::longest));
  return answer;
}

Response not_in(const Call& call, const Error& error, const clinic::Subject& subject) {
  if (error.code != ErrorCode::not_permitted) return openid_page(call.request, Shown::not_kept);
  if (error.where == "disabled") return openid_page(call.request, Shown::disabled);
  if (error.where == "another") return openid_page(call.request, Shown::another);
  return openid_page(call.request, Shown::unlinked, subject.subject);
}

Response signed_in(const Call& call, const clinic::Subject& subject) {
  auto account = clinic::sign_in_by_provider(call.house.log, subject, call.who.now);
  if (!account) return not_in(call, account.error(), subject);
  const auto begun = call.house.sign_ins.begin(*std::move(account), call.who.now, true);
  Response answer = openid_page(call.request, Shown::signed_in);
  answer.headers.push_back(
      sign_in_cookie(call.request.secure, begun.token, call.house.sign_ins.times().longest));
  return answer;
}

Response unlocked(const Call& call, const SignIn& screen, const clinic::Subject& subject) {
  auto account = clinic::unlock_by_provider(call.house.log, screen.account.name, subject, call.who.now);
  if (!account) return not_in(call, account.error(), subject);
  call.house.sign_ins.unlock_id(screen.id, *std::move(account), call.who.now);
  return openid_page(call.request, Shown::unlocked);
}

Response answer_to(const Call& call, openid::Provider& provider) {
  const auto word = call.request.cookie(binding_name(call.request.secure));
  const auto known = provider.finish({text_of(call, "state"), text_of(call, "code"), text_of(call, "error"),
                                      text_of(call, "iss"), std::string{word.value_or("")}},
                                     call.who.now);
  if (!known) {
    const openid::Trouble& trouble = known.error().trouble;
    if (auto noted = clinic::provider_failed(call.house.log, trouble.what, call.who.now); !noted)
      return openid_page(call.request, Shown::not_kept);
    return openid_page(call.request, shown(trouble.why), trouble.what);
  }
  const clinic::Subject subject{known->issuer, known->subject};
  // Of a sign-in that is over by now, or that an update of the server ended, nothing is left to open.
  const auto screen =
      known->about.empty() ? std::nullopt : call.house.sign_ins.with_id(known->about, call.who.now);
  return screen ? unlocked(call, *screen, subject) : signed_in(call, subject);
}

Answer come_back(const Call& call) {
  auto* provider = call.house.settings.provider.get();
  if (provider == nullptr) return openid_page(call.request, Shown::no_provider);
  Response answer = answer_to(call, *provider);
  // What was not begun here must not end what was.
  if (answer.status != 400) answer.headers.push_back(binding(call, "", Duration{}));
  return answer;
}

}  // namespace

std::vector<Route> openid_routes() {
  using enum Method;
  const auto open = Door::open;
  return {
      {get,
       "/api/openid/begin",
       open,
       {},
       "provider_begun",
       "text/html",
       "A browser goes to the OpenID provider",
       &begin},
      {get,
       "/api/openid/return",
       open,
       {},
       "provider_returned",
       "text/html",
       "It comes back, and is signed in",
       &come_back},
  };
}

}  // namespace evenkeel::server
