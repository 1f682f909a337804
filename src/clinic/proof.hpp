// How an account is proved, for sign_in.cpp and second_factor.cpp alone. Errors: as sign_in.
#pragma once

#include <string>

#include "clinic/sign_in.hpp"

namespace evenkeel::clinic {

// The account, where the password is right; nothing is written of a success.
[[nodiscard]] Result<AccountBook> password_proves(store::EventLog& log, const std::string& typed,
                                                  const Secret& password, Instant now);

// The account, where the password and the code are right; the code is used then.
[[nodiscard]] Result<AccountBook> proved(store::EventLog& log, const SiteKey& key, const SignIn& by,
                                         Instant now);

}  // namespace evenkeel::clinic
