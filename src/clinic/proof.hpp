// How an account is proved, for sign_in.cpp and second_factor.cpp alone. Errors: as sign_in.
#pragma once

#include <string>

#include "clinic/sign_in.hpp"

namespace evenkeel::clinic {

// The account, where the password is right; nothing is written of a success.
[[nodiscard]] Result<AccountBook> password_proves(store::EventLog& log, const std::string& typed,
                                                  const Secret& password, Instant now,
                                                  Strangers* strangers = nullptr);

// The account, where the password and the code are right; the code is used then.
[[nodiscard]] Result<AccountBook> proved(store::EventLog& log, const SiteKey& key, const SignIn& by,
                                         Instant now);

// What was tried by nobody in particular is written down, up to 100 times a day: then no more, for nobody is
// to fill the disk. `kind` of the entry, `words` of the audit.
[[nodiscard]] Result<void> note_stranger(store::EventLog& log, const char* kind, const std::string& words,
                                         Instant now);

}  // namespace evenkeel::clinic
