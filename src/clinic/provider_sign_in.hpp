// Somebody signs in whom the site's OpenID provider knows: who asked the provider says so (server), and this
// says which account it is. The provider gives no role and no account: an administrator linked them
// beforehand.
//
// A lock after wrong passwords does not hold it up, and it ends none. Every outcome stands in the audit; what
// nobody's account is concerned with up to 100 times a day. Safe from any thread and from several processes.
#pragma once

#include <string>

#include "base/result.hpp"
#include "clinic/account.hpp"
#include "store/event_log.hpp"

namespace evenkeel::clinic {

// Errors: not_permitted, `where` "subject" where no account is linked to it, "disabled" where it may not sign
// in any more; storage.
[[nodiscard]] Result<Account> sign_in_by_provider(store::EventLog& log, const Subject& subject, Instant now);

// An idle screen of somebody who is signed in. Errors: as above; not_permitted, "another", where it is
// another account than `name`.
[[nodiscard]] Result<Account> unlock_by_provider(store::EventLog& log, const std::string& name,
                                                 const Subject& subject, Instant now);

// It came to nothing, before anybody was known.
[[nodiscard]] Result<void> provider_failed(store::EventLog& log, const std::string& why, Instant now);

}  // namespace evenkeel::clinic
