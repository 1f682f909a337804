// Who somebody is at an OpenID provider, and which account that opens.
//
// The account's own events say whom it is linked to (account_event.hpp). Beside them each subject has a small
// stream that points to the account, so that signing in reads two streams and not every account; it is
// believed only where the account says the same. Two accounts that are linked to one subject at the same
// moment: the later has it. Safe from any thread and from several processes on one database.
#pragma once

#include <string>

#include "base/result.hpp"
#include "clinic/person.hpp"
#include "store/event_log.hpp"

namespace evenkeel::clinic {

struct Subject {
  std::string issuer;   // of the provider
  std::string subject;  // `sub`: one of the provider's for good

  bool operator==(const Subject&) const = default;
};
// Errors: invalid_input, `where` "issuer" or "subject".
[[nodiscard]] Result<void> check_subject(const Subject& subject);

// The name of the account that the subject points to; empty where there is none. Not yet believed: see above.
[[nodiscard]] Result<std::string> pointed_to(store::EventLog& log, const Subject& subject);
// Errors: invalid_input where another account that stands is linked to it; stale; storage.
[[nodiscard]] Result<void> point_to(store::EventLog& log, const Subject& subject, const std::string& name,
                                    const Person& who);

}  // namespace evenkeel::clinic
