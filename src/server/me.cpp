#include "server/me.hpp"

#include "clinic/role.hpp"
#include "json/write.hpp"

namespace evenkeel::server {

std::string me_text(const House& house, const SignIn& sign_in, Instant now) {
  const clinic::Account& account = sign_in.account;
  std::vector<json::Node> rights;
  for (const clinic::Right right : clinic::all_rights) {
    if (clinic::permits(account.role, right)) rights.push_back(json::text(clinic::right_text(right)));
  }
  const auto writes = json::list_of(clinic::kinds_written_by(account.role),
                                    [](std::string_view kind) { return json::text(kind); });
  const auto idle_s = static_cast<long long>(house.sign_ins.times().idle_lock.in(units::s));
  return json::dump(json::object({{"name", json::text(account.name)},
                                  {"display", json::text(account.display)},
                                  {"role", json::text(clinic::role_text(account.role))},
                                  {"rights", json::list(std::move(rights))},
                                  {"writes", writes},
                                  {"must_change_password", json::boolean(account.must_change)},
                                  {"second_factor", json::boolean(!account.second_factor.empty())},
                                  {"csrf", json::text(sign_in.csrf)},
                                  {"locked", json::boolean(sign_in.locked)},
                                  {"idle_lock_s", json::number(idle_s)},
                                  {"ends_at", json::text(house.sign_ins.ends(sign_in).to_string())},
                                  {"site", json::text(house.settings.site)},
                                  {"demo", json::boolean(house.settings.demo)},
                                  {"now", json::text(now.to_string())}}));
}

}  // namespace evenkeel::server
