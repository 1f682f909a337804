// Who works here: an administrator keeps the accounts; everybody may know who their colleagues are.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <set>

#include "clinic/accounts.hpp"
#include "server/hashing.hpp"
#include "server/route.hpp"

namespace evenkeel::server {
namespace {

using json::Node;

Node moment(Instant at) {
  return json::text(at.to_string());
}

Node user_node(const clinic::Account& account, Instant now) {
  std::vector<std::pair<std::string, Node>> members{
      {"name", json::text(account.name)},
      {"display", json::text(account.display)},
      {"role", json::text(clinic::role_text(account.role))},
      {"enabled", json::boolean(account.enabled)},
      {"second_factor", json::boolean(!account.second_factor.empty())},
      {"must_change_password", json::boolean(account.must_change)},
      {"password", json::boolean(account.has_password())},
      {"version", json::number(static_cast<long long>(account.rights_version))}};
  if (account.locked_at(now)) members.emplace_back("locked_until", moment(*account.locked_until));
  if (account.last_signed_in) members.emplace_back("last_signed_in", moment(*account.last_signed_in));
  if (account.link)
    members.emplace_back("link", json::object({{"issuer", json::text(account.link->issuer)},
                                               {"subject", json::text(account.link->subject)}}));
  if (account.patients)
    members.emplace_back("patients",
                         json::list_of(*account.patients, [](const auto& id) { return json::text(id); }));
  return json::object(std::move(members));
}

Answer list(const Call& call) {
  const auto all = clinic::accounts(call.house.log, call.who, &call.house.accounts_read);
  if (!all) return problem(all.error());
  return json_answer(200, json::object({{"users", json::list_of(*all, [&](const auto& each) {
                                           return user_node(each, call.who.now);
                                         })}}));
}

// Names and roles alone: who can be asked to check, to witness, to look.
Answer colleagues(const Call& call) {
  const auto all =
      clinic::colleagues(call.house.log, call.house.passwords(), call.who, &call.house.accounts_read);
  if (!all) return problem(all.error());
  const auto row = [](const clinic::Colleague& each) {
    return json::object(
        {{"name", json::text(each.name)},
         {"display", json::text(each.display)},
         {"role", json::text(clinic::role_text(each.role))},
         {"handles_drug", json::boolean(clinic::permits(each.role, clinic::Right::write_ledger))},
         {"signs", json::boolean(each.signs)}});
  };
  return json_answer(200, json::object({{"colleagues", json::list_of(*all, row)}}));
}

clinic::Role read_role(json::Reader at) {
  const auto role = clinic::role_from_text(at.text(40));
  if (!role) at.fault("no such role");
  return role.value_or(clinic::Role::auditor);
}

clinic::PatientList read_patients(json::Reader body) {
  if (!body.has("patients")) return std::nullopt;
  std::set<std::string> patients;
  for (json::Reader& each : body["patients"].items()) patients.insert(each.name());
  return patients;
}

// A slip would keep somebody from their own patient, and nobody would see why.
Result<void> are_known(const Call& call, const clinic::PatientList& patients) {
  if (!patients) return {};
  std::set<std::string> unknown = *patients;
  for (const auto kind : {store::StreamKind::person, store::StreamKind::patient}) {
    const auto streams = call.house.log.streams(kind, call.who.request());
    if (!streams) return streams.error();
    for (const auto& [stream, version] : *streams) unknown.erase(stream.id);
  }
  if (unknown.empty()) return {};
  return Error{ErrorCode::invalid_input, "patients",
               fmt::format("no patient has the id {}", fmt::join(unknown, " or "))};
}

Answer handed(int status, const Call& call, const Result<clinic::Handed>& made) {
  if (!made) return problem(made.error());
  Members answer;
  answer.add("user", user_node(made->account, call.who.now));
  answer.add("temporary_password", json::text(made->password.view()));
  return json_answer(status, answer.take());
}

Answer add(const Call& call) {
  const auto said = body_of(call, [](json::Reader body) {
    clinic::NewAccount made;
    if (!body.object({"name", "display", "role"}, {"patients"})) return made;
    made.name = body["name"].text(100);
    made.display = body["display"].text(100);
    made.role = read_role(body["role"]);
    made.patients = read_patients(body);
    return made;
  });
  if (!said) return problem(said.error());
  if (auto known = are_known(call, said->patients); !known) return problem(known.error());
  const HashingPlace place{call.house};
  if (!place) return too_many_hashes();
  const std::lock_guard alone{call.house.keeping};
  return handed(201, call, clinic::create_account(call.house.log, *said, call.who));
}

Answer reset(const Call& call) {
  return handed(200, call, clinic::reset_password(call.house.log, call.names.front(), call.who));
}

// The user as they are by now; what they had open ends.
Answer changed(const Call& call, const Result<clinic::Account>& account) {
  if (!account) return problem(account.error());
  call.house.sign_ins.end_all_of(account->name);
  return json_answer(200, user_node(*account, call.who.now));
}

struct NewRole {
  clinic::Role role = clinic::Role::auditor;
  clinic::PatientList patients;
};

Answer change_role(const Call& call) {
  const auto said = body_of(call, [](json::Reader body) {
    NewRole given;
    if (!body.object({"role"}, {"patients"})) return given;
    given.role = read_role(body["role"]);
    given.patients = read_patients(body);
    return given;
  });
  if (!said) return problem(said.error());
  if (auto known = are_known(call, said->patients); !known) return problem(known.error());
  return changed(
      call, clinic::change_role(call.house.log, call.names.front(), said->role, said->patients, call.who));
}

Answer disable(const Call& call) {
  const auto reason = body_of(call, [](json::Reader body) {
    return body.object({"reason"}) ? body["reason"].text(clinic::most_reason_bytes) : std::string{};
  });
  if (!reason) return problem(reason.error());
  return changed(call, clinic::disable_account(call.house.log, call.names.front(), *reason, call.who));
}

Answer enable(const Call& call) {
  return changed(call, clinic::enable_account(call.house.log, call.names.front(), call.who));
}

// Somebody else may have locked it; what its owner has open goes on.
Answer unlock(const Call& call) {
  const auto account = clinic::unlock_account(call.house.log, call.names.front(), call.who);
  if (!account) return problem(account.error());
  return json_answer(200, user_node(*account, call.who.now));
}

Answer remove_factor(const Call& call) {
  return changed(call, clinic::remove_factor_of(call.house.log, call.names.front(), call.who));
}

struct NewLink {
  std::string subject;
  bool without_password = false;
};

Answer link(const Call& call) {
  const auto said = body_of(call, [](json::Reader body) {
    NewLink given;
    if (!body.object({"subject"}, {"without_password"})) return given;
    given.subject = body["subject"].text(255);
    if (body.has("without_password")) given.without_password = body["without_password"].boolean();
    return given;
  });
  if (!said) return problem(said.error());
  if (!call.house.settings.provider)
    return problem(Problem{409, "outside_domain", "Not covered",
                           "this server has no OpenID provider: start it with --openid", ""});
  const clinic::Subject subject{call.house.settings.provider->settings().issuer, said->subject};
  return changed(call, clinic::link_account(call.house.log, call.names.front(), subject,
                                            !said->without_password, call.who));
}

Answer unlink(const Call& call) {
  return changed(call, clinic::unlink_account(call.house.log, call.names.front(), call.who));
}

// With If-Match, only where the account is still as it was seen.
template <auto act>
Answer on_account(const Call& call) {
  const std::lock_guard alone{call.house.keeping};
  const std::string& name = call.names.front();
  if (!call.request.header("If-Match")) return act(call);
  const auto book = clinic::account_book(call.house.log, name);
  if (!book) return problem(book.error());
  const std::uint64_t version = book->record.account().rights_version;
  if (as_seen(call, version)) return act(call);
  return problem(Error{ErrorCode::stale, "If-Match",
                       fmt::format("{} was changed by now, to version {}; read it again", name, version)});
}

// The place comes before the accounts are held (hashing.hpp).
Answer reset_on_account(const Call& call) {
  const HashingPlace place{call.house};
  if (!place) return too_many_hashes();
  return on_account<&reset>(call);
}

}  // namespace

std::vector<Route> user_routes() {
  using enum Method;
  const auto in = Door::signed_in;
  const auto keep = clinic::Right::keep_accounts;
  return {
      {get, "/api/colleagues", in, {}, "", "colleagues", "Who works here, by name and role", &colleagues},
      {get, "/api/users", in, keep, "", "users", "The accounts", &list},
      {post, "/api/users", in, keep, "new_user", "handed", "A new account, with a password to be changed",
       &add},
      {post, "/api/users/{name}/role", in, keep, "new_role", "user", "Another role, or other patients",
       &on_account<&change_role>},
      {post, "/api/users/{name}/disable", in, keep, "reason", "user", "No sign-in any more",
       &on_account<&disable>},
      {post, "/api/users/{name}/enable", in, keep, "", "user", "Sign-in again", &on_account<&enable>},
      {post, "/api/users/{name}/unlock", in, keep, "", "user", "End a lock before its time",
       &on_account<&unlock>},
      {post, "/api/users/{name}/reset", in, keep, "", "handed", "A new password to be changed",
       &reset_on_account},
      {post, "/api/users/{name}/link", in, keep, "user_link", "user",
       "Somebody of the provider signs in with it", &on_account<&link>},
      {post, "/api/users/{name}/unlink", in, keep, "", "user", "No longer", &on_account<&unlink>},
      {post, "/api/users/{name}/second-factor/remove", in, keep, "", "user", "A lost telephone",
       &on_account<&remove_factor>},
  };
}

}  // namespace evenkeel::server
