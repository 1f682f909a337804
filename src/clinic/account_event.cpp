#include "clinic/account_event.hpp"

#include "base/overloaded.hpp"
#include "json/reader.hpp"
#include "json/write.hpp"

namespace evenkeel::clinic {
namespace {

using json::Node;
using json::Reader;

constexpr std::size_t longest = 4096;  // bytes of a hash or a sealed secret

using Members = std::vector<std::pair<std::string, Node>>;

Node with_patients(Members members, const PatientList& patients) {
  if (patients) members.emplace_back("patients", json::list_of(*patients, &json::text));
  return json::object(std::move(members));
}

Role role_of(Reader p) {
  const std::string word = p.text(60);
  const auto role = role_from_text(word);
  if (!role && !word.empty()) p.fault("'" + word + "' is no role");
  return role.value_or(Role::auditor);
}

PatientList patients_of(const Reader& p) {
  if (!p.has("patients")) return std::nullopt;
  std::set<std::string> patients;
  for (Reader each : p["patients"].items()) patients.insert(each.name());
  return patients;
}

// 2^31 steps of 30 s are two thousand years.
std::int64_t step_of(Reader p) {
  return p.integer(0, 2'147'483'647);
}

Node text_of(Instant at) {
  return json::text(at.to_string());
}

// `provider` stands only where it is true: it came later than the rest.
Node node_of(const account::SignedIn& b) {
  Members members{{"step", json::number(static_cast<long long>(b.step))},
                  {"screen", json::boolean(b.screen)}};
  if (b.provider) members.emplace_back("provider", json::boolean(true));
  return json::object(std::move(members));
}

Node body_node(const AccountBody& body) {
  const auto nothing = [] { return json::object({}); };
  return std::visit(
      Overloaded{
          [](const account::Created& b) {
            return with_patients({{"display", json::text(b.display)},
                                  {"role", json::text(role_text(b.role))},
                                  {"password_hash", json::text(b.password_hash)},
                                  {"must_change", json::boolean(b.must_change)}},
                                 b.patients);
          },
          [](const account::PasswordChanged& b) {
            return json::object({{"password_hash", json::text(b.password_hash)},
                                 {"must_change", json::boolean(b.must_change)}});
          },
          [](const account::SecondFactorSet& b) {
            return json::object(
                {{"sealed", json::text(b.sealed)}, {"step", json::number(static_cast<long long>(b.step))}});
          },
          [&](const account::SecondFactorRemoved&) { return nothing(); },
          [](const account::RoleChanged& b) {
            return with_patients({{"role", json::text(role_text(b.role))}}, b.patients);
          },
          [](const account::Disabled& b) {
            return json::object({{"reason", json::text(b.reason)}});
          },
          [&](const account::Enabled&) { return nothing(); },
          [&](const account::SignInFailed&) { return nothing(); },
          [](const account::Locked& b) {
            return json::object({{"until", text_of(b.until)}});
          },
          [&](const account::Unlocked&) { return nothing(); },
          [](const account::SignedIn& b) { return node_of(b); },
          [](const account::BrokeGlass& b) {
            return json::object({{"patient", json::text(b.patient)},
                                 {"reason", json::text(b.reason)},
                                 {"until", text_of(b.until)}});
          },
          [](const account::Linked& b) {
            return json::object({{"issuer", json::text(b.issuer)}, {"subject", json::text(b.subject)}});
          },
          [&](const account::Unlinked&) { return nothing(); },
          [&](const account::PasswordRemoved&) { return nothing(); },
          [](const account::Proved& b) {
            return json::object({{"step", json::number(static_cast<long long>(b.step))}});
          }},
      body);
}

AccountBody created(Reader p) {
  account::Created b;
  if (!p.object({"display", "role", "password_hash", "must_change"}, {"patients"})) return b;
  b.display = p["display"].text(100);
  b.role = role_of(p["role"]);
  b.password_hash = p["password_hash"].text(longest);
  b.must_change = p["must_change"].boolean();
  b.patients = patients_of(p);
  return b;
}

AccountBody password_changed(Reader p) {
  if (!p.object({"password_hash", "must_change"})) return account::PasswordChanged{};
  return account::PasswordChanged{p["password_hash"].text(longest), p["must_change"].boolean()};
}

AccountBody second_factor_set(Reader p) {
  if (!p.object({"sealed", "step"})) return account::SecondFactorSet{};
  return account::SecondFactorSet{p["sealed"].text(longest), step_of(p["step"])};
}

AccountBody role_changed(Reader p) {
  if (!p.object({"role"}, {"patients"})) return account::RoleChanged{};
  return account::RoleChanged{role_of(p["role"]), patients_of(p)};
}

AccountBody disabled(Reader p) {
  if (!p.object({"reason"})) return account::Disabled{};
  return account::Disabled{p["reason"].text(most_reason_bytes)};
}

AccountBody locked(Reader p) {
  if (!p.object({"until"})) return account::Locked{};
  return account::Locked{p["until"].instant()};
}

AccountBody signed_in(Reader p) {
  if (!p.object({"step", "screen"}, {"provider"})) return account::SignedIn{};
  account::SignedIn b{step_of(p["step"]), p["screen"].boolean()};
  if (p.has("provider")) b.provider = p["provider"].boolean();
  return b;
}

AccountBody broke_glass(Reader p) {
  if (!p.object({"patient", "reason", "until"})) return account::BrokeGlass{};
  return account::BrokeGlass{p["patient"].name(), p["reason"].text(most_reason_bytes), p["until"].instant()};
}

AccountBody linked(Reader p) {
  if (!p.object({"issuer", "subject"})) return account::Linked{};
  return account::Linked{p["issuer"].text(500), p["subject"].text(255)};
}

AccountBody proved(Reader p) {
  if (!p.object({"step"})) return account::Proved{};
  return account::Proved{step_of(p["step"])};
}

template <class Body>
AccountBody empty(Reader p) {
  p.object({});
  return Body{};
}

using ReadBody = AccountBody (*)(Reader);
constexpr std::pair<std::string_view, ReadBody> kinds[] = {
    {"created", &created},
    {"password_changed", &password_changed},
    {"second_factor_set", &second_factor_set},
    {"second_factor_removed", &empty<account::SecondFactorRemoved>},
    {"role_changed", &role_changed},
    {"disabled", &disabled},
    {"enabled", &empty<account::Enabled>},
    {"sign_in_failed", &empty<account::SignInFailed>},
    {"locked", &locked},
    {"unlocked", &empty<account::Unlocked>},
    {"signed_in", &signed_in},
    {"broke_glass", &broke_glass},
    {"linked", &linked},
    {"unlinked", &empty<account::Unlinked>},
    {"password_removed", &empty<account::PasswordRemoved>},
    {"proved", &proved}};
static_assert(std::size(kinds) == std::variant_size_v<AccountBody>);

}  // namespace

// The table stands in the order of the variant (held by a test).
std::string_view kind_text(const AccountBody& body) {
  return kinds[body.index()].first;
}

std::string write_account_event(const AccountEvent& event) {
  return json::dump(json::object({{"id", json::text(event.id)},
                                  {"account", json::text(event.account)},
                                  {"at", text_of(event.at)},
                                  {"recorded_at", text_of(event.recorded_at)},
                                  {"recorded_by", json::text(event.recorded_by)},
                                  {"kind", json::text(kind_text(event.body))},
                                  {"body", body_node(event.body)}}));
}

Result<AccountEvent, Errors> read_account_event(std::string_view line) {
  const auto tree = json::parse(line, {.bytes = 1U << 20U, .depth = 16});
  if (!tree) return tree.error();
  Errors faults;
  Reader top{*tree, faults};
  AccountEvent event;
  if (top.object({"id", "account", "at", "recorded_at", "recorded_by", "kind", "body"})) {
    event.id = top["id"].name();
    event.account = top["account"].name();
    event.at = top["at"].instant();
    event.recorded_at = top["recorded_at"].instant();
    event.recorded_by = top["recorded_by"].text(100);
    const ReadBody read = top["kind"].one_of(kinds);
    if (read != nullptr) event.body = read(top["body"]);
  }
  if (!faults.empty()) return faults;
  return event;
}

}  // namespace evenkeel::clinic
