#include "server/route.hpp"

namespace evenkeel::server {
namespace {

std::vector<Route> all_routes() {
  std::vector<Route> all;
  for (const auto& part : {sign_in_routes(), openid_routes(), patient_routes(), session_routes(),
                           today_routes(), library_routes(), link_routes(), keeping_routes(),
                           reconciled_routes(), countersign_routes(), user_routes(), public_routes()})
    all.insert(all.end(), part.begin(), part.end());
  return all;
}

// What an id may be, of a patient, a session, a user or a file of the library: no other word leads anywhere.
bool is_id(std::string_view text) {
  constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";
  return !text.empty() && text.size() <= 64 && text.find_first_not_of(letters) == std::string_view::npos;
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
    const bool named = part.starts_with('{');
    if (named ? !is_id(path[at]) : part != path[at]) return std::nullopt;
    if (named) names.push_back(path[at]);
    ++at;
  }
  if (at != path.size()) return std::nullopt;
  return names;
}

}  // namespace evenkeel::server
