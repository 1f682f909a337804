#include "server/router.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "clinic/sign_in.hpp"
#include "server/me.hpp"
#include "server/route.hpp"
#include "store/audit.hpp"

namespace evenkeel::server {
namespace {

constexpr std::size_t most_open_bytes = 16'384;  // of somebody who is not signed in

constexpr const char* policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "font-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'";

const std::vector<Header>& guards() {
  static const std::vector<Header> headers{
      {"X-Content-Type-Options", "nosniff"},
      {"Referrer-Policy", "no-referrer"},
      {"Cross-Origin-Opener-Policy", "same-origin"},
      {"Cross-Origin-Resource-Policy", "same-origin"},
      {"Permissions-Policy", "camera=(), microphone=(), geolocation=()"}};
  return headers;
}

template <class T>
void guard(const Request& request, T& answer) {
  if (!find_header(answer.headers, "Content-Security-Policy"))
    answer.headers.push_back({"Content-Security-Policy", policy});
  answer.headers.insert(answer.headers.end(), guards().begin(), guards().end());
  if (request.secure) answer.headers.push_back({"Strict-Transport-Security", "max-age=31536000"});
}

const Problem signed_out{401, "signed_out", "Nobody is signed in", "sign in first", ""};
const Problem screen_locked{401, "screen_locked", "The screen is locked", "say your password again", ""};

// The account as it stands: what somebody may do can have changed, here or at another site's server.
// A store that does not answer says nothing of them: the sign-in stays.
std::optional<Response> no_longer(Call& call) {
  SignIn& mine = *call.sign_in;
  auto account = clinic::keep_up(call.house.log, mine.account);
  if (!account && account.error().code == ErrorCode::not_permitted) {
    // One's own new password changes the account just before the sign-in knows of it.
    const std::lock_guard over{call.house.keeping};
    const auto again = call.house.sign_ins.find(call.token, call.who.now, false);
    if (again) account = clinic::keep_up(call.house.log, again->account);
  }
  if (!account) {
    if (account.error().code == ErrorCode::storage) return problem(account.error());
    call.house.sign_ins.end(call.token);
    return problem(signed_out);
  }
  call.house.sign_ins.refresh(call.token, *account);
  mine.account = *std::move(account);
  return std::nullopt;
}

// Who is at the door; nothing where they may come in.
std::optional<Response> come_in(const Route& route, Call& call) {
  const auto cookie = call.request.cookie(cookie_name(call.request.secure));
  if (!cookie) return problem(signed_out);
  call.token = *cookie;
  const Instant now = call.house.now();
  // A page that reads again because something moved on says so: nobody has to be there for that.
  const bool acting = route.writes() || (route.of_patient() && !call.request.header("X-Evenkeel-By-Itself"));
  call.sign_in = call.house.sign_ins.find(call.token, now, acting);
  if (!call.sign_in) return problem(signed_out);
  call.who.now = now;
  if (auto gone = no_longer(call)) return gone;
  call.who = clinic::person_of(call.sign_in->account, now);
  if (route.writes() && !same_secret(call.request.header("X-Evenkeel-CSRF").value_or(""), call.sign_in->csrf))
    return problem(
        Problem{403, "csrf", "Not asked for by this page", "send the word that /api/me gives", ""});
  if (route.door == Door::any_state) return std::nullopt;
  if (call.sign_in->locked) return problem(screen_locked);
  if (must_change(*call.sign_in))
    return problem(Problem{403, "password_to_change", "The password must be changed",
                           "it was given by another person; choose one of your own first", "password"});
  if (route.door != Door::setting_up && factor_is_due(call.house, *call.sign_in))
    return problem(Problem{403, "second_factor_to_set", "A second factor must be set up",
                           "this clinic demands one of everybody", "second_factor"});
  return std::nullopt;
}

// Nothing where the role and the patient are theirs; otherwise the denial, audited.
std::optional<Error> may(const Route& route, const Call& call) {
  const bool patient = route.of_patient() && !may_see(call, call.names.front());
  const std::string subject =
      route.of_patient() ? fmt::format("patient/{}", call.names.front()) : std::string{route.pattern};
  if (route.right) {
    if (auto allowed = clinic::require(call.house.log, call.who, *route.right, subject); !allowed)
      return allowed.error();
  }
  if (!patient || route.right == clinic::Right::break_glass) return std::nullopt;
  if (auto noted =
          call.house.log.note(store::Action::denied, subject, "not among their patients", call.who.request());
      !noted)
    return noted.error();
  return Error{ErrorCode::not_permitted, "patient", "this patient is not among yours"};
}

Response response_of(Answer answer) {
  return std::get<Response>(std::move(answer));  // no write answers with a stream
}

Answer once(const Route& route, const Call& call) {
  const auto key = call.request.header("Idempotency-Key");
  if (!key || key->empty() || key->size() > 100)
    return problem(Problem{400, "key_needed", "A write needs its key",
                           "send Idempotency-Key: 1 to 100 characters, new for each thing done",
                           "Idempotency-Key"});
  std::string print{method_text(route.method)};
  for (const std::string& part : call.request.target.path) print += "/" + part;
  print += store::hex(store::sha256(call.request.body));
  auto answered = call.house.remembered.once(call.who.name + ":" + std::string{*key}, print,
                                             [&] { return response_of(route.handle(call)); });
  if (!answered) return problem(answered.error());
  return *std::move(answered);
}

// What a write asks stands in its body alone.
std::optional<Error> unknown_parameter(const Route& route, const Call& call) {
  return call.house.questions.fault(route.writes() ? "" : route.asks, call.request.target);
}

// The type alone; what stands behind a semicolon is about it.
bool is_json(std::string_view type) {
  std::string name{type.substr(0, std::min(type.find_first_of("; \t"), type.size()))};
  std::ranges::transform(name, name.begin(), [](unsigned char c) { return std::tolower(c); });
  return name == "application/json";
}

Answer handled(const Route& route, Call& call) {
  // What another site's form can send has none of these types.
  if (route.writes() && !call.request.body.empty() &&
      !is_json(call.request.header("Content-Type").value_or("")))
    return problem(Problem{415, "not_json", "JSON is asked for", "send Content-Type: application/json", ""});
  if (route.door == Door::open) {
    if (call.request.body.size() > most_open_bytes)
      return problem(Problem{413, "body_too_large", "Too much at once",
                             fmt::format("at most {} bytes are read here", most_open_bytes), ""});
    if (const auto fault = unknown_parameter(route, call)) return problem(*fault);
    call.who = {"nobody", clinic::Role::auditor, call.house.now()};
    return route.handle(call);
  }
  if (auto closed = come_in(route, call)) return *std::move(closed);
  if (const auto denied = may(route, call)) return problem(*denied);
  if (const auto fault = unknown_parameter(route, call)) return problem(*fault);
  return route.writes() && route.once ? once(route, call) : route.handle(call);
}

Answer of_api(House& house, const Request& request) {
  const Method method = request.method == Method::head ? Method::get : request.method;
  std::string allowed;
  for (const Route& route : routes()) {
    auto names = match(route.pattern, request.target.path);
    if (!names) continue;
    if (route.method == method) {
      Call call{house, request, *std::move(names), {}, {}, {}};
      return handled(route, call);
    }
    allowed += (allowed.empty() ? "" : ", ") + std::string{method_text(route.method)};
  }
  if (allowed.empty())
    return problem(Problem{404, "not_found", "No such address", "/api/openapi.json lists what there is", ""});
  Response refused = problem(Problem{405, "method_not_allowed", "Not done with this address", allowed, ""});
  refused.headers.push_back({"Allow", allowed});
  return refused;
}

}  // namespace

std::string_view cookie_name(bool secure) {
  return secure ? "__Host-evenkeel" : "evenkeel";
}

Header sign_in_cookie(bool secure, std::string_view token, Duration age) {
  return {"Set-Cookie", fmt::format("{}={}; Path=/; HttpOnly; SameSite=Strict; Max-Age={:.0f}{}",
                                    cookie_name(secure), token, age.in(units::s), secure ? "; Secure" : "")};
}

Answer answer(House& house, const Request& request) {
  const auto& path = request.target.path;
  Answer found =
      !path.empty() && path.front() == "api" ? of_api(house, request) : Answer{house.pages.answer(request)};
  std::visit([&](auto& each) { guard(request, each); }, found);
  return found;
}

}  // namespace evenkeel::server
