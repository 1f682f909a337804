// Who may sign in, as what, and whose records they see: the fold of an account's events (account_event.hpp).
//
// A value as of the moment it was read; keep_up follows what was written since. Safe to read from any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "clinic/account_event.hpp"
#include "clinic/kept.hpp"
#include "clinic/link.hpp"
#include "clinic/person.hpp"

namespace evenkeel::clinic {

// A patient opened by breaking the glass.
struct Opening {
  std::string patient;
  std::string reason;
  Instant at;
  Instant until;
};

struct Account {
  std::string name;
  std::string display;
  Role role = Role::auditor;
  PatientList patients;       // none: all
  std::string password_hash;  // not for showing; empty: nobody signs in with one
  std::string second_factor;  // sealed; empty: none
  bool must_change = false;   // the password, before anything else is permitted
  bool enabled = true;
  std::optional<Subject> link;  // who the provider says it is
  int failures = 0;             // to sign in, since the last success or lock
  int locks = 0;                // since the last success: each is twice as long as the one before
  std::optional<Instant> locked_until;
  std::int64_t last_step = 0;  // of a one-time code that was used
  std::optional<Instant> last_signed_in;
  std::vector<Opening> openings;     // those that still stood at the last event
  std::uint64_t version = 0;         // of its stream
  std::uint64_t rights_version = 0;  // of the last event that changes what somebody may do with it

  [[nodiscard]] bool has_password() const { return !password_hash.empty(); }
  [[nodiscard]] bool locked_at(Instant now) const { return locked_until && now < *locked_until; }
};

// What the event makes of the account. `version` is the event's.
void take(Account& account, const AccountEvent& event, std::uint64_t version);

// Whether they may see this patient: all, those on the list, and those opened by breaking the glass.
[[nodiscard]] bool may_see(const Account& account, std::string_view patient, Instant now);

// Until when they see the patient by breaking the glass alone; none where it is theirs anyway, or not at all.
[[nodiscard]] std::optional<Instant> opened_until(const Account& account, std::string_view patient,
                                                  Instant now);

// Who is at work with this account, for every call that wants a Person.
[[nodiscard]] Person person_of(const Account& account, Instant now, std::string purpose = {});

// Under which the program itself writes and reads: nobody has them.
inline constexpr std::string_view names_of_the_program[] = {"nobody", "sign-in", "patient", "link",
                                                            "evenkeel-server"};
// 2 to 40 of a to z, 0 to 9, '.', '_' and '-', a letter first, and none of the program's own.
[[nodiscard]] Result<void> check_account_name(std::string_view name);
// As it was typed: blanks at the ends and capital letters do not count.
[[nodiscard]] std::string account_name_of(std::string_view typed);

// All events of one account. `add` refuses another account's, and anything before it was made or a second
// making.
class AccountHistory {
 public:
  explicit AccountHistory(std::string name) { account_.name = std::move(name); }

  Result<void> add(AccountEvent event);
  [[nodiscard]] const std::vector<AccountEvent>& events() const { return events_; }
  [[nodiscard]] const Account& account() const { return account_; }

 private:
  std::vector<AccountEvent> events_;
  Account account_;
};

struct AccountForm {
  using Record = AccountHistory;
  using Event = AccountEvent;
  using Body = AccountBody;
  static constexpr auto stream_kind = store::StreamKind::account;
  static std::string_view kind_text(const Body& body) { return clinic::kind_text(body); }
  static Result<Event, Errors> read(std::string_view line) { return read_account_event(line); }
  static std::string write(const Event& event) { return write_account_event(event); }
};
using AccountBook = Kept<AccountForm>;

// By name, without asking who wants to know and without an audit entry: for signing in, for keeping up, and
// for the functions of accounts.hpp, which ask. Errors: not_found; invalid_input where the stream was
// altered; storage.
[[nodiscard]] Result<AccountBook> account_book(store::EventLog& log, const std::string& name);

// Adds to it. Errors: stale when it has moved on; what the log says.
[[nodiscard]] Result<void> write_account(store::EventLog& log, AccountBook& book, AccountBody body,
                                         const Person& who);

// The account as it stands now, cheaply: for every request of a session. Errors: not_permitted, `where`
// "session", when what it may do has changed since `held` was read: they must sign in again.
[[nodiscard]] Result<Account> keep_up(store::EventLog& log, const Account& held);

}  // namespace evenkeel::clinic
