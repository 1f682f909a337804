// What somebody changes of their own account: the password and the second factor.
#include "clinic/one_time_code.hpp"
#include "clinic/password.hpp"
#include "clinic/proof.hpp"

namespace evenkeel::clinic {
namespace {

// The change, and its entry in the audit.
Result<Account> changed(store::EventLog& log, AccountBook& book, AccountBody body, const char* words,
                        Instant now) {
  const Person who = person_of(book.record.account(), now);
  if (auto written = write_account(log, book, std::move(body), who); !written) return written.error();
  const auto noted = log.note(store::Action::rights_changed, subject_of(book.stream), words, who.request());
  if (!noted) return noted.error();
  return book.record.account();
}

}  // namespace

Result<Account> change_password(store::EventLog& log, const std::string& name, const Secret& old,
                                const Secret& fresh, Instant now) {
  auto book = password_proves(log, name, old, now);
  if (!book) return book.error();
  if (auto good = check_new_password(fresh, book->record.account().name); !good) return good.error();
  if (old.view() == fresh.view())
    return Error{ErrorCode::invalid_input, "password", "is the one that you have; choose another"};
  auto hash = hash_password(fresh);
  if (!hash) return hash.error();
  return changed(log, *book, account::PasswordChanged{*std::move(hash), false}, "password changed", now);
}

OfferedFactor offer_second_factor(const std::string& name) {
  Secret secret = new_code_secret();
  Secret uri = otpauth_uri(secret, name);
  return {std::move(secret), std::move(uri)};
}

Result<Account> set_second_factor(store::EventLog& log, const SiteKey& key, const SignIn& by,
                                  const Secret& offered, const std::string& code, Instant now) {
  const auto bytes = bytes_of_base32(offered.view());
  if (!bytes) return bytes.error();
  if (bytes->view().size() < 16)
    return Error{ErrorCode::invalid_input, "secret",
                 "is shorter than 128 bits; take the one that was offered"};
  const auto step = step_taken(*bytes, code, now, 0);
  if (!step) {
    return Error{
        ErrorCode::invalid_input, "new code",
        "is not what this secret shows now; see that the telephone's clock is right and try the next one"};
  }
  auto book = proved(log, key, by, As::themselves, now);
  if (!book) return book.error();
  const std::string& name = book->record.account().name;
  account::SecondFactorSet set{key.seal(offered.view(), name), *step};
  return changed(log, *book, std::move(set), "second factor set", now);
}

Result<Account> remove_second_factor(store::EventLog& log, const SiteKey& key, const SignIn& by,
                                     Instant now) {
  auto book = proved(log, key, by, As::themselves, now);
  if (!book) return book.error();
  return changed(log, *book, account::SecondFactorRemoved{}, "second factor removed", now);
}

}  // namespace evenkeel::clinic
