#include "server/me.hpp"

#include "clinic/role.hpp"
#include "clinic/sign_in.hpp"
#include "json/write.hpp"

namespace evenkeel::server {

bool must_change(const SignIn& sign_in) {
  return sign_in.account.must_change && !sign_in.by_provider;
}

bool factor_is_due(const House& house, const SignIn& sign_in) {
  return house.settings.second_factor_required && sign_in.account.second_factor.empty() &&
         !sign_in.by_provider;
}

bool by_provider(const House& house, const clinic::Account& account) {
  return house.settings.provider && account.link &&
         account.link->issuer == house.settings.provider->settings().issuer;
}

std::string me_text(const House& house, const SignIn& sign_in, Instant now) {
  const clinic::Account& account = sign_in.account;
  std::vector<json::Node> rights;
  for (const clinic::Right right : clinic::all_rights) {
    if (clinic::permits(account.role, right)) rights.push_back(json::text(clinic::right_text(right)));
  }
  const auto writes = json::list_of(clinic::kinds_written_by(account.role),
                                    [](std::string_view kind) { return json::text(kind); });
  const auto idle_s = static_cast<long long>(house.sign_ins.times().idle_lock.in(units::s));
  std::vector<std::pair<std::string, json::Node>> members{
      {"name", json::text(account.name)},
      {"display", json::text(account.display)},
      {"role", json::text(clinic::role_text(account.role))},
      {"rights", json::list(std::move(rights))},
      {"writes", writes},
      {"restricted", json::boolean(account.patients.has_value())},
      {"must_change_password", json::boolean(must_change(sign_in))},
      {"second_factor", json::boolean(!account.second_factor.empty())},
      {"second_factor_due", json::boolean(factor_is_due(house, sign_in))},
      {"password", json::boolean(clinic::takes_password(account, house.passwords()))},
      {"csrf", json::text(sign_in.csrf)},
      {"locked", json::boolean(sign_in.locked)},
      {"idle_lock_s", json::number(idle_s)},
      {"ends_at", json::text(house.sign_ins.ends(sign_in).to_string())},
      {"site", json::text(house.settings.site)},
      {"demo", json::boolean(house.settings.demo)},
      {"now", json::text(now.to_string())}};
  if (by_provider(house, account))
    members.emplace_back("provider", json::text(house.settings.provider->settings().name));
  return json::dump(json::object(std::move(members)));
}

}  // namespace evenkeel::server
