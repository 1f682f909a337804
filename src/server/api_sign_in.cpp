// Signing in and out, the lock of an idle screen, one's own password and second factor.
#include <fmt/format.h>

#include <algorithm>

#include "clinic/sign_in.hpp"
#include "server/hashing.hpp"
#include "server/me.hpp"
#include "server/route.hpp"
#include "server/router.hpp"

namespace evenkeel::server {
namespace {

// Words alone cannot tell these apart for the page: it asks for a code, or waits.
Response not_in(const Error& error) {
  if (error.code == ErrorCode::stale)
    return problem(Problem{423, "locked", "Too many attempts", error.what, ""});
  if (error.code != ErrorCode::not_permitted) return problem(error);
  if (error.where == "code")
    return problem(Problem{401, "code_needed", "The second factor is needed", error.what, "code"});
  if (error.where == "provider")
    return problem(Problem{403, "provider_only", "The sign-in service is asked for", error.what, ""});
  return problem(Problem{401, "sign_in", "Not signed in", error.what, ""});
}

Answer sign_in(const Call& call) {
  const auto said = body_of(call, [&](json::Reader body) {
    clinic::SignIn given;
    given.passwords = call.house.passwords();
    given.strangers = &call.house.strangers;
    if (!body.object({"name", "password"}, {"code"})) return given;
    given.name = body["name"].text(200);
    given.password = clinic::Secret{body["password"].text(200)};
    if (body.has("code")) given.code = body["code"].text(20);
    return given;
  });
  if (!said) return problem(said.error());
  const HashingPlace place{call.house};
  if (!place) return too_many_hashes();
  auto account = clinic::sign_in(call.house.log, call.house.key, *said, call.who.now);
  if (!account) return not_in(account.error());
  const auto begun = call.house.sign_ins.begin(*std::move(account), call.who.now);
  Response answer = json_answer(200, me_text(call.house, begun.sign_in, call.who.now));
  answer.headers.push_back(
      sign_in_cookie(call.request.secure, begun.token, call.house.sign_ins.times().longest));
  return answer;
}

Response me_now(const Call& call) {
  const auto mine = call.house.sign_ins.find(call.token, call.who.now, false);
  if (!mine) return problem(Problem{401, "signed_out", "Nobody is signed in", "sign in first", ""});
  return json_answer(200, me_text(call.house, *mine, call.who.now));
}

Answer me(const Call& call) {
  return me_now(call);
}

Answer lock(const Call& call) {
  call.house.sign_ins.lock(call.token);
  if (auto noted = call.house.log.note(store::Action::locked, "screen", "", call.who.request()); !noted)
    return problem(noted.error());
  return no_content();
}

Answer unlock(const Call& call) {
  const auto by = body_of(call, [&](json::Reader body) {
    clinic::SignIn given{call.who.name, {}, {}, call.house.passwords()};
    if (body.object({"password"})) given.password = clinic::Secret{body["password"].text(200)};
    return given;
  });
  if (!by) return problem(by.error());
  const HashingPlace place{call.house};
  if (!place) return too_many_hashes();
  auto account = clinic::unlock_screen(call.house.log, *by, call.who.now);
  if (!account) return not_in(account.error());
  call.house.sign_ins.refresh(call.token, *std::move(account));
  call.house.sign_ins.unlock(call.token, call.who.now);
  return me_now(call);
}

Answer sign_out(const Call& call) {
  call.house.sign_ins.end(call.token);
  if (auto done = clinic::sign_out(call.house.log, call.sign_in->account, call.who.now); !done)
    return problem(done.error());
  Response answer = no_content();
  answer.headers.push_back(sign_in_cookie(call.request.secure, "", Duration{}));
  return answer;
}

// The account by now, in this sign-in; every other sign-in of it ends.
Answer renewed(const Call& call, const Result<clinic::Account>& account) {
  if (!account) return not_in(account.error());
  call.house.sign_ins.refresh(call.token, *account);
  call.house.sign_ins.end_all_of(account->name, call.token);
  return me_now(call);
}

struct TwoPasswords {
  clinic::Secret old_one, new_one;
};

Answer change_password(const Call& call) {
  const auto said = body_of(call, [](json::Reader body) {
    TwoPasswords given;
    if (!body.object({"old", "new"})) return given;
    return TwoPasswords{clinic::Secret{body["old"].text(200)}, clinic::Secret{body["new"].text(200)}};
  });
  if (!said) return problem(said.error());
  const HashingPlace place{call.house};
  if (!place) return too_many_hashes();
  const std::lock_guard alone{call.house.keeping};
  return renewed(call, clinic::change_password(call.house.log, call.who.name, said->old_one, said->new_one,
                                               call.who.now));
}

Answer offer_second_factor(const Call& call) {
  const clinic::OfferedFactor offer = clinic::offer_second_factor(call.who.name);
  return json_answer(200, json::object({{"secret", json::text(offer.secret.view())},
                                        {"uri", json::text(offer.uri.view())}}));
}

struct NewFactor {
  clinic::SignIn by;
  clinic::Secret offered;
  std::string code;
};

Answer confirm_second_factor(const Call& call) {
  const auto said = body_of(call, [&](json::Reader body) {
    NewFactor given;
    if (!body.object({"secret", "code", "password"}, {"old_code"})) return given;
    given.by = {call.who.name, clinic::Secret{body["password"].text(200)}};
    if (body.has("old_code")) given.by.code = body["old_code"].text(20);
    given.offered = clinic::Secret{body["secret"].text(200)};
    given.code = body["code"].text(20);
    return given;
  });
  if (!said) return problem(said.error());
  const HashingPlace place{call.house};
  if (!place) return too_many_hashes();
  const std::lock_guard alone{call.house.keeping};
  return renewed(call, clinic::set_second_factor(call.house.log, call.house.key, said->by, said->offered,
                                                 said->code, call.who.now));
}

Answer remove_second_factor(const Call& call) {
  if (call.house.settings.second_factor_required)
    return problem(Problem{403, "not_permitted", "Not permitted",
                           "this clinic demands a second factor; it can be replaced and not removed", ""});
  const auto said = body_of(call, [&](json::Reader body) {
    clinic::SignIn by{call.who.name, {}};
    if (!body.object({"password", "code"})) return by;
    by.password = clinic::Secret{body["password"].text(200)};
    by.code = body["code"].text(20);
    return by;
  });
  if (!said) return problem(said.error());
  const HashingPlace place{call.house};
  if (!place) return too_many_hashes();
  const std::lock_guard alone{call.house.keeping};
  return renewed(call, clinic::remove_second_factor(call.house.log, call.house.key, *said, call.who.now));
}

// For the page, before anybody is signed in.
Answer ways(const Call& call) {
  const auto* provider = call.house.settings.provider.get();
  std::vector<std::pair<std::string, json::Node>> members{
      {"passwords", json::boolean(call.house.passwords() == clinic::Passwords::of_all)}};
  if (provider != nullptr) members.emplace_back("provider", json::text(provider->settings().name));
  return json_answer(200, json::object(std::move(members)));
}

}  // namespace

std::vector<Route> sign_in_routes() {
  using enum Method;
  const auto any = Door::any_state;
  return {
      {get, "/api/sign-in/ways", Door::open, {}, "", "ways", "How people sign in here", &ways},
      {post, "/api/sign-in", Door::open, {}, "signing_in", "me", "Sign in", &sign_in, false},
      {get, "/api/me", any, {}, "", "me", "Who is signed in, and what they may", &me},
      {post, "/api/lock", any, {}, "", "", "Lock the screen", &lock, false},
      {post, "/api/unlock", any, {}, "unlocking", "me", "Unlock it with the password", &unlock, false},
      {post, "/api/sign-out", any, {}, "", "", "Sign out", &sign_out, false},
      {post,
       "/api/password",
       any,
       {},
       "new_password",
       "me",
       "Change one's own password",
       &change_password,
       false},
      {post,
       "/api/second-factor",
       Door::setting_up,
       {},
       "",
       "second_factor",
       "Offer a second factor",
       &offer_second_factor,
       false},
      {post,
       "/api/second-factor/confirm",
       Door::setting_up,
       {},
       "new_factor",
       "me",
       "Confirm it with a code",
       &confirm_second_factor,
       false},
      {remove,
       "/api/second-factor",
       Door::signed_in,
       {},
       "no_factor",
       "me",
       "Do without a second factor",
       &remove_second_factor,
       false},
  };
}

}  // namespace evenkeel::server
