// The keeping of accounts, by an administrator (Right::keep_accounts). Each change is audited.
//
// Nobody changes their own role, and the last administrator stays one. What changes an account ends its
// sessions (keep_up). Errors of all: not_permitted; not_found where there is no such account; stale when it
// was changed at the same time; what the log says.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "clinic/account.hpp"
#include "clinic/secret.hpp"
#include "clinic/sign_in.hpp"
#include "store/event_log.hpp"

namespace evenkeel::clinic {

struct NewAccount {
  std::string name;
  std::string display;  // empty: the name
  Role role = Role::auditor;
  PatientList patients = {};  // none: all
};

// An account and the password with which its owner signs in once, to choose their own.
struct Handed {
  Account account;
  Secret password;
};

// The first account of a store, an administrator with a password of their own. Errors: not_permitted where
// there is an account already; invalid_input.
[[nodiscard]] Result<Account> first_account(store::EventLog& log, const NewAccount& made,
                                            const Secret& password, Instant now);

// Errors: invalid_input for a bad name or one that is taken.
[[nodiscard]] Result<Handed> create_account(store::EventLog& log, const NewAccount& made, const Person& who);
// Also ends a lock. Not one's own: that is change_password.
[[nodiscard]] Result<Handed> reset_password(store::EventLog& log, const std::string& name, const Person& who);

// What somebody is and whose records they see. Not one's own.
[[nodiscard]] Result<Account> change_role(store::EventLog& log, const std::string& name, Role role,
                                          const PatientList& patients, const Person& who);
[[nodiscard]] Result<Account> disable_account(store::EventLog& log, const std::string& name,
                                              const std::string& reason, const Person& who);
[[nodiscard]] Result<Account> enable_account(store::EventLog& log, const std::string& name,
                                             const Person& who);
// Ends a lock before its time.
[[nodiscard]] Result<Account> unlock_account(store::EventLog& log, const std::string& name,
                                             const Person& who);
// A lost telephone. Not one's own.
[[nodiscard]] Result<Account> remove_factor_of(store::EventLog& log, const std::string& name,
                                               const Person& who);

// Whom the site's OpenID provider knows as this subject signs in with the account from now on, beside its
// password or, where `keeps_password` is false, in its place. An administrator keeps theirs. Errors:
// invalid_input for a subject that cannot be one or that another account has.
[[nodiscard]] Result<Account> link_account(store::EventLog& log, const std::string& name,
                                           const Subject& subject, bool keeps_password, const Person& who);
// No longer. Who has no password then signs in once they are given one.
[[nodiscard]] Result<Account> unlink_account(store::EventLog& log, const std::string& name,
                                             const Person& who);

// Accounts as they were read last: who keeps them reads again only those that have moved on. An account's
// events are many after a year of sign-ins. Safe to use from any thread.
class AccountsRead {
 public:
  [[nodiscard]] std::optional<Account> at(const std::string& name, std::uint64_t version) const;
  void keep(const Account& account);

 private:
  mutable std::mutex mutex_;
  std::map<std::string, Account> by_name_;
};

// By name. One's own account everybody may read.
[[nodiscard]] Result<std::vector<Account>> accounts(store::EventLog& log, const Person& who,
                                                    AccountsRead* read = nullptr);
[[nodiscard]] Result<Account> account_of(store::EventLog& log, const std::string& name, const Person& who);

// Somebody who works here, as everybody who does may know: who can be asked to check, to witness, to look.
struct Colleague {
  std::string name;
  std::string display;
  Role role = Role::auditor;
  bool signs = true;  // with a password that is taken here
};
// Those who may sign in, by name. For anybody who has.
[[nodiscard]] Result<std::vector<Colleague>> colleagues(store::EventLog& log, Passwords passwords,
                                                        const Person& who, AccountsRead* read = nullptr);

// Whether there is none yet. For a program that starts, without an audit entry of what it saw but the search.
[[nodiscard]] Result<bool> has_accounts(store::EventLog& log, Instant now);

}  // namespace evenkeel::clinic
