#include "clinic/provider_sign_in.hpp"

#include "clinic/proof.hpp"

namespace evenkeel::clinic {
namespace {

constexpr int most_tries = 32;  // against others who write to the same account

// Somebody whom the provider knows and we do not.
Error unlinked(store::EventLog& log, const Subject& subject, Instant now) {
  auto noted = note_stranger(log, "unknown_subject",
                             "by the provider: no account is linked to " + subject.subject, now);
  if (!noted) return noted.error();
  return {ErrorCode::not_permitted, "subject", "no account is linked to " + subject.subject};
}

// The account that the pointer names, where it says the same.
Result<AccountBook> book_of(store::EventLog& log, const Subject& subject, Instant now) {
  const auto name = pointed_to(log, subject);
  if (!name) return name.error();
  if (name->empty()) return unlinked(log, subject, now);
  auto book = account_book(log, *name);
  if (!book && book.error().code != ErrorCode::not_found) return book;
  if (!book || book->record.account().link != subject) return unlinked(log, subject, now);
  return book;
}

Error not_let_in(store::EventLog& log, const AccountBook& book, const Error& why, Instant now) {
  const Person door{"sign-in", book.record.account().role, now, ""};
  const auto noted = log.note(store::Action::sign_in_failed, subject_of(book.stream),
                              "by the provider: " + why.what, door.request());
  return noted ? why : noted.error();
}

// `screen`: of the account that has it.
Result<Account> proved(store::EventLog& log, const Subject& subject, const std::string* screen, Instant now) {
  for (int i = 0; i < most_tries; ++i) {
    auto book = book_of(log, subject, now);
    if (!book) return book.error();
    const Account& account = book->record.account();
    if (!account.enabled)
      return not_let_in(log, *book, {ErrorCode::not_permitted, "disabled", "the account is disabled"}, now);
    if (screen != nullptr && *screen != account.name)
      return not_let_in(log, *book,
                        {ErrorCode::not_permitted, "another", "the screen is locked for somebody else"}, now);
    const Person who = person_of(account, now);
    const auto written = write_account(log, *book, account::SignedIn{0, screen != nullptr, true}, who);
    if (!written && written.error().code == ErrorCode::stale) continue;
    if (!written) return written.error();
    const auto noted =
        log.note(store::Action::signed_in, subject_of(book->stream),
                 screen == nullptr ? "by the provider" : "an idle screen, by the provider", who.request());
    if (!noted) return noted.error();
    return book->record.account();
  }
  return Error{ErrorCode::stale, "sign-in", "others try at the same time; try again"};
}

}  // namespace

Result<Account> sign_in_by_provider(store::EventLog& log, const Subject& subject, Instant now) {
  return proved(log, subject, nullptr, now);
}

Result<Account> unlock_by_provider(store::EventLog& log, const std::string& name, const Subject& subject,
                                   Instant now) {
  return proved(log, subject, &name, now);
}

Result<void> provider_failed(store::EventLog& log, const std::string& why, Instant now) {
  return note_stranger(log, "provider_failed", "by the provider: " + why, now);
}

}  // namespace evenkeel::clinic
