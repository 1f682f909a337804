// What happens to an account of somebody who signs in, from its making on. Values; docs/accounts.md.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <variant>

#include "base/instant.hpp"
#include "base/result.hpp"
#include "clinic/role.hpp"

namespace evenkeel::clinic {

// Whose records an account sees: all, or these alone ("per-patient checks").
using PatientList = std::optional<std::set<std::string>>;

// Why somebody was shut out, or the glass was broken.
inline constexpr std::size_t most_reason_bytes = 400;

namespace account {

struct Created {
  std::string display;  // "Nurse One": as others read it
  Role role = Role::auditor;
  PatientList patients;
  std::string password_hash;
  bool must_change = false;  // the password, before anything else
};
struct PasswordChanged {
  std::string password_hash;
  bool must_change = false;
};
struct SecondFactorSet {
  std::string sealed;     // by the site key
  std::int64_t step = 0;  // of the code that showed it: used then
};
struct SecondFactorRemoved {};
struct RoleChanged {
  Role role = Role::auditor;
  PatientList patients;
};
struct Disabled {
  std::string reason;
};
struct Enabled {};
struct SignInFailed {};
struct Locked {  // by a failure that was one too many
  Instant until;
};
struct Unlocked {};
struct SignedIn {
  std::int64_t step = 0;  // of the one-time code, which is used then; 0 without one
  bool screen = false;    // an idle screen was unlocked
  bool provider = false;  // an OpenID provider said who it is, and no password was asked
};
// A patient that is not on the account's list was opened for a while.
struct BrokeGlass {
  std::string patient;
  std::string reason;
  Instant until;
};
// Whom the provider knows as this subject signs in with the account.
struct Linked {
  std::string issuer;
  std::string subject;
};
struct Unlinked {};
struct PasswordRemoved {};  // until an administrator gives a new one
// Who has the account showed that it is them, and did not sign in: to sign an entry beside another, or to
// change a second factor.
struct Proved {
  std::int64_t step = 0;  // as SignedIn
};

}  // namespace account

using AccountBody = std::variant<account::Created, account::PasswordChanged, account::SecondFactorSet,
                                 account::SecondFactorRemoved, account::RoleChanged, account::Disabled,
                                 account::Enabled, account::SignInFailed, account::Locked, account::Unlocked,
                                 account::SignedIn, account::BrokeGlass, account::Linked, account::Unlinked,
                                 account::PasswordRemoved, account::Proved>;

struct AccountEvent {
  std::string id;
  std::string account;
  Instant at;
  Instant recorded_at;
  std::string recorded_by;
  AccountBody body;
};

// "password_changed". Frozen: stored.
[[nodiscard]] std::string_view kind_text(const AccountBody& body);

// One event as a JSON line, and back. Errors: every fault of the line.
[[nodiscard]] std::string write_account_event(const AccountEvent& event);
[[nodiscard]] Result<AccountEvent, Errors> read_account_event(std::string_view line);

}  // namespace evenkeel::clinic
