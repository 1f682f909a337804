// Somebody proves who they are: by a password, and by a one-time code where the account has a second factor.
//
// Five failures lock an account for 15 minutes, five more for 30, and so on up to a day; while it is locked
// the right password is refused as well, and nothing is written. What is tried with names that nobody has is
// written down up to 100 times a day, without the name: it may be a password typed in the wrong field.
// Every outcome stands in the audit. Safe from any thread and from several processes on one database.
#pragma once

#include <cstdint>
#include <string>

#include "base/result.hpp"
#include "clinic/account.hpp"
#include "clinic/secret.hpp"
#include "clinic/site_key.hpp"
#include "clinic/strangers.hpp"
#include "store/event_log.hpp"

namespace evenkeel::clinic {

// Of whom a password is taken. A site that signs in through its OpenID provider may leave it to
// administrators, for the day on which the provider does not answer.
enum class Passwords : std::uint8_t { of_all, of_administrators };
// Whether the account's is: who comes by the provider alone has none.
[[nodiscard]] bool takes_password(const Account& account, Passwords passwords);

struct SignIn {
  std::string name;
  Secret password;
  std::string code = {};  // six digits; empty where there is none yet
  Passwords passwords = Passwords::of_all;
  Strangers* strangers = nullptr;  // what the server remembers of names that nobody has; none: nothing
};

// Errors: not_permitted, `where` "sign-in": wrong, in the same words for an unknown name, a wrong password
// and a disabled account, after the same time and with the same locks; not_permitted, "code": the password is
// right and a code is needed, or another one; not_permitted, "provider": it is right, and the site takes no
// password of this account; stale, "sign-in": locked, and until when; storage. An account that must change
// its password may do nothing before change_password.
[[nodiscard]] Result<Account> sign_in(store::EventLog& log, const SiteKey& key, const SignIn& by,
                                      Instant now);

// An idle screen of somebody who is signed in: the password alone. Failures count. Errors: as sign_in.
[[nodiscard]] Result<Account> unlock_screen(store::EventLog& log, const SignIn& by, Instant now);

[[nodiscard]] Result<void> sign_out(store::EventLog& log, const Account& account, Instant now);

// One's own. Every other session of the account ends (keep_up). Errors: as unlock_screen for the old one;
// invalid_input, `where` "password", for the new one.
[[nodiscard]] Result<Account> change_password(store::EventLog& log, const std::string& name,
                                              const Secret& old, const Secret& fresh, Instant now);

// A second factor in two steps: what is offered is kept nowhere until a code shows that the app has it.
struct OfferedFactor {
  Secret secret;  // base 32, to be typed
  Secret uri;     // the same as a QR code has it
};
[[nodiscard]] OfferedFactor offer_second_factor(const std::string& name);
// `by` proves who asks, with a code of the factor that is replaced where there is one. Errors: as sign_in;
// invalid_input, `where` "secret" or "new code".
[[nodiscard]] Result<Account> set_second_factor(store::EventLog& log, const SiteKey& key, const SignIn& by,
                                                const Secret& offered, const std::string& code, Instant now);
// One's own, with a code of it. An administrator removes another's: accounts.hpp.
[[nodiscard]] Result<Account> remove_second_factor(store::EventLog& log, const SiteKey& key, const SignIn& by,
                                                   Instant now);

}  // namespace evenkeel::clinic
