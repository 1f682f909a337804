#include "clinic/sign_in.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "clinic/one_time_code.hpp"
#include "clinic/password.hpp"
#include "clinic/proof.hpp"

namespace evenkeel::clinic {
namespace {

constexpr int most_unknown = 100;  // tries by nobody in particular, written down in a day
constexpr int most_tries = 32;     // against others who write to the same account

Error wrong() {
  return {ErrorCode::not_permitted, "sign-in",
          "the name or the password is wrong, or the account is disabled"};
}

Error locked(Instant until) {
  return {ErrorCode::stale, "sign-in",
          fmt::format("too many failed sign-ins; locked until {}, or until an administrator unlocks it",
                      until.to_string())};
}

// The program itself, before it knows who asks.
Person at_the_door(Role role, Instant now) {
  return {"sign-in", role, now, ""};
}

Error unknown(store::EventLog& log, const std::string& name, Strangers* strangers, Instant now) {
  const auto noted = note_stranger(log, "unknown_name", "a name that nobody has", now);
  if (!noted) return noted.error();
  const auto until = strangers == nullptr ? std::nullopt : strangers->tried(name, now);
  return until ? locked(*until) : wrong();
}

// One attempt that failed becomes durable; `why` for the one who tried, or why it could not be written.
Error failed(store::EventLog& log, AccountBook book, const Error& why, Instant now) {
  for (int i = 0; i < most_tries; ++i) {
    const Account& account = book.record.account();
    if (account.locked_at(now)) return locked(*account.locked_until);
    const Person door = at_the_door(account.role, now);
    const bool locks = account.failures + 1 >= failures_to_lock;
    const Instant until = now + length_of_lock(account.locks);
    AccountBody body = account::SignInFailed{};
    if (locks) body = account::Locked{until};
    const std::string subject = subject_of(book.stream);
    const auto written = write_account(log, book, std::move(body), door);
    if (written) {
      auto noted = log.note(store::Action::sign_in_failed, subject, why.where, door.request());
      if (noted && locks)
        noted = log.note(store::Action::locked, subject, "until " + until.to_string(), door.request());
      if (!noted) return noted.error();
      return locks ? locked(until) : why;
    }
    if (written.error().code != ErrorCode::stale) return written.error();
    auto again = account_book(log, account.name);
    if (!again) return again.error();
    book = *std::move(again);
  }
  return {ErrorCode::stale, "sign-in", "others try at the same time; try again"};
}

// Judged once the password was shown: whoever does not have it learns nothing of the account.
Result<void> password_permitted(store::EventLog& log, Passwords passwords, const AccountBook& book,
                                Instant now) {
  const Account& account = book.record.account();
  if (takes_password(account, passwords)) return {};
  const Error why{ErrorCode::not_permitted, "provider",
                  "at this clinic administrators alone sign in with a password; use the sign-in service"};
  const auto noted = log.note(store::Action::sign_in_failed, subject_of(book.stream),
                              "by a password, which the site takes of administrators alone",
                              at_the_door(account.role, now).request());
  return noted ? why : noted.error();
}

// The step of the code, or 0 where the account has no second factor.
Result<std::int64_t> step_by(store::EventLog& log, const SiteKey& key, const AccountBook& book,
                             const std::string& code, Instant now) {
  const Account& account = book.record.account();
  if (account.second_factor.empty()) return 0;
  if (code.empty()) {
    // The first step of every sign-in with two factors; a stolen password tried out looks the same.
    const auto noted =
        log.note(store::Action::sign_in_failed, subject_of(book.stream),
                 "the password is right, the code is asked for", at_the_door(account.role, now).request());
    if (!noted) return noted.error();
    return Error{ErrorCode::not_permitted, "code", "give the six digits that the second factor shows now"};
  }
  const auto secret = key.open(account.second_factor, account.name);
  if (!secret) return secret.error();
  const auto bytes = bytes_of_base32(secret->view());
  if (!bytes) return bytes.error();
  const auto step = step_taken(*bytes, code, now, account.last_step);
  if (step) return *step;
  return failed(log, book,
                {ErrorCode::not_permitted, "code",
                 "is not the code of this moment, or was used; wait for the next one"},
                now);
}

}  // namespace

bool takes_password(const Account& account, Passwords passwords) {
  return account.has_password() && (passwords == Passwords::of_all || account.role == Role::administrator);
}

// In a stream for each day, which no account's name can have.
Result<void> note_stranger(store::EventLog& log, const char* kind, const std::string& words, Instant now) {
  const store::StreamName day{store::StreamKind::account, "~" + Date::of(now).to_string()};
  const store::Request who{"sign-in", "", "", now};
  const auto so_far = log.peek(day, 0);
  if (!so_far) return so_far.error();
  if (so_far->size() >= most_unknown) return {};
  const std::string key = "n" + std::to_string(so_far->size() + 1);
  const auto counted = log.append({day, so_far->size(), {{key, kind, now, "{}"}}}, who);
  if (!counted) {
    if (counted.error().code == ErrorCode::storage) return counted.error();
    return {};  // another took this number
  }
  return log.note(store::Action::sign_in_failed, "account/", words, who);
}

Result<AccountBook> password_proves(store::EventLog& log, const std::string& typed, const Secret& password,
                                    Instant now, Strangers* strangers) {
  const std::string name = account_name_of(typed);
  auto book = check_account_name(name) ? account_book(log, name)
                                       : Result<AccountBook>{Error{ErrorCode::not_found, "name", ""}};
  if (!book && book.error().code != ErrorCode::not_found) return book;
  if (!book) {
    verify_nothing(password);
    return unknown(log, name, strangers, now);
  }
  const Account& account = book->record.account();
  if (account.locked_at(now)) {
    verify_nothing(password);  // it takes as long as for a name that nobody has
    return locked(*account.locked_until);
  }
  const bool right = verify_password(account.password_hash, password);
  if (right && account.enabled) return book;
  return failed(log, *std::move(book), wrong(), now);
}

Result<AccountBook> proved(store::EventLog& log, const SiteKey& key, const SignIn& by, As as, Instant now) {
  for (int i = 0; i < most_tries; ++i) {
    auto book = password_proves(log, by.name, by.password, now, by.strangers);
    if (!book) return book;
    if (auto permitted = password_permitted(log, by.passwords, *book, now); !permitted)
      return permitted.error();
    const auto step = step_by(log, key, *book, by.code, now);
    if (!step) return step.error();
    // Written before it counts: what was tried meanwhile may have locked the account or used the code.
    AccountBody body = account::Proved{*step};
    if (as == As::signing_in) body = account::SignedIn{*step, false};
    const auto written = write_account(log, *book, std::move(body), person_of(book->record.account(), now));
    if (written) return book;
    if (written.error().code != ErrorCode::stale) return written.error();
  }
  return Error{ErrorCode::stale, "sign-in", "others try at the same time; try again"};
}

Result<Account> sign_in(store::EventLog& log, const SiteKey& key, const SignIn& by, Instant now) {
  const auto book = proved(log, key, by, As::signing_in, now);
  if (!book) return book.error();
  const Account& account = book->record.account();
  const auto noted = log.note(store::Action::signed_in, subject_of(book->stream),
                              account.second_factor.empty() ? "by a password" : "by a password and a code",
                              person_of(account, now).request());
  if (!noted) return noted.error();
  return account;
}

Result<Account> unlock_screen(store::EventLog& log, const SignIn& by, Instant now) {
  for (int i = 0; i < most_tries; ++i) {
    auto book = password_proves(log, by.name, by.password, now, by.strangers);
    if (!book) return book.error();
    if (auto permitted = password_permitted(log, by.passwords, *book, now); !permitted)
      return permitted.error();
    const Person who = person_of(book->record.account(), now);
    const auto written = write_account(log, *book, account::SignedIn{0, true}, who);
    if (!written && written.error().code == ErrorCode::stale) continue;
    if (!written) return written.error();
    const auto noted =
        log.note(store::Action::signed_in, subject_of(book->stream), "an idle screen", who.request());
    if (!noted) return noted.error();
    return book->record.account();
  }
  return Error{ErrorCode::stale, "sign-in", "others try at the same time; try again"};
}

Result<void> sign_out(store::EventLog& log, const Account& account, Instant now) {
  return log.note(store::Action::signed_out, "account/" + account.name, "",
                  person_of(account, now).request());
}

}  // namespace evenkeel::clinic
