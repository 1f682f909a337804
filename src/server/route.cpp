#include "server/route.hpp"

namespace evenkeel::server {
namespace {

std::vector<Route> all_routes() {
  std::vector<Route> all;
  for (const auto& part : {sign_in_routes(), patient_routes(), session_routes(), today_routes(),
                           library_routes(), link_routes(), keeping_routes(), user_routes(), public_routes()})
    all.insert(all.end(), part.begin(), part.end());
  return all;
}

}  // namespace

const std::vector<Route>& routes() {
  static const std::vector<Route> all = all_routes();
  return all;
}

std::optional<std::vector<std::string>> match(std::string_view pattern, std::span<const std::string> path) {
  std::vector<std::string> names;
  std::size_t at = 0;
  while (!pattern.empty()) {
    pattern.remove_prefix(1);  // the slash
    const std::string_view part = pattern.substr(0, pattern.find('/'));
    pattern.remove_prefix(part.size());
    if (at == path.size()) return std::nullopt;
    if (part.starts_with('{'))
      names.push_back(path[at]);
    else if (part != path[at])
      return std::nullopt;
    ++at;
  }
  if (at != path.size()) return std::nullopt;
  return names;
}

}  // namespace evenkeel::server
