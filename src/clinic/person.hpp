// Somebody at work: a name, a role, and the moment on their clock.
#pragma once

#include <string>

#include "base/instant.hpp"
#include "base/result.hpp"
#include "clinic/role.hpp"
#include "store/event_log.hpp"

namespace evenkeel::clinic {

struct Person {
  std::string name;
  Role role = Role::auditor;
  Instant now;
  std::string purpose = {};  // why they ask; or empty

  [[nodiscard]] store::Request request() const { return {name, std::string{role_text(role)}, purpose, now}; }
};

// Nothing where the right is permitted. Otherwise the denial is audited, and the error says which role it
// takes.
[[nodiscard]] Result<void> require(store::EventLog& log, const Person& who, Right right,
                                   const std::string& subject);
// `why` an entry of this kind was not taken, once that is audited; else why it could not be.
[[nodiscard]] Error refused(store::EventLog& log, const Person& who, const std::string& subject,
                            std::string_view kind, const Error& why);
[[nodiscard]] Result<void> require_to_write(store::EventLog& log, const Person& who, const care::Body& body,
                                            const std::string& subject);

}  // namespace evenkeel::clinic
