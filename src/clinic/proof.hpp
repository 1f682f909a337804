// How an account is proved, for the files of this layer that ask for it. Errors: as sign_in.
#pragma once

#include <string>

#include "clinic/sign_in.hpp"

namespace evenkeel::clinic {

// The account, where the password is right; nothing is written of a success.
[[nodiscard]] Result<AccountBook> password_proves(store::EventLog& log, const std::string& typed,
                                                  const Secret& password, Instant now,
                                                  Strangers* strangers = nullptr);

// The account, where the password and the code are right and the site takes them; the code is used then.
enum class As : std::uint8_t { signing_in, themselves };
[[nodiscard]] Result<AccountBook> proved(store::EventLog& log, const SiteKey& key, const SignIn& by, As as,
                                         Instant now);

// What was tried by nobody in particular is written down, up to 100 times a day: then no more, for nobody is
// to fill the disk. `kind` of the entry, `words` of the audit.
[[nodiscard]] Result<void> note_stranger(store::EventLog& log, const char* kind, const std::string& words,
                                         Instant now);

}  // namespace evenkeel::clinic
