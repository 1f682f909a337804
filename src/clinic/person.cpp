#include "clinic/person.hpp"

#include <fmt/format.h>

namespace evenkeel::clinic {
namespace {

// Audits the denial; if even that fails, that is the error.
Result<void> deny(store::EventLog& log, const Person& who, const std::string& subject,
                  const std::string& what, std::string roles) {
  const auto noted = log.note(store::Action::denied, subject, what, who.request());
  if (!noted) return noted;
  return Error{ErrorCode::not_permitted, "role",
               fmt::format("{} may not {}; permitted to: {}", a_role(who.role), what, roles)};
}

template <class Permitted>
std::string roles_that(Permitted permitted) {
  std::string roles;
  for (const Role role : all_roles) {
    if (permitted(role)) roles += (roles.empty() ? "" : ", ") + std::string{role_text(role)};
  }
  return roles;
}

}  // namespace

Result<void> require(store::EventLog& log, const Person& who, Right right, const std::string& subject) {
  if (permits(who.role, right)) return {};
  return deny(log, who, subject, std::string{right_words(right)},
              roles_that([&](Role role) { return permits(role, right); }));
}

Error refused(store::EventLog& log, const Person& who, const std::string& subject, std::string_view kind,
              const Error& why) {
  const auto noted =
      log.note(store::Action::refused, subject, fmt::format("{}: {}", kind, to_string(why)), who.request());
  return noted ? why : noted.error();
}

Result<void> require_to_write(store::EventLog& log, const Person& who, const care::Body& body,
                              const std::string& subject) {
  if (may_write(who.role, body)) return {};
  return deny(log, who, subject, fmt::format("write {}", care::kind_text(body)),
              roles_that([&](Role role) { return may_write(role, body); }));
}

}  // namespace evenkeel::clinic
