#include "clinic/account.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/overloaded.hpp"
#include "clinic/kept_append.hpp"
#include "clinic/secret.hpp"

namespace evenkeel::clinic {
namespace {

constexpr std::string_view key_letters = "0123456789abcdef";

bool is_letter(char c) {
  return c >= 'a' && c <= 'z';
}

void release(Account& account) {
  account.failures = 0;
  account.locks = 0;
  account.locked_until.reset();
}

void set_rights(Account& account, Role role, const PatientList& patients) {
  account.role = role;
  account.patients = patients;
}

bool changes_rights(const AccountBody& body) {
  return std::visit(
      Overloaded{[](const account::SignInFailed&) { return false; },
                 [](const account::Locked&) { return false; }, [](const account::Unlocked&) { return false; },
                 [](const account::SignedIn&) { return false; }, [](const account::Proved&) { return false; },
                 [](const account::BrokeGlass&) { return false; }, [](const auto&) { return true; }},
      body);
}

}  // namespace

void take(Account& account, const AccountEvent& event, std::uint64_t version) {
  std::erase_if(account.openings, [&](const Opening& each) { return each.until <= event.at; });
  std::visit(Overloaded{[&](const account::Created& b) {
                          account.display = b.display;
                          account.password_hash = b.password_hash;
                          account.must_change = b.must_change;
                          set_rights(account, b.role, b.patients);
                        },
                        [&](const account::PasswordChanged& b) {
                          account.password_hash = b.password_hash;
                          account.must_change = b.must_change;
                          release(account);
                        },
                        [&](const account::SecondFactorSet& b) {
                          account.second_factor = b.sealed;
                          account.last_step = b.step;
                        },
                        [&](const account::SecondFactorRemoved&) { account.second_factor.clear(); },
                        [&](const account::RoleChanged& b) { set_rights(account, b.role, b.patients); },
                        [&](const account::Disabled&) { account.enabled = false; },
                        [&](const account::Enabled&) { account.enabled = true; },
                        [&](const account::SignInFailed&) { ++account.failures; },
                        [&](const account::Locked& b) {
                          account.failures = 0;
                          ++account.locks;
                          account.locked_until = b.until;
                        },
                        [&](const account::Unlocked&) { release(account); },
                        [&](const account::SignedIn& b) {
                          // Who guesses the password gets no more tries by it.
                          if (!b.provider) release(account);
                          account.last_step = std::max(account.last_step, b.step);
                          account.last_signed_in = event.at;
                        },
                        [&](const account::Proved& b) {
                          release(account);
                          account.last_step = std::max(account.last_step, b.step);
                        },
                        [&](const account::BrokeGlass& b) {
                          account.openings.push_back({b.patient, b.reason, event.at, b.until});
                        },
                        [&](const account::Linked& b) {
                          account.link = Subject{b.issuer, b.subject};
                        },
                        [&](const account::Unlinked&) { account.link.reset(); },
                        [&](const account::PasswordRemoved&) {
                          account.password_hash.clear();
                          account.must_change = false;
                        }},
             event.body);
  account.version = version;
  if (changes_rights(event.body)) account.rights_version = version;
}

std::optional<Instant> opened_until(const Account& account, std::string_view patient, Instant now) {
  if (!account.patients || account.patients->contains(std::string{patient})) return std::nullopt;
  std::optional<Instant> until;
  for (const Opening& each : account.openings) {
    if (each.patient == patient && each.at <= now && now < each.until)
      until = std::max(until.value_or(each.until), each.until);
  }
  return until;
}

bool may_see(const Account& account, std::string_view patient, Instant now) {
  return !account.patients || account.patients->contains(std::string{patient}) ||
         opened_until(account, patient, now).has_value();
}

Person person_of(const Account& account, Instant now, std::string purpose) {
  return {account.name, account.role, now, std::move(purpose)};
}

Result<void> check_account_name(std::string_view name) {
  const auto allowed = [](char c) {
    return is_letter(c) || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
  };
  const bool plain =
      name.size() >= 2 && name.size() <= 40 && is_letter(name.front()) && std::ranges::all_of(name, allowed);
  if (plain && std::ranges::find(names_of_the_program, name) == std::end(names_of_the_program)) return {};
  return Error{
      ErrorCode::invalid_input, "name",
      fmt::format("'{}'; an account's name has 2 to 40 of a to z, 0 to 9, '.', '_' and '-', begins with a "
                  "letter, and is none of the program's own names",
                  name.substr(0, 60))};
}

std::string account_name_of(std::string_view typed) {
  const auto first = typed.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  std::string name{typed.substr(first, typed.find_last_not_of(" \t") - first + 1)};
  for (char& c : name) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return name;
}

Result<void> AccountHistory::add(AccountEvent event) {
  const auto refuse = [](const char* where, std::string what) {
    return Error{ErrorCode::invalid_input, where, std::move(what)};
  };
  if (event.account != account_.name)
    return refuse("account", fmt::format("'{}' in the account '{}'", event.account, account_.name));
  if (events_.empty() != std::holds_alternative<account::Created>(event.body))
    return refuse("kind", "an account is made once, and before anything else happens to it");
  take(account_, event, events_.size() + 1);
  events_.push_back(std::move(event));
  return {};
}

Result<AccountBook> account_book(store::EventLog& log, const std::string& name) {
  const auto entries = log.peek(stream_of<AccountForm>(name), 0);
  if (!entries) return entries.error();
  return folded<AccountForm>(name, *entries);
}

Result<void> write_account(store::EventLog& log, AccountBook& book, AccountBody body, const Person& who) {
  // Two failures at one moment are two: nothing here is sent again, so each has a key of its own.
  const std::string key = fmt::format("v{}-{}", book.version + 1, random_text(16, key_letters));
  const auto written = append<AccountForm>(log, book, {std::move(body), who.now, key}, who);
  if (!written) return written.error();
  return {};
}

Result<Account> keep_up(store::EventLog& log, const Account& held) {
  const auto entries = log.peek({store::StreamKind::account, held.name}, held.version);
  if (!entries) return entries.error();
  Account now = held;
  for (const store::Entry& entry : *entries) {
    const auto event = read_account_event(entry.text);
    if (!event) return unreadable(entry, event.error().front());
    take(now, *event, entry.version);
  }
  if (now.rights_version == held.rights_version && now.enabled) return now;
  return Error{ErrorCode::not_permitted, "session", "what this account may do has changed; sign in again"};
}

}  // namespace evenkeel::clinic
