#include "clinic/accounts.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "clinic/password.hpp"

namespace evenkeel::clinic {
namespace {

std::string subject(const std::string& name) {
  return subject_of(stream_of<AccountForm>(name));
}

Result<void> require_keeping(store::EventLog& log, const std::string& name, const Person& who) {
  return require(log, who, Right::keep_accounts, subject(name));
}

Result<void> not_oneself(const std::string& name, const Person& who, const char* what) {
  if (who.name != name) return {};
  return Error{ErrorCode::not_permitted, "name",
               fmt::format("nobody {}: another administrator does it", what)};
}

// Every account, without its own audit entries: the search has one.
Result<std::vector<Account>> all_of(store::EventLog& log, const store::Request& who,
                                    AccountsRead* read = nullptr) {
  const auto streams = log.streams(store::StreamKind::account, who);
  if (!streams) return streams.error();
  std::vector<Account> all;
  for (const auto& [stream, version] : *streams) {
    if (!check_account_name(stream.id)) continue;  // what was tried with names that nobody has
    if (auto known = read == nullptr ? std::nullopt : read->at(stream.id, version)) {
      all.push_back(*std::move(known));
      continue;
    }
    const auto book = account_book(log, stream.id);
    if (!book) return book.error();
    all.push_back(book->record.account());
    if (read != nullptr) read->keep(all.back());
  }
  return all;
}

bool administers(const Account& account) {
  return account.enabled && account.role == Role::administrator;
}

// Somebody else has to be left who can keep the accounts.
Result<void> not_the_last(store::EventLog& log, const Account& account, const Person& who) {
  if (!administers(account)) return {};
  const auto all = all_of(log, who.request());
  if (!all) return all.error();
  if (std::ranges::count_if(*all, administers) > 1) return {};
  return Error{ErrorCode::not_permitted, "name",
               fmt::format("'{}' is the last administrator; make another one first", account.name)};
}

// The change and its entry in the audit.
Result<Account> changed(store::EventLog& log, AccountBook& book, AccountBody body, store::Action action,
                        const std::string& words, const Person& who) {
  if (auto written = write_account(log, book, std::move(body), who); !written) return written.error();
  const auto noted = log.note(action, subject_of(book.stream), words, who.request());
  if (!noted) return noted.error();
  return book.record.account();
}

std::string words_of(Role role, const PatientList& patients) {
  if (!patients) return fmt::format("{}, all patients", role_text(role));
  return fmt::format("{}, {} patients by name", role_text(role), patients->size());
}

Result<Account> make(store::EventLog& log, const NewAccount& made, const Secret& password, bool must_change,
                     const Person& who) {
  if (auto good = check_account_name(made.name); !good) return good.error();
  const auto there = account_book(log, made.name);
  if (there)
    return Error{ErrorCode::invalid_input, "name",
                 fmt::format("there is an account '{}' already", made.name)};
  if (there.error().code != ErrorCode::not_found) return there.error();
  auto hash = hash_password(password);
  if (!hash) return hash.error();
  AccountBook book = nothing_yet<AccountForm>(made.name);
  account::Created body{made.display.empty() ? made.name : made.display, made.role, made.patients,
                        *std::move(hash), must_change};
  return changed(log, book, std::move(body), store::Action::rights_changed,
                 "made: " + words_of(made.role, made.patients), who);
}

// A change of somebody's account, asked and found.
Result<AccountBook> to_change(store::EventLog& log, const std::string& name, const Person& who) {
  if (auto allowed = require_keeping(log, name, who); !allowed) return allowed.error();
  auto book = account_book(log, name);
  if (!book && book.error().code == ErrorCode::not_found)
    return Error{ErrorCode::not_found, "name", fmt::format("there is no account '{}'", name)};
  return book;
}

}  // namespace

Result<Account> first_account(store::EventLog& log, const NewAccount& made, const Secret& password,
                              Instant now) {
  const auto there = has_accounts(log, now);
  if (!there) return there.error();
  if (*there) {
    return Error{ErrorCode::not_permitted, "first",
                 "there is an account already; an administrator makes the others"};
  }
  if (auto good = check_account_name(made.name); !good) return good.error();
  if (auto good = check_new_password(password, made.name); !good) return good.error();
  NewAccount first = made;
  first.role = Role::administrator;
  first.patients.reset();
  return make(log, first, password, false, {made.name, Role::administrator, now, "the first account"});
}

Result<Handed> create_account(store::EventLog& log, const NewAccount& made, const Person& who) {
  if (auto allowed = require_keeping(log, made.name, who); !allowed) return allowed.error();
  Secret password = temporary_password();
  auto account = make(log, made, password, true, who);
  if (!account) return account.error();
  return Handed{*std::move(account), std::move(password)};
}

Result<Handed> reset_password(store::EventLog& log, const std::string& name, const Person& who) {
  auto book = to_change(log, name, who);
  if (!book) return book.error();
  if (auto other = not_oneself(name, who, "resets their own password"); !other) return other.error();
  Secret password = temporary_password();
  auto hash = hash_password(password);
  if (!hash) return hash.error();
  auto account = changed(log, *book, account::PasswordChanged{*std::move(hash), true},
                         store::Action::rights_changed, "password reset", who);
  if (!account) return account.error();
  return Handed{*std::move(account), std::move(password)};
}

Result<Account> change_role(store::EventLog& log, const std::string& name, Role role,
                            const PatientList& patients, const Person& who) {
  auto book = to_change(log, name, who);
  if (!book) return book.error();
  if (auto other = not_oneself(name, who, "changes their own role"); !other) return other.error();
  if (role != Role::administrator) {
    if (auto kept = not_the_last(log, book->record.account(), who); !kept) return kept.error();
  }
  return changed(log, *book, account::RoleChanged{role, patients}, store::Action::rights_changed,
                 words_of(role, patients), who);
}

Result<Account> disable_account(store::EventLog& log, const std::string& name, const std::string& reason,
                                const Person& who) {
  auto book = to_change(log, name, who);
  if (!book) return book.error();
  if (!book->record.account().enabled) return book->record.account();
  if (auto kept = not_the_last(log, book->record.account(), who); !kept) return kept.error();
  return changed(log, *book, account::Disabled{reason}, store::Action::rights_changed, "disabled: " + reason,
                 who);
}

Result<Account> enable_account(store::EventLog& log, const std::string& name, const Person& who) {
  auto book = to_change(log, name, who);
  if (!book) return book.error();
  if (book->record.account().enabled) return book->record.account();
  return changed(log, *book, account::Enabled{}, store::Action::rights_changed, "enabled", who);
}

Result<Account> unlock_account(store::EventLog& log, const std::string& name, const Person& who) {
  auto book = to_change(log, name, who);
  if (!book) return book.error();
  return changed(log, *book, account::Unlocked{}, store::Action::released, "", who);
}

Result<Account> remove_factor_of(store::EventLog& log, const std::string& name, const Person& who) {
  auto book = to_change(log, name, who);
  if (!book) return book.error();
  if (auto other = not_oneself(name, who, "removes their own second factor without a code of it"); !other)
    return other.error();
  if (book->record.account().second_factor.empty()) return book->record.account();
  return changed(log, *book, account::SecondFactorRemoved{}, store::Action::rights_changed,
                 "second factor removed", who);
}

Result<Account> link_account(store::EventLog& log, const std::string& name, const Subject& subject,
                             bool keeps_password, const Person& who) {
  auto book = to_change(log, name, who);
  if (!book) return book.error();
  if (auto good = check_subject(subject); !good) return good.error();
  if (!keeps_password && book->record.account().role == Role::administrator)
    return Error{ErrorCode::invalid_input, "without_password",
                 "an administrator keeps a password, for the day on which the provider does not answer"};
  if (auto pointed = point_to(log, subject, name, who); !pointed) return pointed.error();
  auto account =
      changed(log, *book, account::Linked{subject.issuer, subject.subject}, store::Action::rights_changed,
              fmt::format("linked to {} of {}", subject.subject, subject.issuer), who);
  if (!account || keeps_password || !account->has_password()) return account;
  return changed(log, *book, account::PasswordRemoved{}, store::Action::rights_changed, "password removed",
                 who);
}

Result<Account> unlink_account(store::EventLog& log, const std::string& name, const Person& who) {
  auto book = to_change(log, name, who);
  if (!book) return book.error();
  if (!book->record.account().link) return book->record.account();
  return changed(log, *book, account::Unlinked{}, store::Action::rights_changed, "unlinked", who);
}

std::optional<Account> AccountsRead::at(const std::string& name, std::uint64_t version) const {
  const std::lock_guard lock{mutex_};
  const auto found = by_name_.find(name);
  if (found == by_name_.end() || found->second.version != version) return std::nullopt;
  return found->second;
}

void AccountsRead::keep(const Account& account) {
  const std::lock_guard lock{mutex_};
  Account& kept = by_name_[account.name];
  if (kept.version < account.version) kept = account;
}

Result<std::vector<Account>> accounts(store::EventLog& log, const Person& who, AccountsRead* read) {
  if (auto allowed = require_keeping(log, "", who); !allowed) return allowed.error();
  return all_of(log, who.request(), read);
}

Result<Account> account_of(store::EventLog& log, const std::string& name, const Person& who) {
  if (who.name != name) {
    if (auto allowed = require_keeping(log, name, who); !allowed) return allowed.error();
  }
  const auto book = load<AccountForm>(log, name, who);
  if (book) return book->record.account();
  if (book.error().code != ErrorCode::not_found) return book.error();
  return Error{ErrorCode::not_found, "name", fmt::format("there is no account '{}'", name)};
}

Result<std::vector<Colleague>> colleagues(store::EventLog& log, Passwords passwords, const Person& who,
                                          AccountsRead* read) {
  const auto all = all_of(log, who.request(), read);
  if (!all) return all.error();
  std::vector<Colleague> found;
  for (const Account& each : *all) {
    if (each.enabled) found.push_back({each.name, each.display, each.role, takes_password(each, passwords)});
  }
  return found;
}

Result<bool> has_accounts(store::EventLog& log, Instant now) {
  const auto streams = log.streams(store::StreamKind::account, {"sign-in", "", "", now});
  if (!streams) return streams.error();
  return std::ranges::any_of(*streams,
                             [](const auto& each) { return check_account_name(each.first.id).has_value(); });
}

}  // namespace evenkeel::clinic
